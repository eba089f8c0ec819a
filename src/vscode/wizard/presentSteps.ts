import type { ChangeProgress, RunState } from '../../core/apply/runState';
import type { Evidence, Finding } from '../../core/evaluate/finding';
import type { Snapshot } from '../../core/resources/snapshot';
import { resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import { isNewDeviation, type Watched } from '../../core/evaluate/deviations';
import type { Setup } from '../../core/setup/setup';
import { findStep } from '../../core/steps/registry';
import { text, type Text } from '../../core/text';
import type { EvidenceRow, StepDetail, StepGroup, StepRow, StepState } from '../../protocol/wizardState';
import { ago, shortDuration, type Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import type { IssuedPlans } from './plans';
import { presentChange } from './presentChange';
import { presentFacts } from './presentFacts';
import { presentConfirmations, type PlanKnowledge } from './presentPlan';
import { presentSources } from './sources';
import { countSteps, describeCounts, speakCounts } from '../stepCounts';
import { groupFindings, neediest } from './stepGroups';
import { stepStateOf, STATE_WORDS, DEVIATES } from './stepStates';

export interface StepsInput extends PlanKnowledge {
  readonly setup: Setup;
  readonly findings: readonly Finding[];
  readonly snapshot: Snapshot;
  readonly run: RunState | undefined;
  readonly plans: IssuedPlans;
  readonly watched: Watched;
  readonly madeBy: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The checklist: families in their order, each with its steps in the order in which they are made. */
export function presentGroups(input: StepsInput, t: Localize): readonly StepGroup[] {
  return groupFindings(input.findings, input.run).map(({ group, title, steps }) => {
    const states = steps.map(({ state }) => state);
    const counts = countSteps(states);
    return {
      group,
      label: t(title),
      count: t(describeCounts(counts)),
      spoken: t(speakCounts(t(title), counts)),
      state: neediest(states),
      steps: steps.map(({ finding, state }) => presentRow(finding, state, input, t)),
    };
  });
}

function presentRow(finding: Finding, state: StepState, input: StepsInput, t: Localize): StepRow {
  const { note, spoken = note } = rowNotes(finding, state, input);
  const title = t(finding.title);
  const stateLabel = t(STATE_WORDS[state]);
  return {
    step: finding.step,
    title,
    state,
    note: note === undefined ? '' : t(note),
    label:
      spoken === undefined
        ? t(text('{0}: {1}', title, stateLabel))
        : t(text('{0}: {1}, {2}', title, stateLabel, spoken)),
  };
}

/** What stands at the end of a row, and what is said in its place where that is too short to be understood. */
function rowNotes(
  { step }: Finding,
  state: StepState,
  { setup, watched }: StepsInput,
): { readonly note?: Text; readonly spoken?: Text } {
  if (setup.skip[step] !== undefined) return { note: text('skipped') };
  if (isNewDeviation(watched, step)) return { note: DEVIATES.short, spoken: DEVIATES.spoken };
  const seconds = findStep(step)?.typicalSeconds;
  return seconds === undefined || (state !== 'todo' && state !== 'failed') ? {} : { note: shortDuration(seconds) };
}

export function presentSteps(input: StepsInput, t: Localize): Readonly<Record<string, StepDetail>> {
  return Object.fromEntries(input.findings.map((finding) => [finding.step, presentStep(finding, input, t)]));
}

function presentStep(finding: Finding, input: StepsInput, t: Localize): StepDetail {
  const { step } = finding;
  const { setup, snapshot, run, plans, permissions } = input;
  const state = stepStateOf(finding, run);
  const issued = plans.steps.get(step);
  const own = issued?.plan.changes.filter((change) => change.step === step) ?? [];
  const why = findStep(step)?.why;
  return {
    step,
    state,
    stateLabel: t(STATE_WORDS[state]),
    heading: t(headingOf(finding)),
    why: why === undefined ? '' : t(why),
    sources: presentSources(step, finding.sources, t),
    evidence: finding.evidence.map((row) => presentEvidence(row, finding.resource, t)),
    reason: reasonFor(finding, state, input, t),
    notes: (finding.notes ?? []).map(t),
    changes: own.map((change) => presentChange(change, snapshot, t)),
    facts: presentFacts(issued?.plan.changes ?? [], permissions, t),
    planId: issued?.planId ?? null,
    planChangeIds: issued?.plan.changes.map(({ id }) => id) ?? [],
    planConfirmations: issued === undefined ? [] : presentConfirmations(issued, input.preflights, t),
    skipped: setup.skip[step] ?? null,
    deviation: presentDeviation(step, input, t),
    canUndo: state === 'done' && input.madeBy.has(step),
  };
}

function presentDeviation(step: string, { watched, now }: StepsInput, t: Localize): StepDetail['deviation'] {
  const deviation = watched.deviations.get(step);
  if (deviation === undefined) return null;
  const sentence = text(
    'This was compliant, and is not any more. It was noticed {0}; no run of Ringfence has changed it.',
    ago(now - deviation.since),
  );
  return { sentence: t(sentence), isNew: !deviation.seen };
}

function headingOf({ title, resource }: Finding): Text {
  return text('{0}: {1}', title, resourceName(resource));
}

/** Whether something exists is told of the resource by its name; everything else of a property. */
function presentEvidence(evidence: Evidence, target: string, t: Localize): EvidenceRow {
  const { resource, property, expected, actual, satisfied } = evidence;
  const name = nameForPeople(resource ?? target);
  const isRole = resource !== undefined && resourceTypeOf(resource) === TYPES.roleAssignment;
  const whole = isRole ? t(text('Role assignment on {0}', name)) : name;
  const ofOther = resource === undefined ? property : t(text('{0} in {1}', property, name));
  return { property: property === 'id' ? whole : ofOther, expected: t(expected), actual: t(actual), satisfied };
}

function reasonFor(finding: Finding, state: StepState, { run, plans, setup }: StepsInput, t: Localize): string | null {
  if (setup.skip[finding.step] !== undefined) return null;
  const failed = run?.changes.find(
    ({ change, status }) => change.step === finding.step && (status === 'failed' || status === 'drifted'),
  );
  if (state === 'failed' && failed) return t(failureOf(failed));
  const reason = finding.reason ?? plans.blocked.get(finding.step);
  return reason === undefined ? null : t(reason);
}

/** Azure's words and what to do next, in one paragraph. */
function failureOf({ error }: ChangeProgress): Text {
  if (error === undefined) return text('It failed.');
  if (error.next === undefined) return text('{0}: {1}', error.code, error.detail);
  return error.detail === '' ? error.next : text('{0}: {1} {2}', error.code, error.detail, error.next);
}
