import type { RunRecord } from '../../core/apply/journal';
import type { UndoPlan } from '../../core/apply/undo';
import type { Change } from '../../core/plan/change';
import type { DirectoryPort, WriteOptions } from '../../core/ports';
import { checkPermissions, permissionKey, type PermissionVerdict } from '../../core/plan/permissions';
import { sameJson } from '../sameJson';
import type { Snapshot } from '../../core/resources/snapshot';
import type { CertificateImport } from '../../core/session/certificateImport';
import type { KeyRotation } from '../../core/session/keyRotation';
import { SetupSession, type SessionPorts, type SessionState } from '../../core/session/setupSession';
import { checkSetup } from '../../core/setup/checkSetup';
import type { SetupFault } from '../../core/setup/setupFault';
import type { Principal, RoleId, Setup } from '../../core/setup/setup';
import { text } from '../../core/text';
import type { PrivateHost } from '../../core/steps/privateLink';
import type { Inventory } from '../connection/inventory';
import { Listeners } from '../listeners';
import { findIssued, issuePlans, NO_PLANS, type IssuedPlans } from '../wizard/plans';
import type { WizardProblem } from '../wizard/presentWizard';
import { addPerson } from '../wizard/form/optionEdits';
import { toggleScenario } from '../wizard/form/setupEdits';
import { PeopleSearch, type PeopleSearchState } from './peopleSearch';
import { allRoles, rolesToFill, withProposals } from './proposeRoles';
import { runLogEntries, type LogEntry } from './runLog';

/** What a setup works through: the ports of its connection, and what the subscription has. */
export interface SetupLink {
  readonly ports: SessionPorts;
  readonly directory: DirectoryPort;
  readonly inventory: Inventory;
  /** Why there is no real connection; undefined where there is one. */
  readonly problem: () => WizardProblem | undefined;
}

/** A setup at one moment, with everything that its views show. */
export interface ActiveSetupState {
  readonly session: SessionState;
  /** What the user has typed so far, valid or not. */
  readonly candidate: Setup;
  readonly faults: readonly SetupFault[];
  readonly unsaved: boolean;
  readonly inventory: Snapshot;
  /** Who is signed in; undefined where that is not known. */
  readonly signedIn: Principal | undefined;
  readonly search: PeopleSearchState;
  readonly plans: IssuedPlans;
  readonly permissions: ReadonlyMap<string, PermissionVerdict>;
  readonly pastRuns: readonly RunRecord[];
  readonly log: readonly LogEntry[];
  readonly connection: 'azure' | 'sandbox';
  readonly problem: WizardProblem | undefined;
  /** A verification is going on. */
  readonly verifying: boolean;
}

/** What an apply came to: it ran, or it was not allowed to begin and why. */
export type ApplyRefusal = 'outdated' | 'unconfirmed' | 'busy';

const LOG_LINES = 200;

/**
 * A setup in use: what the user is typing, the session that reads and writes for it, and the plans that may be
 * applied. The tree, the wizard, the status bar and the commands all work on the same one.
 */
export class ActiveSetup {
  readonly onChange = new Listeners();
  readonly onRunEnded = new Listeners();
  private session: SetupSession;
  private candidate: Setup;
  private plans: IssuedPlans = NO_PLANS;
  private plannedFor: { snapshot: Snapshot; setup: Setup; guardRefused: boolean } | undefined;
  private permissions = new Map<string, PermissionVerdict>();
  private pastRuns: readonly RunRecord[] = [];
  private log: readonly LogEntry[] = [];
  private signedIn: Principal | undefined;
  private people: PeopleSearch;
  private running: AbortController | undefined;
  private verifying: Promise<unknown> | undefined;
  private reading: AbortController | undefined;
  private stopListening: (() => void)[] = [];

  /**
   * @param name The file's URI, or the key of a draft.
   * @param saved What the file holds; undefined where there is no file yet.
   * @param draft What was typed and not saved before a reload.
   */
  constructor(
    private name: string,
    private saved: Setup | undefined,
    draft: Setup,
    private link: SetupLink,
  ) {
    this.candidate = draft;
    this.session = new SetupSession(draft, link.ports);
    this.people = new PeopleSearch(link.directory);
    this.attach();
  }

  get state(): ActiveSetupState {
    const checked = checkSetup(this.candidate);
    return {
      session: this.session.state,
      candidate: this.candidate,
      faults: checked.ok ? [] : checked.faults,
      unsaved: this.saved === undefined || !sameJson(this.saved, this.candidate),
      inventory: this.link.inventory.state.snapshot,
      signedIn: this.signedIn,
      search: this.people.state,
      plans: this.plans,
      permissions: this.permissions,
      pastRuns: this.pastRuns,
      log: this.log,
      connection: this.link.ports.connection,
      problem: this.link.problem(),
      verifying: this.verifying !== undefined,
    };
  }

  get key(): string {
    return this.name;
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  get isConnected(): boolean {
    return this.link.problem() === undefined;
  }

  /** Reads everything for the first time, and fills in what there is only one candidate for. */
  async start(): Promise<void> {
    await Promise.all([this.link.inventory.ensure(new AbortController().signal), this.recognize()]);
    this.propose();
    await this.refresh();
  }

  /** Takes note that the candidate was saved, and under which name it goes from now on. */
  savedAs(key: string, setup: Setup): void {
    this.name = key;
    this.saved = setup;
    this.changed();
  }

  /** Works through another connection from now on. A run must not be going on. */
  relink(link: SetupLink): void {
    this.detach();
    this.reading?.abort();
    this.link = link;
    this.session = new SetupSession(this.session.state.setup, link.ports);
    this.people = new PeopleSearch(link.directory);
    this.plannedFor = undefined;
    this.pastRuns = [];
    this.attach();
    this.changed();
  }

  /** What the file holds now. What the user has typed and not saved stays. */
  fileChanged(saved: Setup): void {
    const untouched = this.saved !== undefined && sameJson(this.saved, this.candidate);
    this.saved = saved;
    if (untouched) this.edit(() => saved);
    else this.changed();
  }

  /** Changes the candidate; once it is valid it becomes the setup, and what it newly needs is read. */
  edit(change: (candidate: Setup, inventory: Snapshot) => Setup): void {
    const { snapshot } = this.link.inventory.state;
    this.candidate = change(this.candidate, snapshot);
    const checked = checkSetup(this.candidate);
    if (checked.ok && !sameJson(checked.setup, this.session.state.setup)) {
      this.session.changeSetup(checked.setup);
      void this.refresh();
    }
    this.changed();
  }

  /** Adds or takes away a scenario; with a new one, everything that it brings is proposed. */
  toggleScenario(scenario: string, chosen: boolean): void {
    const before = allRoles(this.candidate.scenarios);
    this.edit((candidate) => toggleScenario(candidate, scenario, chosen));
    const brought = allRoles(this.candidate.scenarios).filter((role) => !before.includes(role));
    this.propose([...rolesToFill(this.candidate), ...brought]);
    const { signedIn } = this;
    const hasNobody = this.candidate.options.developers.length === 0;
    if (brought.includes('search') && hasNobody && signedIn !== undefined) {
      this.edit((candidate) => addPerson(candidate, 'developers', signedIn));
    }
  }

  /** Fills roles that nobody has decided, as far as what the subscription has leaves no choice. */
  propose(wanted: readonly RoleId[] = rolesToFill(this.candidate)): void {
    const proposed = withProposals(this.candidate, this.link.inventory.state.snapshot, wanted);
    if (!sameJson(proposed, this.candidate)) this.edit(() => proposed);
  }

  /** Looks people up for an option of the form. */
  findPeople(option: string, search: string): Promise<void> {
    return this.people.find(option, search);
  }

  /** Reads everything again: the listings, the resources, the permissions and the past runs. */
  async refresh(): Promise<void> {
    if (this.running) return;
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    try {
      await this.link.inventory.ensure(reading.signal);
      await this.session.refresh(reading.signal);
      await this.afterReading(reading.signal);
    } catch (error) {
      if (!reading.signal.aborted) this.note('error', error);
    } finally {
      if (this.reading === reading) this.reading = undefined;
      this.changed();
    }
  }

  /**
   * Applies an issued plan, if it still is one and everything that it asks for was agreed to.
   * @returns why it did not begin; undefined when it has ended.
   */
  async apply(planId: string, confirmed: readonly string[]): Promise<ApplyRefusal | undefined> {
    if (this.running) return 'busy';
    const issued = findIssued(this.plans, planId);
    if (issued === undefined) return 'outdated';
    if (!issued.confirmations.every(({ id }) => confirmed.includes(id))) return 'unconfirmed';
    const acceptLosingAccess = confirmed.includes('losingAccess');
    await this.run((signal) => this.session.apply(issued.plan.changes, { signal, acceptLosingAccess }));
    return undefined;
  }

  /** Stops after what is being asked of Azure right now; the run's own state says what may still be going on. */
  cancel(): void {
    this.running?.abort();
  }

  async resume(runId: string): Promise<void> {
    const record = this.pastRuns.find(({ header }) => header.runId === runId);
    if (record === undefined || this.running) return;
    await this.run((signal) => this.session.resume(record, { signal, acceptLosingAccess: false }));
  }

  planUndo(runId: string): Promise<UndoPlan | undefined> {
    return this.session.planUndo(runId);
  }

  async undo(runId: string, plan: UndoPlan): Promise<void> {
    if (!this.running) await this.run((signal) => this.session.undo(runId, plan, { signal }));
  }

  /** Measures, unless that is going on already: then it waits for that. @throws what the signal was aborted with. */
  async verify(signal: AbortSignal): Promise<void> {
    this.verifying ??= this.session.verify(signal).finally(() => {
      this.verifying = undefined;
      this.changed();
    });
    this.changed();
    await this.verifying;
  }

  /** Where the package for VPN clients can be fetched for a short time: a secret. @throws AzureError. */
  vpnClientPackage(options: WriteOptions): Promise<string> {
    return this.session.vpnClientPackage(options);
  }

  /** The guided replacement of keys that are still accepted. */
  keyRotation(): KeyRotation {
    return this.session.keyRotation();
  }

  /** The way of a certificate that the user has into the key vault. */
  certificateImport(): CertificateImport {
    return this.session.certificateImport();
  }

  privateHosts(): readonly PrivateHost[] {
    return this.session.privateHosts();
  }

  dispose(): void {
    this.detach();
    this.reading?.abort();
    this.running?.abort();
  }

  private async run(work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    this.reading?.abort();
    const running = new AbortController();
    this.running = running;
    this.changed();
    try {
      await work(running.signal);
    } catch (error) {
      if (!running.signal.aborted) this.note('error', error);
    } finally {
      this.running = undefined;
      await this.afterRun(running.signal);
    }
  }

  /** A cancelled run leaves the reading to us, because its own signal is spent. */
  private async afterRun(spent: AbortSignal): Promise<void> {
    if (spent.aborted) await this.refresh();
    else await this.afterReading(new AbortController().signal).catch((error: unknown) => this.note('error', error));
    void this.link.inventory.refresh(new AbortController().signal);
    this.changed();
    this.onRunEnded.emit();
  }

  private async afterReading(signal: AbortSignal): Promise<void> {
    this.pastRuns = await this.session.runs();
    this.changed();
    await this.lookUpPermissions(this.session.state.plan.changes, signal);
  }

  private async lookUpPermissions(changes: readonly Change[], signal: AbortSignal): Promise<void> {
    const checks = await checkPermissions({ changes, blocked: [] }, this.link.ports.azure, signal);
    this.permissions = new Map(checks.map((check) => [permissionKey(check), check.verdict]));
    this.changed();
  }

  private attach(): void {
    let before = this.session.state.run;
    const ofSession = this.session.onChange((state) => {
      if (state.run && state.run !== before) this.append(runLogEntries(before, state.run, this.link.ports.clock.now()));
      before = state.run;
      this.changed();
    });
    const changed = (): void => this.changed();
    this.stopListening = [ofSession, this.link.inventory.onChange.add(changed), this.people.onChange.add(changed)];
  }

  private detach(): void {
    for (const stop of this.stopListening) stop();
    this.stopListening = [];
    this.people.dispose();
  }

  /** Who is signed in is only offered as a developer, so not to know is no failure. */
  private async recognize(): Promise<void> {
    this.signedIn = await this.link.directory.signedIn(new AbortController().signal).catch(() => undefined);
  }

  private changed(): void {
    this.issue();
    this.onChange.emit();
  }

  /** Issues the plans anew, if what they follow from has changed. */
  private issue(): void {
    const { state } = this.session;
    const guardRefused = state.run?.changes.some(({ error }) => error?.code === 'GuardNotMet') === true;
    const { snapshot, setup } = state;
    const known = this.plannedFor;
    if (known?.snapshot === snapshot && known.setup === setup && known.guardRefused === guardRefused) return;
    this.plans = issuePlans(state, guardRefused);
    this.plannedFor = { snapshot, setup, guardRefused };
  }

  private note(level: LogEntry['level'], error: unknown): void {
    const message = text('{0}', error instanceof Error ? error.message : String(error));
    this.append([{ at: this.link.ports.clock.now(), level, message }]);
  }

  private append(entries: readonly LogEntry[]): void {
    if (entries.length > 0) this.log = [...this.log, ...entries].slice(-LOG_LINES);
  }
}
