import * as vscode from 'vscode';
import type { RunOutcome } from '../core/apply/runState';
import { text, type Text } from '../core/text';
import type { Localize } from './localize';
import type { ActiveSetup } from './setups/activeSetup';
import type { ActiveSetups } from './setups/activeSetups';
import type { RunActions } from './setups/runActions';
import type { RunObstacle } from './setups/setupRuns';
import type { WizardPanels } from './wizard/wizardPanels';

const ENDINGS: Readonly<Record<RunOutcome, (name: string) => Text>> = {
  succeeded: (name) => text('The run on {0} is done.', name),
  partial: (name) => text('The run on {0} is done in part. The wizard shows what failed, and what to do next.', name),
  failed: (name) => text('The run on {0} has failed. The wizard shows why, and what to do next.', name),
  cancelled: (name) => text('The run on {0} is cancelled. The wizard shows what may still be going on.', name),
};

const OPEN = text('Open Wizard');
const RETRY = text('Retry the Rest');
const UNDO = text('Take Back What Was Done…');

/** Says that a run has ended, or could not begin, to whoever is not looking at its wizard. */
export class RunNotices {
  private readonly watched = new Set<string>();
  private readonly obstacles = new WeakSet<RunObstacle>();

  constructor(
    setups: ActiveSetups,
    private readonly panels: WizardPanels,
    private readonly actions: RunActions,
    private readonly failed: (error: unknown) => void,
    private readonly t: Localize,
  ) {
    setups.onChange.add(() => setups.all().forEach((active) => this.look(active)));
  }

  private look(active: ActiveSetup): void {
    const { obstacle, session } = active.state;
    this.lookAtObstacle(active, obstacle);
    const { run } = session;
    if (run === undefined) return;
    if (run.outcome === undefined) this.watched.add(run.runId);
    else if (this.watched.delete(run.runId) && !this.panels.isVisible(active)) {
      void this.tell(active, run.runId, run.outcome).catch(this.failed);
    }
  }

  private async tell(active: ActiveSetup, runId: string, outcome: RunOutcome): Promise<void> {
    const [open, retry, undo] = [this.t(OPEN), this.t(RETRY), this.t(UNDO)];
    const message = this.t(ENDINGS[outcome](active.state.candidate.name));
    const isGood = outcome === 'succeeded' || outcome === 'cancelled';
    const answer = isGood
      ? await vscode.window.showInformationMessage(message, open)
      : await vscode.window.showWarningMessage(message, retry, undo, open);
    if (answer !== undefined) this.panels.open(active).showView('run');
    if (answer === retry) await this.actions.resume(active, runId);
    if (answer === undo) await this.actions.undo(active, runId);
  }

  /** What is in the way of a plan stands in its review; that somebody else is at it, in every view of the wizard. */
  private lookAtObstacle(active: ActiveSetup, obstacle: RunObstacle | undefined): void {
    if (obstacle?.kind !== 'elsewhere' || this.obstacles.has(obstacle)) return;
    this.obstacles.add(obstacle);
    if (!this.panels.isVisible(active)) void this.tellObstacle(active);
  }

  private async tellObstacle(active: ActiveSetup): Promise<void> {
    const open = this.t(OPEN);
    const message = text('Somebody else is at {0}, so nothing was begun.', active.state.candidate.name);
    if ((await vscode.window.showWarningMessage(this.t(message), open)) === open) this.panels.open(active);
  }
}
