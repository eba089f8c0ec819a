import { describe, expect, test } from 'vitest';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { inGroup, ID, linkId, zoneId } from '../support/ids';
import { afterChanges, before, blockedOf, changeOf, idsOf, planOf, stepsOf } from '../support/planning';
import { statusesOf } from '../support/reading';
import { account, endpoint, hardenedAccount, link, record, resourceGroup, subnet, zone } from '../support/resources';
import { setup, setupFromNothing } from '../support/setups';
import { emptyWorld, exposedWorld, hardenedWithout, hardenedWorld } from '../support/worlds';

const CLOSING = ['aoai-network-default-deny', 'aoai-public-access-disabled', 'aoai-ip-allowlist'];
const PATH = ['aoai-private-endpoint', 'aoai-private-dns-link', 'aoai-private-dns-records'];

const WORLDS = [
  ['an exposed account', exposedWorld(), setup()],
  ['nothing at all', emptyWorld(), setupFromNothing()],
  ['nothing, for AI Services', emptyWorld(), setupFromNothing('AIServices')],
  ['an exposed account of AI Services', exposedWorld(account({ kind: 'AIServices' })), setup()],
  [
    'selected networks',
    exposedWorld(),
    setup({ options: { publicAccess: 'selectedNetworks', allowedAddresses: ['20.1.2.3'] } }),
  ],
] as const;

describe.each(WORLDS)('a plan for %s', (_, world, wanted) => {
  const plan = planOf(world, { setup: wanted });

  test('has changes, each with an id of its own, and nothing is blocked', () => {
    expect(plan.changes.length).toBeGreaterThan(5);
    expect(new Set(idsOf(plan)).size).toBe(plan.changes.length);
    expect(plan.blocked).toEqual([]);
  });

  test('names as dependencies only changes that come before', () => {
    plan.changes.forEach((change, index) => {
      expect(idsOf(plan).slice(0, index)).toEqual(expect.arrayContaining([...change.dependsOn]));
    });
  });

  test('closes the account only after every part of the private path', () => {
    const closing = plan.changes.filter(({ step }) => CLOSING.includes(step));
    expect(closing.length).toBeGreaterThan(0);
    for (const change of closing) {
      expect(change.guards).toEqual(['privatePathAnswers']);
      expect(change.risk.kind).toBe('lockout');
      expect(before(plan, change.id).map(({ step }) => step)).toEqual(expect.arrayContaining(PATH));
    }
  });

  test('is empty after it was applied, and every step holds', () => {
    const after = afterChanges(world, plan);
    expect(planOf(after, { setup: wanted })).toEqual({ changes: [], blocked: [] });
    expect(Object.values(statusesOf(after, { setup: wanted })).filter((status) => status !== 'notApplicable')).toEqual(
      expect.not.arrayContaining(['nonCompliant', 'unknown']),
    );
  });

  test('is the same when it is made again', () => {
    expect(planOf(world, { setup: wanted })).toEqual(plan);
  });
});

test('there is nothing to plan where everything is done', () => {
  expect(planOf(hardenedWorld())).toEqual({ changes: [], blocked: [] });
  expect(planOf(hardenedWorld('AIServices'))).toEqual({ changes: [], blocked: [] });
});

describe('what exists is reused', () => {
  test('a zone that the network is linked to, in whatever group', () => {
    const hub = zoneId('privatelink.openai.azure.com', 'rg-hub');
    const plan = planOf(exposedWorld(zone(hub), link({ id: linkId(hub, 'by-hand') })));
    expect(stepsOf(plan)).not.toContain('aoai-private-dns-zone');
    expect(stepsOf(plan)).not.toContain('aoai-private-dns-link');
    expect(JSON.stringify(changeOf(plan, 'aoai-private-dns-records').body)).toContain(hub);
  });

  test('an endpoint in the network, under whatever name', () => {
    const id = inGroup('rg-hub', 'Microsoft.Network/privateEndpoints', 'pe-by-hand');
    const plan = planOf(exposedWorld(endpoint({ id })));
    expect(stepsOf(plan)).not.toContain('aoai-private-endpoint');
    expect(changeOf(plan, 'aoai-private-dns-records').resource).toBe(`${id}/privateDnsZoneGroups/default`);
  });

  test('records that are kept by hand', () => {
    const world = hardenedWithout(`${ID.endpoint}/privateDnsZoneGroups/default`).put(record(['10.0.1.4']));
    expect(planOf(world).changes).toEqual([]);
  });
});

describe('what belongs to somebody else is left alone', () => {
  test('a new endpoint takes another name where its own is taken by another network’s', () => {
    const plan = planOf(exposedWorld(endpoint({ subnet: ID.otherSubnet })));
    expect(changeOf(plan, 'aoai-private-endpoint')).toMatchObject({ action: 'create', resource: `${ID.endpoint}-2` });
  });

  test('a new link takes another name where its own is taken by another network’s', () => {
    const plan = planOf(exposedWorld(zone(), link({ network: ID.otherNetwork })));
    expect(changeOf(plan, 'aoai-private-dns-link')).toMatchObject({ action: 'create', resource: `${linkId()}-2` });
  });
});

describe('the bodies of changes', () => {
  test('an endpoint is made in the region of the network, not of the account', () => {
    const change = changeOf(planOf(exposedWorld()), 'aoai-private-endpoint');
    expect(change.body).toMatchObject({
      location: 'japaneast',
      properties: {
        subnet: { id: ID.subnet },
        privateLinkServiceConnections: [{ properties: { privateLinkServiceId: ID.account, groupIds: ['account'] } }],
      },
    });
    expect(change.locks).toEqual([ID.account, ID.endpoint, ID.network].map(resourceKey).sort());
  });

  test('a rule that is there is kept when the default becomes deny', () => {
    const networkAcls = { defaultAction: 'Allow', ipRules: [{ value: '20.9.9.9' }], virtualNetworkRules: [] };
    const change = changeOf(
      planOf(exposedWorld(account({ properties: { networkAcls } }))),
      'aoai-network-default-deny',
    );
    expect(change).toMatchObject({
      body: { properties: { networkAcls: { ...networkAcls, defaultAction: 'Deny' } } },
      before: { properties: { networkAcls } },
      undo: { kind: 'restore', body: { properties: { networkAcls } } },
    });
  });

  test('a new subdomain is one that Azure takes, whatever the account is called', () => {
    const id = inGroup('rg-contoso', 'Microsoft.CognitiveServices/accounts', 'Contoso_AI.v2');
    const world = exposedWorld(account({ id, properties: { customSubDomainName: null } }));
    const change = changeOf(
      planOf(world, { setup: setup({ roles: { ...setup().roles, openAi: { id } } }) }),
      'aoai-custom-subdomain',
    );
    expect(change.body).toEqual({ properties: { customSubDomainName: 'contoso-ai-v2' } });
    expect(change).toMatchObject({ undo: { kind: 'none' }, risk: { kind: 'irreversible' } });
  });

  test('what is created is taken back by deleting it, what was not set by what its absence meant', () => {
    const plan = planOf(exposedWorld());
    expect(changeOf(plan, 'aoai-private-dns-zone')).toMatchObject({ before: null, undo: { kind: 'delete' } });
    expect(changeOf(plan, 'aoai-disable-local-auth')).toMatchObject({
      before: { properties: { disableLocalAuth: null } },
      undo: { kind: 'restore', body: { properties: { disableLocalAuth: false } } },
    });
  });

  test('a pending connection is approved, and that cannot be taken back', () => {
    const change = changeOf(
      planOf(hardenedWithout(ID.endpoint).put(endpoint({ status: 'Pending' }))),
      'aoai-private-endpoint',
    );
    expect(change.body).toEqual({ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } });
    expect(change.undo.kind).toBe('none');
    expect(change.locks).toEqual([resourceKey(ID.account)]);
  });
});

describe('a step cannot be planned', () => {
  test('when what it needs is skipped', () => {
    const skip = { 'aoai-private-endpoint': 'not yet' };
    const plan = planOf(exposedWorld(), { setup: setup({ skip }) });
    expect(blockedOf(plan)['aoai-public-access-disabled']).toBe(
      'It needs “Private endpoint of Azure OpenAI”, which is skipped.',
    );
    for (const step of CLOSING) expect(stepsOf(plan)).not.toContain(step);
  });

  test('when whether what it needs holds is unknown', () => {
    const plan = planOf(exposedWorld(), { denied: ['microsoft.network/privateendpoints'] });
    expect(blockedOf(plan)['aoai-public-access-disabled']).toContain('unknown');
    for (const step of CLOSING) expect(stepsOf(plan)).not.toContain(step);
  });

  test('when the connection was rejected, because a person decided that', () => {
    const plan = planOf(exposedWorld(endpoint({ status: 'Rejected' })));
    expect(Object.keys(blockedOf(plan))).toEqual(
      expect.arrayContaining(['aoai-private-endpoint', 'aoai-public-access-disabled']),
    );
    for (const step of CLOSING) expect(stepsOf(plan)).not.toContain(step);
  });

  test('when a resource is missing that Ringfence may not create', () => {
    const plan = planOf(hardenedWithout(ID.subnet, ID.endpoint));
    expect(blockedOf(plan)['subnet-private-endpoints']).toContain('snet-endpoints does not exist');
    expect(blockedOf(plan)['aoai-private-endpoint']).toContain('Subnet for private endpoints');
  });

  test.each([
    ['resource-group', { ...resourceGroup(), properties: { provisioningState: 'Deleting' } }],
    ['aoai-account', account({ properties: { provisioningState: 'Deleting' } })],
  ])('when only Azure can mend it: %s', (step, resource) => {
    const plan = planOf(exposedWorld(resource));
    expect(blockedOf(plan)[step]).toContain('decided in Azure');
    expect(stepsOf(plan)).not.toContain(step);
  });

  test('but one that Azure has failed at is written once more, as it is, and stays mended', () => {
    const plan = planOf(exposedWorld(account({ properties: { provisioningState: 'Failed' } })));
    const change = plan.changes.find(({ step }) => step === 'aoai-account');
    expect(change).toMatchObject({ action: 'update', resource: ID.account, undo: { kind: 'none' } });
    expect(change?.body).toEqual({});
    expect(plan.changes.length).toBeGreaterThan(1);
  });

  test('when no value can be chosen for it: a delegation is somebody’s', () => {
    const delegated = subnet({ properties: { delegations: [{ name: 'web' }] } });
    const plan = planOf(exposedWorld(delegated));
    expect(blockedOf(plan)['subnet-private-endpoints']).toContain('properties.delegations of snet-endpoints');
  });

  test('when a record points astray that a zone group does not keep', () => {
    const plan = planOf(
      hardenedWorld(
        'OpenAI',
        record(['10.0.1.99']),
        hardenedAccount({ properties: { publicNetworkAccess: 'Enabled', networkAcls: null } }),
      ),
    );
    expect(Object.keys(blockedOf(plan))).toEqual(
      expect.arrayContaining(['aoai-private-dns-records', 'aoai-public-access-disabled']),
    );
    expect(plan.changes).toEqual([]);
  });
});

describe('a plan for one step', () => {
  test('has what it needs first, and nothing else', () => {
    const plan = planOf(exposedWorld(), {}, ['aoai-private-endpoint']);
    expect(stepsOf(plan)).toEqual(['aoai-private-endpoint']);
    const whole = planOf(emptyWorld(), { setup: setupFromNothing() }, ['aoai-private-endpoint']);
    expect(stepsOf(whole)).toEqual([
      'resource-providers',
      'resource-group',
      'vnet',
      'subnet-private-endpoints',
      'aoai-account',
      'aoai-private-endpoint',
    ]);
  });

  test('has the whole private path before public access is closed', () => {
    const plan = planOf(exposedWorld(), {}, ['aoai-public-access-disabled']);
    expect(stepsOf(plan)).toEqual([
      'aoai-private-dns-zone',
      'aoai-private-dns-link',
      'aoai-private-endpoint',
      'aoai-private-dns-records',
      'aoai-public-access-disabled',
    ]);
  });

  test('is empty for a step that holds, and for one that nobody knows', () => {
    expect(planOf(hardenedWorld(), {}, ['aoai-public-access-disabled']).changes).toEqual([]);
    expect(planOf(exposedWorld(), {}, ['no-such-step']).changes).toEqual([]);
  });
});

test('an endpoint needs approval of the account and a place in the subnet, wherever those are', () => {
  const { permissions } = changeOf(planOf(exposedWorld()), 'aoai-private-endpoint');
  expect(permissions).toEqual([
    { action: 'Microsoft.Network/privateEndpoints/write', scope: ID.group },
    { action: 'Microsoft.Network/virtualNetworks/subnets/join/action', scope: ID.subnet },
    { action: 'Microsoft.CognitiveServices/accounts/privateEndpointConnectionsApproval/action', scope: ID.account },
  ]);
});
