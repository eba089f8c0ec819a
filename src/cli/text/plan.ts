import type { Change, Plan } from '../../core/plan/change';
import { diffOf } from '../../core/plan/diff';
import { estimateSeconds } from '../../core/plan/schedule';
import { displayType } from '../../core/resources/resourceTypes';
import { resourceName } from '../../core/resources/resourceId';
import { printable, type Output } from '../output';

const SIGNS = {
  add: { sign: '+', color: 'green' },
  remove: { sign: '-', color: 'red' },
  same: { sign: ' ', color: 'gray' },
} as const;

/** Every change with its difference, its risk and how it is taken back; then what cannot be planned. */
export function printPlan(plan: Plan, output: Output): void {
  for (const change of plan.changes) printChange(change, output);
  for (const { title, resource, reason } of plan.blocked) {
    const where = printable(resourceName(resource));
    output.result(
      `${output.paint('yellow', '!')} ${output.localize(title)} · ${where}: ${printable(output.localize(reason))}`,
    );
  }
  printSize(plan.changes, output);
}

/** A change with its difference, its risk, and why it could not be taken back. */
export function printChange(change: Change, output: Output): void {
  const heading = `${change.action} ${displayType(change.resource)} ${printable(resourceName(change.resource))}`;
  output.result(`${output.paint('bold', heading)} · ${output.localize(change.title)}`);
  for (const { kind, path, value } of diffOf(change)) {
    const { sign, color } = SIGNS[kind];
    output.result(output.paint(color, `  ${sign} ${printable(path)}: ${printable(value)}`));
  }
  if (change.risk.note) output.result(`    risk: ${output.localize(change.risk.note)}`);
  if (change.undo.kind === 'none' && change.action !== 'delete')
    output.result(`    no undo: ${output.localize(change.undo.reason)}`);
}

/** How many changes there are, and how long they take. */
export function printSize(changes: readonly Change[], output: Output): void {
  if (changes.length === 0) output.result('Nothing to change.');
  else output.result(`${changes.length} changes, about ${duration(estimateSeconds(changes))}.`);
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
}
