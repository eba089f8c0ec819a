import { describe, expect, test } from 'vitest';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { searchService } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID, inGroup } from '../support/ids';
import { blockedOf, changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup } from '../support/setups';

const VAULT = inGroup('rg-contoso', 'Microsoft.KeyVault/vaults', 'contoso-kv');
const linked = dataSetup({ options: { sharedPrivateLink: true } });

function sharedLink(status: string | null, name = 'spl-by-hand', target: string = ID.account): WireResource {
  const properties = { groupId: 'openai_account', privateLinkResourceId: target, status };
  return { id: `${DATA.search}/sharedPrivateLinkResources/${name}`, properties };
}

describe('where Search calls as a trusted service', () => {
  test.each(['search-shared-private-link', 'search-spl-approval'])('%s does not apply', (step) => {
    expect(findingOf(step, dataWorld(), { setup: dataSetup() }).status).toBe('notApplicable');
  });

  test('and with a shared private link, trusted services of Azure OpenAI are not needed', () => {
    expect(findingOf('aoai-trusted-services', dataWorld(), { setup: linked }).status).toBe('notApplicable');
  });
});

describe('a shared private link', () => {
  const step = 'search-shared-private-link';

  test('is whatever link leads to the account, under any name and in any casing of its id', () => {
    const world = dataWorld(sharedLink('Approved', 'x', ID.account.toUpperCase()));
    expect(findingOf(step, world, { setup: linked }).status).toBe('compliant');
  });

  test('is created with the account as its target, and taken back by deleting it', () => {
    const change = changeOf(planOf(dataWorld(), { setup: linked }), step);
    expect(change).toMatchObject({
      action: 'create',
      resource: `${DATA.search}/sharedPrivateLinkResources/spl-contoso-openai`,
      body: { properties: { groupId: 'openai_account', privateLinkResourceId: ID.account } },
      undo: { kind: 'delete' },
    });
  });

  test('takes another name where its own leads elsewhere, and leaves that one alone', () => {
    const other = inGroup('rg-hub', 'Microsoft.CognitiveServices/accounts', 'other');
    const plan = planOf(dataWorld(sharedLink('Approved', 'spl-contoso-openai', other)), { setup: linked });
    expect(changeOf(plan, step)).toMatchObject({
      action: 'create',
      resource: `${DATA.search}/sharedPrivateLinkResources/spl-contoso-openai-2`,
    });
  });

  test('is unknown where the links may not be read', () => {
    const denied = [`${DATA.search}/sharedPrivateLinkResources`];
    expect(findingOf(step, dataWorld(), { setup: linked, denied }).status).toBe('unknown');
  });
});

describe('its approval', () => {
  const step = 'search-spl-approval';

  test.each([
    ['Approved', 'compliant'],
    ['approved', 'compliant'],
    ['Pending', 'nonCompliant'],
    ['Rejected', 'nonCompliant'],
    [null, 'nonCompliant'],
  ])('a link that is %s is %s', (status, expected) => {
    expect(findingOf(step, dataWorld(sharedLink(status)), { setup: linked }).status).toBe(expected);
  });

  test('is an operation on the other side, needs rights there, and goes with the link', () => {
    const plan = planOf(dataWorld(sharedLink('Pending')), { setup: linked });
    expect(stepsOf(plan)).toEqual([step]);
    expect(changeOf(plan, step)).toMatchObject({
      action: 'action',
      operation: 'approve',
      undo: { kind: 'none' },
      permissions: [
        { action: 'Microsoft.CognitiveServices/accounts/privateEndpointConnections/write', scope: ID.account },
      ],
    });
  });

  test('comes after the link, where one plan makes both', () => {
    const plan = planOf(dataWorld(), { setup: linked });
    expect(changeOf(plan, step).dependsOn).toEqual([changeOf(plan, 'search-shared-private-link').id]);
  });
});

describe('search-managed-connections-removed', () => {
  const step = 'search-managed-connections-removed';
  const elsewhere = '/subscriptions/99999999-2222-3333-4444-555555555555/resourceGroups/rg';

  function connection(endpoint: string, description: string, status = 'Approved') {
    return {
      id: `${DATA.search}/privateEndpointConnections/c.1`,
      name: 'c.1',
      properties: {
        privateEndpoint: { id: endpoint },
        privateLinkServiceConnectionState: { status, description },
      },
    };
  }
  const withConnection = (...parts: Parameters<typeof connection>) => {
    const one = connection(...parts);
    return dataWorld(searchService({ properties: { privateEndpointConnections: [one] } }), one);
  };
  const managed = `${elsewhere}/providers/Microsoft.Network/privateEndpoints/azure-openai-managed-pe`;

  test('a connection of Microsoft’s network that is still approved is rejected', () => {
    const world = withConnection(managed, 'Azure OpenAI managed private endpoint');
    expect(findingOf(step, world, { setup: dataSetup() }).status).toBe('nonCompliant');
    expect(changeOf(planOf(world, { setup: dataSetup() }), step)).toMatchObject({
      resource: `${DATA.search}/privateEndpointConnections/c.1`,
      body: { properties: { privateLinkServiceConnectionState: { status: 'Rejected' } } },
    });
  });

  test('one that is rejected or gone is no way in', () => {
    for (const status of ['Rejected', 'disconnected'])
      expect(findingOf(step, withConnection(managed, '', status), { setup: dataSetup() }).status).toBe('compliant');
  });

  test.each([
    ['of this subscription', `${ID.group}/providers/Microsoft.Network/privateEndpoints/managed-pe`, 'managed'],
    ['of a colleague’s subscription', `${elsewhere}/providers/Microsoft.Network/privateEndpoints/pe-team`, 'Please'],
  ])('a connection %s is somebody’s own, and left alone', (_, endpoint, description) => {
    expect(findingOf(step, withConnection(endpoint, description), { setup: dataSetup() }).status).toBe('compliant');
  });

  test('is unknown where the service may not be read', () => {
    const finding = findingOf(step, dataWorld(), { setup: dataSetup(), denied: [DATA.search] });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toContain('contoso-search');
  });
});

describe.each([
  {
    link: 'storage',
    step: 'search-shared-private-link-storage',
    approval: 'search-spl-approval-storage',
    groupId: 'blob',
    target: DATA.storage,
    type: 'Microsoft.Storage/storageAccounts',
  },
  {
    link: 'webApp',
    step: 'search-shared-private-link-web-app',
    approval: 'search-spl-approval-web-app',
    groupId: 'sites',
    target: DATA.site,
    type: 'Microsoft.Web/sites',
  },
  {
    link: 'keyVault',
    step: 'search-shared-private-link-key-vault',
    approval: 'search-spl-approval-key-vault',
    groupId: 'vault',
    target: VAULT,
    type: 'Microsoft.KeyVault/vaults',
  },
] as const)('a shared private link of another kind: $link', ({ link, step, approval, groupId, target, type }) => {
  const setup = dataSetup({
    scenarios: ['ai-search'],
    options: { searchLinks: [link] },
    roles: { ...dataSetup().roles, keyVault: { id: VAULT } },
  });
  const high = [searchService({ sku: { name: 'standard' } }), { id: VAULT, location: 'eastus', properties: {} }];
  const existing = (status: string, group: string = groupId): WireResource => ({
    id: `${DATA.search}/sharedPrivateLinkResources/by-hand`,
    properties: { groupId: group, privateLinkResourceId: target, status },
  });

  test('does not apply unless the setup asks for it and has the resource', () => {
    for (const id of [step, approval]) {
      expect(findingOf(id, dataWorld(...high), { setup: dataSetup({ scenarios: ['ai-search'] }) }).status).toBe(
        'notApplicable',
      );
      const { [link]: _, ...roles } = setup.roles;
      expect(findingOf(id, dataWorld(...high), { setup: { ...setup, roles } }).status).toBe('notApplicable');
    }
  });

  test('is created for its group, says whose it is, and is approved on the other side', () => {
    const plan = planOf(dataWorld(...high), { setup });
    const created = changeOf(plan, step);
    expect(created).toMatchObject({
      action: 'create',
      body: {
        properties: { groupId, privateLinkResourceId: target, requestMessage: 'Ringfence: link of contoso-search' },
      },
      risk: { kind: 'cost' },
    });
    expect(changeOf(plan, approval)).toMatchObject({
      resource: created.resource,
      operation: 'approve',
      dependsOn: [created.id],
      permissions: [{ action: `${type}/privateEndpointConnections/write`, scope: target }],
    });
  });

  test('is whatever link of that group leads there, and not one of another group', () => {
    expect(findingOf(step, dataWorld(...high, existing('Approved')), { setup }).status).toBe('compliant');
    expect(findingOf(approval, dataWorld(...high, existing('Pending')), { setup }).status).toBe('nonCompliant');
    expect(findingOf(step, dataWorld(...high, existing('Approved', 'table')), { setup }).status).toBe('nonCompliant');
  });

  test('is not made while there is nothing that it could lead to', () => {
    const world = dataWorld(...high);
    world.remove(target);
    const plan = planOf(world, { setup });
    expect(findingOf(step, world, { setup }).status).toBe('nonCompliant');
    expect(stepsOf(plan)).not.toContain(step);
    expect(Object.keys(blockedOf(plan))).toContain(step);
  });
});

test('custom skills use a link from S1 on: on a smaller service none is created, and the tier is what is missing', () => {
  const setup = dataSetup({ scenarios: ['ai-search'], options: { searchLinks: ['webApp'] } });
  const finding = findingOf('search-shared-private-link-web-app', dataWorld(), { setup });
  expect(finding.evidence).toMatchObject([{ property: 'sku.name', satisfied: false }]);
  const plan = planOf(dataWorld(), { setup });
  expect(Object.keys(blockedOf(plan))).toEqual(
    expect.arrayContaining(['search-shared-private-link-web-app', 'search-spl-approval-web-app']),
  );
  expect(stepsOf(plan)).not.toContain('search-shared-private-link-web-app');
});
