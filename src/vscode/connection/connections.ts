import type * as vscode from 'vscode';
import type { TokenCredential } from '@azure/core-auth';
import { connectToAzure, listSubscriptions } from '../../azure/azureConnection';
import type { Connection, RequestLine, Subscription } from '../../azure/connection';
import { CLOUDS, type CloudId } from '../../core/clouds';
import { text } from '../../core/text';
import { Listeners } from '../listeners';
import type { Localize } from '../localize';
import { readSettings } from '../settings';
import { createEditorCredential } from './editorCredential';
import { editorSignIn } from './editorSignIn';
import { Inventory } from './inventory';
import { openSandbox, type OpenSandbox } from './openSandbox';

/** Which Azure is in use in this window: none yet, a subscription, or the sandbox in its place. Never both. */
export type ConnectionState =
  | { readonly kind: 'none'; readonly signedIn: boolean }
  | { readonly kind: 'azure'; readonly cloud: CloudId; readonly subscription: Subscription }
  | { readonly kind: 'sandbox'; readonly sandbox: OpenSandbox };

/** A connection to one subscription, with what that subscription has. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly inventory: Inventory;
  /** The address of the sandbox; undefined for Azure. */
  readonly endpoint: string | undefined;
}

/** What is remembered from one window to the next. No token, and nothing that is one. */
interface Remembered {
  readonly kind: 'azure' | 'sandbox';
  readonly cloud?: CloudId;
  readonly subscription?: Subscription;
  readonly world?: string;
}

const MEMORY_KEY = 'ringfence.connection';

/** The connection of this window. */
export class Connections implements vscode.Disposable {
  readonly onChange = new Listeners();
  private current: ConnectionState = { kind: 'none', signedIn: false };
  private readonly open = new Map<string, OpenConnection>();
  private gestures = 0;
  private needsSignIn = false;
  private restoring: Promise<void> | undefined;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly t: Localize,
    private readonly onRequest: (line: RequestLine) => void,
    private readonly now: () => number,
  ) {}

  get state(): ConnectionState {
    return this.current;
  }

  /** Names the subscription or the sandbox in use, so that what is kept for one does not turn up in another. */
  get place(): string {
    const { current } = this;
    if (current.kind === 'sandbox') return `sandbox ${current.sandbox.target}`;
    return current.kind === 'azure' ? current.subscription.id : '';
  }

  /** True after Azure could not be asked for want of a sign-in. */
  get signInRequired(): boolean {
    return this.current.kind === 'azure' && this.needsSignIn;
  }

  /** The connection to the subscription in use; undefined where there is none. */
  active(): OpenConnection | undefined {
    const { current } = this;
    if (current.kind === 'sandbox') return this.sandboxConnection(current.sandbox);
    return current.kind === 'azure'
      ? this.azureConnection(current.cloud, current.subscription.id, current.subscription.tenantId)
      : undefined;
  }

  /** The connection for a setup's own subscription; undefined where this window cannot reach that. */
  forSetup(setup: { cloud: CloudId; subscription: string; tenant?: string | undefined }): OpenConnection | undefined {
    const { current } = this;
    if (current.kind === 'sandbox') {
      const same = current.sandbox.connection.subscriptionId.toLowerCase() === setup.subscription.toLowerCase();
      return same ? this.sandboxConnection(current.sandbox) : undefined;
    }
    if (current.kind === 'none') return undefined;
    return this.azureConnection(setup.cloud, setup.subscription, setup.tenant ?? current.subscription.tenantId);
  }

  /** The subscriptions that the user can see. Asks nobody unless called within a gesture. @throws AzureError. */
  subscriptions(signal: AbortSignal): Promise<readonly Subscription[]> {
    const { cloud, tenant } = readSettings();
    return listSubscriptions({ cloud, credential: this.credential(cloud, tenant), onRequest: this.onRequest }, signal);
  }

  async useSubscription(subscription: Subscription): Promise<void> {
    const { cloud } = readSettings();
    await this.leave();
    this.needsSignIn = false;
    this.set({ kind: 'azure', cloud, subscription });
    await this.remember({ kind: 'azure', cloud, subscription });
  }

  /** @param target A world or the address of a running sandbox. @throws with a sentence where it cannot be opened. */
  async useSandbox(target: string, token?: string): Promise<void> {
    const opening = this.enterSandbox(target, token);
    // Whoever waits for the connection of the last window gets this one.
    this.restoring = opening.catch(() => undefined);
    await opening;
  }

  /** Forgets the connection; a sandbox of ours is stopped. */
  async disconnect(): Promise<void> {
    await this.leave();
    this.set({ kind: 'none', signedIn: false });
    await this.remember(undefined);
  }

  /** Takes up the connection of the last window, once, when the first view needs it. Asks nobody. */
  restore(): Promise<void> {
    // What cannot be taken up again is forgotten; the welcome view then offers the ways to connect.
    this.restoring ??= this.takeUp().catch(() => this.remember(undefined));
    return this.restoring;
  }

  /** Takes note that the user is signed in, and has not chosen a subscription. */
  leftWithoutSubscription(): void {
    if (this.current.kind === 'none') this.set({ kind: 'none', signedIn: true });
  }

  /** While the work is going on, Azure may ask the user for a stronger sign-in. */
  async duringGesture<T>(work: () => Promise<T>): Promise<T> {
    this.gestures += 1;
    try {
      return await work();
    } finally {
      this.gestures -= 1;
    }
  }

  /** Tries again after the user has signed in. */
  signedIn(): void {
    this.needsSignIn = false;
    this.onChange.emit();
  }

  dispose(): void {
    void this.leave();
  }

  private async takeUp(): Promise<void> {
    if (this.current.kind !== 'none') return;
    const remembered = this.memory.get<Remembered>(MEMORY_KEY);
    if (remembered?.kind === 'azure' && remembered.subscription !== undefined) {
      const { subscription, cloud = 'public' } = remembered;
      this.set({ kind: 'azure', cloud, subscription });
    }
    if (remembered?.kind === 'sandbox' && remembered.world !== undefined) await this.enterSandbox(remembered.world);
  }

  private async enterSandbox(target: string, token?: string): Promise<void> {
    const sandbox = await openSandbox({
      target,
      token,
      speed: readSettings().sandboxSpeed,
      onRequest: this.onRequest,
    });
    await this.leave();
    this.set({ kind: 'sandbox', sandbox });
    // A running sandbox is named by the environment, so only a world has to be remembered.
    await this.remember(token === undefined ? { kind: 'sandbox', world: target } : undefined);
  }

  private async leave(): Promise<void> {
    const { current } = this;
    this.open.clear();
    if (current.kind === 'sandbox') await current.sandbox.stop();
  }

  private sandboxConnection({ connection, endpoint }: OpenSandbox): OpenConnection {
    return this.keep(`sandbox ${endpoint}`, () => connection, endpoint);
  }

  private azureConnection(cloud: CloudId, subscriptionId: string, tenant: string | undefined): OpenConnection {
    return this.keep(`${cloud} ${subscriptionId} ${tenant ?? ''}`, () =>
      connectToAzure({
        cloud,
        subscriptionId,
        credential: this.credential(cloud, tenant),
        onRequest: this.onRequest,
      }),
    );
  }

  private keep(key: string, connect: () => Connection, endpoint?: string): OpenConnection {
    const known = this.open.get(key);
    if (known) return known;
    const connection = connect();
    const opened = { connection, endpoint, inventory: new Inventory(connection.azure, this.now) };
    this.open.set(key, opened);
    return opened;
  }

  private credential(cloud: CloudId, tenant: string | undefined): TokenCredential {
    const { signIn } = readSettings();
    if (signIn !== 'vscode') return lazyIdentityCredential(signIn, cloud, tenant);
    return createEditorCredential({
      source: editorSignIn(cloud),
      tenant,
      signInScope: CLOUDS[cloud].managementScope,
      mayAsk: () => this.gestures > 0,
      onSignInRequired: () => this.askForSignIn(),
      message: this.t(text('You are not signed in to Azure.')),
    });
  }

  private askForSignIn(): void {
    if (this.needsSignIn) return;
    this.needsSignIn = true;
    queueMicrotask(() => this.onChange.emit());
  }

  private set(state: ConnectionState): void {
    this.current = state;
    this.onChange.emit();
  }

  private async remember(remembered: Remembered | undefined): Promise<void> {
    await this.memory.update(MEMORY_KEY, remembered);
  }
}

/** @azure/identity is large: it is loaded with the first token. */
function lazyIdentityCredential(
  kind: 'azureCli' | 'environment' | 'default',
  cloud: CloudId,
  tenant: string | undefined,
): TokenCredential {
  const loading: { credential?: Promise<TokenCredential> } = {};
  return {
    getToken: async (scopes, options) => {
      loading.credential ??= import('../../azure/credentials/identity').then(({ createIdentityCredential }) =>
        createIdentityCredential(kind, cloud, tenant),
      );
      return (await loading.credential).getToken(scopes, options);
    },
  };
}
