import * as vscode from 'vscode';
import type { RunOutcome } from '../core/apply/runState';
import { text, type Text } from '../core/text';
import type { Localize } from './localize';
import type { ActiveSetup } from './setups/activeSetup';
import type { ActiveSetups } from './setups/activeSetups';
import type { WizardPanels } from './wizard/wizardPanels';

const ENDINGS: Readonly<Record<RunOutcome, (name: string) => Text>> = {
  succeeded: (name) => text('The run on {0} is done.', name),
  partial: (name) => text('The run on {0} is done in part. The wizard shows what failed, and what to do next.', name),
  failed: (name) => text('The run on {0} has failed. The wizard shows why, and what to do next.', name),
  cancelled: (name) => text('The run on {0} is cancelled. The wizard shows what may still be going on.', name),
};

/** Says that a run has ended to whoever is not looking at its wizard. */
export class RunNotices {
  private readonly watched = new Set<string>();

  constructor(
    setups: ActiveSetups,
    private readonly panels: WizardPanels,
    private readonly t: Localize,
  ) {
    setups.onChange.add(() => setups.all().forEach((active) => this.look(active)));
  }

  private look(active: ActiveSetup): void {
    const { run } = active.state.session;
    if (run === undefined) return;
    if (run.outcome === undefined) this.watched.add(run.runId);
    else if (this.watched.delete(run.runId) && !this.panels.isVisible(active)) void this.tell(active, run.outcome);
  }

  private async tell(active: ActiveSetup, outcome: RunOutcome): Promise<void> {
    const open = this.t(text('Open Wizard'));
    const message = this.t(ENDINGS[outcome](active.state.candidate.name));
    const isGood = outcome === 'succeeded' || outcome === 'cancelled';
    const show = isGood ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
    if ((await show(message, open)) === open) this.panels.open(active);
  }
}
