import { describe, expect, test } from 'vitest';
import { BUILT_IN_ROLE_IDS, type BuiltInRoleName } from '../../../src/core/steps/azureRoles';
import type { SetupOptions } from '../../../src/core/setup/setup';
import { roleAssignment } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { planOf } from '../support/planning';
import { findingOf } from '../support/reading';
import { dataSetup, DEVELOPER } from '../support/setups';

const TEAM = { id: '55555555-2222-3333-4444-555555555555', type: 'Group', name: 'Team' } as const;

/** Steps, scopes and roles of the table, as the documents give them for each way of working. */
const TABLE: readonly (readonly [
  step: string,
  scope: string,
  production: BuiltInRoleName,
  evaluation: BuiltInRoleName,
])[] = [
  ['rbac-dev-aoai', ID.account, 'Cognitive Services OpenAI Contributor', 'Cognitive Services OpenAI Contributor'],
  ['rbac-dev-search', DATA.search, 'Search Service Contributor', 'Contributor'],
  ['rbac-dev-storage', DATA.storage, 'Storage Blob Data Contributor', 'Contributor'],
  ['rbac-dev-webapp', ID.group, 'Contributor', 'Contributor'],
];

/** Roles that a plan gives to a group that has none yet: `step scope role`. */
function given(options: Partial<SetupOptions>): readonly string[] {
  const plan = planOf(dataWorld(), { setup: dataSetup({ options: { developers: [TEAM], ...options } }) });
  return plan.changes
    .filter(({ step }) => step.startsWith('rbac-dev'))
    .map(({ step, resource, body }) => {
      const role = Object.entries(BUILT_IN_ROLE_IDS).find(([, id]) => JSON.stringify(body).includes(id));
      return [step, resource.replace(/\/providers\/Microsoft\.Authorization\/.*$/, ''), role?.[0]].join(' ');
    });
}

describe('what developers get', () => {
  test('in production is roles on data, and none that lists keys', () => {
    const rows = TABLE.map(([step, scope, role]) => `${step} ${scope} ${role}`);
    const indexes = `rbac-dev-search-data ${DATA.search} Search Index Data Contributor`;
    expect([...given({ apiKeys: 'off' })].sort()).toEqual([...rows, indexes].sort());
  });

  test('in an evaluation is what the documents say: Contributor, to list keys and signatures', () => {
    expect([...given({ apiKeys: 'keep' })].sort()).toEqual(
      TABLE.map(([step, scope, , role]) => `${step} ${scope} ${role}`).sort(),
    );
  });

  test('besides, where it is asked for, is listing keys and giving roles', () => {
    const more = given({ developerExtras: ['listKeys', 'assignRoles'] });
    expect(more).toContain(`rbac-dev-aoai-keys ${ID.account} Cognitive Services User`);
    expect(more).toContain(`rbac-dev-rbac-admin ${ID.account} Role Based Access Control Administrator`);
    for (const step of ['rbac-dev-aoai-keys', 'rbac-dev-rbac-admin'])
      expect(findingOf(step, dataWorld(), { setup: dataSetup() }).status).toBe('notApplicable');
  });
});

describe('the developers of a setup', () => {
  test.each(TABLE)('%s is had by the one who has it', (step) => {
    expect(findingOf(step, dataWorld(), { setup: dataSetup() }).status).toBe('compliant');
  });

  test('all need it: one without the role is enough for a change, and only that one gets it', () => {
    const plan = planOf(dataWorld(), { setup: dataSetup({ options: { developers: [DEVELOPER, TEAM] } }) });
    const changes = plan.changes.filter(({ step }) => step === 'rbac-dev-aoai');
    expect(changes.map(({ body }) => body)).toEqual([
      { properties: expect.objectContaining({ principalId: TEAM.id, principalType: 'Group' }) as object },
    ]);
  });

  test.each(['rbac-dev-aoai', 'rbac-dev-search', 'rbac-dev-search-data', 'rbac-dev-storage', 'rbac-dev-webapp'])(
    'where there are none, %s does not apply',
    (step) => {
      const setup = dataSetup({ options: { developers: [] } });
      expect(findingOf(step, dataWorld(), { setup }).status).toBe('notApplicable');
    },
  );

  test('without a web app, nobody has to deploy one', () => {
    const { webApp: _app, webAppSubnet: _subnet, ...roles } = dataSetup().roles;
    expect(findingOf('rbac-dev-webapp', dataWorld(), { setup: dataSetup({ roles }) }).status).toBe('notApplicable');
  });

  test('an Owner may list what a Contributor may, but calls nothing with that', () => {
    const owner = roleAssignment({ scope: ID.group, role: 'Owner', to: TEAM.id, listedScope: ID.group });
    const setup = dataSetup({ options: { developers: [TEAM], apiKeys: 'keep' } });
    expect(findingOf('rbac-dev-search', dataWorld(owner), { setup }).status).toBe('compliant');
    expect(findingOf('rbac-dev-storage', dataWorld(owner), { setup }).status).toBe('compliant');
    expect(findingOf('rbac-dev-aoai', dataWorld(owner), { setup }).status).toBe('nonCompliant');
  });
});
