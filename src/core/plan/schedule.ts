import type { Change } from './change';

/** What has to be known of a change to place it in time. */
export type Schedulable = Pick<Change, 'id' | 'dependsOn' | 'locks' | 'typicalSeconds'>;

/**
 * Seconds that the changes take when everything that may run at the same time does: along the critical path, with one
 * writer for each lock.
 * @param running Seconds that already running changes still need, by id.
 */
export function estimateSeconds(
  changes: readonly Schedulable[],
  running: ReadonlyMap<string, number> = new Map(),
): number {
  const ends = new Map<string, number>();
  const free = new Map<string, number>();
  for (const change of changes) {
    const afterOthers = change.dependsOn.map((id) => ends.get(id) ?? 0);
    const afterLocks = change.locks.map((lock) => free.get(lock) ?? 0);
    const start = Math.max(0, ...afterOthers, ...afterLocks);
    const end = start + (running.get(change.id) ?? change.typicalSeconds);
    ends.set(change.id, end);
    for (const lock of change.locks) free.set(lock, end);
  }
  return Math.max(0, ...ends.values());
}
