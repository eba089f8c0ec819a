import type { Change, Plan } from '../../../src/core/plan/change';
import { makePlan } from '../../../src/core/plan/plan';
import { withValues } from '../../../src/core/plan/reference';
import { english, snapshotOf, type Reading } from './reading';
import { setup as defaultSetup } from './setups';
import type { World } from './world';
import { writeTo } from './worldWrites';

export function planOf(world: World, reading: Reading = {}, only?: readonly string[]): Plan {
  return makePlan(reading.setup ?? defaultSetup(), snapshotOf(world, reading), only);
}

export function idsOf({ changes }: Plan): readonly string[] {
  return changes.map(({ id }) => id);
}

export function stepsOf({ changes }: Plan): readonly string[] {
  return [...new Set(changes.map(({ step }) => step))];
}

export function blockedOf({ blocked }: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(blocked.map(({ step, reason }) => [step, english(reason)]));
}

export function changeOf(plan: Plan, step: string): Change {
  const found = plan.changes.filter((change) => change.step === step);
  const [change] = found;
  if (change === undefined || found.length > 1) throw new Error(`${found.length} changes are planned for ${step}.`);
  return change;
}

/** Every change that must have succeeded before this one. */
export function before({ changes }: Plan, id: string): readonly Change[] {
  const needed = new Set<string>();
  const visit = (change: string): void => {
    for (const other of changes.find((item) => item.id === change)?.dependsOn ?? []) {
      if (!needed.has(other)) visit(other);
      needed.add(other);
    }
  };
  visit(id);
  return changes.filter((change) => needed.has(change.id));
}

/** The world after the changes, made in the plan's order and without any of the executor's care. */
export function afterChanges(world: World, { changes }: Pick<Plan, 'changes'>): World {
  const copy = world.clone();
  for (const change of changes) writeChange(copy, change);
  return copy;
}

/** Makes a change, with what it takes from other resources. */
export function writeChange(world: World, change: Change): void {
  const { body } = change;
  const filled = body && withValues(body, (id) => world.get(id));
  if (body && filled === undefined) throw new Error(`${change.id} takes a value that is not there.`);
  writeTo(world, filled ? { ...change, body: filled } : change);
}
