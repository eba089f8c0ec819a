import * as vscode from 'vscode';
import type { Subscription } from '../../azure/connection';
import type { CloudId } from '../../core/clouds';
import { text } from '../../core/text';
import type { Connections } from '../connection/connections';
import { signInToEditor } from '../connection/editorSignIn';
import type { Localize } from '../localize';
import { readSettings } from '../settings';
import type { ActiveSetup } from '../setups/activeSetup';
import type { ActiveSetups } from '../setups/activeSetups';
import type { WizardPanels } from '../wizard/wizardPanels';
import type { CommandTable } from './commandTable';

const LISTING_MS = 30_000;

/** The world that a newcomer starts in, and what the others are. */
const WORLDS = [
  { name: 'exposed', what: text('An Azure OpenAI account that the whole internet can reach') },
  { name: 'half', what: text('Some steps done, one of them wrongly') },
  { name: 'hardened', what: text('Everything done') },
  { name: 'empty', what: text('A subscription with nothing in it') },
];

/** Commands that decide which Azure this window works on. */
export class ConnectionCommands {
  constructor(
    private readonly connections: Connections,
    private readonly setups: ActiveSetups,
    private readonly panels: WizardPanels,
    private readonly t: Localize,
  ) {}

  table(): CommandTable {
    return {
      'ringfence.signIn': () => this.signIn(),
      'ringfence.chooseSubscription': () => this.chooseSubscription(),
      'ringfence.trySandbox': (world) => this.trySandbox(typeof world === 'string' ? world : 'exposed'),
      'ringfence.chooseSandboxWorld': () => this.chooseWorld(),
      'ringfence.disconnect': () => this.disconnect(),
    };
  }

  /** Opens a sandbox with a fresh setup, and its wizard. */
  async trySandbox(target: string, token?: string): Promise<ActiveSetup | undefined> {
    if (this.isRunning()) return undefined;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: this.t(text('Starting the sandbox…')) },
      () => this.connections.useSandbox(target, token),
    );
    const known = (await this.setups.ready()).find(({ reachable }) => reachable);
    const active = known ? await this.setups.open(known.key) : await this.setups.create();
    if (active) this.panels.open(active);
    return active;
  }

  private async signIn(): Promise<void> {
    if (this.isRunning()) return;
    const { cloud, tenant, signIn } = readSettings();
    if (signIn === 'vscode' && !(await this.signInToEditor(cloud, tenant))) return;
    if (this.connections.signInRequired) this.connections.signedIn();
    else await this.chooseSubscription();
  }

  /** Not to sign in is a decision, not a failure. */
  private async signInToEditor(cloud: CloudId, tenant: string | undefined): Promise<boolean> {
    try {
      await signInToEditor(cloud, tenant);
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showInformationMessage(this.t(text('You are not signed in: {0}', reason)));
      return false;
    }
  }

  private async chooseSubscription(): Promise<void> {
    if (this.isRunning()) return;
    const items = (await this.listSubscriptions()).map((subscription) => ({
      label: subscription.name,
      description: subscription.id,
      subscription,
    }));
    if (items.length === 0) {
      this.connections.leftWithoutSubscription();
      throw new Error(
        this.t(text('You can see no subscription. Ask for a role on one, or name its tenant in the settings.')),
      );
    }
    const picked = await vscode.window.showQuickPick(items, {
      title: this.t(text('Choose a subscription')),
      placeHolder: this.t(text('Subscriptions that you can see')),
      matchOnDescription: true,
    });
    if (picked) await this.connections.useSubscription(picked.subscription);
    else this.connections.leftWithoutSubscription();
  }

  private async listSubscriptions(): Promise<readonly Subscription[]> {
    const listing = this.connections.duringGesture(() =>
      this.connections.subscriptions(AbortSignal.timeout(LISTING_MS)),
    );
    try {
      return await vscode.window.withProgress(
        { location: { viewId: 'ringfence.resources' }, title: this.t(text('Listing your subscriptions…')) },
        () => listing,
      );
    } catch (error) {
      this.connections.leftWithoutSubscription();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(this.t(text('The subscriptions could not be listed: {0}', reason)), { cause: error });
    }
  }

  private async chooseWorld(): Promise<void> {
    const picked = await vscode.window.showQuickPick(
      WORLDS.map(({ name, what }) => ({ label: name, description: this.t(what) })),
      { title: this.t(text('Which sandbox world?')) },
    );
    if (picked) await this.trySandbox(picked.label);
  }

  private async disconnect(): Promise<void> {
    if (!this.isRunning()) await this.connections.disconnect();
  }

  /** A run belongs to its connection: nobody switches under it. */
  private isRunning(): boolean {
    const running = this.setups.all().some((active) => active.isRunning);
    if (running) {
      const message = text('A run is going on. Wait for it, or cancel it, before you switch the connection.');
      void vscode.window.showInformationMessage(this.t(message));
    }
    return running;
  }
}
