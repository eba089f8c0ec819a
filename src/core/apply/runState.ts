import type { Change } from '../plan/change';
import type { Text } from '../text';

export type RunKind = 'apply' | 'undo';
export type RunOutcome = 'succeeded' | 'failed' | 'cancelled' | 'partial';
/** `abandoned`: somebody has said that what is left of it will not be continued. */
export type RunEnd = RunOutcome | 'abandoned';
/** How a run ended, or why it has not: nobody is at it, or somebody is. */
export type RunStanding = RunEnd | 'interrupted' | 'underWay';

/**
 * `unchanged`: the target already was as wanted when its turn came. `drifted`: it had moved to a third state,
 * so the change was not made. `skipped`: a change that it depends on did not succeed.
 */
export type ChangeStatus =
  'pending' | 'running' | 'succeeded' | 'unchanged' | 'failed' | 'drifted' | 'skipped' | 'cancelled';

/** What a user can do about an error with one click. `review`: look at what has changed, and at a new plan. */
export type NextAction = 'signIn' | 'retry' | 'review';

/** Why a change did not succeed: the cause first, what to do next, then what support would ask for. */
export interface ChangeError {
  readonly code: string;
  /** Azure's own words: data, to be escaped by whoever shows it. */
  readonly detail: string;
  readonly next?: Text;
  readonly action?: NextAction;
  readonly correlationId?: string;
}

export interface ChangeProgress {
  readonly change: Change;
  readonly status: ChangeStatus;
  /** Milliseconds since the epoch. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** What is going on right now, such as waiting for another writer or Azure's own word for the operation. */
  readonly note?: Text;
  readonly error?: ChangeError;
}

/** A whole run at one moment. Always complete, never a delta: whoever missed one is right again with the next. */
export interface RunState {
  readonly runId: string;
  readonly kind: RunKind;
  /** For `undo`: the run that is taken back. */
  readonly of?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly outcome?: RunOutcome;
  readonly changes: readonly ChangeProgress[];
  /** Seconds that remain along the critical path, by the changes' typical durations. */
  readonly secondsLeft: number;
}

export function isFinished(status: ChangeStatus): boolean {
  return status !== 'pending' && status !== 'running';
}

/** Whether what a change is about is as the change wants it. */
export function isMade({ status }: { readonly status: ChangeStatus | 'uncertain' }): boolean {
  return status === 'succeeded' || status === 'unchanged';
}
