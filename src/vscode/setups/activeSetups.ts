import type { RunHeader } from '../../core/apply/journal';
import type { Setup } from '../../core/setup/setup';
import { clockAtSpeed } from '../../core/clock';
import type { ClaimStore, Clock, JournalStore } from '../../core/ports';
import { text } from '../../core/text';
import { newRunId } from '../../local/journalFiles';
import type { Connections, OpenConnection } from '../connection/connections';
import { Inventory } from '../connection/inventory';
import { noConnection } from '../connection/noConnection';
import { Listeners } from '../listeners';
import type { Localize } from '../localize';
import { sameJson } from '../sameJson';
import type { WizardProblem } from '../wizard/presentWizard';
import { ActiveSetup, type SetupLink } from './activeSetup';
import type { Drafts } from './drafts';
import { emptySetup } from './proposeRoles';
import type { Looks } from './looks';
import type { SetupFiles } from './setupFiles';

/** A setup that somebody could open: a file of the workspace, or choices that are not saved yet. */
export interface KnownSetup {
  /** The file's URI, or the key of the draft. */
  readonly key: string;
  readonly name: string;
  /** False for a file that is broken. */
  readonly valid: boolean;
  /** Whether the connection of this window leads to its subscription. */
  readonly reachable: boolean;
}

export interface ActiveSetupsOptions {
  readonly connections: Connections;
  readonly files: SetupFiles;
  readonly drafts: Drafts;
  readonly looks: Looks;
  readonly journal: JournalStore;
  readonly claims: ClaimStore;
  readonly clock: Clock;
  readonly t: Localize;
}

/** The setups in use, one for each file or draft, each linked to the connection that its subscription needs. */
export class ActiveSetups {
  /** Some setup came, went or changed. */
  readonly onChange = new Listeners();
  private readonly active = new Map<string, ActiveSetup>();
  private readonly linkedTo = new Map<string, OpenConnection | undefined>();
  private recent: readonly ActiveSetup[] = [];
  private wasSignedIn = true;

  constructor(private readonly options: ActiveSetupsOptions) {
    options.connections.onChange.add(() => this.relinkAll());
    options.files.onChange.add((file) => {
      if (file?.setup) this.active.get(file.uri.toString())?.fileChanged(file.setup);
      this.onChange.emit();
    });
  }

  /** Setups that are open or could be opened, in the connection that this window has. */
  known(): readonly KnownSetup[] {
    const { connections, drafts, files } = this.options;
    const fromFiles = files.list().map(({ uri, setup }) => ({
      key: uri.toString(),
      name: setup?.name ?? uri.path.split('/').slice(-2).join('/'),
      valid: setup !== undefined,
      reachable: setup !== undefined && connections.forSetup(setup) !== undefined,
    }));
    const fromDrafts = drafts.keys(connections.place).flatMap((key) => {
      const setup = this.setupOf(key);
      return setup ? [{ key, name: setup.name, valid: true, reachable: true }] : [];
    });
    return [...fromFiles, ...fromDrafts];
  }

  /** The same, once the files have been looked for. */
  async ready(): Promise<readonly KnownSetup[]> {
    await this.options.files.ready();
    return this.known();
  }

  /**
   * The setup that a past run belongs to, as far as this window can reach what the run was made on: the one of its name,
   * else any of its subscription.
   */
  keyFor({ setupName, subscription, connection, endpoint }: RunHeader): string | undefined {
    const own = this.known().filter(({ key, valid }) => {
      const setup = valid ? this.setupOf(key) : undefined;
      const open = setup?.subscription === subscription ? this.options.connections.forSetup(setup) : undefined;
      return open?.connection.kind === connection && open.endpoint === endpoint;
    });
    return (own.find(({ name }) => name === setupName) ?? own[0])?.key;
  }

  get(key: string): ActiveSetup | undefined {
    return this.active.get(this.options.drafts.resolve(key));
  }

  /** Every setup in use: one that is running first, then by when somebody last worked on it. */
  all(): readonly ActiveSetup[] {
    const recent = [...this.recent, ...this.active.values()];
    const inUse = [...new Set(recent)].filter((active) => this.active.get(active.key) === active);
    return [...inUse.filter(({ isRunning }) => isRunning), ...inUse.filter(({ isRunning }) => !isRunning)];
  }

  /** Takes note that somebody is working on a setup now. */
  use(active: ActiveSetup): void {
    if (this.recent[0] === active) return;
    this.recent = [active, ...this.recent.filter((other) => other !== active)];
    this.onChange.emit();
  }

  /** The setup under a key, opened if it is not; undefined where there is none, or where its file is broken. */
  async open(key: string): Promise<ActiveSetup | undefined> {
    const { connections, files, drafts } = this.options;
    await Promise.all([connections.restore(), files.ready()]);
    const resolved = drafts.resolve(key);
    const known = this.active.get(resolved);
    if (known) return known;
    const saved = files.get(resolved)?.setup;
    const draft = drafts.get(resolved) ?? saved;
    return draft && this.activate(resolved, saved, draft);
  }

  /** Opens a new setup for the subscription in use, with one account decided or none. */
  async create(account?: string): Promise<ActiveSetup | undefined> {
    const open = this.options.connections.active();
    if (open === undefined) return undefined;
    const { cloud, subscriptionId } = open.connection;
    const { state } = this.options.connections;
    const tenant = state.kind === 'azure' ? state.subscription.tenantId : undefined;
    const empty = emptySetup({ cloud, subscription: subscriptionId, tenant });
    const setup: Setup = account === undefined ? empty : { ...empty, roles: { openAi: { id: account } } };
    const key = this.options.drafts.newKey(this.options.connections.place);
    await this.options.drafts.keep(key, setup);
    return this.activate(key, undefined, setup);
  }

  /** Takes note that a setup was saved; from now on it goes by its file. */
  async saved(active: ActiveSetup, file: string, setup: Setup): Promise<void> {
    const { drafts } = this.options;
    if (active.key === file) await drafts.keep(file, undefined);
    else await drafts.savedTo(active.key, file);
    this.active.delete(active.key);
    this.active.set(file, active);
    this.linkedTo.set(file, this.linkedTo.get(active.key));
    active.savedAs(file, setup);
  }

  dispose(): void {
    for (const active of this.active.values()) active.dispose();
  }

  private setupOf(key: string): Setup | undefined {
    const { drafts, files } = this.options;
    return this.active.get(key)?.state.candidate ?? drafts.get(key) ?? files.get(key)?.setup;
  }

  private activate(key: string, saved: Setup | undefined, draft: Setup): ActiveSetup {
    const active = new ActiveSetup(key, saved, draft, this.linkFor(key, draft));
    this.active.set(key, active);
    active.onChange.add(() => {
      this.keepDraft(active);
      this.onChange.emit();
    });
    // What a run has changed concerns every setup that looks at the same resources.
    active.onRunEnded.add(() => this.others(active).forEach((other) => void other.refresh()));
    void active.start();
    this.onChange.emit();
    return active;
  }

  private others(active: ActiveSetup): readonly ActiveSetup[] {
    return this.all().filter((other) => other !== active);
  }

  /** Keeps choices that are not in a file, as long as they make a setup, so that a reload does not lose them. */
  private keepDraft(active: ActiveSetup): void {
    const { candidate, unsaved, faults } = active.state;
    const { drafts } = this.options;
    const kept = drafts.get(active.key);
    if (!unsaved && kept !== undefined) void drafts.keep(active.key, undefined);
    if (unsaved && faults.length === 0 && !sameJson(kept, candidate)) void drafts.keep(active.key, candidate);
  }

  private relinkAll(): void {
    const signedIn = !this.options.connections.signInRequired;
    for (const [key, active] of this.active) {
      const { setup } = active.state.session;
      if (this.options.connections.forSetup(setup) !== this.linkedTo.get(key)) {
        active.relink(this.linkFor(key, setup));
        void active.start();
      } else if (signedIn && !this.wasSignedIn) void active.refresh();
    }
    this.wasSignedIn = signedIn;
    this.onChange.emit();
  }

  private linkFor(key: string, setup: Setup): SetupLink {
    const { connections, drafts, journal, claims, looks, clock, t } = this.options;
    const open = connections.forSetup(setup);
    this.linkedTo.set(key, open);
    const reason = this.whyNotConnected(setup);
    const connection = open?.connection ?? noConnection(setup.cloud, setup.subscription, t(reason.message));
    return {
      ports: {
        azure: connection.azure,
        probes: connection.probes,
        journal,
        claims,
        clock: clockAtSpeed(clock, connection.speed),
        newRunId,
        connection: connection.kind,
        endpoint: open?.endpoint,
      },
      directory: connection.directory,
      inventory: open?.inventory ?? new Inventory(connection.azure, () => clock.now()),
      looks: looks.of(() => drafts.resolve(key)),
      problem: () => {
        if (open === undefined) return reason;
        return connections.signInRequired ? this.signInProblem() : undefined;
      },
    };
  }

  private whyNotConnected({ subscription }: Setup): WizardProblem {
    if (this.options.connections.state.kind !== 'sandbox') return this.signInProblem();
    return {
      message: text('This setup is for the subscription {0}, and this window works on the sandbox.', subscription),
      next: text('A sandbox cannot reach a real cloud. Sign in to Azure to work on this setup.'),
      action: { label: text('Sign in to Azure'), command: 'signIn' },
    };
  }

  private signInProblem(): WizardProblem {
    return {
      message: text('You are not signed in to Azure, so nothing could be read.'),
      next: text('Sign in, or try Ringfence on the sandbox.'),
      action: { label: text('Sign in to Azure'), command: 'signIn' },
    };
  }
}
