import type { Change } from '../plan/change';
import { sameResource } from '../resources/resourceId';
import type { Roles } from '../setup/setup';
import { findStep } from '../steps/registry';
import { text, type Text } from '../text';
import type { RunRecord } from './journal';
import { standingChanges } from './standing';

/**
 * Why a change of a run must not be taken back yet: a later run closed the public way in on the strength of it, and
 * still stands. Undefined where nothing relies on it.
 * @param runs Past runs, the newest first.
 */
export function relianceObstacle(change: Change, undone: string, runs: readonly RunRecord[]): Text | undefined {
  const own = runs.findIndex(({ header }) => header.runId === undone);
  const guarded = runs[own]?.header.setup.roles;
  const relying = runs
    .slice(0, Math.max(0, own))
    .filter(({ header }) => guarded !== undefined && guardSameService(header.setup.roles, guarded))
    .find((later) => standingClosures(later, runs).some((closure) => needs(closure.step, change.step)));
  return (
    relying && text('Run {0} closed the public way in and relies on this. Undo that run first.', relying.header.runId)
  );
}

/** Whether two setups are about one of the same services. */
function guardSameService(left: Roles, right: Roles): boolean {
  return (['openAi', 'search', 'storage'] as const).some((role) =>
    sameResource(left[role]?.id ?? '-', right[role]?.id ?? ''),
  );
}

/** Changes by which a run closed the public way in, and which no other run has taken back. */
function standingClosures(run: RunRecord, runs: readonly RunRecord[]): readonly Change[] {
  return standingChanges(run, runs)
    .map(({ change }) => change)
    .filter(({ guards }) => guards.includes('privatePathAnswers'));
}

/** Whether a step comes after another, directly or through others. */
function needs(step: string, other: string): boolean {
  return findStep(step)?.after.some((id) => id === other || needs(id, other)) ?? false;
}
