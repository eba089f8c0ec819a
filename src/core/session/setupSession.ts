import { claimFor } from '../apply/claims';
import type { RunHeader, RunRecord } from '../apply/journal';
import { resumeRun, startRun, type RunOptions } from '../apply/run';
import type { RunState } from '../apply/runState';
import { openChanges } from '../apply/standing';
import type { UndoPlan } from '../apply/undo';
import { dayOf } from '../days';
import { evaluate } from '../evaluate/evaluate';
import type { Finding } from '../evaluate/finding';
import type { Change, Plan } from '../plan/change';
import { makePlan } from '../plan/plan';
import type { WriteOptions } from '../ports';
import { preflight } from '../preflight/preflight';
import { requireClear, type PreflightReport } from '../preflight/report';
import type { ProbeResult } from '../probes/probe';
import { privateHosts } from '../probes/targets';
import { Snapshot } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import type { PrivateHost } from '../steps/privateLink';
import { CertificateImport } from './certificateImport';
import { collect } from './collect';
import { KeyRotation } from './keyRotation';
import { RunHistory } from './runHistory';
import { newHeader, toolsFor } from './runSetting';
import type { SessionPorts } from './sessionPorts';
import { verifySetup } from './verify';

/** Everything that is known of a setup at one moment. Views derive from this and compute nothing of their own. */
export interface SessionState {
  readonly setup: Setup;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  /** Milliseconds since the epoch; undefined before the first reading. */
  readonly checkedAt: number | undefined;
  /** What is being read right now. */
  readonly reading: { readonly read: number; readonly total: number } | undefined;
  /** What was in the way of the plan when it was last looked at; undefined as soon as the plan is another one. */
  readonly preflight: PreflightReport | undefined;
  readonly run: RunState | undefined;
  readonly verification: readonly ProbeResult[] | undefined;
}

export interface ApplyOptions {
  readonly signal: AbortSignal;
  /** The user has said that losing access from this machine is all right. */
  readonly acceptLosingAccess: boolean;
  /** The user has seen what the preflight says, and goes on though something blocks. */
  readonly despitePreflight?: boolean;
  /** Somebody else seems to be applying a setup to the same resources, and the user goes on all the same. */
  readonly takeOver?: boolean;
}

/**
 * One setup at work: reads, judges, plans, applies, takes back and verifies, in one direction. The tree, the wizard
 * and the command line all drive the same session. Only one run is active at a time.
 */
export class SetupSession {
  private current: SessionState;
  private isRunning = false;
  private readonly history: RunHistory;
  private readonly listeners = new Set<(state: SessionState) => void>();

  constructor(
    setup: Setup,
    private readonly ports: SessionPorts,
  ) {
    this.history = new RunHistory(ports, () => this.current.setup.subscription);
    const snapshot = Snapshot.empty;
    this.current = {
      setup,
      snapshot,
      findings: evaluate(setup, snapshot).findings,
      plan: { changes: [], blocked: [] },
      checkedAt: undefined,
      reading: undefined,
      preflight: undefined,
      run: undefined,
      verification: undefined,
    };
  }

  get state(): SessionState {
    return this.current;
  }

  /** Calls the listener with every new state; the result stops that. */
  onChange(listener: (state: SessionState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Changes what the user means. What was read stays valid; what the new setup needs besides is read by `refresh`. */
  changeSetup(setup: Setup): void {
    this.judge(setup, this.current.snapshot);
  }

  /** Reads everything the steps ask for and judges it. @throws what the signal was aborted with. */
  refresh(signal: AbortSignal): Promise<void> {
    return this.readAgain(signal, false);
  }

  private async readAgain(signal: AbortSignal, rolesAreNew: boolean): Promise<void> {
    const { setup } = this.current;
    this.set({ reading: { read: 0, total: 0 } });
    try {
      const { azure, clock } = this.ports;
      const snapshot = await collect(setup, azure, {
        signal,
        clock,
        rolesAreNew,
        onProgress: (read, total) => this.set({ reading: { read, total } }),
      });
      this.set({ checkedAt: this.ports.clock.now() });
      this.judge(this.current.setup, snapshot);
    } finally {
      this.set({ reading: undefined });
    }
  }

  /** The plan for some steps, with what they need first. */
  planFor(steps: readonly string[]): Plan {
    const { setup, snapshot, findings } = this.current;
    return makePlan(setup, snapshot, steps, findings);
  }

  /** Looks at everything that can be known of changes before the first of them is made. Writes nothing. */
  preflight(changes: readonly Change[], signal: AbortSignal): Promise<PreflightReport> {
    return this.preflightFor(this.current.setup, changes, signal);
  }

  private async preflightFor(setup: Setup, changes: readonly Change[], signal: AbortSignal): Promise<PreflightReport> {
    const { azure, probes } = this.ports;
    const lately = await this.history.rolesGivenLately();
    const report = await preflight(setup, changes, this.current.snapshot, { azure, probes, signal }, lately);
    this.set({ preflight: report });
    return report;
  }

  /** Applies a plan, and reads everything again afterwards. @throws PreflightRefusal; RunElsewhere. */
  apply(changes: readonly Change[], options: ApplyOptions): Promise<RunState> {
    return this.start({ kind: 'apply', changes }, options);
  }

  /** What taking a run back would do, or only some steps of it. Undefined where there is no such run. */
  planUndo(runId: string, steps?: readonly string[]): Promise<UndoPlan | undefined> {
    return this.history.planUndo(runId, steps);
  }

  /** Takes back what is planned. @throws PreflightRefusal; RunElsewhere. */
  undo(runId: string, plan: UndoPlan, options: Omit<ApplyOptions, 'acceptLosingAccess'>): Promise<RunState> {
    return this.start({ kind: 'undo', of: runId, changes: plan.changes }, { ...options, acceptLosingAccess: true });
  }

  /** Continues a run that has not come to its end. @throws PreflightRefusal; RunElsewhere. */
  resume(record: RunRecord, options: ApplyOptions): Promise<RunState> {
    const left = { ...record.header, changes: openChanges(record) };
    return this.alone(left, options, (runOptions) =>
      resumeRun(record, toolsFor(record.header, options.acceptLosingAccess, this.ports, this.history), runOptions),
    );
  }

  /** Takes note that what is left of a run will not be continued. What it has done stays, and can be taken back. */
  abandon(runId: string, signal: AbortSignal): Promise<void> {
    return this.history.abandon(runId, signal);
  }

  /** Past runs of this setup's subscription, the newest first. */
  runs(): Promise<readonly RunRecord[]> {
    return this.history.all();
  }

  /** Measures the result from every position that can be measured. */
  async verify(signal: AbortSignal): Promise<readonly ProbeResult[]> {
    const { setup, snapshot } = this.current;
    const { probes, clock } = this.ports;
    const rolesAreNew = (await this.history.rolesGivenLately()).length > 0;
    const verification = await verifySetup(setup, snapshot, { probes, clock, signal, rolesAreNew });
    this.set({ verification });
    return verification;
  }

  /**
   * Has Azure make the package for VPN clients. @returns where it can be fetched for a short time: a secret.
   * @throws AzureError; Error where the setup has no gateway.
   */
  vpnClientPackage(options: WriteOptions): Promise<string> {
    const gateway = this.current.setup.roles.vpnGateway;
    if (gateway === undefined) throw new Error('The setup has no VPN gateway.');
    return this.ports.azure.vpnClientPackage(gateway.id, options);
  }

  /** The guided replacement of keys that services of the setup still accept. */
  keyRotation(): KeyRotation {
    return new KeyRotation(this.current.setup, this.ports.azure, this.ports.clock);
  }

  /** The way of a certificate that the user has into the key vault. */
  certificateImport(): CertificateImport {
    return new CertificateImport(this.current.setup, this.ports.azure);
  }

  /** Names and addresses for the hosts file. */
  privateHosts(): readonly PrivateHost[] {
    return privateHosts(this.current.setup, this.current.snapshot);
  }

  private start(run: Pick<RunHeader, 'kind' | 'of' | 'changes'>, options: ApplyOptions): Promise<RunState> {
    const header = newHeader(this.current.setup, run, this.ports);
    const tools = toolsFor(header, options.acceptLosingAccess, this.ports, this.history);
    return this.alone(header, options, (runOptions) => startRun(header, tools, runOptions));
  }

  /**
   * Lets no second run begin beside this one, and none that something blocks. Reads again afterwards, so that the findings
   * are those of the new state.
   */
  private async alone(
    { setup, runId, changes }: Pick<RunHeader, 'setup' | 'runId' | 'changes'>,
    { signal, despitePreflight, takeOver = false }: Omit<ApplyOptions, 'acceptLosingAccess'>,
    run: (options: RunOptions) => Promise<RunState>,
  ): Promise<RunState> {
    if (this.isRunning) throw new Error('Another run of this setup is under way.');
    this.isRunning = true;
    try {
      if (!despitePreflight) requireClear(await this.preflightFor(setup, changes, signal));
      const claim = await claimFor({ setup, runId }, takeOver, { ...this.ports, signal });
      const state = await run({ signal, claim, onState: (current) => this.set({ run: current }) });
      if (!signal.aborted) await this.readAgain(signal, (await this.history.rolesGivenLately()).length > 0);
      return state;
    } finally {
      this.isRunning = false;
    }
  }

  private judge(setup: Setup, snapshot: Snapshot): void {
    const { findings } = evaluate(setup, snapshot, undefined, dayOf(this.ports.clock.now()));
    const plan = makePlan(setup, snapshot, undefined, findings);
    const isSame = JSON.stringify(plan.changes) === JSON.stringify(this.current.plan.changes);
    this.set({ setup, snapshot, findings, plan, ...(isSame ? {} : { preflight: undefined }) });
  }

  private set(fields: Partial<SessionState>): void {
    this.current = { ...this.current, ...fields };
    for (const listener of this.listeners) listener(this.current);
  }
}
