import type { Change } from '../plan/change';
import type { RunClaim } from './claims';
import { byUrgency, CONCURRENCY, estimateSeconds, predecessors } from '../plan/schedule';
import type { JournalStore } from '../ports';
import { text, type Text } from '../text';
import { applyChange, type ChangeTools } from './applyChange';
import { describeLeftover, type Leftover } from './leftover';
import type { ChangeResult } from './changeResult';
import { Journal, type RunHeader, type RunRecord } from './journal';
import { isFinished, isMade, type ChangeProgress, type RunOutcome, type RunState } from './runState';

/** Everything a run needs from outside. */
export interface RunTools extends Pick<ChangeTools, 'azure' | 'clock' | 'checkGuard'> {
  readonly journal: JournalStore;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** The right to write; without one, nobody else is asked. */
  readonly claim?: RunClaim;
  /** Gets the whole state each time that anything changes. */
  readonly onState?: (state: RunState) => void;
}

/** Starts a run: the journal holds the whole plan before anything is asked of Azure. */
export async function startRun(header: RunHeader, tools: RunTools, options: RunOptions): Promise<RunState> {
  const journal = new Journal(tools.journal, header.runId);
  await journal.open(header);
  try {
    await options.claim?.take();
  } catch (error) {
    await journal.finish(tools.clock.now(), 'abandoned');
    throw error;
  }
  const progress = header.changes.map((change): ChangeProgress => ({ change, status: 'pending' }));
  return new Run(header, progress, journal, tools, options).execute();
}

/**
 * Continues a run that was interrupted. What had ended stays as it was; whatever was under way, or never began, is
 * read again before anything is written, so nothing is done twice.
 */
export async function resumeRun(record: RunRecord, tools: RunTools, options: RunOptions): Promise<RunState> {
  const journal = new Journal(tools.journal, record.header.runId);
  const progress = record.changes.map(({ change, status }): ChangeProgress => {
    return { change, status: status !== 'uncertain' && isMade({ status }) ? status : 'pending' };
  });
  const begun = record.changes.flatMap(({ change, status, begunAt }): [string, number][] =>
    status === 'uncertain' && begunAt !== undefined ? [[change.id, begunAt]] : [],
  );
  await options.claim?.take();
  return new Run(record.header, progress, journal, tools, options, new Map(begun)).execute();
}

class Run {
  private readonly progress: Map<string, ChangeProgress>;
  private readonly held = new Set<string>();
  private readonly predecessors: ReadonlyMap<string, readonly string[]>;
  /** Ids of the changes, the most urgent first. */
  private readonly order: readonly string[];
  /** Ids of the changes that Azure was asked for. */
  private readonly asked = new Set<string>();
  /** Somebody has to sign in: whatever else is begun would fail like what has failed. */
  private signedOut = false;
  /** What broke the run itself, such as a journal that cannot be written. Then nothing new is begun. */
  private fault: { readonly error: unknown } | undefined;
  private outcome: RunOutcome | undefined;
  private endedAt: number | undefined;

  constructor(
    private readonly header: RunHeader,
    progress: readonly ChangeProgress[],
    private readonly journal: Journal,
    private readonly tools: RunTools,
    private readonly options: RunOptions,
    /** When changes began before the run was interrupted, by id: where they are done by now, it did them. */
    private readonly begun: ReadonlyMap<string, number> = new Map(),
  ) {
    this.progress = new Map(progress.map((item) => [item.change.id, item]));
    this.predecessors = predecessors(header.changes);
    this.order = byUrgency(header.changes).map(({ id }) => id);
  }

  async execute(): Promise<RunState> {
    this.emit();
    try {
      await this.makeAll();
      await this.endRest();
    } finally {
      await this.options.claim?.release();
    }
    this.outcome = outcomeOf(this.items(), this.options.signal.aborted);
    this.endedAt = this.tools.clock.now();
    await this.journal.finish(this.endedAt, this.outcome);
    this.emit();
    return this.state();
  }

  /** @throws what broke the run, once nothing is under way any more. */
  private async makeAll(): Promise<void> {
    const running = new Set<Promise<void>>();
    for (;;) {
      await this.kept(this.skipHopeless());
      for (const change of this.ready(CONCURRENCY - running.size)) {
        const task = this.kept(this.make(change)).finally(() => running.delete(task));
        running.add(task);
      }
      if (running.size > 0) await Promise.race(running);
      // What failed meanwhile may have taken away the last hope of others.
      else if (this.fault || this.hopeless().length === 0) break;
    }
    if (this.fault) throw this.fault.error;
  }

  /** Keeps what breaks the run until everything that is under way has come to its end. */
  private kept(task: Promise<void>): Promise<void> {
    return task.catch((error: unknown) => {
      this.fault ??= { error };
    });
  }

  private items(): readonly ChangeProgress[] {
    return [...this.progress.values()];
  }

  /** Changes that can start now, the most urgent first: what they need is done, and nobody else writes there. */
  private ready(room: number): readonly Change[] {
    if (this.options.signal.aborted || this.fault || this.signedOut) return [];
    const chosen: Change[] = [];
    for (const id of this.order) {
      const { change, status } = this.progress.get(id) ?? {};
      if (chosen.length >= room) break;
      if (change === undefined || status !== 'pending' || !this.mayBegin(change)) continue;
      change.locks.forEach((lock) => this.held.add(lock));
      chosen.push(change);
    }
    return chosen;
  }

  private mayBegin({ id, dependsOn, locks }: Change): boolean {
    const isOpen = (other: string): boolean => !isFinished(this.progress.get(other)?.status ?? 'succeeded');
    return (
      locks.every((lock) => !this.held.has(lock)) &&
      dependsOn.every((other) => this.isDone(other)) &&
      !this.predecessors.get(id)?.some(isOpen)
    );
  }

  private isDone(id: string): boolean {
    const item = this.progress.get(id);
    return item === undefined || isMade(item);
  }

  private async make(change: Change): Promise<void> {
    this.update(change, { status: 'running', startedAt: this.tools.clock.now() });
    const result = await this.attempt(change);
    change.locks.forEach((lock) => this.held.delete(lock));
    await this.end(change, result);
  }

  private async attempt(change: Change): Promise<ChangeResult & { note?: Text }> {
    try {
      const result = await applyChange(
        change,
        {
          ...this.tools,
          begin: async ({ id }) => {
            await this.journal.begin(id, this.tools.clock.now());
            this.asked.add(id);
          },
          note: (note) => this.update(change, { note }),
          begunAt: this.begun.get(change.id),
        },
        this.options.signal,
      );
      return result.status === 'unchanged' && this.begun.has(change.id) ? { status: 'succeeded' } : result;
    } catch {
      return { status: 'cancelled' };
    }
  }

  private async end(change: Change, { uncertain, ...result }: ChangeResult & { note?: Text }): Promise<void> {
    const endedAt = this.tools.clock.now();
    // What may still take effect gets no `end`: then it is read again before anything follows, and undone with the rest.
    const known = result.status !== 'cancelled' && !uncertain && !this.isOpenFromBefore(change, result);
    if (known) await this.journal.end(change.id, endedAt, result.status, result.error);
    this.signedOut ||= result.error?.action === 'signIn';
    this.update(change, { note: undefined, ...result, endedAt });
  }

  /** It had begun before the run was interrupted, and what came of that was not found out this time either. */
  private isOpenFromBefore({ id }: Change, result: ChangeResult): boolean {
    return this.begun.has(id) && !this.asked.has(id) && !isMade(result);
  }

  /** What depends on a change that did not succeed is not tried. */
  private async skipHopeless(): Promise<void> {
    for (let rest = this.hopeless(); rest.length > 0; rest = this.hopeless()) {
      for (const { change, needed } of rest) {
        await this.end(change, { status: 'skipped', note: text('It needs “{0}”, which did not succeed.', needed) });
      }
    }
  }

  /** Changes that have not begun and cannot any more, with what each of them would have needed. */
  private hopeless(): readonly { readonly change: Change; readonly needed: Text }[] {
    return this.items().flatMap(({ change, status }) => {
      const missing = status === 'pending' ? change.dependsOn.find((id) => this.hasFailed(id)) : undefined;
      const needed = missing === undefined ? undefined : this.progress.get(missing)?.change.title;
      return needed === undefined ? [] : [{ change, needed }];
    });
  }

  private hasFailed(id: string): boolean {
    const status = this.progress.get(id)?.status;
    return status !== undefined && status !== 'cancelled' && isFinished(status) && !this.isDone(id);
  }

  /** Tells of what did not come to its end, and what Azure may still be doing. */
  private async endRest(): Promise<void> {
    const rest = this.items().filter(({ status }) => status === 'pending');
    const reason = this.signedOut ? SIGNED_OUT : undefined;
    for (const { change } of rest) {
      await this.end(change, reason === undefined ? { status: 'cancelled' } : { status: 'skipped', note: reason });
    }
    if (this.options.signal.aborted) await Promise.all(this.items().map((item) => this.lookAfter(item)));
  }

  /** Cancelling stops Ringfence, not Azure: looks once at what had begun, so that it can be said what goes on. */
  private async lookAfter({ change, status }: ChangeProgress): Promise<void> {
    if (status !== 'cancelled' || !this.asked.has(change.id)) return;
    const leftover: Leftover = await describeLeftover(change, this.tools);
    if (leftover.isDone) await this.journal.end(change.id, this.tools.clock.now(), 'succeeded');
    this.update(change, { note: leftover.note, ...(leftover.isDone && { status: 'succeeded' }) });
  }

  private update(change: Change, fields: Partial<ChangeProgress> & { note?: Text | undefined }): void {
    const present = this.progress.get(change.id) ?? { change, status: 'pending' };
    this.progress.set(change.id, { ...present, ...fields } as ChangeProgress);
    this.emit();
  }

  private emit(): void {
    this.options.claim?.renew();
    this.options.onState?.(this.state());
  }

  private state(): RunState {
    const { runId, kind, of, startedAt } = this.header;
    return {
      runId,
      kind,
      ...(of === undefined ? {} : { of }),
      startedAt,
      ...(this.endedAt === undefined ? {} : { endedAt: this.endedAt }),
      ...(this.outcome === undefined ? {} : { outcome: this.outcome }),
      changes: this.items(),
      secondsLeft: this.outcome === undefined ? this.secondsLeft() : 0,
    };
  }

  private secondsLeft(): number {
    const open = this.items().filter(({ status }) => !isFinished(status));
    const now = this.tools.clock.now();
    const running = new Map(
      open.flatMap(({ change, startedAt }): [string, number][] =>
        startedAt === undefined ? [] : [[change.id, stillNeeds(change, (now - startedAt) / 1000)]],
      ),
    );
    return Math.round(
      estimateSeconds(
        open.map(({ change }) => change),
        running,
      ),
    );
  }
}

/** What takes longer than it typically does goes on for a tenth of what it has taken by now, as far as anybody knows. */
function stillNeeds({ typicalSeconds }: Change, elapsed: number): number {
  return Math.max(1, typicalSeconds - elapsed, elapsed > typicalSeconds ? elapsed / 10 : 0);
}

const SIGNED_OUT = text('It was not begun, because somebody has to sign in first.');

function outcomeOf(items: readonly ChangeProgress[], aborted: boolean): RunOutcome {
  if (items.every(isMade)) return 'succeeded';
  if (aborted) return 'cancelled';
  return items.some(({ status }) => status === 'succeeded') ? 'partial' : 'failed';
}
