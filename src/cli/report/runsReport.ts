import type { ChangeRecord, RunRecord } from '../../core/apply/journal';
import { isMade } from '../../core/apply/runState';
import { standingOf, waysOn, type WayOn } from '../../core/apply/standing';
import type { Text } from '../../core/text';
import type { Holder } from '../../core/ports';
import type { Localize } from '../../core/report/jsonReport';
import { isoTime } from '../time';

/** A run that its journal tells of. */
export interface PastRun {
  readonly run: RunRecord;
  /** Lines of its journal that cannot be understood. */
  readonly unclear: number;
}

/** A journal that tells of no run. */
export interface UnreadableJournal {
  readonly file: string;
  readonly reason: Text;
}

/** All that journals tell of one side: Azure, or one sandbox. */
export interface PastRuns {
  /** The newest first. */
  readonly runs: readonly PastRun[];
  /** Of whatever side they may be: they do not say. */
  readonly unreadable: readonly UnreadableJournal[];
}

/** What can be done with a run; nothing while it goes on. */
export function waysOnFrom({ run }: PastRun, past: readonly PastRun[]): readonly WayOn[] {
  return waysOn(
    run,
    past.map((each) => each.run),
  );
}

/** How many changes of a run are made, and how many may be. */
export function countChanges({ changes }: RunRecord): { readonly done: number; readonly uncertain: number } {
  return { done: changes.filter(isMade).length, uncertain: changes.filter(isUncertain).length };
}

/** Whether it is not known what became of a change. */
export function isUncertain({ status }: ChangeRecord): boolean {
  return status === 'uncertain';
}

/** The document of `ringfence runs`. */
export function runsReport({ runs, unreadable }: PastRuns, localize: Localize) {
  return {
    schema: 'ringfence.runs/1' as const,
    runs: runs.map((past) => pastRunReport(past, runs)),
    unreadable: unreadable.map(({ file, reason }) => ({ file, reason: localize(reason) })),
  };
}

/** One run in the document of `ringfence runs`. */
export function pastRunReport(past: PastRun, runs: readonly PastRun[]) {
  const { header, changes } = past.run;
  const { runId, kind, of, setupName, subscription, startedAt } = header;
  return {
    runId,
    kind,
    ...(of === undefined ? {} : { of }),
    setup: setupName,
    subscription,
    startedAt: isoTime(startedAt),
    outcome: standingOf(past.run),
    changes: changes.length,
    ...countChanges(past.run),
    unclearLines: past.unclear,
    next: waysOnFrom(past, runs),
  };
}

/** Why a run did not begin: somebody else is at it. */
export function elsewhereReport({ runId, machine, since }: Holder) {
  return { schema: 'ringfence.elsewhere/1' as const, runId, machine, since: isoTime(since) };
}
