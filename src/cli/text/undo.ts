import type { UndoPlan } from '../../core/apply/undo';
import type { Localize } from '../../core/report/jsonReport';
import { resourceName } from '../../core/resources/resourceId';
import { printable, type Output } from '../output';
import { printChange, printSize } from './plan';

/** What taking back deletes, what it writes back, and what stays and why. */
export function printUndo(plan: UndoPlan, output: Output): void {
  const deleted = plan.changes.filter(({ action }) => action === 'delete');
  const restored = plan.changes.filter(({ action }) => action !== 'delete');
  if (deleted.length > 0) output.result('What is deleted:');
  for (const change of deleted) printChange(change, output);
  if (restored.length > 0) output.result('What is written back:');
  for (const change of restored) printChange(change, output);
  printKept(plan, output.localize, (line) => output.result(line));
  printSize(plan.changes, output);
}

/** What stays, each with its reason. */
export function printKept({ kept }: UndoPlan, localize: Localize, print: (line: string) => void): void {
  if (kept.length > 0) print('What stays:');
  for (const { title, resource, reason } of kept) {
    print(printable(`  ${localize(title)} · ${resourceName(resource)}: ${localize(reason)}`));
  }
}
