import { afterEach, describe, expect, it } from 'vitest';
import type { RunState } from '../../src/core/apply/runState';
import type { JsonObject } from '../../src/core/resources/json';
import type { SetupSession } from '../../src/core/session/setupSession';
import type { ScenarioId } from '../../src/core/setup/scenarios';
import { differences } from './support/differences';
import { applyInTurn, undoLast } from './support/journey';
import { LockoutWatch } from './support/lockoutWatch';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const opened: SandboxSession[] = [];

afterEach(async () => {
  for (const session of opened.splice(0)) await session.close();
});

const BOTH: readonly ScenarioId[] = ['private-access', 'on-your-data'];

/** Endpoints are made at the same time, and each takes the next free address. */
const HANDED_OUT = /(privateIPAddress|ipv4Address|ipAddresses\.\[\d+\]): "10\.3\.1\.\d+" → "10\.3\.1\.\d+"$/;

describe('private access and on your data on one setup', () => {
  it('come to the same end in both orders, and at once', async () => {
    const ends: JsonObject[] = [];
    for (const turns of [[BOTH], ...BOTH.map((first) => [[first], BOTH])]) {
      const opening = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data' });
      opened.push(opening);
      await applyInTurn(opening.session, ...turns);
      ends.push(await opening.state());
    }
    const [atOnce = {}, ...inTurn] = ends;
    expect(inTurn.map((end) => differences(atOnce, end).filter((line) => !HANDED_OUT.test(line)))).toEqual([[], []]);
  });

  it('are taken back in the reverse order, and the world is what it was', async () => {
    const { session, before, state } = await applyPrivateAccessFirst();
    await undoLast(session);
    const [undone, , privateAccess] = await session.runs();
    expect([undone?.header.kind, privateAccess?.header.kind]).toEqual(['undo', 'apply']);
    await undoRun(session, privateAccess?.header.runId);
    expect(differences(before, await state())).toEqual([
      'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}',
      'Microsoft.Storage/storageAccounts/contosodocs › properties.publicNetworkAccess: absent → "Enabled"',
      'Microsoft.Storage/storageAccounts/contosodocs › properties.allowSharedKeyAccess: absent → true',
    ]);
  });

  it('leave what the second needs where only the first is taken back, and lock nobody out', async () => {
    const { session, connection } = await applyPrivateAccessFirst();
    const watch = new LockoutWatch(connection, session.state.setup);
    const [, privateAccess] = await session.runs();
    const run = await undoRun(session, privateAccess?.header.runId);
    expect(run.outcome).toBe('partial');
    const left = run.changes.filter(({ status }) => status !== 'succeeded').map(({ change }) => change.step);
    expect(left).toEqual(['subnet-private-endpoints']);
    expect(watch.lockouts).toEqual([]);
    expect(watch.closedSeen).toBeGreaterThan(0);
  });
});

/** Private access first, then both; two runs. */
async function applyPrivateAccessFirst(): Promise<SandboxSession & { readonly before: JsonObject }> {
  const opening = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data' });
  opened.push(opening);
  const before = await opening.state();
  await applyInTurn(opening.session, ['private-access'], BOTH);
  return { ...opening, before };
}

async function undoRun(session: SetupSession, id = ''): Promise<RunState> {
  const plan = await session.planUndo(id);
  if (!plan) throw new Error('There is nothing to undo.');
  return session.undo(id, plan, { signal });
}
