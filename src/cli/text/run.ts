import type { WayOn } from '../../core/apply/standing';
import { isMade, type ChangeProgress, type ChangeStatus, type RunState } from '../../core/apply/runState';
import { OUTCOME_WORDS, STATUS_WORDS } from '../../core/apply/runWords';
import type { Holder } from '../../core/ports';
import { resourceName } from '../../core/resources/resourceId';
import type { TargetOptions } from '../options';
import { printable, type Color, type Output } from '../output';
import { commandFor } from '../runs';
import { pointInTime } from '../time';

/** One line for a change that began, ended, or has something to say. */
export function describeProgress(progress: ChangeProgress, output: Output): string {
  const { note, error } = progress;
  const cause = error && (error.detail || error.code);
  return [headingOf(progress, output), note && output.localize(note), cause].filter(Boolean).join(' — ');
}

/** What did not succeed, each with its cause first, the next action, and what support would ask for; then the end. */
export function printRun(run: RunState, output: Output): void {
  const open = run.changes.filter((progress) => !isMade(progress));
  for (const progress of open) printUnfinished(progress, output);
  const done = run.changes.length - open.length;
  const color = run.outcome === 'succeeded' ? 'green' : 'red';
  const outcome = output.localize(OUTCOME_WORDS[run.outcome ?? 'interrupted']);
  output.result(output.paint(color, `Run ${run.runId} ${outcome}: ${done} of ${run.changes.length} changes are made.`));
}

/** The commands by which one goes on with a run. */
export function printWaysOn(runId: string, ways: readonly WayOn[], options: TargetOptions, output: Output): void {
  if (ways.length > 0) output.result('How to go on:');
  for (const way of ways) {
    output.result(`  ${printable(commandFor(way, runId, options))}`);
    output.result(`      ${WAYS[way]}`);
  }
}

/** That somebody else is at it, since when, and the two ways on. */
export function describeElsewhere({ runId, machine, since }: Holder): string {
  return (
    `Run ${runId} on ${machine} has been writing to the same resources since ${pointInTime(since)}. ` +
    'Nothing was changed. Wait until it has ended, or begin all the same with --take-over.'
  );
}

const WAYS: Readonly<Record<WayOn, string>> = {
  resume: 'reads again what is not known, and makes what is left',
  undo: 'takes back what was made',
  abandon: 'leaves it as it is',
};

const MARKS: Readonly<Partial<Record<ChangeStatus, { readonly mark: string; readonly color: Color }>>> = {
  failed: { mark: '✗', color: 'red' },
  drifted: { mark: '✗', color: 'red' },
};
const NOT_MADE = { mark: '–', color: 'gray' } as const;
const MAY_BE_MADE = { mark: '!', color: 'yellow' } as const;

function printUnfinished(progress: ChangeProgress, output: Output): void {
  const { status, note, error } = progress;
  const { mark, color } = MARKS[status] ?? (status === 'cancelled' && note ? MAY_BE_MADE : NOT_MADE);
  output.result(`${output.paint(color, mark)} ${printable(headingOf(progress, output))}`);
  const lines = [
    ...(note ? [output.localize(note)] : []),
    ...(error?.detail ? error.detail.split('\n') : []),
    ...(error?.next ? [`next: ${output.localize(error.next)}`] : []),
    ...(error ? [`code: ${error.code}`] : []),
    ...(error?.correlationId === undefined ? [] : [`correlation id: ${error.correlationId}`]),
  ];
  for (const line of lines) output.result(`    ${printable(line)}`);
}

function headingOf({ change, status }: ChangeProgress, output: Output): string {
  return `${output.localize(STATUS_WORDS[status])}: ${output.localize(change.title)} · ${resourceName(change.resource)}`;
}
