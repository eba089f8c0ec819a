import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import { defenderPlan, deployment } from '../support/dataResources';
import { dataWorld, dataWorldWithout, emptyDataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { before, blockedOf, changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { provider } from '../support/resources';
import { dataSetup } from '../support/setups';

const SETUP = dataSetup();

describe('defender-for-ai', () => {
  const step = 'defender-for-ai';

  test.each([
    ['Standard', 'compliant'],
    ['standard', 'compliant'],
    ['Free', 'nonCompliant'],
  ])('the plan %s is %s', (tier, status) => {
    expect(findingOf(step, dataWorld(defenderPlan(tier)), { setup: SETUP }).status).toBe(status);
  });

  test('is switched on and off again, for the whole subscription', () => {
    expect(changeOf(planOf(dataWorld(defenderPlan('Free')), { setup: SETUP }), step)).toMatchObject({
      action: 'update',
      resource: DATA.defender,
      body: { properties: { pricingTier: 'Standard' } },
      undo: { kind: 'restore', body: { properties: { pricingTier: 'Free' } } },
      permissions: [{ action: 'Microsoft.Security/pricings/write', scope: ID.subscription }],
      risk: { kind: 'cost' },
    });
  });

  test('where its provider is not registered Azure shows nothing, and that is “Free”: first one, then the other', () => {
    const world = dataWorldWithout(DATA.defender).put(provider('Microsoft.Security', 'NotRegistered'));
    const finding = findingOf(step, world, { setup: SETUP });
    expect(finding.status).toBe('nonCompliant');
    expect(english(finding.evidence[0]?.actual)).toBe('Free');
    const plan = planOf(world, { setup: SETUP });
    expect(stepsOf(plan)).toEqual(['resource-providers', step]);
    expect(before(plan, changeOf(plan, step).id).map(({ resource }) => resource)).toEqual([
      `${ID.subscription}/providers/Microsoft.Security`,
    ]);
  });

  test('can be left out, and then its provider is not needed either', () => {
    const setup = dataSetup({ options: { defender: false } });
    const world = dataWorld(defenderPlan('Free'), provider('Microsoft.Security', 'NotRegistered'));
    expect(findingOf(step, world, { setup }).status).toBe('notApplicable');
    expect(findingOf('resource-providers', world, { setup }).status).toBe('compliant');
  });

  test('is unknown where it may not be read', () => {
    expect(findingOf(step, dataWorld(), { setup: SETUP, denied: [DATA.defender] }).status).toBe('unknown');
  });
});

test('providers are those of the resources that the setup has', () => {
  const registered = planOf(emptyDataWorld(), { setup: SETUP }, ['resource-providers']).changes;
  expect(registered.map(({ resource }) => resource.split('.').at(-1))).toEqual([
    'CognitiveServices',
    'Search',
    'Storage',
    'Web',
    'Network',
    'Security',
  ]);
  const { webApp: _app, webAppSubnet: _subnet, ...roles } = SETUP.roles;
  const without = planOf(emptyDataWorld(), { setup: dataSetup({ roles }) }, ['resource-providers']).changes;
  expect(without.map(({ resource }) => resource.split('.').at(-1))).not.toContain('Web');
});

describe('aoai-model-deployments', () => {
  const step = 'aoai-model-deployments';
  const [chat, embedding] = [`${ID.account}/deployments/gpt-4o`, `${ID.account}/deployments/text-embedding-3-small`];

  test('any model that answers and any that embeds will do, under any name', () => {
    const world = dataWorldWithout(chat, embedding)
      .put(deployment('ours', 'GPT-4.1-mini'))
      .put(deployment('theirs', 'text-embedding-ada-002'));
    expect(findingOf(step, world, { setup: SETUP }).status).toBe('compliant');
  });

  test('what is missing is deployed, and what is there is left alone', () => {
    const plan = planOf(dataWorldWithout(embedding), { setup: SETUP });
    expect(changeOf(plan, step)).toMatchObject({ action: 'create', resource: embedding });
  });

  test('is of no use where nothing is to be proved', () => {
    const setup = dataSetup({ options: { proofs: [] } });
    expect(findingOf(step, dataWorldWithout(chat), { setup }).status).toBe('notApplicable');
  });

  test('is unknown where the deployments may not be read', () => {
    expect(findingOf(step, dataWorld(), { setup: SETUP, denied: [`${ID.account}/deployments`] }).status).toBe(
      'unknown',
    );
  });
});

describe('search-document-acl', () => {
  const step = 'search-document-acl';
  const setup = dataSetup({ options: { documentAccess: { index: 'reports', field: 'group_ids' } } });
  const id = `${DATA.search}/indexes/reports`;
  const good = { name: 'group_ids', type: 'Collection(Edm.String)', filterable: true };
  const index = (...fields: readonly JsonObject[]) => ({
    id,
    name: 'reports',
    fields: [{ name: 'id', type: 'Edm.String' }, ...fields],
  });

  test('does not apply where no index is named', () => {
    expect(findingOf(step, dataWorld(index()), { setup: SETUP }).status).toBe('notApplicable');
  });

  test('is compliant with a field to filter by, and no document without groups', () => {
    expect(findingOf(step, dataWorld(index(good)), { setup }).status).toBe('compliant');
  });

  test('documents without groups are counted, and nobody fills them in but you', () => {
    const world = dataWorld(index(good), { id: `${id}/documentsWithout/group_ids`, count: 3 });
    const finding = findingOf(step, world, { setup });
    expect(finding.status).toBe('nonCompliant');
    expect(finding.evidence.find(({ satisfied }) => !satisfied)).toMatchObject({ property: 'count' });
    expect(blockedOf(planOf(world, { setup }))[step]).toContain('decided in Azure');
  });

  test('a missing field is added behind the others, and cannot be taken out again', () => {
    expect(changeOf(planOf(dataWorld(index()), { setup }), step)).toMatchObject({
      action: 'update',
      resource: id,
      body: { fields: [{ name: 'id' }, { ...good, retrievable: false }] },
      undo: { kind: 'none' },
    });
  });

  test.each<[string, JsonObject]>([
    ['that cannot be filtered by', { ...good, filterable: false }],
    ['of one group only', { ...good, type: 'Edm.String' }],
  ])('a field %s means to build the index anew, which a person decides', (_, field) => {
    const plan = planOf(dataWorld(index(field)), { setup });
    expect(blockedOf(plan)[step]).toContain('fields of reports');
  });

  test('an index that is not there is not made up', () => {
    expect(blockedOf(planOf(dataWorld(), { setup }))[step]).toContain('reports does not exist');
  });

  test.each([id, `${id}/documentsWithout/group_ids`])('is unknown where %s may not be read', (denied) => {
    expect(findingOf(step, dataWorld(index(good)), { setup, denied: [denied] }).status).toBe('unknown');
  });
});
