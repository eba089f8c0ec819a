import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarize } from '../../../src/core/evaluate/finding';
import { situations } from '../support/arbitraryWorlds';
import { essenceOf } from '../support/comparing';
import { afterChanges, before, idsOf, planOf } from '../support/planning';
import { statusesOf } from '../support/reading';
import { Bench, NEVER } from '../support/sessions';

const PATH = ['aoai-private-endpoint', 'aoai-private-dns-records', 'aoai-private-dns-link'];
const CLOSING = new Set(['aoai-network-default-deny', 'aoai-public-access-disabled', 'aoai-ip-allowlist']);

test('a plan names before each change what that change needs', () => {
  fc.assert(
    fc.property(situations, ({ world, setup }) => {
      const plan = planOf(world, { setup });
      plan.changes.forEach(({ dependsOn }, index) => {
        expect(idsOf(plan).slice(0, index)).toEqual(expect.arrayContaining([...dependsOn]));
      });
    }),
    { numRuns: 30 },
  );
});

test('no plan closes the account unless every part of the private path holds, or comes before', () => {
  fc.assert(
    fc.property(situations, ({ world, setup }) => {
      const plan = planOf(world, { setup });
      const statuses = statusesOf(world, { setup });
      for (const closure of plan.changes.filter(({ step }) => CLOSING.has(step))) {
        const first = before(plan, closure.id).map(({ step }) => step);
        expect(PATH.filter((step) => statuses[step] !== 'compliant' && !first.includes(step))).toEqual([]);
        expect(closure.guards).toEqual(['privatePathAnswers']);
      }
    }),
    { numRuns: 30 },
  );
});

test('once a plan is applied, there is nothing left to plan', () => {
  fc.assert(
    fc.property(situations, ({ world, setup }) => {
      const after = afterChanges(world, planOf(world, { setup }));
      expect(planOf(after, { setup }).changes).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('from wherever it starts, a run ends well, closes nothing that is not reached inside, and can be taken back', async () => {
  await fc.assert(
    fc.asyncProperty(situations, async ({ world, setup }) => {
      const before = essenceOf(world);
      const bench = new Bench(world.clone(), setup);
      await bench.session.refresh(NEVER);
      const run = await bench.applyAll();
      const inside = (await bench.session.verify(NEVER)).filter(({ position }) => position.kind !== 'internet');
      const isReached = inside.length > 0 && inside.every(({ verdict }) => verdict === 'pass');
      const closures = run.changes.filter(({ change }) => CLOSING.has(change.step));
      if (isReached || closures.length === 0) {
        expect(run.outcome).toBe('succeeded');
        const { plan, findings } = bench.session.state;
        expect(plan.changes).toEqual([]);
        expect(summarize(findings).nonCompliant).toBe(plan.blocked.length);
      } else {
        expect(closures.map(({ status }) => status)).toEqual(expect.not.arrayContaining(['succeeded']));
        expect(run.changes.flatMap(({ error }) => error?.code ?? [])).toEqual(['GuardNotMet']);
      }
      const undo = await bench.undo(run.runId);
      expect(undo.outcome).toBe('succeeded');
      expect(essenceOf(bench.world)).toEqual(before);
    }),
    { numRuns: 10 },
  );
});
