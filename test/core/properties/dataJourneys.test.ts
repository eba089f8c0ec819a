import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarize } from '../../../src/core/evaluate/finding';
import { diffOf } from '../../../src/core/plan/diff';
import { referencesIn } from '../../../src/core/plan/reference';
import { sameResource } from '../../../src/core/resources/resourceId';
import { privatePathSteps } from '../../../src/core/steps/privateServices';
import { findStep } from '../../../src/core/steps/registry';
import { dataSituations } from '../support/arbitraryDataWorlds';
import { essenceOf } from '../support/comparing';
import { afterChanges, before, idsOf, planOf } from '../support/planning';
import { statusesOf } from '../support/reading';
import { Bench, NEVER } from '../support/sessions';

test('a plan names before each change what that change needs, and what it takes a value from', () => {
  fc.assert(
    fc.property(dataSituations, ({ world, setup }) => {
      const plan = planOf(world, { setup });
      plan.changes.forEach((change, index) => {
        expect(idsOf(plan).slice(0, index)).toEqual(expect.arrayContaining([...change.dependsOn]));
        const first = before(plan, change.id);
        for (const { resource } of referencesIn(change.body))
          expect(first.some((other) => sameResource(other.resource, resource))).toBe(true);
        expect(JSON.stringify(diffOf(change))).not.toContain('[reference(');
      });
      expect(new Set(idsOf(plan)).size).toBe(plan.changes.length);
    }),
    { numRuns: 6 },
  );
});

test('no plan closes a service unless the whole way to that one holds, or comes before', () => {
  fc.assert(
    fc.property(dataSituations, ({ world, setup }) => {
      const plan = planOf(world, { setup });
      const statuses = statusesOf(world, { setup });
      for (const closure of plan.changes.filter(({ guards }) => guards.includes('privatePathAnswers'))) {
        const on = findStep(closure.step)?.on;
        const first = before(plan, closure.id).map(({ step }) => step);
        const missing = privatePathSteps(on === 'search' || on === 'storage' ? on : 'openAi').filter(
          (step) => statuses[step] === 'nonCompliant' && !first.includes(step),
        );
        expect(missing).toEqual([]);
      }
    }),
    { numRuns: 6 },
  );
});

test('once a plan is applied, every step holds or does not apply, and there is nothing left to plan', () => {
  fc.assert(
    fc.property(dataSituations, ({ world, setup }) => {
      const after = afterChanges(world, planOf(world, { setup }));
      expect(planOf(after, { setup })).toEqual({ changes: [], blocked: [] });
      const wrong = Object.entries(statusesOf(after, { setup })).filter(([, status]) =>
        /nonCompliant|unknown/.test(status),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

test('from wherever it starts, a run ends well, leaves nobody outside, and can be taken back', async () => {
  await fc.assert(
    fc.asyncProperty(dataSituations, async ({ world, setup }) => {
      const start = essenceOf(world);
      const bench = new Bench(world.clone(), setup);
      const run = await bench.applyAll();
      expect(run.changes.flatMap(({ change, error }) => (error ? [`${change.id} ${error.code}`] : []))).toEqual([]);
      expect(run.outcome).toBe('succeeded');
      expect(summarize(bench.session.state.findings)).toMatchObject({ nonCompliant: 0, unknown: 0 });
      const inside = (await bench.session.verify(NEVER)).filter(({ position }) => position.kind !== 'internet');
      expect(inside.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
      const undo = await bench.undo(run.runId);
      expect(undo.changes.flatMap(({ change, error }) => (error ? [`${change.id} ${error.code}`] : []))).toEqual([]);
      expect(essenceOf(bench.world)).toEqual(start);
    }),
    { numRuns: 6 },
  );
});
