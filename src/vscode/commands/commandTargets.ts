import * as vscode from 'vscode';
import { text } from '../../core/text';
import type { Connections } from '../connection/connections';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';
import type { ActiveSetups } from '../setups/activeSetups';
import type { WizardPanels } from '../wizard/wizardPanels';
import { readTarget } from './commandTarget';

/** Finds out what a command is to work on, and asks where the caller did not say. */
export class CommandTargets {
  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly panels: WizardPanels,
    private readonly t: Localize,
  ) {}

  /** The setup of the row, of the wizard in front, the only one, or the one that the user picks. */
  async setup(argument: unknown): Promise<ActiveSetup | undefined> {
    const { setup, resource } = readTarget(argument);
    if (setup !== undefined) return this.setups.open(setup);
    if (resource !== undefined) return this.forResource(resource);
    if (this.panels.currentSetup) return this.panels.currentSetup;
    await this.connections.restore();
    const known = this.setups.known().filter(({ valid }) => valid);
    const [only] = known;
    if (only === undefined) return this.newSetup();
    if (known.length === 1) return this.setups.open(only.key);
    const picked = await vscode.window.showQuickPick(
      known.map(({ key, name }) => ({ label: name, description: key.startsWith('draft:') ? '' : shortPath(key), key })),
      { title: this.t(text('Which setup?')) },
    );
    return picked && this.setups.open(picked.key);
  }

  /** A step of the setup: the row's, or the one that the user picks among those that are wanted. */
  async step(
    argument: unknown,
    active: ActiveSetup,
    wanted: (step: string) => boolean = () => true,
  ): Promise<string | undefined> {
    const { step } = readTarget(argument);
    if (step !== undefined) return step;
    const choices = active.state.session.findings
      .filter((finding) => wanted(finding.step))
      .map((finding) => ({ label: this.t(finding.title), step: finding.step }));
    const picked = await vscode.window.showQuickPick(choices, { title: this.t(text('Which step?')) });
    return picked?.step;
  }

  private async forResource(resource: string): Promise<ActiveSetup | undefined> {
    const using = this.setups
      .all()
      .find(({ state }) => state.session.findings.some((finding) => finding.resource === resource));
    return using ?? this.setups.create(/\/accounts\/[^/]+$/i.test(resource) ? resource : undefined);
  }

  private async newSetup(): Promise<ActiveSetup | undefined> {
    if (this.connections.active() === undefined) {
      const signIn = this.t(text('Sign In to Azure…'));
      const sandbox = this.t(text('Try It Without Azure'));
      const answer = await vscode.window.showInformationMessage(
        this.t(text('Ringfence is not connected to a subscription yet.')),
        signIn,
        sandbox,
      );
      if (answer === signIn) await vscode.commands.executeCommand('ringfence.signIn');
      if (answer === sandbox) await vscode.commands.executeCommand('ringfence.trySandbox');
      return undefined;
    }
    return this.setups.create();
  }
}

function shortPath(key: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(key));
}
