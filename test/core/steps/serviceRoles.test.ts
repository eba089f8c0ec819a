import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { BuiltInRoleName } from '../../../src/core/steps/azureRoles';
import { retold } from '../support/arbitraryJson';
import { roleAssignment, searchService, webApp } from '../support/dataResources';
import { BLOB_PATH, dataWorld, dataWorldWithout, FILE_PATH, privatePath } from '../support/dataWorlds';
import { DATA, ID, SUBSCRIPTION } from '../support/ids';
import { changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';
import { dataSetup } from '../support/setups';
import type { World } from '../support/world';

const OPENAI = 'principal-of-contoso-openai';
const [SEARCH, APP] = [searchService(), webApp()];

const STEP = 'rbac-aoai-search-index-reader';
const ROLE: BuiltInRoleName = 'Search Index Data Reader';
const OWN = roleAssignment({ scope: DATA.search, role: ROLE, to: OPENAI });

/** The finding of the index reader's role where its own assignment is replaced by these. */
function withInstead(...parts: readonly Partial<Parameters<typeof roleAssignment>[0]>[]) {
  return findingOf(STEP, worldWith(...parts), { setup: dataSetup() });
}

function worldWith(...parts: readonly Partial<Parameters<typeof roleAssignment>[0]>[]): World {
  const world = dataWorldWithout(OWN.id);
  for (const part of parts) world.put(roleAssignment({ scope: DATA.search, role: ROLE, to: OPENAI, ...part }));
  return world;
}

test.each<[string, string, BuiltInRoleName, Parameters<typeof roleAssignment>[0]['to']]>([
  ['rbac-aoai-search-index-reader', DATA.search, 'Search Index Data Reader', OPENAI],
  ['rbac-aoai-search-contributor', DATA.search, 'Search Service Contributor', OPENAI],
  ['rbac-aoai-blob-contributor', DATA.storage, 'Storage Blob Data Contributor', OPENAI],
  ['rbac-search-aoai-contributor', ID.account, 'Cognitive Services OpenAI Contributor', SEARCH],
  ['rbac-search-blob-reader', DATA.storage, 'Storage Blob Data Reader', SEARCH],
  ['rbac-webapp-aoai-user', ID.account, 'Cognitive Services OpenAI User', APP],
])('%s: exactly that role of that identity on that resource', (step, scope, role, to) => {
  const { id, ...own } = roleAssignment({ scope, role, to });
  expect(findingOf(step, dataWorld(), { setup: dataSetup() }).status).toBe('compliant');
  const world = dataWorldWithout(id);
  expect(findingOf(step, world, { setup: dataSetup() }).status).toBe('nonCompliant');
  const plan = planOf(world, { setup: dataSetup() });
  expect(stepsOf(plan)).toEqual([step]);
  const { roleDefinitionId, principalId } = own['properties'] as Record<string, string>;
  expect(changeOf(plan, step)).toMatchObject({
    action: 'create',
    body: { properties: { roleDefinitionId, principalId, principalType: 'ServicePrincipal' } },
    undo: { kind: 'delete' },
    permissions: [{ action: 'Microsoft.Authorization/roleAssignments/write', scope }],
  });
});

describe('a role is had', () => {
  test.each<[string, string]>([
    ['the resource group', ID.group],
    ['the subscription', ID.subscription],
    ['a management group', '/providers/Microsoft.Management/managementGroups/all'],
    ['the root', '/'],
  ])('by an assignment at %s as well', (_, listedScope) => {
    expect(withInstead({ listedScope }).status).toBe('compliant');
  });

  test('by a role that includes it, and the finding says that this is more than needed', () => {
    const finding = withInstead({ role: 'Search Index Data Contributor' });
    expect(finding.status).toBe('compliant');
    expect((finding.notes ?? []).map(english)).toEqual([
      'contoso-openai has “Search Index Data Contributor”, which is more than this step needs.',
    ]);
  });

  test('at a wider scope, and the finding says so', () => {
    expect((withInstead({ listedScope: ID.group }).notes ?? []).map(english)).toEqual([
      'The role is given at rg-contoso, which is wider than this step needs.',
    ]);
    expect(findingOf(STEP, dataWorld(), { setup: dataSetup() }).notes).toBeUndefined();
  });

  test('in whatever casing Azure writes ids', () => {
    const world = dataWorldWithout(OWN.id);
    world.put(
      retold(
        OWN,
        () => 0,
        (told) => told.toUpperCase(),
      ) as WireResource,
    );
    expect(findingOf(STEP, world, { setup: dataSetup() }).status).toBe('compliant');
  });

  test('without a condition beside one with a condition, whichever is listed first', () => {
    const conditional = { condition: '@Resource[name] StringEquals "x"', listedScope: ID.group };
    const unconditional = { listedScope: ID.subscription };
    const ids = ['first', 'second'].map((name) => OWN.id.replace(/[^/]+$/, name));
    for (const order of [
      [conditional, unconditional],
      [unconditional, conditional],
    ]) {
      const world = dataWorldWithout(OWN.id);
      order.forEach((part, index) => {
        const assignment = roleAssignment({ scope: DATA.search, role: ROLE, to: OPENAI, ...part });
        world.put({ ...assignment, id: ids[index] ?? '' });
      });
      expect(findingOf(STEP, world, { setup: dataSetup() }).status).toBe('compliant');
    }
  });
});

describe('a role is not had', () => {
  test.each<[string, Partial<Parameters<typeof roleAssignment>[0]>]>([
    ['by somebody else', { to: 'principal-of-somebody' }],
    ['by a role that does not include it', { role: 'Search Service Contributor' }],
    ['by Owner, who manages the service but reads none of its data', { role: 'Owner' }],
    ['at a resource inside', { listedScope: `${DATA.search}/indexes/one` }],
    ['at another resource whose name only begins the same', { listedScope: DATA.search.slice(0, -1) }],
  ])('%s', (_, part) => {
    expect(withInstead(part).status).toBe('nonCompliant');
  });

  test('nobody knows whether, where it hangs on a condition', () => {
    const finding = withInstead({ condition: '@Resource[name] StringEquals "x"' });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toContain('under a condition, which Ringfence does not judge');
  });

  test('nobody knows whether, where the assignments may not be read', () => {
    const denied = [`${DATA.search}/providers/Microsoft.Authorization/roleAssignments`];
    expect(findingOf(STEP, dataWorld(), { setup: dataSetup(), denied }).status).toBe('unknown');
  });
});

describe('an identity', () => {
  const account = (identity: JsonObject | null) =>
    hardenedAccount({ identity, properties: { networkAcls: { bypass: 'AzureServices' } } });

  test('that is off has no roles, and gets them once the plan has switched it on', () => {
    const plan = planOf(dataWorld(account(null)), { setup: dataSetup() });
    expect(stepsOf(plan)).toEqual([
      'aoai-managed-identity',
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'rbac-aoai-blob-contributor',
    ]);
    const change = changeOf(plan, STEP);
    expect(change.body).toMatchObject({
      properties: { principalId: `[reference('${ID.account}').identity.principalId]` },
    });
    expect(change.dependsOn).toEqual([changeOf(plan, 'aoai-managed-identity').id]);
  });

  test('that was switched off and on again is another principal: its old roles are nobody’s', () => {
    const created = changeOf(planOf(dataWorldWithout(OWN.id), { setup: dataSetup() }), STEP);
    const anew = dataWorldWithout(OWN.id)
      .put({ ...OWN, id: created.resource })
      .put(account({ type: 'SystemAssigned', principalId: 'principal-of-the-new-one' }));
    expect(findingOf(STEP, anew, { setup: dataSetup() }).status).toBe('nonCompliant');
    const change = changeOf(planOf(anew, { setup: dataSetup() }), STEP);
    expect(change.body).toMatchObject({ properties: { principalId: 'principal-of-the-new-one' } });
    expect(change.resource).not.toBe(created.resource);
  });

  test('an assignment that a listing does not show yet is found by its own name', () => {
    const created = changeOf(planOf(dataWorldWithout(OWN.id), { setup: dataSetup() }), STEP);
    const world = dataWorldWithout(OWN.id).put({ ...OWN, id: created.resource });
    world.put({ id: `${DATA.search}/providers/Microsoft.Authorization/roleAssignments`, value: [] });
    expect(findingOf(STEP, world, { setup: dataSetup() }).status).toBe('compliant');
  });
});

test('a name for an assignment is the same every time, and another for every role, scope and identity', () => {
  const ids = () =>
    planOf(
      dataWorldWithout(
        ...dataWorld()
          .list('microsoft.authorization/roleassignments')
          .map(({ id }) => id),
      ),
      {
        setup: dataSetup(),
      },
    ).changes.map(({ resource }) => resource);
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(ids().length);
  for (const id of ids()) expect(id).toMatch(/\/roleAssignments\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('Search needs the role to write only where the setup says that it writes', () => {
  const writing = dataSetup({ options: { searchWritesToStorage: true } });
  expect(findingOf('rbac-search-blob-reader', dataWorld(), { setup: writing }).status).toBe('nonCompliant');
});

test('a setup without a web app needs no role for one', () => {
  const { webApp: _app, webAppSubnet: _subnet, ...roles } = dataSetup().roles;
  const finding = findingOf('rbac-webapp-aoai-user', dataWorld(), { setup: dataSetup({ roles }) });
  expect([finding.status, english(finding.reason)]).toEqual(['notApplicable', 'This setup has no web app.']);
});

describe('rbac-project-pe-reader', () => {
  const step = 'rbac-project-pe-reader';
  const project = { id: '44444444-2222-3333-4444-555555555555', type: 'ServicePrincipal' } as const;
  const wanted = dataSetup({ options: { project } });

  test('does not apply where the setup has no project', () => {
    expect(findingOf(step, dataWorld(), { setup: dataSetup() }).status).toBe('notApplicable');
  });

  test('is Reader on the endpoint of the storage account, and not on those of others', () => {
    const reader = roleAssignment({ scope: DATA.blobEndpoint, role: 'Reader', to: project.id });
    expect(findingOf(step, dataWorld(), { setup: wanted }).status).toBe('nonCompliant');
    expect(findingOf(step, dataWorld(reader), { setup: wanted }).status).toBe('compliant');
    const elsewhere = roleAssignment({ scope: DATA.searchEndpoint, role: 'Reader', to: project.id });
    expect(findingOf(step, dataWorld(elsewhere), { setup: wanted }).status).toBe('nonCompliant');
  });

  test('and on the one for files, where there is to be one', () => {
    const both = dataSetup({ options: { project, fileEndpoint: true } });
    const world = dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH), ...privatePath(DATA.blobEndpoint, BLOB_PATH));
    const plan = planOf(world, { setup: both });
    expect(plan.changes.filter((change) => change.step === step).map(({ resource }) => scopeOf(resource))).toEqual([
      DATA.blobEndpoint,
      DATA.fileEndpoint,
    ]);
  });

  test('is given after an endpoint that the same plan makes', () => {
    const plan = planOf(dataWorldWithout(DATA.blobEndpoint), { setup: wanted });
    expect(changeOf(plan, step).dependsOn).toEqual([changeOf(plan, 'storage-private-endpoint-blob').id]);
  });
});

function scopeOf(assignment: string): string {
  return assignment.replace(/\/providers\/Microsoft\.Authorization\/.*$/, '');
}

test('role definitions are named at the subscription of the setup', () => {
  const change = changeOf(planOf(dataWorldWithout(OWN.id), { setup: dataSetup() }), STEP);
  expect(JSON.stringify(change.body)).toContain(
    `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/1407120a-92aa-4202-b7e9-c0e197c71c8f`,
  );
});
