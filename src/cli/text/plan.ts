import type { Plan } from '../../core/plan/change';
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
  for (const change of plan.changes) {
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
  for (const { title, resource, reason } of plan.blocked) {
    const where = printable(resourceName(resource));
    output.result(
      `${output.paint('yellow', '!')} ${output.localize(title)} · ${where}: ${printable(output.localize(reason))}`,
    );
  }
  if (plan.changes.length === 0) output.result('Nothing to change.');
  else output.result(`${plan.changes.length} changes, about ${duration(estimateSeconds(plan.changes))}.`);
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} seconds` : `${Math.round(seconds / 60)} minutes`;
}
