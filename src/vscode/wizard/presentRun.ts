import type { RunRecord } from '../../core/apply/journal';
import type { ChangeProgress, ChangeStatus, RunEnd, RunKind, RunState } from '../../core/apply/runState';
import { STATUS_WORDS } from '../../core/apply/runWords';
import { text, type Text } from '../../core/text';
import type { RunChangeRow, RunChangeState, RunView } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import { failureOf } from './presentSteps';
import { hasFailed, isDone } from './stepStates';

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
  apply: (count) => text('Applying, changes: {0}', count),
  undo: (count) => text('Taking back, changes: {0}', count),
};

/** The running run, or the one that ended in this window. */
export function presentRunState(run: RunState, now: number, t: Localize): RunView {
  const done = run.changes.filter(isDone).length;
  return {
    runId: run.runId,
    heading: t(HEADINGS[run.kind](run.changes.length)),
    sentence: t(sentenceOf(run, done)),
    active: run.outcome === undefined,
    tone: toneOf(run.outcome),
    done,
    total: run.changes.length,
    changes: run.changes.map((item) => presentProgress(item, now, t)),
  };
}

function toneOf(outcome: RunEnd | undefined): RunView['tone'] {
  if (outcome === undefined || outcome === 'cancelled' || outcome === 'abandoned') return 'plain';
  return outcome === 'succeeded' ? 'good' : 'bad';
}

function sentenceOf(run: RunState, done: number): Text {
  const total = run.changes.length;
  switch (run.outcome) {
    case undefined:
      return text('{0} of {1} changes done, {2} left.', done, total, aboutDuration(run.secondsLeft));
    case 'succeeded':
      return text('All {0} changes are done.', total);
    case 'cancelled':
      return cancelledSentence(run, done);
    case 'partial':
    case 'failed':
      return text('{0} of {1} changes done. What failed is marked below, with what to do next.', done, total);
  }
}

/** Cancelling stops Ringfence, not Azure: what had been asked for may still come true. */
function cancelledSentence({ changes }: RunState, done: number): Text {
  const open = changes.filter(({ status, startedAt }) => status === 'cancelled' && startedAt !== undefined);
  const summary = text('Cancelled: {0} of {1} changes done.', done, changes.length);
  if (open.length === 0) return text('{0} Nothing is still going on.', summary);
  const names = open.map(({ change }) => nameForPeople(change.resource)).join(', ');
  return text('{0} Azure may still be finishing what had begun: {1}. Resuming reads it again first.', summary, names);
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
    error:
      error === undefined || !hasFailed(item)
        ? null
        : {
            message: error.detail === '' && error.next !== undefined ? t(error.next) : t(failureMessage(item)),
            next: error.detail === '' || error.next === undefined ? '' : t(error.next),
            details: t(
              error.correlationId === undefined
                ? text('Code: {0}', error.code)
                : text('Code: {0}. Correlation id: {1}', error.code, error.correlationId),
            ),
          },
  };
}

function failureMessage({ error, ...item }: ChangeProgress): Text {
  return failureOf(error === undefined ? item : { ...item, error: { code: error.code, detail: error.detail } });
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
export function presentRunRecord({ header, changes, outcome }: RunRecord, t: Localize): RunView {
  const done = changes.filter(({ status }) => status === 'succeeded' || status === 'unchanged').length;
  const total = changes.length;
  return {
    runId: header.runId,
    heading: t(HEADINGS[header.kind](total)),
    sentence: t(
      outcome === undefined
        ? text(
            'Interrupted: {0} of {1} changes done. Resuming reads the rest again before anything is written.',
            done,
            total,
          )
        : text('{0} of {1} changes done.', done, total),
    ),
    active: false,
    tone: outcome === undefined ? 'bad' : toneOf(outcome),
    done,
    total,
    changes: changes.map(({ change, status }) => ({
      id: change.id,
      title: t(change.title),
      name: nameForPeople(change.resource),
      state: STATES[status].state,
      stateLabel: t(STATES[status].label),
      note: status === 'uncertain' ? t(text('The journal ends in the middle of it.')) : '',
      error: null,
    })),
  };
}
