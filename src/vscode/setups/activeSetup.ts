import type { RunRecord } from '../../core/apply/journal';
import type { Change } from '../../core/plan/change';
import type { DirectoryPort } from '../../core/ports';
import { checkPermissions, permissionKey, type PermissionVerdict } from '../../core/plan/permissions';
import { sameJson } from '../sameJson';
import type { Snapshot } from '../../core/resources/snapshot';
import type { SessionPorts } from '../../core/session/sessionPorts';
import { SetupSession, type SessionState } from '../../core/session/setupSession';
import { checkSetup } from '../../core/setup/checkSetup';
import type { SetupFault } from '../../core/setup/setupFault';
import type { Principal, RoleId, Setup } from '../../core/setup/setup';
import type { Inventory } from '../connection/inventory';
import type { Watched } from '../../core/evaluate/deviations';
import { Listeners } from '../listeners';
import { findIssued, issuePlans, NO_PLANS, type IssuedPlans } from '../wizard/plans';
import type { WizardProblem } from '../wizard/presentWizard';
import { addPerson } from '../wizard/form/optionEdits';
import { toggleScenario } from '../wizard/form/setupEdits';
import { LookBack, type LookMemory } from './lookBack';
import { PeopleSearch, type PeopleSearchState } from './peopleSearch';
import { confirmationsOf, Preflights, type PreflightStates } from './preflights';
import { allRoles, rolesToFill, withProposals } from './proposeRoles';
import { RunLog, type LogEntry } from './runLog';
import { SetupRuns, type RunObstacle } from './setupRuns';

/** What a setup works through: the ports of its connection, and what the subscription has. */
export interface SetupLink {
  readonly ports: SessionPorts;
  readonly directory: DirectoryPort;
  readonly inventory: Inventory;
  readonly looks: LookMemory;
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
  readonly preflights: PreflightStates;
  readonly pastRuns: readonly RunRecord[];
  /** The run that made a step, for each that can be taken back by itself. */
  readonly madeBy: ReadonlyMap<string, string>;
  /** Why the last run did not begin; undefined where it did. */
  readonly obstacle: RunObstacle | undefined;
  readonly watched: Watched;
  readonly log: readonly LogEntry[];
  readonly connection: 'azure' | 'sandbox';
  readonly problem: WizardProblem | undefined;
  /** A verification is going on. */
  readonly verifying: boolean;
  /** A run is about to begin: what could be in its way is being looked up. */
  readonly starting: boolean;
}

/** What an apply came to: it ran, or it was not allowed to begin and why. */
export type ApplyRefusal = 'outdated' | 'unconfirmed' | 'busy';

/**
 * A setup in use: what the user is typing, the session that reads and writes for it, and the plans that may be
 * applied. The tree, the wizard, the status bar and the commands all work on the same one.
 */
export class ActiveSetup {
  readonly onChange = new Listeners();
  readonly onRunEnded = new Listeners();
  readonly runs = new SetupRuns({
    session: () => this.session,
    changed: () => this.changed(),
    before: () => this.reading?.cancel.abort(),
    after: (spent) => this.afterRun(spent),
    failed: (error) => this.log.fail(error),
  });
  private session: SetupSession;
  private candidate: Setup;
  private plans: IssuedPlans = NO_PLANS;
  private plannedFor: { snapshot: Snapshot; setup: Setup; guardRefused: boolean } | undefined;
  private permissions = new Map<string, PermissionVerdict>();
  private readonly preflights = new Preflights(() => this.onChange.emit());
  private lookBack: LookBack;
  private readonly log = new RunLog(() => this.link.ports.clock.now());
  private signedIn: Principal | undefined;
  private people: PeopleSearch;
  private verifying: Promise<unknown> | undefined;
  private started: Promise<void> | undefined;
  /** One that goes on quietly was asked for by nobody, so nobody has to wait for it. */
  private reading: { readonly cancel: AbortController; readonly quietly: boolean } | undefined;
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
    this.lookBack = lookBackOn(link);
    this.attach();
  }

  get state(): ActiveSetupState {
    const checked = checkSetup(this.candidate);
    const session = this.session.state;
    return {
      session: this.reading?.quietly ? { ...session, reading: undefined } : session,
      candidate: this.candidate,
      faults: checked.ok ? [] : checked.faults,
      unsaved: this.saved === undefined || !sameJson(this.saved, this.candidate),
      inventory: this.link.inventory.state.snapshot,
      signedIn: this.signedIn,
      search: this.people.state,
      plans: this.plans,
      permissions: this.permissions,
      preflights: this.preflights.states,
      pastRuns: this.runs.past,
      madeBy: this.runs.madeBy,
      obstacle: this.runs.obstacle,
      watched: this.lookBack.watched,
      log: this.log.entries,
      connection: this.link.ports.connection,
      problem: this.link.problem(),
      verifying: this.verifying !== undefined,
      starting: this.runs.isStarting,
    };
  }

  get key(): string {
    return this.name;
  }

  get isRunning(): boolean {
    return this.runs.isRunning;
  }

  get isConnected(): boolean {
    return this.link.problem() === undefined;
  }

  /** Reads everything for the first time, and fills in what there is only one candidate for. */
  start(): Promise<void> {
    this.started = this.readFirst();
    return this.started;
  }

  /** Waits until everything was read once: for the first reading, where that is going on. */
  async onceRead(): Promise<void> {
    await this.started;
    if (this.session.state.checkedAt === undefined) await this.refresh();
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
    this.reading?.cancel.abort();
    this.link = link;
    this.session = new SetupSession(this.session.state.setup, link.ports);
    this.people = new PeopleSearch(link.directory);
    this.lookBack = lookBackOn(link);
    this.preflights.forget();
    this.plannedFor = undefined;
    this.runs.forget();
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

  /**
   * Reads everything again: the listings, the resources, the permissions and the past runs.
   * @param quietly Nobody has asked for it: nothing is shown of it but what it finds, and it gives way to any other.
   */
  async refresh(quietly = false): Promise<void> {
    if (this.isRunning || (quietly && this.reading)) return;
    this.reading?.cancel.abort();
    const reading = { cancel: new AbortController(), quietly };
    const { signal } = reading.cancel;
    this.reading = reading;
    try {
      await this.link.inventory.ensure(signal);
      await this.session.refresh(signal);
      // Not before: what is found meanwhile is found in what was read before.
      if (!quietly) this.preflights.forget();
      await this.afterReading(signal);
    } catch (error) {
      if (!signal.aborted) this.log.fail(error);
    } finally {
      if (this.reading === reading) this.reading = undefined;
      this.changed();
    }
  }

  /** Looks what is in the way of an issued plan before it is applied. */
  async lookAhead(planId: string): Promise<void> {
    const issued = findIssued(this.plans, planId);
    if (issued && !this.isRunning)
      await this.preflights.look(issued, (changes, signal) => this.session.preflight(changes, signal));
  }

  /**
   * Applies an issued plan, if it still is one and everything that it asks for was agreed to.
   * @returns why it did not begin; undefined when it has ended, or was refused for what the state says.
   */
  async apply(planId: string, confirmed: readonly string[]): Promise<ApplyRefusal | undefined> {
    if (this.isRunning) return 'busy';
    const issued = findIssued(this.plans, planId);
    if (issued === undefined) return 'outdated';
    if (!confirmationsOf(issued, this.preflights.states).every(({ id }) => confirmed.includes(id)))
      return 'unconfirmed';
    const agreed = {
      acceptLosingAccess: confirmed.includes('losingAccess'),
      despitePreflight: confirmed.includes('despitePreflight'),
    };
    await this.runs.run((leave) => this.session.apply(issued.plan.changes, { ...agreed, ...leave }), {}, planId);
    if (this.runs.obstacle?.kind === 'preflight') this.preflights.note(planId, this.runs.obstacle.report);
    return undefined;
  }

  /** Somebody has looked at a step that was no longer compliant. */
  looked(step: string): void {
    this.lookBack.seen(step);
    this.onChange.emit();
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

  /** What the session does that changes nothing of its state. */
  get tools(): Pick<SetupSession, 'vpnClientPackage' | 'keyRotation' | 'certificateImport' | 'privateHosts'> {
    return this.session;
  }

  dispose(): void {
    this.detach();
    this.reading?.cancel.abort();
    this.runs.cancel();
  }

  private async readFirst(): Promise<void> {
    await Promise.all([this.link.inventory.ensure(new AbortController().signal), this.recognize()]);
    this.propose();
    await this.refresh();
  }

  /** A cancelled run leaves the reading to us, because its own signal is spent. */
  private async afterRun(spent: AbortSignal): Promise<void> {
    this.preflights.forget();
    if (spent.aborted) await this.refresh();
    else await this.afterReading(new AbortController().signal).catch((error: unknown) => this.log.fail(error));
    void this.link.inventory.refresh(new AbortController().signal);
    this.changed();
    this.onRunEnded.emit();
  }

  private async afterReading(signal: AbortSignal): Promise<void> {
    await this.runs.read();
    this.lookBack.look(this.session.state, this.runs.past);
    this.changed();
    await this.lookUpPermissions(this.session.state.plan.changes, signal);
  }

  private async lookUpPermissions(changes: readonly Change[], signal: AbortSignal): Promise<void> {
    const checks = await checkPermissions({ changes, blocked: [] }, this.link.ports.azure, signal);
    this.permissions = new Map(checks.map((check) => [permissionKey(check), check.verdict]));
    this.changed();
  }

  private attach(): void {
    const ofSession = this.session.onChange(({ run }) => {
      this.log.follow(run);
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
    this.preflights.keepFor(this.plans);
    this.plannedFor = { snapshot, setup, guardRefused };
  }
}

function lookBackOn({ ports, looks }: SetupLink): LookBack {
  return new LookBack(ports.endpoint ?? '', looks);
}
