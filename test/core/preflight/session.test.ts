import { describe, expect, test } from 'vitest';
import { PreflightRefusal } from '../../../src/core/preflight/report';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { exposedDataWorld } from '../support/dataWorlds';
import { ID } from '../support/ids';
import { said } from '../support/preflights';
import { Bench, GO, NEVER } from '../support/sessions';
import { dataSetup, setup, setupFromNothing } from '../support/setups';
import { emptyWorld, exposedWorld } from '../support/worlds';

const WRITE = 'Microsoft.CognitiveServices/accounts/write';

async function barred(): Promise<Bench> {
  const bench = new Bench(exposedWorld());
  bench.azure.permissions = () => [{ actions: ['*'], notActions: [WRITE] }];
  await bench.session.refresh(NEVER);
  return bench;
}

describe('a run that something blocks', () => {
  test('does not begin: there is no journal and no write, and the report says why', async () => {
    const bench = await barred();
    const { changes } = bench.session.state.plan;
    const refusal: unknown = await bench.session.apply(changes, GO).catch((error: unknown) => error);
    if (!PreflightRefusal.is(refusal)) throw refusal;
    expect(said(refusal.report)).toContain(`permission blocks: You lack the permission ${WRITE} on contoso-openai.`);
    expect(bench.session.state.preflight).toEqual(refusal.report);
    expect(bench.azure.writes()).toEqual([]);
    expect(await bench.journal.list()).toEqual([]);
  });

  test('leaves room for the next one', async () => {
    const bench = await barred();
    const { changes } = bench.session.state.plan;
    await expect(bench.session.apply(changes, GO)).rejects.toThrow(PreflightRefusal);
    bench.azure.permissions = () => [{ actions: ['*'], notActions: [] }];
    expect((await bench.session.apply(changes, GO)).outcome).toBe('succeeded');
  });

  test('begins where the user goes on in spite of it', async () => {
    const bench = await barred();
    const run = await bench.session.apply(bench.session.state.plan.changes, { ...GO, despitePreflight: true });
    expect(run.outcome).toBe('succeeded');
  });

  test('may be taking back, or going on', async () => {
    const bench = new Bench(exposedWorld());
    const { runId } = await bench.applyAll();
    bench.azure.permissions = () => [{ actions: ['*'], notActions: ['Microsoft.Network/*/delete'] }];
    const written = bench.azure.writes().length;
    await expect(bench.undo(runId)).rejects.toThrow(PreflightRefusal);
    const [record] = await bench.session.runs();
    if (!record) throw new Error('There was no run.');
    bench.azure.permissions = () => [{ actions: ['*'], notActions: [WRITE] }];
    const open = { ...record, changes: record.changes.map((each) => ({ ...each, status: 'pending' as const })) };
    await expect(bench.session.resume(open, GO)).rejects.toThrow(PreflightRefusal);
    expect(bench.azure.writes()).toHaveLength(written);
  });
});

describe('the state', () => {
  test('keeps the report while the plan stays the same, and no longer', async () => {
    const { session } = new Bench(exposedWorld());
    await session.refresh(NEVER);
    const report = await session.preflight(session.state.plan.changes, NEVER);
    expect(session.state.preflight).toEqual(report);
    await session.refresh(NEVER);
    expect(session.state.preflight).toEqual(report);
    session.changeSetup(setup({ options: { apiKeys: 'keep' } }));
    expect(session.state.preflight).toBeUndefined();
  });
});

describe('losing access from this machine', () => {
  const closing = async (kinds: readonly ('internet' | 'virtualNetwork')[]) => {
    const bench = new Bench(exposedWorld());
    bench.probes.kinds = ['internet'];
    await bench.applyAll();
    bench.probes.kinds = kinds;
    const { changes } = bench.session.state.plan;
    expect(changes.some(({ guards }) => guards.includes('privatePathAnswers'))).toBe(true);
    return bench.session.preflight(changes, NEVER);
  };

  test('is warned of where the private path does not answer, for all changes that close it', async () => {
    const { findings } = await closing(['internet']);
    const lockouts = findings.filter(({ kind }) => kind === 'lockout');
    expect(lockouts).toMatchObject([{ verdict: 'warns', resource: ID.account }]);
    expect(lockouts[0]?.changes.length).toBeGreaterThan(1);
  });

  test('is looked for at once for all services: nothing is read twice', async () => {
    const bench = new Bench(exposedDataWorld(), dataSetup());
    bench.probes.kinds = ['internet'];
    await bench.applyAll();
    const { changes } = bench.session.state.plan;
    bench.azure.asked.length = 0;
    const { findings } = await bench.session.preflight(changes, NEVER);
    expect(findings.filter(({ kind }) => kind === 'lockout').length).toBeGreaterThan(1);
    const read = bench.azure.asked.map(({ what }) => resourceKey(what));
    expect(read).toHaveLength(new Set(read).size);
  });

  test('is no question where somebody arrives there', async () => {
    expect(said(await closing(['internet', 'virtualNetwork']), 'lockout')).toEqual([]);
  });

  test('is no question yet where the plan makes the path first', async () => {
    const bench = new Bench(exposedWorld());
    bench.probes.kinds = ['internet'];
    await bench.session.refresh(NEVER);
    const report = await bench.session.preflight(bench.session.state.plan.changes, NEVER);
    expect(said(report, 'lockout')).toEqual([]);
    expect(bench.probes.measured).toEqual([]);
  });
});

describe('a report', () => {
  test('tells the time along the critical path, and what costs money once', async () => {
    const { session } = new Bench(emptyWorld(), setupFromNothing());
    await session.refresh(NEVER);
    const { changes } = session.state.plan;
    const { seconds, costs } = await session.preflight(changes, NEVER);
    expect(seconds).toBeGreaterThan(Math.max(...changes.map(({ typicalSeconds }) => typicalSeconds)));
    expect(seconds).toBeLessThan(changes.reduce((sum, { typicalSeconds }) => sum + typicalSeconds, 0));
    const costly = changes.filter(({ risk }) => risk.kind === 'cost').map(({ id }) => id);
    expect(costs.flatMap((cost) => cost.changes).sort()).toEqual(costly.sort());
    expect(new Set(costs.map(({ note }) => JSON.stringify(note))).size).toBe(costs.length);
  });

  test('reads nothing twice, and a few times as much as there are scopes and changes at most', async () => {
    const { session, azure } = new Bench(exposedWorld());
    await session.refresh(NEVER);
    const { changes } = session.state.plan;
    azure.asked.length = 0;
    await session.preflight(changes, NEVER);
    const read = azure.asked.map(({ what }) => resourceKey(what));
    expect(read).toHaveLength(new Set(read).size);
    const scopes = new Set(changes.flatMap(({ permissions }) => permissions.map(({ scope }) => scope)));
    expect(read.length + azure.questions.length).toBeLessThan(2 * (scopes.size + changes.length));
    expect(azure.writes()).toEqual([]);
  });

  test('has what blocks first', async () => {
    const bench = await barred();
    const { findings } = await bench.session.preflight(bench.session.state.plan.changes, NEVER);
    const verdicts = findings.map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['blocks', 'unknown']));
    expect(verdicts).toEqual([...verdicts].sort());
  });

  test('ends where it is cancelled', async () => {
    const { session } = new Bench(exposedWorld());
    await session.refresh(NEVER);
    const stop = AbortSignal.abort(new Error('stop'));
    await expect(session.preflight(session.state.plan.changes, stop)).rejects.toThrow('stop');
  });
});
