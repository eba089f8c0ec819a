import type { ChangeRecord, RunRecord } from '../../core/apply/journal';
import {
  isMade,
  type ChangeError,
  type ChangeProgress,
  type ChangeStatus,
  type NextAction,
  type RunEnd,
  type RunKind,
  type RunStanding,
  type RunState,
} from '../../core/apply/runState';
import { STATUS_WORDS } from '../../core/apply/runWords';
import { standingOf } from '../../core/apply/standing';
import { text, type Text } from '../../core/text';
import type { RunChangeErrorView, RunChangeRow, RunChangeState, RunView } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import { presentChoices } from './runChoices';
import { hasFailed } from './stepStates';

const STATES: Readonly<Record<ChangeStatus | 'uncertain', { state: RunChangeState; label: Text }>> = {
  pending: { state: 'pending', label: STATUS_WORDS.pending },
  running: { state: 'running', label: STATUS_WORDS.running },
  succeeded: { state: 'succeeded', label: STATUS_WORDS.succeeded },
  unchanged: { state: 'unchanged', label: STATUS_WORDS.unchanged },
  failed: { state: 'failed', label: STATUS_WORDS.failed },
  drifted: { state: 'failed', label: STATUS_WORDS.drifted },
  skipped: { state: 'skipped', label: STATUS_WORDS.skipped },
  cancelled: { state: 'cancelled', label: STATUS_WORDS.cancelled },
  uncertain: { state: 'pending', label: STATUS_WORDS.uncertain },
};

const HEADINGS: Readonly<Record<RunKind, (count: number) => Text>> = {
  apply: (count) => text('Changes to apply: {0}', count),
  undo: (count) => text('Changes to take back: {0}', count),
};

const ACTIONS: Readonly<Record<NextAction, Text>> = {
  signIn: text('Sign in to Azure'),
  retry: text('Retry the rest'),
  review: text('Review the new plan'),
};

/**
 * The running run, or the one that ended in this window.
 * @param past Past runs, the newest first: what can be done with this one now.
 */
export function presentRunState(run: RunState, past: readonly RunRecord[], now: number, t: Localize): RunView {
  const done = run.changes.filter(isMade).length;
  const active = run.outcome === undefined;
  const record = active ? undefined : past.find(({ header }) => header.runId === run.runId);
  const sentence = sentenceOf(run, done, t);
  return {
    runId: run.runId,
    heading: t(HEADINGS[run.kind](run.changes.length)),
    sentence: t(record?.outcome === 'abandoned' ? left(sentence) : sentence),
    active,
    tone: toneOf(run.outcome),
    done,
    total: run.changes.length,
    changes: run.changes.map((item) => presentProgress(item, now, t)),
    interrupted: false,
    choices: record === undefined ? [] : presentChoices(record, past, t),
  };
}

function toneOf(outcome: RunEnd | undefined): RunView['tone'] {
  if (outcome === undefined || outcome === 'cancelled' || outcome === 'abandoned') return 'plain';
  return outcome === 'succeeded' ? 'good' : 'bad';
}

function left(sentence: Text): Text {
  return text('{0} The rest was left as it is.', sentence);
}

function sentenceOf(run: RunState, done: number, t: Localize): Text {
  const total = run.changes.length;
  switch (run.outcome) {
    case undefined:
      return text('{0} of {1} changes done, {2} left.', done, total, aboutDuration(run.secondsLeft));
    case 'succeeded':
      return total === 1 ? text('The change is done.') : text('All {0} changes are done.', total);
    case 'cancelled':
      return cancelledSentence(run, done, t);
    case 'partial':
    case 'failed':
      return text('{0} of {1} changes done. What failed is marked below, with what to do next.', done, total);
  }
}

/** Cancelling stops Ringfence, not Azure: what had been asked for may still come true. */
function cancelledSentence({ changes }: RunState, done: number, t: Localize): Text {
  const open = changes.filter(({ status, startedAt }) => status === 'cancelled' && startedAt !== undefined);
  const summary = text('Cancelled: {0} of {1} changes done.', done, changes.length);
  if (open.length === 0) return text('{0} Nothing is still going on.', summary);
  const going = open.map(({ change, note }) => {
    const name = nameForPeople(change.resource);
    return note === undefined ? name : t(text('{0} ({1})', name, withoutFullStop(t(note))));
  });
  return text('{0} This may still come true: {1}. Resuming reads it again first.', summary, going.join(', '));
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/[.。]$/, '');
}

function presentProgress(item: ChangeProgress, now: number, t: Localize): RunChangeRow {
  const { change, status, error } = item;
  const note = noteFor(item, now);
  return {
    id: change.id,
    title: t(change.title),
    name: nameForPeople(change.resource),
    state: STATES[status].state,
    stateLabel: t(STATES[status].label),
    note: note === undefined ? '' : t(note),
    error: error === undefined || !hasFailed(item) ? null : presentFailure(error, t),
  };
}

/** The cause first, then what to do next. */
export function presentFailure(error: ChangeError, t: Localize): RunChangeErrorView {
  const { code, detail, next, action } = error;
  const advice = next === undefined ? '' : t(next);
  return {
    message: detail === '' ? advice || code : detail,
    next: detail === '' ? '' : advice,
    details: t(errorDetails(error)),
    action: action === undefined ? null : { kind: action, label: t(ACTIONS[action]) },
  };
}

/** What support would ask for. */
function errorDetails({ code, correlationId }: ChangeError): Text {
  return correlationId === undefined
    ? text('Code: {0}', code)
    : text('Code: {0}. Correlation id: {1}', code, correlationId);
}

function noteFor({ status, note, startedAt, endedAt, change }: ChangeProgress, now: number): Text | undefined {
  if (status === 'running' && startedAt !== undefined) {
    const elapsed = Math.max(0, Math.round((now - startedAt) / 1000));
    const clock = text('{0} s of {1}', elapsed, aboutDuration(change.typicalSeconds));
    return note === undefined ? clock : text('{0} · {1}', note, clock);
  }
  if (note !== undefined) return note;
  return startedAt === undefined || endedAt === undefined
    ? undefined
    : text('{0} s', Math.max(0, Math.round((endedAt - startedAt) / 1000)));
}

/** A run as its journal tells it: from another window, or from before a reload. */
export function presentRunRecord(record: RunRecord, past: readonly RunRecord[], t: Localize): RunView {
  const { header, changes, outcome } = record;
  const standing = standingOf(record);
  const done = changes.filter(isMade).length;
  const total = changes.length;
  return {
    runId: header.runId,
    heading: t(HEADINGS[header.kind](total)),
    sentence: t(recordSentence(standing, done, total)),
    active: false,
    tone: standing === 'interrupted' ? 'bad' : toneOf(outcome),
    done,
    total,
    changes: changes.map((item) => presentRecorded(item, standing, t)),
    interrupted: standing === 'interrupted',
    choices: presentChoices(record, past, t),
  };
}

function presentRecorded({ change, status: noted }: ChangeRecord, standing: RunStanding, t: Localize): RunChangeRow {
  const status = noted === 'uncertain' && standing === 'underWay' ? 'running' : noted;
  return {
    id: change.id,
    title: t(change.title),
    name: nameForPeople(change.resource),
    state: STATES[status].state,
    stateLabel: t(STATES[status].label),
    note: status === 'uncertain' ? t(text('The journal ends in the middle of it.')) : '',
    error: null,
  };
}

function recordSentence(standing: RunStanding, done: number, total: number): Text {
  if (standing === 'underWay')
    return text('Another window or terminal of this machine is at it: {0} of {1} changes done.', done, total);
  if (standing === 'interrupted')
    return text(
      'Interrupted: {0} of {1} changes done. Resuming reads the rest again before anything is written.',
      done,
      total,
    );
  const sentence = text('{0} of {1} changes done.', done, total);
  return standing === 'abandoned' ? left(sentence) : sentence;
}
