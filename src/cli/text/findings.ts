import type { Finding, FindingStatus } from '../../core/evaluate/finding';
import { summarize } from '../../core/evaluate/finding';
import { resourceName } from '../../core/resources/resourceId';
import { printable, type Color, type Output } from '../output';

const MARKS: Readonly<Record<FindingStatus, { readonly mark: string; readonly word: string; readonly color: Color }>> =
  {
    compliant: { mark: '✓', word: 'compliant', color: 'green' },
    nonCompliant: { mark: '✗', word: 'to do', color: 'red' },
    unknown: { mark: '?', word: 'cannot tell', color: 'yellow' },
    manual: { mark: '!', word: 'by hand', color: 'yellow' },
    notApplicable: { mark: '–', word: 'not applicable', color: 'gray' },
  };

/** The checklist: each step with its mark and word, and for those that are not green, why. */
export function printFindings(findings: readonly Finding[], output: Output): void {
  for (const finding of findings) {
    const { mark, word, color } = MARKS[finding.status];
    const title = output.localize(finding.title);
    output.result(`${output.paint(color, mark)} ${title} · ${printable(resourceName(finding.resource))} (${word})`);
    if (finding.reason && finding.status !== 'compliant')
      output.result(`    ${printable(output.localize(finding.reason))}`);
    for (const evidence of finding.evidence.filter(({ satisfied }) => !satisfied)) {
      const where = evidence.resource === undefined ? '' : `${printable(resourceName(evidence.resource))}: `;
      const expected = printable(output.localize(evidence.expected));
      const actual = printable(output.localize(evidence.actual));
      output.result(`    ${where}${printable(evidence.property)}: expected ${expected}, found ${actual}`);
    }
  }
  const summary = summarize(findings);
  const words = (Object.keys(MARKS) as FindingStatus[]).map((status) => `${summary[status]} ${MARKS[status].word}`);
  output.result(output.paint('bold', words.join(', ')));
}
