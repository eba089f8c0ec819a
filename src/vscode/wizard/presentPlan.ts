import { text, type Text } from '../../core/text';
import type { Confirmation, PlanView } from '../../protocol/wizardState';
import { aboutDuration, type Localize } from '../localize';
import type { Plan } from '../../core/plan/change';
import { estimateSeconds } from '../../core/plan/schedule';
import type { Snapshot } from '../../core/resources/snapshot';
import { confirmationsOf, type PreflightStates } from '../setups/preflights';
import type { IssuedPlan } from './plans';
import { presentChange } from './presentChange';
import { presentPlanFacts, type PermissionVerdicts } from './presentFacts';

/** What is known of plans beside the plans themselves. */
export interface PlanKnowledge {
  readonly permissions: PermissionVerdicts;
  readonly preflights: PreflightStates;
}

/** The plan for everything that is left, as it is laid before the user. */
export function presentPlan(
  issued: IssuedPlan,
  snapshot: Snapshot,
  { permissions, preflights }: PlanKnowledge,
  t: Localize,
): PlanView {
  const { planId, plan } = issued;
  const { changes, blocked } = plan;
  return {
    planId,
    action: t(text('Review and apply all: {0}…', changes.length)),
    heading: t(text('Changes to review: {0}', changes.length)),
    summary: t(summaryOf(plan)),
    changes: changes.map((change) => presentChange(change, snapshot, t)),
    facts: presentPlanFacts(changes, permissions, t),
    confirmations: presentConfirmations(issued, preflights, t),
    blocked: blocked.map(({ title, reason }) => t(text('{0}: {1}', title, reason))),
  };
}

/** What has to be agreed to, each with what exactly. */
export function presentConfirmations(
  issued: IssuedPlan,
  preflights: PreflightStates,
  t: Localize,
): readonly Confirmation[] {
  return confirmationsOf(issued, preflights).map(({ id, label, notes }) => ({
    id,
    label: t(label),
    notes: notes.map(t),
  }));
}

function summaryOf({ changes }: Plan): Text {
  const created = changes.filter(({ action }) => action === 'create').length;
  return text(
    'To create: {0}. To change: {1}. It takes {2}, and the public way in is closed only after the private one was seen to answer.',
    created,
    changes.length - created,
    aboutDuration(estimateSeconds(changes)),
  );
}
