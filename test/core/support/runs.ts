import { JOURNAL_SCHEMA, readRun, type RunHeader, type RunRecord } from '../../../src/core/apply/journal';
import { resumeRun, startRun, type RunOptions, type RunTools } from '../../../src/core/apply/run';
import type { RunState } from '../../../src/core/apply/runState';
import type { Change } from '../../../src/core/plan/change';
import { FakeAzure } from './fakeAzure';
import { SUBSCRIPTION } from './ids';
import { MemoryJournal } from './memoryJournal';
import { NEVER } from './sessions';
import { setup } from './setups';
import type { World } from './world';

export const RUN = 'run-1';

export function header(changes: readonly Change[], parts: Partial<RunHeader> = {}): RunHeader {
  return {
    type: 'run',
    schema: JOURNAL_SCHEMA,
    runId: RUN,
    kind: 'apply',
    setupName: 'contoso',
    subscription: SUBSCRIPTION,
    setup: setup(),
    connection: 'sandbox',
    startedAt: 0,
    changes,
    ...parts,
  };
}

/** The executor over a world in memory. */
export class Runner {
  readonly azure: FakeAzure;
  readonly journal = new MemoryJournal();
  readonly states: RunState[] = [];
  checkGuard: RunTools['checkGuard'] = () => Promise.resolve(undefined);

  constructor(readonly world: World) {
    this.azure = new FakeAzure(world);
  }

  start(changes: readonly Change[], signal: AbortSignal = NEVER): Promise<RunState> {
    return startRun(header(changes), this.tools(), this.options(signal));
  }

  async resume(signal: AbortSignal = NEVER): Promise<RunState> {
    return resumeRun(await this.record(), this.tools(), this.options(signal));
  }

  async record(): Promise<RunRecord> {
    const record = await readRun(this.journal, RUN);
    if (record === undefined) throw new Error('There is no journal.');
    return record;
  }

  /** Status by change id. */
  static statuses({ changes }: RunState): Readonly<Record<string, string>> {
    return Object.fromEntries(changes.map(({ change, status }) => [change.id, status]));
  }

  private tools(): RunTools {
    return {
      azure: this.azure,
      clock: this.azure.clock,
      journal: this.journal,
      checkGuard: (guard, change, signal) => this.checkGuard(guard, change, signal),
    };
  }

  private options(signal: AbortSignal): RunOptions {
    return { signal, onState: (state) => this.states.push(state) };
  }
}
