import * as vscode from 'vscode';
import { readRun, type RunRecord } from '../core/apply/journal';
import { isMade } from '../core/apply/runState';
import { canTakeBack, standingOf } from '../core/apply/standing';
import type { JournalStore } from '../core/ports';
import { text } from '../core/text';
import type { Connections } from './connection/connections';
import type { Localize } from './localize';
import type { ActiveSetup } from './setups/activeSetup';
import type { ActiveSetups } from './setups/activeSetups';
import type { RunActions } from './setups/runActions';
import type { WizardPanels } from './wizard/wizardPanels';

export interface InterruptedRunsOptions {
  readonly connections: Connections;
  readonly setups: ActiveSetups;
  readonly journal: JournalStore;
  /** Runs that are going on in some window of this machine. */
  readonly underWay: () => Promise<readonly string[]>;
  readonly panels: WizardPanels;
  readonly actions: RunActions;
  readonly locale: string;
  readonly failed: (error: unknown) => void;
  readonly t: Localize;
}

/** Finds runs that were interrupted, and asks about each of them once in a window. Nothing is continued by itself. */
export class InterruptedRuns {
  private readonly asked = new Set<string>();
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: InterruptedRunsOptions) {
    options.connections.onChange.add(() => this.look());
  }

  /** Looks through the journals; one look at a time. */
  look(): void {
    this.looking = this.looking.then(() => this.findAll()).catch(this.options.failed);
  }

  private async findAll(): Promise<void> {
    const { connections, setups } = this.options;
    const open = await this.interrupted();
    if (open.length === 0) return;
    // A sandbox of ours does not outlive its window, so there is nothing to take up again for its runs.
    if (open.some(({ header }) => header.connection === 'azure')) await connections.restore();
    await setups.ready();
    for (const record of open) {
      const { runId } = record.header;
      const key = setups.keyFor(record.header);
      if (key === undefined || this.asked.has(runId)) continue;
      this.asked.add(runId);
      void this.ask(record, key).catch(this.options.failed);
    }
  }

  private async interrupted(): Promise<readonly RunRecord[]> {
    const { journal, underWay } = this.options;
    const goingOn = await underWay();
    const ids = (await journal.list()).filter((id) => !goingOn.includes(id));
    const records = await Promise.all(ids.map((id) => readRun(journal, id)));
    return records.filter((record) => record !== undefined).filter(({ outcome }) => outcome === undefined);
  }

  private async ask(record: RunRecord, key: string): Promise<void> {
    const { t, actions, panels, locale } = this.options;
    const { header, changes } = record;
    const done = changes.filter(isMade).length;
    const began = new Date(header.startedAt).toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' });
    const [resume, undo, abandon] = [t(text('Resume')), t(text('Take Back…')), t(text('Abandon'))];
    const answer = await vscode.window.showWarningMessage(
      t(
        text(
          'The run of {0} on {1} was interrupted: {2} of {3} changes done. Nothing continues by itself.',
          began,
          header.setupName,
          done,
          changes.length,
        ),
      ),
      ...(canTakeBack(record, [record]) ? [resume, undo, abandon] : [resume, abandon]),
    );
    const active = answer === undefined ? undefined : await this.openFor(record, key);
    if (active === undefined) return;
    if (answer === abandon) return actions.abandon(active, header.runId);
    panels.open(active).showView('run');
    await (answer === resume ? actions.resume(active, header.runId) : actions.undo(active, header.runId));
  }

  /** The setup of a run that is still waiting for an answer: it may have been given elsewhere. */
  private async openFor({ header }: RunRecord, key: string): Promise<ActiveSetup | undefined> {
    const { setups, t } = this.options;
    const active = await setups.open(key);
    await active?.runs.read();
    const run = active?.runs.past.find(({ header: { runId } }) => runId === header.runId);
    if (active !== undefined && run !== undefined && standingOf(run) === 'interrupted' && !active.isRunning) {
      await active.onceRead();
      return active;
    }
    void vscode.window.showInformationMessage(t(text('This run is no longer waiting for an answer.')));
    return undefined;
  }
}
