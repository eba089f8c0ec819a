import * as vscode from 'vscode';
import { unseenDeviations } from '../core/evaluate/deviations';
import { text } from '../core/text';
import type { Localize } from './localize';
import type { ActiveSetup } from './setups/activeSetup';
import type { ActiveSetups } from './setups/activeSetups';
import type { WizardPanels } from './wizard/wizardPanels';

const MOST_NAMED = 3;

/** Says once of each set of steps that they are no longer compliant. */
export class DeviationNotices {
  private readonly told = new WeakMap<ActiveSetup, ReadonlySet<string>>();

  constructor(
    setups: ActiveSetups,
    private readonly panels: WizardPanels,
    private readonly t: Localize,
  ) {
    setups.onChange.add(() => setups.all().forEach((active) => this.look(active)));
  }

  private look(active: ActiveSetup): void {
    const steps = unseenDeviations(active.state.watched);
    const told = this.told.get(active) ?? new Set();
    this.told.set(active, new Set(steps));
    const news = steps.filter((step) => !told.has(step));
    if (news.length > 0) void this.tell(active, news);
  }

  private async tell(active: ActiveSetup, steps: readonly string[]): Promise<void> {
    const show = this.t(text('Show'));
    const answer = await vscode.window.showWarningMessage(this.t(this.sentence(active, steps)), show);
    const [first] = steps;
    if (answer === show && first !== undefined) this.panels.open(active).showView(first);
  }

  private sentence({ state }: ActiveSetup, steps: readonly string[]) {
    const { name } = state.candidate;
    const titles = state.session.findings.filter(({ step }) => steps.includes(step)).map(({ title }) => this.t(title));
    const named = titles.slice(0, MOST_NAMED).join(', ');
    const more = titles.length - MOST_NAMED;
    return more > 0
      ? text('{0} has changed without Ringfence. No longer compliant: {1}, and more: {2}.', name, named, more)
      : text('{0} has changed without Ringfence. No longer compliant: {1}.', name, named);
  }
}
