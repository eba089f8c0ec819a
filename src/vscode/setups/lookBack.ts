import type { RunRecord } from '../../core/apply/journal';
import { lookAgain, NOTHING_WATCHED, unseenDeviations, withSeen, type Watched } from '../../core/evaluate/deviations';
import type { SessionState } from '../../core/session/setupSession';
import type { Setup } from '../../core/setup/setup';
import { sameJson } from '../sameJson';

/** What a look at a setup found, kept for the next one. Nothing of a resource is in it. */
export interface KeptLook {
  /** The sandbox that was looked at; empty for Azure. */
  readonly world: string;
  readonly setup: Setup;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly compliant: readonly string[];
}

/** Where the last look at a setup is kept over a reload of the window. */
export interface LookMemory {
  recall(): KeptLook | undefined;
  keep(look: KeptLook): void;
}

/** Tells which steps have left what they were at the last look, also where that was in an earlier window. */
export class LookBack {
  private current: Watched = NOTHING_WATCHED;
  private last: KeptLook | undefined;
  /** Runs that were under way at the last look, perhaps in another window, and how far they were. */
  private underWay: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly world: string,
    private readonly memory: LookMemory,
  ) {
    const kept = memory.recall();
    if (kept?.world !== world) return;
    this.last = kept;
    this.current = { ...NOTHING_WATCHED, compliant: new Set(kept.compliant) };
  }

  get watched(): Watched {
    return this.current;
  }

  /** Takes note of what was found just now. */
  look({ setup, findings, checkedAt: at }: SessionState, runs: readonly RunRecord[]): void {
    const { last, current } = this;
    if (at === undefined) return;
    const isOurDoing = last === undefined || !sameJson(last.setup, setup) || this.hasRunSince(last.at, runs);
    this.underWay = new Map(
      runs.flatMap((run) => (run.outcome === undefined ? [[run.header.runId, progressOf(run)]] : [])),
    );
    this.current = lookAgain(current, {
      findings,
      at,
      isExplained: (step) => isOurDoing && !current.deviations.has(step),
    });
    this.keep({ setup, at });
  }

  /** Somebody has looked at a step. */
  seen(step: string): void {
    this.current = withSeen(this.current, step);
    if (this.last) this.keep(this.last);
  }

  /** A deviation that nobody has seen is told again in the next window: there, the step counts as compliant before. */
  private keep({ setup, at }: Pick<KeptLook, 'setup' | 'at'>): void {
    const compliant = [...this.current.compliant, ...unseenDeviations(this.current)];
    this.last = { world: this.world, setup, at, compliant };
    this.memory.keep(this.last);
  }

  /** Whether a run of ours, in whatever window, has changed something since then: also what its steps do not name. */
  private hasRunSince(since: number, runs: readonly RunRecord[]): boolean {
    return runs.some((run) => {
      const before = this.underWay.get(run.header.runId);
      if (before !== undefined && before !== progressOf(run)) return true;
      return run.changes.some(({ begunAt }) => begunAt !== undefined && begunAt >= since);
    });
  }
}

function progressOf({ outcome, changes }: RunRecord): string {
  return [outcome, ...changes.map(({ status }) => status)].join();
}
