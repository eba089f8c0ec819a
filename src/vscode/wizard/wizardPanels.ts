import * as vscode from 'vscode';
import { text } from '../../core/text';
import type { ActiveSetup } from '../setups/activeSetup';
import type { ActiveSetups } from '../setups/activeSetups';
import { WIZARD_VIEW_TYPE } from './viewType';
import { WizardPanel, type WizardPanelOptions } from './wizardPanel';

/** The open wizards: at most one for each setup. */
export class WizardPanels implements vscode.Disposable {
  private readonly panels = new Map<ActiveSetup, WizardPanel>();

  constructor(
    private readonly setups: ActiveSetups,
    private readonly options: Omit<WizardPanelOptions, 'active'>,
  ) {}

  /** Opens the wizard of a setup, or brings it to the front. */
  open(active: ActiveSetup): WizardPanel {
    const known = this.panels.get(active);
    if (known) {
      known.panel.reveal();
      return known;
    }
    const panel = vscode.window.createWebviewPanel(
      WIZARD_VIEW_TYPE,
      active.state.candidate.name,
      vscode.ViewColumn.Active,
    );
    return this.attach(new WizardPanel(panel, { ...this.options, active }), active);
  }

  /** The wizard in front, if it is one of ours. */
  get current(): WizardPanel | undefined {
    return [...this.panels.values()].find(({ panel }) => panel.active) ?? [...this.panels.values()][0];
  }

  /** The setup whose wizard is in front. */
  get currentSetup(): ActiveSetup | undefined {
    return [...this.panels].find(([, { panel }]) => panel.active)?.[0];
  }

  isVisible(active: ActiveSetup): boolean {
    return this.panels.get(active)?.panel.visible === true;
  }

  /** After a reload of the window: the page remembers which setup it was for. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, memory: unknown): Promise<void> {
    const key = setupUriIn(memory);
    const active = key === undefined ? undefined : await this.setups.open(key);
    if (active === undefined || this.panels.has(active)) panel.dispose();
    else this.attach(new WizardPanel(panel, { ...this.options, active }), active);
    if (active === undefined) {
      const message = text('The setup of a wizard that was open is gone, or its file is broken.');
      void vscode.window.showInformationMessage(this.options.t(message));
    }
  }

  dispose(): void {
    for (const { panel } of this.panels.values()) panel.dispose();
  }

  private attach(wizard: WizardPanel, active: ActiveSetup): WizardPanel {
    this.panels.set(active, wizard);
    this.setups.use(active);
    wizard.panel.onDidChangeViewState(({ webviewPanel }) => {
      if (webviewPanel.active) this.setups.use(active);
    });
    wizard.panel.onDidDispose(() => {
      wizard.dispose();
      this.panels.delete(active);
    });
    return wizard;
  }
}

function setupUriIn(memory: unknown): string | undefined {
  if (typeof memory !== 'object' || memory === null || !('setupUri' in memory)) return undefined;
  return typeof memory.setupUri === 'string' ? memory.setupUri : undefined;
}
