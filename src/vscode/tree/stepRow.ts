import { isNewDeviation } from '../../core/evaluate/deviations';
import type { Finding } from '../../core/evaluate/finding';
import { resourceName } from '../../core/resources/resourceId';
import { findStep } from '../../core/steps/registry';
import { text, type Text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import type { ActiveSetupState } from '../setups/activeSetup';
import { DEVIATES, STATE_WORDS } from '../wizard/stepStates';
import { DEVIATION_ICON, STATE_ICONS, type Row } from './row';

/** A step with what either tree shows of it. */
export interface ShownStep {
  readonly finding: Finding;
  readonly state: StepState;
  /** What is going on with it right now. */
  readonly note?: Text | undefined;
  /** It was compliant once and is not any more, and nobody has looked at it yet. */
  readonly deviates: boolean;
  /** A run of ours made it, and it can be taken back by itself. */
  readonly canUndo: boolean;
}

/** What a setup knows of its steps beside the findings. */
export type StepMarks = Pick<ShownStep, 'deviates' | 'canUndo'>;

export function marksOf({ watched, madeBy }: Pick<ActiveSetupState, 'watched' | 'madeBy'>, step: string): StepMarks {
  return { deviates: isNewDeviation(watched, step), canUndo: madeBy.has(step) };
}

/**
 * A step as a row of either tree.
 * @param parent The id of the row that it stands under.
 */
export function stepRow({ finding, state, note, deviates, canUndo }: ShownStep, parent: string, t: Localize): Row {
  const shown = note ?? (deviates ? DEVIATES.short : undefined);
  const said = note ?? (deviates ? DEVIATES.spoken : undefined);
  const title = t(finding.title);
  const stateLabel = t(STATE_WORDS[state]);
  const why = findStep(finding.step)?.why;
  const wrong = finding.evidence.filter(({ satisfied }) => !satisfied);
  return {
    id: `${parent}/${finding.step}`,
    label: title,
    description: shown === undefined ? (state === 'done' || state === 'todo' ? '' : stateLabel) : t(shown),
    icon: deviates && state !== 'running' ? DEVIATION_ICON : STATE_ICONS[state],
    tooltip: [
      t(text('{0}: {1}', title, said ?? stateLabel)),
      ...(finding.reason ? [t(finding.reason)] : []),
      ...wrong.map(({ property, expected, actual }) => t(text('{0} is {1}, expected {2}', property, actual, expected))),
      ...(why ? [t(why)] : []),
    ],
    spoken: t(text('{0} of {1}: {2}', title, resourceName(finding.resource), said ?? stateLabel)),
    tokens: [
      'ringfence.step',
      ...(state === 'todo' || state === 'failed' ? ['canApply'] : []),
      ...(state === 'done' && canUndo ? ['canUndo'] : []),
    ],
    children: 'none',
  };
}
