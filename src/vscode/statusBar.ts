import * as vscode from 'vscode';
import { text } from '../core/text';
import type { Connections } from './connection/connections';
import { ago, type Localize } from './localize';
import type { ActiveSetups } from './setups/activeSetups';
import { countSteps, speakCounts } from './stepCounts';
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
    const session = active?.state.session;
    const counts = countSteps(session?.findings.map((finding) => stepStateOf(finding, session.run)) ?? []);
    const icon = session?.run !== undefined && session.run.outcome === undefined ? '$(loading~spin)' : '$(shield)';
    const count = session === undefined ? '' : ` ${counts.done}/${counts.total}`;
    this.item.text = label === '' ? `${icon}${count}` : `${icon}${count} ${label}`;
    this.item.tooltip = this.tooltip(active?.state.candidate.name, session?.checkedAt, counts);
    this.item.accessibilityInformation = { label: `Ringfence ${label} ${this.t(speakCounts(label, counts))}` };
    const failed = session?.run?.outcome === 'failed' || session?.run?.outcome === 'partial';
    this.item.backgroundColor = failed ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }

  private tooltip(
    name: string | undefined,
    checkedAt: number | undefined,
    counts: ReturnType<typeof countSteps>,
  ): string {
    if (name === undefined) return this.t(text('Ringfence is connected to the sandbox.'));
    const sentence = speakCounts(name, counts);
    if (checkedAt === undefined) return this.t(sentence);
    return this.t(text('{0}, checked {1}', sentence, ago(Date.now() - checkedAt)));
  }
}
