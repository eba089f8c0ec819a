import type { ChangeView, Confirmation, Fact, WizardState } from '../../src/protocol/wizardState';

/** A plan as it is laid before the user: all of what would be written, and what has to be agreed to. */
export interface ReviewedPlan {
  readonly planId: string;
  /** The step that it is for, with what that step needs first; null for everything that is left. */
  readonly step: string | null;
  readonly heading: string;
  readonly summary: string;
  readonly changes: readonly ChangeView[];
  /** Changes that the host named but did not describe. What cannot be shown must not be applied. */
  readonly hidden: readonly string[];
  readonly facts: readonly Fact[];
  readonly confirmations: readonly Confirmation[];
  readonly blocked: readonly string[];
}

/** The plan to review: for everything (step null) or for one step; null where there is none. */
export function reviewedPlan(wizard: WizardState, step: string | null): ReviewedPlan | null {
  if (step === null) return wizard.plan === null ? null : { ...wizard.plan, step, hidden: [] };
  const detail = Object.hasOwn(wizard.steps, step) ? wizard.steps[step] : undefined;
  if (detail === undefined || detail.planId === null) return null;
  const known = knownChanges(wizard);
  const changes = detail.planChangeIds.map((id) => known.get(id));
  return {
    planId: detail.planId,
    step,
    heading: detail.heading,
    summary: detail.why,
    changes: changes.filter((change) => change !== undefined),
    hidden: detail.planChangeIds.filter((id) => !known.has(id)),
    facts: detail.facts,
    confirmations: detail.planConfirmations,
    blocked: [],
  };
}

/** Whether a step's plan is no more than what the step itself shows, so that its own page is review enough. */
export function isShownByStep(plan: ReviewedPlan, ownChanges: readonly ChangeView[]): boolean {
  const own = new Set(ownChanges.map(({ id }) => id));
  const changesShown = plan.hidden.length === 0 && plan.changes.every(({ id }) => own.has(id));
  return changesShown && plan.confirmations.length === 0;
}

function knownChanges(wizard: WizardState): ReadonlyMap<string, ChangeView> {
  const all = [...Object.values(wizard.steps).flatMap(({ changes }) => changes), ...(wizard.plan?.changes ?? [])];
  return new Map(all.map((change) => [change.id, change]));
}
