import { resourceKey } from '../resources/resourceId';
import type { Change } from './change';

/** What has to be known of a change to place it in time. */
export type Schedulable = Pick<Change, 'id' | 'resource' | 'dependsOn' | 'locks' | 'typicalSeconds'>;

/** Changes that may be written at the same time: more would be throttled rather than faster. */
export const CONCURRENCY = 4;

/**
 * Which changes come before each other: what they depend on, and the one before on the same resource, which the plan
 * has taken into account. The order of the second kind is kept even where the first of both fails.
 */
export function predecessors(changes: readonly Schedulable[]): ReadonlyMap<string, readonly string[]> {
  const latest = new Map<string, string>();
  return new Map(
    changes.map(({ id, resource, dependsOn }) => {
      const before = latest.get(resourceKey(resource));
      latest.set(resourceKey(resource), id);
      return [id, before === undefined ? dependsOn : [...dependsOn, before]];
    }),
  );
}

/**
 * The changes in the order in which they are begun where there is a choice: whoever has the longest way to the end of
 * the plan goes first, and those that are alike stay as they are.
 */
export function byUrgency<T extends Schedulable>(changes: readonly T[]): readonly T[] {
  const seconds = secondsToEnd(changes);
  return [...changes].sort((left, right) => (seconds.get(right.id) ?? 0) - (seconds.get(left.id) ?? 0));
}

/** Seconds from the beginning of each change to the end of all that waits for it. */
function secondsToEnd(changes: readonly Schedulable[]): ReadonlyMap<string, number> {
  const successors = new Map<string, Schedulable[]>();
  const before = predecessors(changes);
  for (const change of changes) {
    for (const id of before.get(change.id) ?? []) successors.set(id, [...(successors.get(id) ?? []), change]);
  }
  const known = new Map<string, number>();
  const measure = (change: Schedulable): number => {
    const found = known.get(change.id);
    if (found !== undefined) return found;
    // A journal that was tampered with may go in a circle; it ends here.
    known.set(change.id, change.typicalSeconds);
    const seconds = change.typicalSeconds + Math.max(0, ...(successors.get(change.id) ?? []).map(measure));
    known.set(change.id, seconds);
    return seconds;
  };
  changes.forEach(measure);
  return known;
}

/**
 * Seconds that the changes take as the executor makes them: the most urgent first, one writer for each lock, and no more
 * than so many at once.
 * @param running Seconds that already running changes still need, by id.
 */
export function estimateSeconds(
  changes: readonly Schedulable[],
  running: ReadonlyMap<string, number> = new Map(),
): number {
  const open = new Set(changes.map(({ id }) => id));
  const before = predecessors(changes);
  const underWay = new Map<Schedulable, number>();
  const held = new Set<string>();
  let waiting = byUrgency(changes);
  let now = 0;
  for (;;) {
    waiting = waiting.filter((change) => {
      const isFree = change.locks.every((lock) => !held.has(lock));
      const isReady = isFree && !before.get(change.id)?.some((id) => open.has(id));
      if (!running.has(change.id) && !(isReady && underWay.size < CONCURRENCY)) return true;
      underWay.set(change, now + (running.get(change.id) ?? change.typicalSeconds));
      change.locks.forEach((lock) => held.add(lock));
      return false;
    });
    if (underWay.size === 0) return now;
    now = Math.min(...underWay.values());
    for (const [change, end] of underWay) {
      if (end > now) continue;
      underWay.delete(change);
      open.delete(change.id);
      change.locks.forEach((lock) => held.delete(lock));
    }
  }
}
