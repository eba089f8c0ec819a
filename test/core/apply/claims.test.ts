import { describe, expect, test } from 'vitest';
import { RunElsewhere } from '../../../src/core/apply/claims';
import type { Holder } from '../../../src/core/ports';
import { MemoryClaims } from '../support/memoryClaims';
import { MemoryJournal } from '../support/memoryJournal';
import { Bench, GO, NEVER } from '../support/sessions';
import { setup } from '../support/setups';
import { exposedWorld } from '../support/worlds';

/** A window: on the machine and in the world of another one, or by itself. */
function window(beside?: Bench, claims = new MemoryClaims(), runName = 'run'): Bench {
  return new Bench(beside?.world ?? exposedWorld(), setup(), new MemoryJournal(), claims, runName);
}

/** A second machine that sees the tags of the first. */
function anotherMachine(beside: Bench): Bench {
  const other = window(beside, new MemoryClaims('machine-2'), 'other');
  for (const [scope, tags] of beside.azure.tags.of) other.azure.tags.of.set(scope, tags);
  return other;
}

/** What a run is refused with; undefined where it was not. */
async function refusal(run: Promise<unknown>): Promise<Holder | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    if (error instanceof RunElsewhere) return error.holder;
    throw error;
  }
}

/** Runs, and does something while the first write is under way. */
async function during(bench: Bench, work: () => Promise<void>): Promise<void> {
  await bench.session.refresh(NEVER);
  let done: Promise<void> | undefined;
  bench.azure.beforeWrite = () => void (done ??= work());
  expect((await bench.session.apply(bench.session.state.plan.changes, GO)).outcome).toBe('succeeded');
  expect(done).toBeDefined();
  await done;
}

describe('while a run is under way', () => {
  test('another window of the machine is told whose it is, and writes nothing', async () => {
    const claims = new MemoryClaims();
    const one = window(undefined, claims);
    const other = window(one, claims, 'other');
    await other.session.refresh(NEVER);
    await during(one, async () => {
      const holder = await refusal(other.session.apply(other.session.state.plan.changes, GO));
      expect(holder).toMatchObject({ runId: 'run-001', machine: 'laptop' });
      expect(other.azure.writes()).toEqual([]);
    });
    expect(claims.held.size).toBe(0);
  });

  test('another machine is told by a tag, writes nothing, and leaves no tag of its own', async () => {
    const one = window();
    await during(one, async () => {
      const other = anotherMachine(one);
      await other.session.refresh(NEVER);
      const holder = await refusal(other.session.apply(other.session.state.plan.changes, GO));
      expect(holder).toMatchObject({ runId: 'run-001', machineId: 'machine-1' });
      expect(other.azure.writes()).toEqual([]);
    });
    expect(one.azure.tags.names()).toEqual([]);
  });

  test('who has been told may go on all the same', async () => {
    const one = window();
    await during(one, async () => {
      const other = anotherMachine(one);
      await other.session.refresh(NEVER);
      expect(await refusal(other.session.apply([], GO))).toBeDefined();
      expect(await refusal(other.session.apply([], { ...GO, takeOver: true }))).toBeUndefined();
    });
  });
});

describe('what a run that died has left', () => {
  const since = Date.UTC(2026, 0, 1) - 60_000;
  const SCOPE = '/subscriptions/';

  function left(bench: Bench, machineId: string, renewedAt: number): void {
    const scope = [...bench.azure.tags.of.keys()][0] ?? SCOPE;
    bench.azure.tags.of.set(scope, { 'ringfence-run-dead': `${since} ${renewedAt} ${machineId} laptop`, team: 'ai' });
  }

  async function scoped(): Promise<Bench> {
    const bench = window();
    await bench.session.refresh(NEVER);
    await bench.session.apply([], GO);
    return bench;
  }

  test('by this machine is swept away, and keeps nobody out', async () => {
    const bench = await scoped();
    left(bench, 'machine-1', since);
    expect(await refusal(bench.session.apply([], GO))).toBeUndefined();
    expect(bench.azure.tags.names()).toEqual(['team']);
  });

  test('by another machine counts for a while, then no more', async () => {
    const bench = await scoped();
    left(bench, 'machine-2', bench.azure.clock.now() - 19 * 60_000);
    expect(await refusal(bench.session.apply([], GO))).toMatchObject({ runId: 'dead' });
    left(bench, 'machine-2', bench.azure.clock.now() - 21 * 60_000);
    expect(await refusal(bench.session.apply([], GO))).toBeUndefined();
  });
});

test('a long run renews its mark, so that others still know of it', async () => {
  const one = window();
  one.azure.latency = 400;
  const marks = new Set<string>();
  await one.session.refresh(NEVER);
  one.azure.beforeWrite = () => void one.azure.tags.of.forEach((tags) => marks.add(JSON.stringify(tags)));
  await one.session.apply(one.session.state.plan.changes, GO);
  expect(marks.size).toBeGreaterThan(1);
  expect(one.azure.tags.names()).toEqual([]);
});

test('who may not write tags works without them', async () => {
  const one = window();
  one.azure.tags.denied = true;
  await one.session.refresh(NEVER);
  expect((await one.session.apply(one.session.state.plan.changes, GO)).outcome).toBe('succeeded');
});
