import type { Snapshot } from '../resources/snapshot';
import { resourceName, sameResource, subscriptionScope } from '../resources/resourceId';
import type { Setup } from '../setup/setup';
import { findRole, isOptional, ROLE_TITLES } from '../setup/roles';
import { describeFound, effectiveValue, explain, holds } from '../steps/matcher';
import { stepsOf } from '../steps/registry';
import { attempt, type Answer, type Expectation, type Step } from '../steps/step';
import { text, type Text } from '../text';
import { SnapshotContext } from './context';
import type { Evidence, Finding } from './finding';

/** The findings of a setup, and what would have to be read to settle those that are unknown. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  /** Ids that the steps asked for, whether they were known or not. */
  readonly askedFor: readonly string[];
  /** Types that the steps wanted listed. */
  readonly listed: readonly string[];
}

/**
 * Judges every step of the setup's scenarios against a snapshot. Pure: the same input gives the same findings.
 * @param today As 2026-11-22; what grows old is for a person to look at where it is left out.
 */
export function evaluate(
  setup: Setup,
  snapshot: Snapshot,
  steps = stepsOf(setup.scenarios),
  today?: string,
): Evaluation {
  const context = new SnapshotContext(setup, snapshot, undefined, today);
  const findings = steps.map((step) => judgeStep(step, context));
  return { findings, askedFor: [...context.askedFor.values()], listed: [...context.listed] };
}

/** The id of what a step is about; undefined where no resource is chosen for its role. */
export function targetOf(step: Step, setup: Setup): string | undefined {
  return step.on === 'subscription' ? subscriptionScope(setup.subscription) : setup.roles[step.on]?.id;
}

/** Judges one step in a context. */
export function judgeStep(step: Step, context: SnapshotContext): Finding {
  const target = targetOf(step, context.setup);
  const base = {
    step: step.id,
    title: step.title,
    scenarios: step.scenarios,
    resource: target ?? subscriptionScope(context.setup.subscription),
    severity: step.severity,
    sources: step.sources,
    evidence: [],
  };
  const skipped = context.setup.skip[step.id];
  if (skipped !== undefined) return { ...base, status: 'notApplicable', reason: text('Skipped: {0}', skipped) };
  if (target === undefined) {
    const role = step.on === 'subscription' ? undefined : findRole(step.on);
    const leftOut = role !== undefined && isOptional(role, context.setup.scenarios);
    return { ...base, status: leftOut ? 'notApplicable' : 'unknown', reason: noTarget(step) };
  }
  const reason = attempt(() => step.notApplicable?.(context));
  if (reason.known && reason.value) return { ...base, status: 'notApplicable', reason: reason.value };
  const byHand = attempt(() => step.manual?.(context, target));
  if (!byHand.known) return { ...base, status: 'unknown', reason: byHand.reason };
  if (byHand.value) return { ...base, status: 'manual', reason: byHand.value, ...notesOn(step, context, target) };
  const expectations = attempt(() => step.expects(context, target));
  if (!expectations.known) return { ...base, status: 'unknown', reason: expectations.reason };
  if (expectations.value.length === 0) {
    return { ...base, status: 'unknown', reason: text('Azure did not say what {0} needs.', resourceName(target)) };
  }
  return {
    ...base,
    ...weigh(expectations.value.map((item) => attempt(() => evidenceFor(item, context, target)))),
    ...notesOn(step, context, target),
  };
}

function notesOn(step: Step, context: SnapshotContext, target: string): Pick<Finding, 'notes'> {
  const notes = attempt(() => step.notes?.(context, target) ?? []);
  return notes.known && notes.value.length > 0 ? { notes: notes.value } : {};
}

/** One property that is wrong settles it, whatever else is unknown; one that is unknown keeps the rest from being green. */
function weigh(answers: readonly Answer<readonly Evidence[]>[]): Pick<Finding, 'status' | 'evidence' | 'reason'> {
  const evidence = answers.flatMap((answer) => (answer.known ? answer.value : []));
  const unknown = answers.find((answer) => !answer.known);
  if (evidence.some((item) => !item.satisfied)) return { status: 'nonCompliant', evidence };
  if (unknown) return { status: 'unknown', evidence, reason: unknown.reason };
  return { status: 'compliant', evidence };
}

function noTarget(step: Step): Text {
  return step.on === 'subscription'
    ? text('No subscription is chosen.')
    : text('No resource is chosen for “{0}”.', ROLE_TITLES[step.on]);
}

function evidenceFor(expectation: Expectation, context: SnapshotContext, target: string): readonly Evidence[] {
  const { hidden = false } = expectation;
  const present = hidden ? undefined : context.read(expectation.resource);
  const resource = present ?? (expectation.comesByItself ? {} : undefined);
  const other = sameResource(expectation.resource, target) ? {} : { resource: expectation.resource };
  if (resource === undefined || expectation.assertions.length === 0) {
    return [
      {
        ...other,
        property: 'id',
        expected: text('exists'),
        actual: hidden ? text('cannot be seen yet') : resource ? text('exists') : text('does not exist'),
        satisfied: resource !== undefined,
      },
    ];
  }
  return expectation.assertions.map((assertion) => ({
    ...other,
    property: assertion.at,
    expected: explain(assertion.must),
    actual: describeFound(assertion.must, effectiveValue(resource, assertion)),
    satisfied: holds(resource, assertion),
  }));
}
