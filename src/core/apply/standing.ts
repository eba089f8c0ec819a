import type { Change } from '../plan/change';
import type { ChangeRecord, RunRecord } from './journal';
import { isMade, type RunStanding } from './runState';

/** The id of the change that takes this one back. */
export function undoId(id: string): string {
  return `undo/${id}`;
}

/**
 * What a run has changed, or may have, and no other run has taken back.
 * @param runs Past runs, in any order.
 */
export function standingChanges(run: RunRecord, runs: readonly RunRecord[]): readonly ChangeRecord[] {
  const undone = new Set(
    runs
      .filter(({ header }) => header.of === run.header.runId)
      .flatMap(({ changes }) => changes)
      .filter(isMade)
      .map(({ change }) => change.id),
  );
  return run.changes.filter((record) => mayHaveChanged(record) && !undone.has(undoId(record.change.id)));
}

/** Whether a run has changed something by this, or may have. */
export function mayHaveChanged({ status }: ChangeRecord): boolean {
  return status === 'succeeded' || status === 'uncertain';
}

/** What a run has still to make, or to look at again. */
export function openChanges({ changes }: RunRecord): readonly Change[] {
  return changes.filter((record) => !isMade(record)).map(({ change }) => change);
}

/** Whether a run ever began, or still may: one that somebody else stood in the way of is not worth telling of. */
export function hasBegun({ outcome, changes }: RunRecord): boolean {
  return outcome !== 'abandoned' || changes.some(({ status }) => status !== 'pending');
}

/** How it stands with a run. */
export function standingOf({ outcome, isUnderWay }: RunRecord): RunStanding {
  return isUnderWay === true ? 'underWay' : (outcome ?? 'interrupted');
}

/** Whether anything of a run that is not going on is left that taking it back would change. */
export function canTakeBack(run: RunRecord, runs: readonly RunRecord[]): boolean {
  if (run.isUnderWay === true || run.header.kind !== 'apply') return false;
  return standingChanges(run, runs).some(({ change }) => change.undo.kind !== 'none');
}

/** Whether something is left of a run that nobody is at or has given up. */
export function canResume(run: RunRecord): boolean {
  const standing = standingOf(run);
  if (standing === 'succeeded' || standing === 'abandoned' || standing === 'underWay') return false;
  return standing === 'interrupted' || openChanges(run).length > 0;
}

/**
 * The steps that can be taken back by themselves, each with the run that made it last.
 * @param runs Past runs, the newest first.
 */
export function runsBehindSteps(runs: readonly RunRecord[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const run of runs.filter(({ header }) => header.kind === 'apply')) {
    for (const { change } of standingChanges(run, runs)) {
      if (change.undo.kind !== 'none' && !found.has(change.step)) found.set(change.step, run.header.runId);
    }
  }
  return found;
}

/** What can be done with a run that is not going on. */
export type WayOn = 'resume' | 'undo' | 'abandon';

/**
 * The ways on from a run that is not going on, the likeliest first.
 * @param runs Past runs, in any order.
 */
export function waysOn(run: RunRecord, runs: readonly RunRecord[]): readonly WayOn[] {
  const isOpen = canResume(run);
  return [
    ...(isOpen ? (['resume'] as const) : []),
    ...(canTakeBack(run, runs) ? (['undo'] as const) : []),
    ...(isOpen ? (['abandon'] as const) : []),
  ];
}
