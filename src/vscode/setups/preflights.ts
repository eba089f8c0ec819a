import { blockingFindings, type PreflightReport } from '../../core/preflight/report';
import type { Change } from '../../core/plan/change';
import { text } from '../../core/text';
import { findIssued, type IssuedPlan, type IssuedPlans, type PlanConfirmation } from '../wizard/plans';

/** What is known of a plan before it is applied. */
export type PreflightState =
  | { readonly kind: 'looking' }
  | { readonly kind: 'known'; readonly report: PreflightReport }
  | { readonly kind: 'failed'; readonly reason: string };

/** By the name of the issued plan; a plan that nobody has reviewed has none. */
export type PreflightStates = ReadonlyMap<string, PreflightState>;

const NO_PREFLIGHTS: PreflightStates = new Map();

type Ask = (changes: readonly Change[], signal: AbortSignal) => Promise<PreflightReport>;

/** The preflights of the plans that somebody reviews: asked for once each, and again after the world was read anew. */
export class Preflights {
  private known: PreflightStates = NO_PREFLIGHTS;
  private asking = new AbortController();

  constructor(private readonly changed: () => void) {}

  get states(): PreflightStates {
    return this.known;
  }

  /** Looks what is in the way of a plan, unless that is known or being looked up. */
  async look({ planId, plan }: IssuedPlan, ask: Ask): Promise<void> {
    const before = this.known.get(planId);
    if (before !== undefined && before.kind !== 'failed') return;
    const { signal } = this.asking;
    this.set(planId, { kind: 'looking' });
    try {
      const report = await ask(plan.changes, signal);
      if (!signal.aborted) this.set(planId, { kind: 'known', report });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) this.set(planId, { kind: 'failed', reason });
    }
  }

  /** Takes note of what was found when the run of a plan was refused. */
  note(planId: string, report: PreflightReport): void {
    this.set(planId, { kind: 'known', report });
  }

  /** Forgets everything: what was in the way may be gone, and something else may have come. */
  forget(): void {
    this.asking.abort();
    this.asking = new AbortController();
    this.known = NO_PREFLIGHTS;
  }

  /** Keeps what is known of plans that are still issued. */
  keepFor(plans: IssuedPlans): void {
    this.known = new Map([...this.known].filter(([planId]) => findIssued(plans, planId) !== undefined));
  }

  private set(planId: string, state: PreflightState): void {
    this.known = new Map([...this.known, [planId, state]]);
    this.changed();
  }
}

const DESPITE: PlanConfirmation = {
  id: 'despitePreflight',
  label: text('Apply although this was found.'),
  notes: [],
};

/** Everything that has to be agreed to before a plan can be applied. */
export function confirmationsOf(issued: IssuedPlan, preflights: PreflightStates): readonly PlanConfirmation[] {
  const state = preflights.get(issued.planId);
  const isBlocked = state?.kind === 'known' && blockingFindings(state.report).length > 0;
  return isBlocked ? [...issued.confirmations, DESPITE] : issued.confirmations;
}
