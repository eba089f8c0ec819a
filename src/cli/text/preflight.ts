import { resourceName } from '../../core/resources/resourceId';
import type { PreflightFinding, PreflightReport, PreflightVerdict } from '../../core/preflight/report';
import { printable, type Color, type Output } from '../output';
import { duration } from './plan';

const MARKS: Readonly<Record<PreflightVerdict, { readonly mark: string; readonly color: Color }>> = {
  blocks: { mark: '✗', color: 'red' },
  warns: { mark: '!', color: 'yellow' },
  unknown: { mark: '?', color: 'yellow' },
};

/** What is in the way of a plan with what to do about it, how long it takes, and what it costs. */
export function printPreflight({ findings, seconds, costs, marks }: PreflightReport, output: Output): void {
  output.result(output.paint('bold', 'Before it begins'));
  for (const finding of findings) printFinding(finding, output);
  if (findings.length === 0) output.result(`${output.paint('green', '✓')} Nothing is in the way.`);
  output.result(`  time: about ${duration(seconds)}`);
  for (const { note, changes } of costs) {
    const times = changes.length > 1 ? ` (${changes.length} times)` : '';
    output.result(`  cost: ${output.localize(note)}${times}`);
  }
  if (marks !== undefined) {
    output.result(`  tag:  ${printable(resourceName(marks))} has one while it runs, which tells other machines of it`);
  }
}

function printFinding({ verdict, title, detail, remedy, changes }: PreflightFinding, output: Output): void {
  const { mark, color } = MARKS[verdict];
  output.result(`${output.paint(color, mark)} ${printable(output.localize(title))}`);
  for (const line of detail?.split('\n') ?? []) output.result(`    ${printable(line)}`);
  output.result(`    ${printable(output.localize(remedy))}`);
  if (changes.length > 0) output.result(`    concerns: ${printable(changes.join(', '))}`);
}
