import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRun } from '../../../src/core/apply/journal';
import type { Change } from '../../../src/core/plan/change';
import { AzureError } from '../../../src/core/ports';
import { essenceOf, whateverTheOrder } from '../support/comparing';
import { exposedDataWorld } from '../support/dataWorlds';
import { MemoryJournal } from '../support/memoryJournal';
import { writeChange } from '../support/planning';
import { Bench, GO, NEVER } from '../support/sessions';
import { dataSetup, setup, setupFromNothing } from '../support/setups';
import type { World } from '../support/world';
import { emptyWorld, exposedWorld } from '../support/worlds';
import { refusal } from '../support/worldWrites';

/** A whole run, with everything that it wrote down. */
async function wholeRun(before: World, wanted: ReturnType<typeof setup>) {
  const bench = new Bench(before.clone(), wanted);
  const { runId, changes } = await bench.applyAll();
  return {
    runId,
    journal: bench.journal.content(runId),
    end: whateverTheOrder(bench.world),
    changes: changes.map(({ change }) => change),
  };
}

/** The world as it may be when the process died with this much written down: what was begun may be done or not. */
function worldAt(before: World, journal: string, changes: readonly Change[], begunIsDone: boolean): World {
  const world = before.clone();
  const entries = journal
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { type: string; change?: string });
  const ended = new Set(entries.flatMap(({ type, change }) => (type === 'end' && change !== undefined ? change : [])));
  const begun = entries.flatMap(({ type, change }) => (type === 'begin' && change !== undefined ? change : []));
  for (const id of begun) {
    const change = changes.find((candidate) => candidate.id === id);
    if (change !== undefined && (ended.has(id) || begunIsDone)) writeChange(world, change);
  }
  return world;
}

describe.each([
  ['an exposed account', exposedWorld(), setup(), 8],
  ['nothing, for AI Services', emptyWorld(), setupFromNothing('AIServices'), 8],
  ['the services of On Your Data', exposedDataWorld(), dataSetup(), 4],
] as const)('a run from %s', (_, before, wanted, numRuns) => {
  test('can be killed at any moment and taken up again: it comes to the same end, does nothing twice, and can be undone', async () => {
    const whole = await wholeRun(before, wanted);
    const headerEnd = whole.journal.indexOf('\n') + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: headerEnd, max: whole.journal.length - 1 }),
        fc.boolean(),
        async (cut, begunIsDone) => {
          const left = whole.journal.slice(0, cut);
          const journal = new MemoryJournal().leave(whole.runId, left);
          const bench = new Bench(worldAt(before, left, whole.changes, begunIsDone), wanted, journal);
          const record = await readRun(journal, whole.runId);
          if (record === undefined) throw new Error('The plan was written down.');
          expect(record.outcome).toBeUndefined();
          const run = await bench.session.resume(record, GO);
          expect(run.outcome).toBe('succeeded');
          expect(whateverTheOrder(bench.world)).toEqual(whole.end);
          const done = record.changes
            .filter(({ status }) => status === 'succeeded')
            .map(({ change }) => change.resource);
          const only = done.filter((id) => whole.changes.filter(({ resource }) => resource === id).length === 1);
          expect(bench.azure.writes().filter((id) => only.includes(id))).toEqual([]);
          expect((await bench.undo(whole.runId)).outcome).toBe('succeeded');
          expect(essenceOf(bench.world)).toEqual(essenceOf(before));
        },
      ),
      { numRuns },
    );
  });

  test('that was killed before its plan was written down has done nothing', async () => {
    const whole = await wholeRun(before, wanted);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.journal.indexOf('\n') }), async (cut) => {
        const journal = new MemoryJournal().leave(whole.runId, whole.journal.slice(0, cut));
        expect(await readRun(journal, whole.runId)).toBeUndefined();
      }),
      { numRuns: 8 },
    );
  });
});

test('whatever Azure answers, the journal knows what was done: undoing gives back the world that was', async () => {
  const fault = fc.constantFrom('busy', 'refused', 'lost before', 'lost after');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fault, { freq: 3 }), { minLength: 20, maxLength: 20 }), async (faults) => {
      const bench = new Bench(exposedWorld());
      const queue = [...faults];
      bench.azure.beforeWrite = ({ resource }) => {
        const next = queue.shift();
        if (next === 'busy') throw refusal(409, 'RequestConflict', resource);
        if (next === 'refused') throw refusal(403, 'RequestDisallowedByPolicy', resource);
        if (next === 'lost before') throw new AzureError('Unreachable', 'socket hang up', undefined, undefined);
        bench.azure.afterWrite = () => {
          if (next === 'lost after') throw new AzureError('Unreachable', 'socket hang up', undefined, undefined);
        };
      };
      const run = await bench.applyAll();
      bench.azure.beforeWrite = () => undefined;
      bench.azure.afterWrite = () => undefined;
      expect((await bench.undo(run.runId)).outcome).toBe('succeeded');
      expect(essenceOf(bench.world)).toEqual(essenceOf(exposedWorld()));
      await bench.session.refresh(NEVER);
      expect((await bench.applyAll()).outcome).toBe('succeeded');
    }),
    { numRuns: 10 },
  );
});
