import { describe, expect, test } from 'vitest';
import type { ResourceWrite } from '../../../src/core/plan/change';
import { referenceTo } from '../../../src/core/plan/reference';
import { searchService } from '../support/dataResources';
import { change } from '../support/changes';
import { DATA, ID } from '../support/ids';
import { english } from '../support/reading';
import { hardenedAccount, resourceGroup } from '../support/resources';
import { Runner } from '../support/runs';
import { World } from '../support/world';
import { refusal } from '../support/worldWrites';

const ASSIGNMENT = `${DATA.search}/providers/Microsoft.Authorization/roleAssignments/one`;
const BODY = {
  properties: {
    principalId: referenceTo(ID.account, 'identity.principalId'),
    principalType: 'ServicePrincipal',
    roleDefinitionId: '/roles/one',
  },
};
const SWITCH_ON = { identity: { type: 'SystemAssigned' } };

const identity = change({
  id: 'aoai-managed-identity/contoso-openai',
  step: 'aoai-managed-identity',
  body: SWITCH_ON,
  before: { identity: null },
  after: SWITCH_ON,
  undo: { kind: 'restore', body: { identity: { type: 'None' } } },
});
const assignment = change({
  id: 'rbac-aoai-search-index-reader/one',
  step: 'rbac-aoai-search-index-reader',
  action: 'create',
  resource: ASSIGNMENT,
  body: BODY,
  before: null,
  after: BODY,
  dependsOn: [identity.id],
  locks: ['search'],
  undo: { kind: 'delete' },
});

function runner(): Runner {
  return new Runner(new World([resourceGroup(), hardenedAccount({ identity: null }), searchService()]));
}

/** What was written to the assignment. */
function sentBy(run: Runner): readonly ResourceWrite[] {
  const sent: ResourceWrite[] = [];
  run.azure.beforeWrite = (write) => void (write.resource === ASSIGNMENT && sent.push(write));
  return sent;
}

describe('a value that only Azure gives', () => {
  test('is filled in just before the change that needs it is made', async () => {
    const run = runner();
    const sent = sentBy(run);
    expect((await run.start([identity, assignment])).outcome).toBe('succeeded');
    expect(sent.map(({ body }) => body)).toEqual([
      { properties: { ...BODY.properties, principalId: 'principal-of-contoso-openai' } },
    ]);
    expect(run.world.get(ASSIGNMENT)).toMatchObject({ properties: { principalId: 'principal-of-contoso-openai' } });
  });

  test('that is not there stops the change before anything is sent', async () => {
    const run = runner();
    const sent = sentBy(run);
    const { outcome, changes } = await run.start([assignment]);
    expect(outcome).toBe('failed');
    expect(changes[0]?.error?.code).toBe('ValueMissing');
    expect(sent).toEqual([]);
  });

  test('stands in the journal as what it refers to, so that it can be resumed and taken back', async () => {
    const run = runner();
    await run.start([identity, assignment]);
    const { header } = await run.record();
    expect(header.changes[1]?.body).toEqual(BODY);
    expect((await run.record()).changes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
  });

  test('may stand in what an earlier change of the same run has left in a list', async () => {
    const run = runner();
    const first = { objectId: referenceTo(ID.account, 'identity.principalId') };
    const lists = [[], [first], [first, { objectId: 'two' }]].map((list) => ({ properties: { list } }));
    const [empty = {}, one = {}, both = {}] = lists;
    const writes = [
      change({
        id: 'one',
        resource: DATA.search,
        before: { properties: { list: null } },
        after: one,
        body: one,
        locks: ['list'],
      }),
      change({
        id: 'two',
        resource: DATA.search,
        before: one,
        after: both,
        body: both,
        locks: ['list'],
        dependsOn: ['one'],
      }),
    ].map((each) => ({ ...each, undo: { kind: 'restore' as const, body: empty } }));
    const [begin, ...others] = writes;
    const { outcome } = await run.start([
      identity,
      ...(begin ? [{ ...begin, dependsOn: [identity.id] }] : []),
      ...others,
    ]);
    expect(outcome).toBe('succeeded');
    expect(run.world.get(DATA.search)).toMatchObject({
      properties: { list: [{ objectId: 'principal-of-contoso-openai' }, { objectId: 'two' }] },
    });
  });

  test('is compared with what is there: an assignment that stands already is left alone', async () => {
    const run = runner();
    await run.start([identity, assignment]);
    const again = await run.start([assignment]);
    expect(again.changes[0]?.status).toBe('unchanged');
  });
});

describe('an assignment that Azure does not take', () => {
  const failing = (times: number, code: string, status: number) => {
    const run = runner();
    run.azure.beforeWrite = ({ resource }, attempt) => {
      if (resource === ASSIGNMENT && attempt <= times) throw refusal(status, code, resource);
    };
    return run;
  };

  test('because the new identity is not known everywhere yet is tried again, and that is said', async () => {
    const run = failing(3, 'PrincipalNotFound', 400);
    expect((await run.start([identity, assignment])).outcome).toBe('succeeded');
    const notes = run.states.flatMap(({ changes }) => changes.map(({ note }) => english(note)));
    expect(notes).toContain('Waiting until Microsoft Entra ID knows the new identity.');
  });

  test('because there is no such principal fails after two minutes, with advice', async () => {
    const run = failing(Infinity, 'PrincipalNotFound', 400);
    const from = run.azure.clock.now();
    const { changes } = await run.start([identity, assignment]);
    expect(changes[1]?.error?.code).toBe('PrincipalNotFound');
    expect(english(changes[1]?.error?.next)).toContain('Microsoft Entra ID does not know the principal');
    expect((run.azure.clock.now() - from) / 1000).toBeLessThan(200);
  });

  test('because a role that was just given is not known everywhere yet is tried again for minutes, and then fails with advice', async () => {
    const patient = failing(8, 'KeyVaultAuthenticationFailure', 403);
    expect((await patient.start([identity, assignment])).outcome).toBe('succeeded');
    const notes = patient.states.flatMap(({ changes }) => changes.map(({ note }) => english(note)));
    expect(notes).toContain('Waiting until every service knows of the new role.');
    const { changes } = await failing(Infinity, 'KeyVaultAuthenticationFailure', 403).start([identity, assignment]);
    expect(english(changes[1]?.error?.next)).toContain('The service may not use the key');
  });

  test('because the same one exists under another name is done, and is not ours to take back', async () => {
    const run = failing(1, 'RoleAssignmentExists', 409);
    const { outcome, changes } = await run.start([identity, assignment]);
    expect(outcome).toBe('succeeded');
    expect(changes[1]?.status).toBe('unchanged');
  });
});
