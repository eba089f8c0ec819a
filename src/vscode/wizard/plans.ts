import { createHash } from 'node:crypto';
import type { RiskKind } from '../../core/plan/change';
import type { Change, Plan } from '../../core/plan/change';
import { makePlan } from '../../core/plan/plan';
import type { SessionState } from '../../core/session/setupSession';
import { text, type Text } from '../../core/text';

/** A plan under a name. Whoever wants it applied says the name and everything that it asks to be agreed to. */
export interface IssuedPlan {
  /** Follows from the plan's content: the same plan keeps its name, any difference gives it another one. */
  readonly planId: string;
  readonly plan: Plan;
  readonly confirmations: readonly PlanConfirmation[];
}

export interface PlanConfirmation {
  readonly id: 'lockout' | 'losingAccess' | 'irreversible' | 'cost' | 'despitePreflight';
  readonly label: Text;
  /** What exactly, each in a sentence or two. */
  readonly notes: readonly Text[];
}

/** Every plan that may be applied at one moment. */
export interface IssuedPlans {
  /** For everything that is left; undefined where nothing is, or nothing can be planned. */
  readonly all: IssuedPlan | undefined;
  /** By step: that step with what it needs first. */
  readonly steps: ReadonlyMap<string, IssuedPlan>;
  /** Why a step that is not compliant cannot be planned. */
  readonly blocked: ReadonlyMap<string, Text>;
}

export const NO_PLANS: IssuedPlans = { all: undefined, steps: new Map(), blocked: new Map() };

/**
 * Issues the plans of a session's present state.
 * @param mustAcceptLosingAccess The private path was seen not to answer from here, so the user has to say that this is
 * all right before the public one is closed.
 */
export function issuePlans(
  { setup, findings, snapshot, plan }: Pick<SessionState, 'setup' | 'findings' | 'snapshot' | 'plan'>,
  mustAcceptLosingAccess: boolean,
): IssuedPlans {
  const steps = new Map<string, IssuedPlan>();
  const blocked = new Map<string, Text>();
  for (const { step, status } of findings) {
    if (status !== 'nonCompliant') continue;
    const own = makePlan(setup, snapshot, [step], findings);
    const obstacle = own.blocked.find((item) => item.step === step);
    if (obstacle) blocked.set(step, obstacle.reason);
    else if (own.changes.length > 0) steps.set(step, issue(step, own, mustAcceptLosingAccess));
  }
  const all = plan.changes.length > 0 ? issue('all', plan, mustAcceptLosingAccess) : undefined;
  return { all, steps, blocked };
}

/** The issued plan of this name; undefined where it is no longer current. */
export function findIssued(plans: IssuedPlans, planId: string): IssuedPlan | undefined {
  return [plans.all, ...plans.steps.values()].find((plan) => plan?.planId === planId);
}

function issue(scope: string, plan: Plan, mustAcceptLosingAccess: boolean): IssuedPlan {
  const content = JSON.stringify([scope, plan.changes, mustAcceptLosingAccess]);
  const planId = createHash('sha256').update(content).digest('hex').slice(0, 24);
  return { planId, plan, confirmations: confirmationsFor(plan.changes, mustAcceptLosingAccess) };
}

function confirmationsFor(changes: readonly Change[], mustAcceptLosingAccess: boolean): readonly PlanConfirmation[] {
  const found: PlanConfirmation[] = [];
  const add = (id: Exclude<RiskKind, 'none'>, label: Text): void => {
    const notes = riskNotes(changes, id);
    if (notes.length > 0) found.push({ id, label, notes });
  };
  add('lockout', text('I accept that access changes.'));
  if (mustAcceptLosingAccess && changes.some(({ guards }) => guards.includes('privatePathAnswers'))) {
    const label = text('I accept losing access from this machine: it does not reach the private endpoint now.');
    found.push({ id: 'losingAccess', label, notes: [] });
  }
  add('irreversible', text('I accept what cannot be taken back.'));
  add('cost', text('I accept the cost.'));
  return found;
}

/** What the changes of one kind of risk say about it, each thing once. */
export function riskNotes(changes: readonly Change[], kind: RiskKind): readonly Text[] {
  const risky = changes.filter(({ risk }) => risk.kind === kind);
  const notes = new Map(risky.map(({ risk, title }) => [risk.note?.message ?? title.message, risk.note ?? title]));
  return [...notes.values()];
}
