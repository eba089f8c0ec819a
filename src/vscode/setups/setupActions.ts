import * as vscode from 'vscode';
import { findingsReport, planReport } from '../../core/report/jsonReport';
import { documentFilter } from '../../core/snippets/documentFilter';
import { onYourDataRequest } from '../../core/snippets/onYourData';
import type { Snippet } from '../../core/snippets/snippet';
import { findStep } from '../../core/steps/registry';
import { text, type Text } from '../../core/text';
import type { CopyKind } from '../../protocol/messages';
import { downloadVpnClient } from '../clients/downloadVpnClient';
import type { Connections } from '../connection/connections';
import type { HostsFileEditor } from '../hosts/addToHostsFile';
import { hostsBlockText, hostsPlatform } from '../hosts/hostsFile';
import { importGatewayCertificate } from '../keys/importGatewayCertificate';
import type { KeyRotations } from '../keys/keyRotations';
import type { Localize } from '../localize';
import { toClipboard } from '../toClipboard';
import { skipStep } from '../wizard/form/setupEdits';
import type { ActiveSetup } from './activeSetup';
import type { ActiveSetups } from './activeSetups';
import { RunActions } from './runActions';
import { saveSetup } from './saveSetup';

/** What can be done with a setup, with the questions that it takes. The page's buttons and the commands share it. */
export class SetupActions {
  readonly runs: RunActions;

  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly hostsFile: HostsFileEditor,
    private readonly rotations: KeyRotations,
    private readonly t: Localize,
  ) {
    this.runs = new RunActions(connections, t);
  }

  save(active: ActiveSetup): Promise<void> {
    return saveSetup(active, this.setups, this.t);
  }

  /** Skips a step for a reason that reports repeat. */
  async skip(active: ActiveSetup, step: string): Promise<void> {
    const declared = findStep(step);
    if (declared === undefined) return;
    const reason = await vscode.window.showInputBox({
      title: this.t(text('Skip “{0}”', declared.title)),
      prompt: this.t(text('Why? The reason goes into the setup, and reports repeat it.')),
      validateInput: (value) => (value.trim() === '' ? this.t(text('A reason is needed.')) : undefined),
    });
    if (reason !== undefined) active.edit((candidate) => skipStep(candidate, step, reason.trim().slice(0, 500)));
  }

  /** Looks somebody up. Azure may ask for a sign-in, because the user has asked for this. */
  async findPeople(active: ActiveSetup, option: string, search: string): Promise<void> {
    await this.connections.duringGesture(() => active.findPeople(option, search));
  }

  /** Measures. An ingestion takes minutes, so that it can be given up. */
  async verify(active: ActiveSetup): Promise<void> {
    const cancel = new AbortController();
    const { scenarios, options } = active.state.session.setup;
    const takesLong = scenarios.includes('on-your-data') && options.proofs.length > 0;
    await vscode.window.withProgress(
      {
        location: takesLong ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
        title: this.t(text('Measuring the way to the services…')),
        cancellable: takesLong,
      },
      (_, token) => {
        token.onCancellationRequested(() => cancel.abort());
        return this.connections
          .duringGesture(() => active.verify(cancel.signal))
          .catch((error: unknown) => {
            if (!cancel.signal.aborted) throw error;
          });
      },
    );
  }

  /** Puts something of a setup on the clipboard; a step narrows findings and plan to itself. */
  async copy(active: ActiveSetup, what: CopyKind, step?: string): Promise<void> {
    const { session } = active.state;
    const { setup, snapshot } = session;
    const isWanted = (item: { readonly step: string }): boolean => step === undefined || item.step === step;
    switch (what) {
      case 'hosts':
        return this.copySnippet(
          hostsBlockText(setup.name, active.tools.privateHosts(), hostsPlatform()),
          text('The hosts-file block is on the clipboard.'),
        );
      case 'inferenceRequest':
        return this.copySnippet(
          onYourDataRequest('inference', setup, snapshot),
          text('A request without a key is on the clipboard.'),
        );
      case 'documentFilter':
        return this.copySnippet(
          documentFilter(setup.options.documentAccess),
          text('The filter is on the clipboard. Put in the groups of whoever asks.'),
        );
      case 'findings':
        return this.copyJson(findingsReport(session.findings.filter(isWanted), this.t));
      case 'plan': {
        const { changes, blocked } = session.plan;
        return this.copyJson(
          planReport({ changes: changes.filter(isWanted), blocked: blocked.filter(isWanted) }, this.t),
        );
      }
    }
  }

  async downloadVpnClient(active: ActiveSetup): Promise<void> {
    await this.connections.duringGesture(() => downloadVpnClient(active, this.t));
  }

  rotateKey(active: ActiveSetup): Promise<void> {
    return this.rotations.rotate(active);
  }

  async importCertificate(active: ActiveSetup): Promise<void> {
    await this.connections.duringGesture(() => importGatewayCertificate(active, this.t));
  }

  async addToHostsFile(active: ActiveSetup): Promise<void> {
    const { session, connection } = active.state;
    await this.hostsFile.add(session.setup.name, active.tools.privateHosts(), connection === 'sandbox');
  }

  private async copySnippet(snippet: Snippet, message: Text): Promise<void> {
    if (snippet.ok) await toClipboard(snippet.content, message, this.t);
    else await vscode.window.showErrorMessage(this.t(snippet.problem));
  }

  private copyJson(report: unknown): Promise<void> {
    return toClipboard(`${JSON.stringify(report, undefined, 2)}\n`, text('Copied as JSON.'), this.t);
  }
}
