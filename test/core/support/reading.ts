import { evaluate } from '../../../src/core/evaluate/evaluate';
import type { Finding } from '../../../src/core/evaluate/finding';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { INVENTORY_TYPES } from '../../../src/core/resources/resourceTypes';
import {
  Snapshot,
  type SnapshotEntry,
  type Unreadable,
  type UnreadableReason,
} from '../../../src/core/resources/snapshot';
import type { Setup } from '../../../src/core/setup/setup';
import { stepsOf } from '../../../src/core/steps/registry';
import type { Step } from '../../../src/core/steps/step';
import { renderText, type Text } from '../../../src/core/text';
import { setup as defaultSetup } from './setups';
import type { World } from './world';

export function english(sentence: Text | undefined): string {
  return sentence === undefined ? '' : renderText(sentence);
}

export function unreadable(reason: UnreadableReason = 'forbidden', detail = 'no read permission'): Unreadable {
  return { state: 'unreadable', reason, detail };
}

/** What a snapshot is read from: a world, or something that shows it differently. */
export type Readable = Pick<World, 'get' | 'list'>;

export interface Reading {
  readonly setup?: Setup;
  /** Only what these steps ask for; all of the setup's where it is left out. */
  readonly steps?: readonly Step[];
  /** Ids and types that cannot be read. */
  readonly denied?: readonly string[];
}

/** Reads a world as a session would, until the steps have no more questions, but at once. */
export function snapshotOf(world: Readable, { setup = defaultSetup(), steps, denied = [] }: Reading = {}): Snapshot {
  const refused = new Set(denied.map(resourceKey));
  const read = (id: string): SnapshotEntry => (refused.has(resourceKey(id)) ? unreadable() : entryOf(world, id));
  const asked = new Set<string>();
  for (let snapshot = Snapshot.empty; ;) {
    const { askedFor, listed } = evaluate(setup, snapshot, steps);
    const [ids, types] = [askedFor, listed].map((names) => names.filter((name) => !asked.has(name)));
    if (!ids?.length && !types?.length) return snapshot;
    for (const type of types ?? []) {
      const listing = refused.has(type) ? unreadable() : { state: 'listed' as const, resources: world.list(type) };
      snapshot = snapshot.withListing(type, listing);
    }
    snapshot = snapshot.withEntries((ids ?? []).map((id) => [id, read(id)]));
    for (const name of [...askedFor, ...listed]) asked.add(name);
  }
}

/** What a world has of these types, in lists as discovery gets them. */
export function inventoryOf(world: Readable, types: readonly string[] = INVENTORY_TYPES): Snapshot {
  return types.reduce(
    (known, type) => known.withListing(type, { state: 'listed', resources: world.list(type) }),
    Snapshot.empty,
  );
}

export function entryOf(world: Readable, id: string): SnapshotEntry {
  const resource = world.get(id);
  return resource === undefined ? { state: 'absent' } : { state: 'present', resource };
}

/** The finding of one step on a world. Steps do not see each other, so no other has to be judged. */
export function findingOf(step: string, world: World, reading: Reading = {}): Finding {
  const setup = reading.setup ?? defaultSetup();
  const steps = stepsOf(setup.scenarios).filter(({ id }) => id === step);
  const [finding] = evaluate(setup, snapshotOf(world, { ...reading, steps }), steps).findings;
  if (finding === undefined) throw new Error(`There is no step ${step}.`);
  return finding;
}

/** Statuses by step, for comparing whole evaluations. */
export function statusesOf(world: World, reading: Reading = {}): Readonly<Record<string, string>> {
  const { findings } = evaluate(reading.setup ?? defaultSetup(), snapshotOf(world, reading));
  return Object.fromEntries(findings.map(({ step, status }) => [step, status]));
}
