import * as vscode from 'vscode';
import type { UndoPlan } from '../../core/apply/undo';
import type { PreflightReport } from '../../core/preflight/report';
import type { Change } from '../../core/plan/change';
import { findStep } from '../../core/steps/registry';
import { text, type Text } from '../../core/text';
import type { ObstacleAnswer } from '../../protocol/messages';
import type { Connections } from '../connection/connections';
import type { Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import { toClipboard } from '../toClipboard';
import { presentFailure } from '../wizard/presentRun';
import { inOrder } from '../wizard/presentPreflight';
import type { ActiveSetup, ApplyRefusal } from './activeSetup';

const REFUSALS: Readonly<Record<ApplyRefusal, Text>> = {
  outdated: text('This plan is no longer current. Review the present one.'),
  unconfirmed: text('The plan asks for something that was not agreed to.'),
  busy: text('A run is going on already.'),
};

/** What can be done with runs, with the questions that it takes. Azure may ask for a sign-in meanwhile. */
export class RunActions {
  constructor(
    private readonly connections: Connections,
    private readonly t: Localize,
  ) {}

  /** What is in the way of the plan stands in its review, so nothing is asked here. */
  async apply(active: ActiveSetup, planId: string, confirmed: readonly string[]): Promise<void> {
    const refusal = await this.connections.duringGesture(() => active.apply(planId, confirmed));
    if (refusal !== undefined) this.tell(REFUSALS[refusal]);
  }

  async lookAhead(active: ActiveSetup, planId: string): Promise<void> {
    await this.connections.duringGesture(() => active.lookAhead(planId));
  }

  async resume(active: ActiveSetup, runId: string): Promise<void> {
    await this.begin(active, () => active.runs.resume(runId));
  }

  /** Leaves a run where it is: from then on nobody is asked about it. */
  async abandon(active: ActiveSetup, runId: string): Promise<void> {
    await active.runs.abandon(runId);
    const message = text('The run stays as it is. What it has done can still be taken back from the list of runs.');
    vscode.window.setStatusBarMessage(this.t(message), 8000);
  }

  /** Takes a run back, after showing what goes and what stays. */
  async undo(active: ActiveSetup, runId: string): Promise<void> {
    const plan = await active.runs.planUndo(runId);
    if (plan === undefined || plan.changes.length === 0) {
      this.tell(text('This run has changed nothing that can be taken back.'));
      return;
    }
    await this.takeBack(active, runId, plan, text('Take this run back? Changes: {0}', plan.changes.length));
  }

  /** Takes one step back, with what was made on the strength of it. */
  async undoStep(active: ActiveSetup, step: string): Promise<void> {
    const runId = active.state.madeBy.get(step);
    const plan = runId === undefined ? undefined : await active.runs.planUndo(runId, step);
    if (runId === undefined || plan === undefined || plan.changes.length === 0) {
      this.tell(text('No run of Ringfence has made this step, so there is nothing to take back.'));
      return;
    }
    const title = findStep(step)?.title ?? text('{0}', step);
    await this.takeBack(active, runId, plan, text('Take back “{0}”? Changes: {1}', title, plan.changes.length), step);
  }

  /** Answers for the user that somebody else is at it. */
  async answerObstacle(active: ActiveSetup, answer: ObstacleAnswer): Promise<void> {
    if (answer === 'dismiss') return active.runs.dismiss();
    await this.begin(active, () => active.runs.insist(answer === 'goOn' ? { takeOver: true } : {}));
  }

  async copyError(active: ActiveSetup, changeId: string): Promise<void> {
    const { changes = [] } = active.state.session.run ?? {};
    const error = changes.find(({ change }) => change.id === changeId)?.error;
    if (error === undefined) return;
    const { message, details } = presentFailure(error, this.t);
    await toClipboard(`${message}\n${details}\n`, text('The details are on the clipboard.'), this.t);
  }

  private async takeBack(
    active: ActiveSetup,
    runId: string,
    plan: UndoPlan,
    question: Text,
    step?: string,
  ): Promise<void> {
    const undo = this.t(text('Take Back'));
    const detail = undoLines(plan, step).map(this.t).join('\n');
    const answer = await vscode.window.showWarningMessage(this.t(question), { modal: true, detail }, undo);
    if (answer === undo) await this.begin(active, () => active.runs.undo(runId, plan));
  }

  /** A run that has no review of its own: where the preflight says that something is in the way, it asks. */
  private async begin(active: ActiveSetup, run: () => Promise<void>): Promise<void> {
    await this.connections.duringGesture(run);
    const { obstacle } = active.runs;
    if (obstacle?.kind !== 'preflight') return;
    const goOn = this.t(text('Go On Anyway'));
    const answer = await vscode.window.showWarningMessage(
      this.t(text('Something is in the way of this run, so nothing was changed.')),
      { modal: true, detail: preflightLines(obstacle.report).map(this.t).join('\n') },
      goOn,
    );
    if (answer !== goOn) return active.runs.dismiss();
    await this.connections.duringGesture(() => active.runs.insist({ despitePreflight: true }));
  }

  private tell(message: Text): void {
    void vscode.window.showInformationMessage(this.t(message));
  }
}

/**
 * What taking back would do, line by line.
 * @param step The one that it is asked for; everything else then goes because it depends on it.
 */
function undoLines({ changes, kept }: UndoPlan, step: string | undefined): readonly Text[] {
  const isOwn = (change: Change): boolean => step === undefined || change.step === step;
  const own = changes
    .filter(isOwn)
    .map(({ action, title, resource }) =>
      action === 'delete'
        ? text('Delete: {0} ({1})', title, nameForPeople(resource))
        : text('Write back: {0} ({1})', title, nameForPeople(resource)),
    );
  const others = changes
    .filter((change) => !isOwn(change))
    .map(({ action, title, resource }) =>
      action === 'delete'
        ? text('Delete as well, because it depends on that: {0} ({1})', title, nameForPeople(resource))
        : text('Write back as well, because it depends on that: {0} ({1})', title, nameForPeople(resource)),
    );
  return [...own, ...others, ...kept.map(({ title, reason }) => text('Stays: {0}. {1}', title, reason))];
}

function preflightLines(report: PreflightReport): readonly Text[] {
  return inOrder(report).map(({ title, remedy }) => text('{0} {1}', title, remedy));
}
