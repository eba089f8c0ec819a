import { describe, expect, test } from 'vitest';
import { summarize } from '../../../src/core/evaluate/finding';
import type { SessionState } from '../../../src/core/session/setupSession';
import { ID } from '../support/ids';
import { english } from '../support/reading';
import { MemoryJournal } from '../support/memoryJournal';
import { Bench, GO, NEVER } from '../support/sessions';
import { setup, setupFromNothing } from '../support/setups';
import { emptyWorld, exposedWorld, hardenedWorld } from '../support/worlds';

describe('the whole journey', () => {
  test.each([
    ['an exposed account', exposedWorld(), setup()],
    ['nothing at all', emptyWorld(), setupFromNothing()],
    ['nothing, for AI Services', emptyWorld(), setupFromNothing('AIServices')],
  ])('from %s ends with every step done and nothing left to plan', async (_, world, wanted) => {
    const bench = new Bench(world, wanted);
    expect((await bench.applyAll()).outcome).toBe('succeeded');
    const { findings, plan } = bench.session.state;
    expect(summarize(findings)).toMatchObject({ nonCompliant: 0, unknown: 0, manual: 0 });
    expect(plan).toEqual({ changes: [], blocked: [] });
    expect((await bench.session.verify(NEVER)).every(({ verdict }) => verdict === 'pass')).toBe(true);
  });

  test('applying again changes nothing', async () => {
    const bench = new Bench(exposedWorld());
    await bench.applyAll();
    const before = bench.azure.writes().length;
    expect((await bench.applyAll()).outcome).toBe('succeeded');
    expect(bench.azure.writes()).toHaveLength(before);
  });

  test('public access is closed only once the private path answers', async () => {
    const bench = new Bench(exposedWorld());
    bench.azure.beforeWrite = ({ resource, body }) => {
      if (resource !== ID.account || !JSON.stringify(body).match(/Disabled|Deny/)) return;
      const measured = bench.probes.measured.filter((what) => what.startsWith('virtualNetwork'));
      expect(measured.length).toBeGreaterThan(0);
      expect(bench.world.get(ID.endpoint)).toBeDefined();
    };
    expect((await bench.applyAll()).outcome).toBe('succeeded');
    expect(bench.world.get(ID.account)).toMatchObject({ properties: { publicNetworkAccess: 'Disabled' } });
  });

  test('where nobody is seen to arrive, everything but the closing is done', async () => {
    const bench = new Bench(exposedWorld());
    bench.probes.kinds = ['internet'];
    const run = await bench.applyAll();
    expect(run.outcome).toBe('partial');
    expect(bench.world.get(ID.account)).toMatchObject({ properties: { publicNetworkAccess: 'Enabled' } });
    expect(bench.world.get(ID.account)).not.toHaveProperty('properties.networkAcls');
    const again = await bench.session.apply(bench.session.state.plan.changes, { ...GO, acceptLosingAccess: true });
    expect(again.outcome).toBe('succeeded');
  });
});

describe('a run', () => {
  test('is alone: a second one is refused while it goes on', async () => {
    const bench = new Bench(exposedWorld());
    await bench.session.refresh(NEVER);
    const { changes } = bench.session.state.plan;
    const first = bench.session.apply(changes, GO);
    await expect(bench.session.apply(changes, GO)).rejects.toThrow('under way');
    expect((await first).outcome).toBe('succeeded');
    expect((await bench.session.apply([], GO)).outcome).toBe('succeeded');
  });

  test('is guarded by what it was made for, whatever the user means by now', async () => {
    const bench = new Bench(exposedWorld());
    await bench.session.refresh(NEVER);
    const run = bench.session.apply(bench.session.state.plan.changes, GO);
    bench.session.changeSetup(setup({ roles: {} }));
    expect((await run).outcome).toBe('succeeded');
  });
});

describe('the state', () => {
  test('tells that something is being read, and what came of it', async () => {
    const { session } = new Bench(exposedWorld());
    const seen: SessionState[] = [];
    const stop = session.onChange((state) => seen.push(state));
    expect(session.state.checkedAt).toBeUndefined();
    await session.refresh(NEVER);
    expect(seen.some(({ reading }) => (reading?.read ?? 0) > 0)).toBe(true);
    expect(session.state).toMatchObject({ reading: undefined, checkedAt: expect.any(Number) as number });
    const count = seen.length;
    stop();
    await session.refresh(NEVER);
    expect(seen).toHaveLength(count);
  });

  test('does not stay “reading” when the reading was cancelled', async () => {
    const { session } = new Bench(exposedWorld());
    await expect(session.refresh(AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    expect(session.state.reading).toBeUndefined();
  });

  test('a changed setup is judged at once by what is known', async () => {
    const { session } = new Bench(hardenedWorld());
    await session.refresh(NEVER);
    session.changeSetup(setup({ options: { apiKeys: 'keep' } }));
    expect(session.state.findings.find(({ step }) => step === 'aoai-disable-local-auth')?.status).toBe('notApplicable');
  });

  test('is read again after a run that went wrong', async () => {
    const bench = new Bench(exposedWorld());
    bench.azure.beforeWrite = ({ resource }) => {
      if (resource === ID.endpoint) throw new Error('broken');
    };
    await bench.applyAll();
    expect(bench.session.state.findings.find(({ step }) => step === 'aoai-private-dns-zone')?.status).toBe('compliant');
  });
});

describe('past runs', () => {
  test('are those of this subscription and this connection, the newest first', async () => {
    const journal = new MemoryJournal();
    const bench = new Bench(exposedWorld(), setup(), journal);
    const first = await bench.applyAll();
    const second = await bench.applyAll();
    journal.leave('run-900', journal.content(first.runId).replaceAll('"connection":"sandbox"', '"connection":"azure"'));
    journal.leave('run-901', journal.content(first.runId).replace('"subscription":"1111', '"subscription":"9999'));
    journal.leave('run-902', 'not a journal\n');
    expect((await bench.session.runs()).map(({ header }) => header.runId)).toEqual([second.runId, first.runId]);
  });

  test('of a run that nobody made, there is nothing to undo', async () => {
    expect(await new Bench(exposedWorld()).session.planUndo('run-404')).toBeUndefined();
  });

  test('an undo names the run that it takes back', async () => {
    const bench = new Bench(exposedWorld());
    const run = await bench.applyAll();
    const undo = await bench.undo(run.runId);
    expect(undo).toMatchObject({ kind: 'undo', of: run.runId, outcome: 'succeeded' });
    expect((await bench.session.runs())[0]?.header).toMatchObject({ kind: 'undo', of: run.runId });
  });

  test('an older run is not taken back while a later one relies on it: nobody may be locked out by an undo', async () => {
    const bench = new Bench(exposedWorld());
    await bench.session.refresh(NEVER);
    const path = await bench.session.apply(
      bench.session.planFor(['aoai-private-dns-records', 'aoai-private-dns-link']).changes,
      GO,
    );
    const closing = await bench.applyAll();
    const refused = await bench.undo(path.runId);
    expect(refused.outcome).not.toBe('succeeded');
    expect(bench.world.get(ID.endpoint)).toBeDefined();
    expect(refused.changes.map(({ error }) => english(error?.next)).join()).toContain(closing.runId);
    await bench.undo(closing.runId);
    expect((await bench.undo(path.runId)).outcome).toBe('succeeded');
    expect(bench.world.get(ID.endpoint)).toBeUndefined();
  });
});
