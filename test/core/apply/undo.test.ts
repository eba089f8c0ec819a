import { describe, expect, test } from 'vitest';
import type { ChangeRecord, RunRecord } from '../../../src/core/apply/journal';
import { canTakeBack } from '../../../src/core/apply/standing';
import { planUndo } from '../../../src/core/apply/undo';
import type { Change } from '../../../src/core/plan/change';
import { text } from '../../../src/core/text';
import { change, zoneChange } from '../support/changes';
import { ID, zoneId } from '../support/ids';
import { english, statusesOf } from '../support/reading';
import { account, endpoint, record, zone } from '../support/resources';
import { header } from '../support/runs';
import { Bench } from '../support/sessions';
import { setup, setupFromNothing } from '../support/setups';
import { emptyWorld, exposedWorld } from '../support/worlds';

function recordOf(...changes: readonly (readonly [Change, ChangeRecord['status']])[]): RunRecord {
  return {
    header: header(changes.map(([item]) => item)),
    changes: changes.map(([item, status]) => ({ change: item, status })),
    outcome: 'succeeded',
  };
}

const [A, B, C] = [
  zoneChange('a.example'),
  zoneChange('b.example', { dependsOn: ['zone/a.example'] }),
  zoneChange('c.example', { dependsOn: ['zone/b.example'] }),
];

describe('planUndo', () => {
  test('goes backwards: nothing is taken away before what was built on it', () => {
    const { changes } = planUndo(recordOf([A, 'succeeded'], [B, 'succeeded'], [C, 'succeeded']), []);
    expect(changes.map(({ id, action, dependsOn }) => [id, action, dependsOn])).toEqual([
      ['undo/zone/c.example', 'delete', []],
      ['undo/zone/b.example', 'delete', ['undo/zone/c.example']],
      ['undo/zone/a.example', 'delete', ['undo/zone/b.example', 'undo/zone/c.example']],
    ]);
  });

  test('keeps the order through a change that is not taken back', () => {
    const stays = zoneChange('b.example', { dependsOn: [A.id], undo: { kind: 'none', reason: text('It stays.') } });
    const { changes, kept } = planUndo(recordOf([A, 'succeeded'], [stays, 'succeeded'], [C, 'succeeded']), []);
    expect(changes.at(-1)).toMatchObject({ id: 'undo/zone/a.example', dependsOn: ['undo/zone/c.example'] });
    expect(kept.map(({ resource, reason }) => [resource, english(reason)])).toEqual([[stays.resource, 'It stays.']]);
  });

  test.each(['unchanged', 'failed', 'drifted', 'skipped', 'cancelled', 'pending'] as const)(
    'leaves what is %s: the run did not do it',
    (status) => {
      expect(planUndo(recordOf([A, status]), []).changes).toEqual([]);
    },
  );

  test('takes back what is uncertain, because it is read again first', () => {
    expect(planUndo(recordOf([A, 'uncertain']), []).changes).toHaveLength(1);
  });

  test('takes one step back with what depends on it, and nothing else', () => {
    const steps = ['a', 'b', 'c', 'd'].map((name) => zoneChange(`${name}.example`, { step: `step-${name}` }));
    const [a, b, c, d] = steps as [Change, Change, Change, Change];
    const dependent = { ...c, dependsOn: [b.id] };
    const made = recordOf([a, 'succeeded'], [b, 'succeeded'], [dependent, 'succeeded'], [d, 'succeeded']);
    expect(planUndo(made, [], ['step-b']).changes.map(({ id }) => id)).toEqual([`undo/${c.id}`, `undo/${b.id}`]);
  });

  test('leaves alone what was taken back before, and what that left is taken back next', () => {
    const made = recordOf([A, 'succeeded'], [B, 'succeeded'], [C, 'uncertain']);
    const undo: RunRecord = {
      ...recordOf(
        [{ ...C, id: `undo/${C.id}` }, 'unchanged'],
        [{ ...B, id: `undo/${B.id}` }, 'succeeded'],
        [{ ...A, id: `undo/${A.id}` }, 'failed'],
      ),
      outcome: 'partial',
    };
    const runs = [
      { ...undo, header: { ...undo.header, runId: 'run-2', kind: 'undo', of: made.header.runId } } as const,
    ];
    expect(planUndo(made, runs).changes.map(({ id }) => id)).toEqual([`undo/${A.id}`]);
    expect(canTakeBack(made, runs)).toBe(true);
  });

  test('a creation of which nobody saw the end is waited for', () => {
    const { changes } = planUndo(
      { ...recordOf(), changes: [{ change: { ...A, typicalSeconds: 40 }, status: 'uncertain', begunAt: 1000 }] },
      [],
    );
    expect(changes[0]?.mayAppearUntil).toBe(81_000);
  });

  test('writes the old values back, and can be undone itself', () => {
    const [undo] = planUndo(recordOf([change(), 'succeeded']), []).changes;
    expect(undo).toMatchObject({
      action: 'update',
      body: { properties: { publicNetworkAccess: 'Enabled' } },
      before: { properties: { publicNetworkAccess: 'Disabled' } },
      undo: { kind: 'restore', body: { properties: { publicNetworkAccess: 'Disabled' } } },
    });
  });

  test('needs permission to delete where the run needed permission to write', () => {
    const permissions = [{ action: 'Microsoft.Network/privateDnsZones/write', scope: ID.group }];
    const [undo] = planUndo(recordOf([{ ...A, permissions }, 'succeeded']), []).changes;
    expect(undo?.permissions).toEqual([{ action: 'Microsoft.Network/privateDnsZones/delete', scope: ID.group }]);
  });
});

describe('undoing a run', () => {
  test.each([
    ['an exposed account', () => exposedWorld(), setup()],
    ['an exposed account of AI Services', () => exposedWorld(account({ kind: 'AIServices' })), setup()],
    [
      'an account with user-assigned identities and rules',
      () =>
        exposedWorld(
          account({
            identity: { type: 'UserAssigned', userAssignedIdentities: { '/id/a': {} } },
            properties: {
              networkAcls: {
                defaultAction: 'Allow',
                ipRules: [{ value: '20.9.9.9' }],
                virtualNetworkRules: [],
                bypass: 'AzureServices',
              },
            },
          }),
        ),
      setup(),
    ],
    ['an endpoint that was waiting', () => exposedWorld(endpoint({ status: 'Pending' })), setup()],
  ])('gives back the world that was: %s', async (_, before, wanted) => {
    const bench = new Bench(before(), wanted);
    const run = await bench.applyAll();
    expect(run.outcome).toBe('succeeded');
    expect((await bench.undo(run.runId)).outcome).toBe('succeeded');
    expect(statusesOf(bench.world, { setup: wanted })).toEqual(statusesOf(restoredOf(before()), { setup: wanted }));
    expect(Object.keys(bench.world.everything())).toEqual(Object.keys(before().everything()));
  });

  test('deletes everything that it created from nothing, and only keeps the providers registered', async () => {
    const bench = new Bench(emptyWorld(), setupFromNothing('AIServices'));
    const run = await bench.applyAll();
    const undo = await bench.undo(run.runId);
    expect(undo.outcome).toBe('succeeded');
    expect(Object.keys(bench.world.everything())).toEqual(Object.keys(emptyWorld().everything()));
    expect(bench.world.list('microsoft.resources/providers').map((item) => item['registrationState'])).toEqual([
      'Registered',
      'Registered',
    ]);
  });

  test('never takes along what others have put in since', async () => {
    const bench = new Bench(exposedWorld());
    const run = await bench.applyAll();
    bench.world.put(record(['10.0.1.77'], 'other-account'));
    const undo = await bench.undo(run.runId);
    expect(undo.outcome).toBe('partial');
    expect(bench.world.get(zoneId())).toBeDefined();
    expect(bench.world.get(`${zoneId()}/A/other-account`)).toBeDefined();
  });

  test('stops at a property that somebody changed since', async () => {
    const bench = new Bench(exposedWorld());
    const run = await bench.applyAll();
    const by = bench.world.storedAt(ID.account) ?? account();
    bench.world.put({
      ...by,
      properties: { ...(by['properties'] as object), publicNetworkAccess: 'SecuredByPerimeter' },
    });
    const undo = await bench.undo(run.runId);
    expect(undo.changes.find(({ change: { step } }) => step === 'aoai-public-access-disabled')?.status).toBe('drifted');
    expect(bench.world.get(ID.endpoint)).toBeDefined();
  });

  test('leaves what was there before the run', async () => {
    const bench = new Bench(exposedWorld(zone()));
    const run = await bench.applyAll();
    await bench.undo(run.runId);
    expect(bench.world.get(zoneId())).toBeDefined();
  });
});

/** What cannot go back: an approved connection stays approved. */
function restoredOf(before: ReturnType<typeof exposedWorld>) {
  const present = before.storedAt(ID.endpoint);
  return present ? before.put(endpoint({ status: 'Approved' })) : before;
}
