import * as vscode from 'vscode';
import type { CopyKind } from '../../protocol/messages';
import type { RunRecord } from '../../core/apply/journal';
import { text } from '../../core/text';
import { CLOUDS } from '../../core/clouds';
import type { Connections } from '../connection/connections';
import type { Localize } from '../localize';
import type { ActiveSetup } from '../setups/activeSetup';
import type { ActiveSetups } from '../setups/activeSetups';
import { isDraftKey } from '../setups/drafts';
import type { SetupActions } from '../setups/setupActions';
import { canResume, canTakeBack } from '../../core/apply/standing';
import { unskipStep } from '../wizard/form/setupEdits';
import type { WizardPanels } from '../wizard/wizardPanels';
import type { CommandTable } from './commandTable';
import { readTarget } from './commandTarget';
import type { CommandTargets } from './commandTargets';

/** The page's name for the review of everything that is left. */
const REVIEW = 'review';

/** Commands that work on a setup: everything that the wizard's buttons do, and a few that only rows have. */
export class SetupCommands {
  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly targets: CommandTargets,
    private readonly panels: WizardPanels,
    private readonly actions: SetupActions,
    private readonly reload: () => Promise<void>,
    private readonly t: Localize,
  ) {}

  table(): CommandTable {
    const onSetup = (work: (active: ActiveSetup, argument: unknown) => unknown) => async (argument: unknown) => {
      const active = await this.targets.setup(argument);
      if (active) await work(active, argument);
    };
    const copy = (what: CopyKind) =>
      onSetup((active, argument) => this.actions.copy(active, what, readTarget(argument).step));
    return {
      'ringfence.openWizard': onSetup((active) => this.panels.open(active)),
      'ringfence.newSetup': () => this.newSetup(),
      'ringfence.showStep': onSetup((active, argument) => this.showStep(active, argument)),
      'ringfence.reviewPlan': onSetup((active) => this.panels.open(active).showView(REVIEW)),
      'ringfence.applyStep': onSetup((active, argument) => this.applyStep(active, argument)),
      'ringfence.cancelRun': onSetup((active) => active.runs.cancel()),
      'ringfence.resumeRun': onSetup((active, argument) => this.resume(active, argument)),
      'ringfence.undoRun': onSetup((active, argument) => this.undo(active, argument)),
      'ringfence.undoStep': onSetup((active, argument) => this.undoStep(active, argument)),
      'ringfence.abandonRun': onSetup((active, argument) => this.abandon(active, argument)),
      'ringfence.verify': onSetup((active) => this.verify(active)),
      'ringfence.copyHostsBlock': copy('hosts'),
      'ringfence.copyFindings': copy('findings'),
      'ringfence.copyPlan': copy('plan'),
      'ringfence.copyInferenceRequest': copy('inferenceRequest'),
      'ringfence.copyDocumentFilter': copy('documentFilter'),
      'ringfence.downloadVpnClient': onSetup((active) => this.actions.downloadVpnClient(active)),
      'ringfence.rotateKey': onSetup((active) => this.actions.rotateKey(active)),
      'ringfence.importCertificate': onSetup((active) => this.actions.importCertificate(active)),
      'ringfence.addToHostsFile': onSetup((active) => this.actions.addToHostsFile(active)),
      'ringfence.skipStep': onSetup((active, argument) => this.skip(active, argument)),
      'ringfence.unskipStep': onSetup((active, argument) => this.unskip(active, argument)),
      'ringfence.saveSetup': onSetup((active) => this.actions.save(active)),
      'ringfence.openSetupFile': (argument) => this.openFile(argument),
      'ringfence.refresh': () => this.refresh(),
      'ringfence.openInPortal': (argument) => this.openInPortal(argument),
      'ringfence.copyResourceId': (argument) => this.copyResourceId(argument),
    };
  }

  private async newSetup(): Promise<void> {
    await this.connections.restore();
    const active = await this.setups.create();
    if (active) this.panels.open(active);
    else await this.targets.setup(undefined);
  }

  private async showStep(active: ActiveSetup, argument: unknown): Promise<void> {
    const step = await this.targets.step(argument, active);
    if (step !== undefined) this.panels.open(active).showView(step);
  }

  /** Opens the review of one step's plan; nothing is applied that was not shown. */
  private async applyStep(active: ActiveSetup, argument: unknown): Promise<void> {
    const step = await this.targets.step(argument, active, (id) => active.state.plans.steps.has(id));
    if (step !== undefined) this.panels.open(active).showView(`${REVIEW}/${step}`);
  }

  private async resume(active: ActiveSetup, argument: unknown): Promise<void> {
    const runId = runOf(argument, active, canResume);
    if (runId === undefined) return this.tell('nothingToResume');
    this.panels.open(active);
    await this.actions.runs.resume(active, runId);
  }

  private async abandon(active: ActiveSetup, argument: unknown): Promise<void> {
    const runId = runOf(argument, active, canResume);
    if (runId === undefined) return this.tell('nothingToResume');
    await this.actions.runs.abandon(active, runId);
  }

  private async undo(active: ActiveSetup, argument: unknown): Promise<void> {
    const runId = runOf(argument, active, canTakeBack);
    if (runId === undefined) return this.tell('nothingToUndo');
    await this.actions.runs.undo(active, runId);
  }

  private async undoStep(active: ActiveSetup, argument: unknown): Promise<void> {
    const { madeBy } = active.state;
    if (madeBy.size === 0) return this.tell('nothingToUndo');
    const step = await this.targets.step(argument, active, (id) => madeBy.has(id));
    if (step !== undefined) await this.actions.runs.undoStep(active, step);
  }

  private async verify(active: ActiveSetup): Promise<void> {
    this.panels.open(active);
    await this.actions.verify(active);
  }

  private async skip(active: ActiveSetup, argument: unknown): Promise<void> {
    const { skip } = active.state.candidate;
    const step = await this.targets.step(argument, active, (id) => skip[id] === undefined);
    if (step !== undefined) await this.actions.skip(active, step);
  }

  private async unskip(active: ActiveSetup, argument: unknown): Promise<void> {
    const { skip } = active.state.candidate;
    const step = await this.targets.step(argument, active, (id) => skip[id] !== undefined);
    if (step !== undefined) active.edit((candidate) => unskipStep(candidate, step));
  }

  private async openFile(argument: unknown): Promise<void> {
    const key = readTarget(argument).setup ?? (await this.targets.setup(argument))?.key;
    if (key !== undefined && !isDraftKey(key)) await vscode.window.showTextDocument(vscode.Uri.parse(key));
    else if (key !== undefined) this.tell('notSaved');
  }

  private async refresh(): Promise<void> {
    await this.reload();
    await Promise.all(this.setups.all().map((active) => active.refresh()));
  }

  private async openInPortal(argument: unknown): Promise<void> {
    const { resource } = readTarget(argument);
    const { state } = this.connections;
    if (resource === undefined || state.kind !== 'azure') return;
    await vscode.env.openExternal(
      vscode.Uri.parse(`${CLOUDS[state.cloud].portal}/#resource${encodeURI(resource)}`, true),
    );
  }

  private async copyResourceId(argument: unknown): Promise<void> {
    const { resource } = readTarget(argument);
    if (resource !== undefined) await vscode.env.clipboard.writeText(resource);
  }

  private tell(what: keyof typeof MESSAGES): void {
    void vscode.window.showInformationMessage(this.t(MESSAGES[what]));
  }
}

/** The run of the row, or the newest one of which something can be made. */
function runOf(
  argument: unknown,
  { state: { pastRuns } }: ActiveSetup,
  isWanted: (run: RunRecord, all: readonly RunRecord[]) => boolean,
): string | undefined {
  return readTarget(argument).runId ?? pastRuns.find((run) => isWanted(run, pastRuns))?.header.runId;
}

const MESSAGES = {
  nothingToResume: text('There is no run that can be continued.'),
  nothingToUndo: text('There is no run that can be taken back.'),
  notSaved: text('This setup is not saved to a file yet.'),
} as const;
