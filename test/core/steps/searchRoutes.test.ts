import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup } from '../../../src/core/setup/setup';
import { roleAssignment, searchService, storageAccount } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf, statusesOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';
import { dataSetup } from '../support/setups';

const setup = dataSetup({ scenarios: ['ai-search'] });
const RULE = { tenantId: 't', resourceId: DATA.search.toUpperCase() };

function account(networkAcls: JsonObject, location = 'East US'): WireResource {
  return storageAccount({ location, properties: { networkAcls } });
}

const words = (...resources: readonly WireResource[]): string =>
  (findingOf('search-same-region-storage', dataWorld(...resources), { setup }).notes ?? []).map(english).join(' ');

describe('search-same-region-storage', () => {
  const step = 'search-same-region-storage';

  test.each<[string, JsonObject, string]>([
    ['trusts services', { bypass: 'Logging, AzureServices' }, 'compliant'],
    ['has a rule for this service alone', { bypass: 'None', resourceAccessRules: [RULE] }, 'compliant'],
    ['has a rule for another', { bypass: 'None', resourceAccessRules: [{ resourceId: ID.account }] }, 'nonCompliant'],
    ['lists addresses instead', { bypass: 'None', ipRules: [{ value: '20.9.9.9' }] }, 'nonCompliant'],
  ])('an account in the region that %s is %3$s', (_, networkAcls, status) => {
    expect(findingOf(step, dataWorld(account(networkAcls)), { setup }).status).toBe(status);
  });

  test('the region is told by its name, however that is written', () => {
    const finding = findingOf(step, dataWorld(account({})), { setup });
    expect(finding.evidence.map(({ property, satisfied }) => [property, satisfied])).toEqual([
      ['location', true],
      ['properties.networkAcls.bypass', true],
    ]);
    expect(words(account({}))).toContain('in the same region');
    expect(words(account({}, 'westus3'))).toContain('different regions');
  });

  test('addresses that are listed there decide nothing about Search, and the finding says so', () => {
    expect(words(account({ ipRules: [{ value: '20.9.9.9' }] }))).toContain('do not decide');
    expect(words(account({}))).not.toContain('do not decide');
  });

  test('from another region, an approved shared private link is a way in too', () => {
    const untrusting = account({ bypass: 'None' }, 'westus3');
    const link = (status: string): WireResource => ({
      id: `${DATA.search}/sharedPrivateLinkResources/by-hand`,
      properties: { groupId: 'blob', privateLinkResourceId: DATA.storage, status },
    });
    expect(findingOf(step, dataWorld(untrusting, link('Approved')), { setup }).status).toBe('compliant');
    expect(findingOf(step, dataWorld(untrusting, link('Pending')), { setup }).status).toBe('nonCompliant');
    const sameRegion = account({ bypass: 'None' });
    expect(findingOf(step, dataWorld(sameRegion, link('Approved')), { setup }).status).toBe('nonCompliant');
  });

  test('is mended by the exception, and by nothing of its own', () => {
    const plan = planOf(dataWorld(account({ bypass: 'None' })), { setup });
    expect(stepsOf(plan)).toContain('storage-trusted-services');
    expect([...stepsOf(plan), ...plan.blocked.map((blocked) => blocked.step)]).not.toContain(step);
  });
});

describe('what Search needs of Storage', () => {
  test('a rule for the instance is enough where only Search comes in, and On your data needs the exception', () => {
    const world = dataWorld(account({ bypass: 'None', resourceAccessRules: [RULE] }));
    const statusIn = (which: Setup): string => findingOf('storage-trusted-services', world, { setup: which }).status;
    expect(statusIn(setup)).toBe('compliant');
    expect(statusIn(dataSetup())).toBe('nonCompliant');
    expect(statusIn(dataSetup({ scenarios: ['on-your-data', 'ai-search'] }))).toBe('nonCompliant');
  });

  test('letting it in denies nobody else: that takes the private path of On your data', () => {
    const plan = planOf(dataWorld(account({ bypass: 'None', defaultAction: 'Allow' })), { setup });
    const change = changeOf(plan, 'storage-trusted-services');
    expect(change).toMatchObject({
      guards: [],
      risk: { kind: 'none' },
      body: { properties: { networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices' } } },
    });
  });
});

describe('what Search needs of Azure OpenAI', () => {
  const step = 'rbac-search-aoai-user';
  const both = dataSetup({ scenarios: ['on-your-data', 'ai-search'] });

  test('is the role to call it, and the one that manages it includes that', () => {
    const finding = findingOf(step, dataWorld(), { setup });
    expect(finding.status).toBe('compliant');
    expect((finding.notes ?? []).map(english).join()).toContain('more than this step needs');
  });

  test('is a role of its own beside that of On your data, so that taking one back leaves the other', () => {
    expect(changeOf(planOf(dataWorld(), { setup: both }), step)).toMatchObject({ action: 'create' });
    const given = roleAssignment({ scope: ID.account, role: 'Cognitive Services OpenAI User', to: searchService() });
    const finding = findingOf(step, dataWorld(given), { setup: both });
    expect([finding.status, finding.notes]).toEqual(['compliant', undefined]);
  });
});

test('where nothing but Search is chosen, nothing is unknown and no step waits for what is left out', () => {
  const { openAi: _, storage: __, webApp: ___, ...roles } = dataSetup().roles;
  const alone = dataSetup({ scenarios: ['ai-search'], roles });
  const open = searchService({ properties: { publicNetworkAccess: 'enabled', disableLocalAuth: null } });
  const world = dataWorld(open, hardenedAccount());
  const statuses = statusesOf(world, { setup: alone });
  const own = Object.entries(statuses).filter(([id]) => /^(search|aoai|storage|rbac)-/.test(id));
  expect(own.filter(([, status]) => status === 'unknown')).toEqual([]);
  expect(statuses).toMatchObject({
    'aoai-trusted-services': 'notApplicable',
    'search-trusted-services': 'notApplicable',
  });
  expect(stepsOf(planOf(world, { setup: alone }))).toEqual(
    expect.arrayContaining(['search-disable-local-auth', 'search-public-access-disabled']),
  );
});

test('whoever works with Search has a role before its keys go off', () => {
  const world = dataWorld(searchService({ properties: { disableLocalAuth: null } }));
  const given = [
    roleAssignment({ scope: DATA.search, role: 'Search Service Contributor', to: DATA.developer }),
    roleAssignment({ scope: DATA.search, role: 'Search Index Data Contributor', to: DATA.developer }),
    roleAssignment({ scope: ID.group, role: 'Contributor', to: DATA.developer }),
  ];
  given.forEach(({ id }) => world.remove(id));
  const plan = planOf(world, { setup });
  const roles = ['rbac-dev-search', 'rbac-dev-search-data'].map((step) => changeOf(plan, step).id);
  expect(changeOf(plan, 'search-disable-local-auth').dependsOn).toEqual(expect.arrayContaining(roles));
});
