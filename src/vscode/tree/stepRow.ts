import type { Finding } from '../../core/evaluate/finding';
import { resourceName } from '../../core/resources/resourceId';
import { findStep } from '../../core/steps/registry';
import { text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import { STATE_WORDS } from '../wizard/stepStates';
import { STATE_ICONS, type Row } from './row';

/**
 * A step as a row of either tree.
 * @param parent The id of the row that it stands under.
 */
export function stepRow(
  finding: Finding,
  state: StepState,
  note: string | undefined,
  parent: string,
  t: Localize,
): Row {
  const title = t(finding.title);
  const stateLabel = t(STATE_WORDS[state]);
  const why = findStep(finding.step)?.why;
  const wrong = finding.evidence.filter(({ satisfied }) => !satisfied);
  return {
    id: `${parent}/${finding.step}`,
    label: title,
    description: note ?? (state === 'done' || state === 'todo' ? '' : stateLabel),
    icon: STATE_ICONS[state],
    tooltip: [
      t(text('{0}: {1}', title, stateLabel)),
      ...(finding.reason ? [t(finding.reason)] : []),
      ...wrong.map(({ property, expected, actual }) => t(text('{0} is {1}, expected {2}', property, actual, expected))),
      ...(why ? [t(why)] : []),
    ],
    spoken: t(text('{0} of {1}: {2}', title, resourceName(finding.resource), note ?? stateLabel)),
    tokens: ['ringfence.step', ...(state === 'todo' || state === 'failed' ? ['canApply'] : [])],
    children: 'none',
  };
}
