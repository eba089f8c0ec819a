import type { ChangeProgress, RunState } from '../../core/apply/runState';
import { resourceName } from '../../core/resources/resourceId';
import { printable, type Output } from '../output';

/** One line for a change that began, ended, or has something to say. */
export function describeProgress({ change, status, note, error }: ChangeProgress, output: Output): string {
  const parts = [`${status}: ${output.localize(change.title)} · ${resourceName(change.resource)}`];
  if (note) parts.push(output.localize(note));
  if (error) parts.push([error.code, error.detail].filter(Boolean).join(': '));
  if (error?.next) parts.push(output.localize(error.next));
  return parts.join(' — ');
}

export function printRun(run: RunState, output: Output): void {
  const failed = run.changes.filter(({ status }) => status !== 'succeeded' && status !== 'unchanged');
  for (const progress of failed)
    output.result(`${output.paint('red', '✗')} ${printable(describeProgress(progress, output))}`);
  const done = run.changes.length - failed.length;
  const color = run.outcome === 'succeeded' ? 'green' : 'red';
  output.result(
    output.paint(color, `Run ${run.runId} ${run.outcome ?? ''}: ${done} of ${run.changes.length} changes are made.`),
  );
}
