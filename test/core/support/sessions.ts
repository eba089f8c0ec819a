import { SetupSession } from '../../../src/core/session/setupSession';
import type { Setup } from '../../../src/core/setup/setup';
import { FakeAzure } from './fakeAzure';
import { FakeProbes } from './fakeProbes';
import { MemoryClaims } from './memoryClaims';
import { MemoryJournal } from './memoryJournal';
import { setup as defaultSetup } from './setups';
import type { World } from './world';

export const NEVER = new AbortController().signal;
export const GO = { signal: NEVER, acceptLosingAccess: false } as const;

/** A session over a world in memory, with everything that it is connected to in reach of the test. */
export class Bench {
  readonly azure: FakeAzure;
  readonly probes: FakeProbes;
  readonly journal: MemoryJournal;
  readonly session: SetupSession;
  private runs = 0;

  constructor(
    readonly world: World,
    setup: Setup = defaultSetup(),
    journal = new MemoryJournal(),
    claims = new MemoryClaims(),
    runName = 'run',
  ) {
    this.azure = new FakeAzure(world);
    this.probes = new FakeProbes(world);
    this.journal = journal;
    this.session = new SetupSession(setup, {
      azure: this.azure,
      probes: this.probes,
      journal,
      claims,
      clock: this.azure.clock,
      newRunId: () => `${runName}-${String((this.runs += 1)).padStart(3, '0')}`,
      connection: 'sandbox',
    });
  }

  /** Reads the world and applies the whole plan. */
  async applyAll() {
    await this.session.refresh(NEVER);
    return this.session.apply(this.session.state.plan.changes, GO);
  }

  /** Takes a run back. */
  async undo(runId: string) {
    const plan = await this.session.planUndo(runId);
    if (plan === undefined) throw new Error(`There is no run ${runId}.`);
    return this.session.undo(runId, plan, { signal: NEVER });
  }
}
