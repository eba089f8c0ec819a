import * as vscode from 'vscode';
import type { RunEnd } from '../core/apply/runState';
import { isNewDeviation } from '../core/evaluate/deviations';
import { text, type Text } from '../core/text';
import type { Connections } from './connection/connections';
import { ago, type Localize } from './localize';
import type { ActiveSetupState } from './setups/activeSetup';
import type { ActiveSetups } from './setups/activeSetups';
import { countSteps, speakCounts, type StepCounts } from './stepCounts';
import { stepStateOf } from './wizard/stepStates';

/** One item: how far the setup in use is, and whether all of it is only the sandbox. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('ringfence.status', vscode.StatusBarAlignment.Left, 10);

  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly t: Localize,
  ) {
    this.item.name = 'Ringfence';
    this.item.command = 'ringfence.openWizard';
    connections.onChange.add(() => this.update());
    setups.onChange.add(() => this.update());
  }

  /** What it says, for tests. */
  get text(): string {
    return this.item.text;
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(): void {
    const sandbox = this.connections.state.kind === 'sandbox';
    const active = this.setups.all().find(({ isConnected }) => isConnected);
    if (active === undefined && !sandbox) return this.item.hide();
    const label = sandbox ? this.t(text('Sandbox')) : '';
    const state = active?.state;
    const session = state?.session;
    const counts = countSteps(session?.findings.map((finding) => stepStateOf(finding, session.run)) ?? []);
    const icon = session?.run !== undefined && session.run.outcome === undefined ? '$(loading~spin)' : '$(shield)';
    const count = session === undefined ? '' : ` ${counts.done}/${counts.total}`;
    this.item.text = label === '' ? `${icon}${count}` : `${icon}${count} ${label}`;
    const deviating = state === undefined ? [] : deviationsOf(state, this.t);
    const tooltip = tooltipOf(state?.candidate.name, session?.checkedAt, counts);
    this.item.tooltip = this.t(withDeviations(tooltip, deviating));
    const spoken = this.t(withDeviations(speakCounts(label, counts), deviating));
    this.item.accessibilityInformation = { label: `Ringfence ${label} ${spoken}` };
    this.item.backgroundColor = backgroundOf(state && endOf(state), deviating.length);
    this.item.show();
  }
}

function tooltipOf(name: string | undefined, checkedAt: number | undefined, counts: StepCounts): Text {
  if (name === undefined) return text('Ringfence is connected to the sandbox.');
  const sentence = speakCounts(name, counts);
  return checkedAt === undefined ? sentence : text('{0}, checked {1}', sentence, ago(Date.now() - checkedAt));
}

function withDeviations(sentence: Text, titles: readonly string[]): Text {
  return titles.length === 0 ? sentence : text('{0}. No longer compliant: {1}', sentence, titles.join(', '));
}

/** How the run that is shown ended; what was left as it is needs nobody any more. */
function endOf({ session: { run }, pastRuns }: ActiveSetupState): RunEnd | undefined {
  return pastRuns.find(({ header }) => header.runId === run?.runId)?.outcome ?? run?.outcome;
}

/** What has failed is worse than what has changed. */
function backgroundOf(outcome: RunEnd | undefined, deviating: number): vscode.ThemeColor | undefined {
  if (outcome === 'failed' || outcome === 'partial') return new vscode.ThemeColor('statusBarItem.errorBackground');
  return deviating > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
}

/** Titles of the steps that have left what they were, and that nobody has looked at yet. */
function deviationsOf({ watched, session }: ActiveSetupState, t: Localize): readonly string[] {
  return session.findings.filter(({ step }) => isNewDeviation(watched, step)).map(({ title }) => t(title));
}
