import { RunElsewhere } from '../../core/apply/claims';
import type { RunRecord } from '../../core/apply/journal';
import { canResume, runsBehindSteps } from '../../core/apply/standing';
import type { UndoPlan } from '../../core/apply/undo';
import { PreflightRefusal, type PreflightReport } from '../../core/preflight/report';
import type { RunState } from '../../core/apply/runState';
import type { Holder } from '../../core/ports';
import type { ApplyOptions, SetupSession } from '../../core/session/setupSession';

/** What the user has agreed to after a run was refused. */
export type Insistence = Pick<ApplyOptions, 'takeOver' | 'despitePreflight'>;

/** What keeps a run from beginning until the user has decided. */
export type RunObstacle =
  | { readonly kind: 'elsewhere'; readonly holder: Holder }
  | {
      readonly kind: 'preflight';
      readonly report: PreflightReport;
      /** The plan in whose review this stands; undefined for a run without one. */
      readonly planId: string | undefined;
    };

type Work = (leave: Insistence & { readonly signal: AbortSignal }) => Promise<unknown>;

/** What a run means for the setup that it is made on. */
export interface RunSurroundings {
  readonly session: () => SetupSession;
  readonly changed: () => void;
  /** Before anything is asked of Azure. */
  readonly before: () => void;
  /** After it has ended, however it did, unless it was refused; with the signal that it ran with. */
  readonly after: (spent: AbortSignal) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** The runs of one setup: one at a time, each can be stopped, and one that was refused can be insisted on. */
export class SetupRuns {
  private running: AbortController | undefined;
  /** The run that was shown when this one was asked for. */
  private former: RunState | undefined;
  private refused: { readonly obstacle: RunObstacle; readonly work: Work; readonly given: Insistence } | undefined;
  private records: readonly RunRecord[] = [];
  private behindSteps: ReadonlyMap<string, string> = new Map();

  constructor(private readonly surroundings: RunSurroundings) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** A run is about to begin: what could be in its way is being looked up. */
  get isStarting(): boolean {
    return this.running !== undefined && this.session.state.run === this.former;
  }

  /** Past runs, the newest first. */
  get past(): readonly RunRecord[] {
    return this.records;
  }

  /** The run that made a step, for each that can be taken back by itself. */
  get madeBy(): ReadonlyMap<string, string> {
    return this.behindSteps;
  }

  /** Why the last run did not begin; undefined where it did. */
  get obstacle(): RunObstacle | undefined {
    return this.refused?.obstacle;
  }

  /** Reads the journals again. */
  async read(): Promise<void> {
    this.know(await this.session.runs());
  }

  /** Forgets the journals: they are of another world. */
  forget(): void {
    this.know([]);
  }

  /** Stops after what is being asked of Azure right now; the run's own state says what may still be going on. */
  cancel(): void {
    this.running?.abort();
  }

  /** Continues a run, where something is left of it. */
  async resume(runId: string): Promise<void> {
    const record = this.find(runId);
    if (record !== undefined && canResume(record))
      await this.run((leave) => this.session.resume(record, { acceptLosingAccess: false, ...leave }));
  }

  /** What taking a run back would do, or only one step of it. */
  planUndo(runId: string, step?: string): Promise<UndoPlan | undefined> {
    return this.session.planUndo(runId, step === undefined ? undefined : [step]);
  }

  undo(runId: string, plan: UndoPlan): Promise<void> {
    return this.run((leave) => this.session.undo(runId, plan, leave));
  }

  /** Takes note that what is left of a run will not be continued. What it has done stays. */
  async abandon(runId: string): Promise<void> {
    if (this.running) return;
    // Another window may have taken it up since it was looked at.
    await this.read();
    const record = this.find(runId);
    if (record !== undefined && canResume(record)) {
      await this.session.abandon(runId, new AbortController().signal);
      await this.read();
    }
    this.surroundings.changed();
  }

  /**
   * Runs to the end, or not at all while another run is going on.
   * @param planId The plan that somebody has reviewed for it.
   */
  async run(work: Work, given: Insistence = {}, planId?: string): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.former = this.session.state.run;
    this.refused = undefined;
    this.surroundings.before();
    this.surroundings.changed();
    try {
      await work({ ...given, signal: running.signal });
    } catch (error) {
      const obstacle = obstacleIn(error, planId);
      if (obstacle) this.refused = { obstacle, work, given };
      else if (!running.signal.aborted) this.surroundings.failed(error);
    } finally {
      this.running = undefined;
      if (this.refused) this.surroundings.changed();
      else await this.surroundings.after(running.signal);
    }
  }

  /** Makes the run that was refused after all: as before, or with what the user has now agreed to. */
  async insist(more: Insistence): Promise<void> {
    const { refused } = this;
    if (refused) await this.run(refused.work, { ...refused.given, ...more });
  }

  /** Leaves it at the refusal. */
  dismiss(): void {
    this.refused = undefined;
    this.surroundings.changed();
  }

  private get session(): SetupSession {
    return this.surroundings.session();
  }

  private find(runId: string): RunRecord | undefined {
    return this.records.find(({ header }) => header.runId === runId);
  }

  private know(records: readonly RunRecord[]): void {
    this.records = records;
    this.behindSteps = runsBehindSteps(records);
  }
}

function obstacleIn(error: unknown, planId: string | undefined): RunObstacle | undefined {
  if (error instanceof RunElsewhere) return { kind: 'elsewhere', holder: error.holder };
  if (PreflightRefusal.is(error)) return { kind: 'preflight', report: error.report, planId };
  return undefined;
}
