import { RestError, type PipelinePolicy } from '@azure/core-rest-pipeline';
import { connectToSandbox } from '../../../src/azure/sandboxConnection';
import type { RunState } from '../../../src/core/apply/runState';
import type { JournalStore } from '../../../src/core/ports';
import { SetupSession } from '../../../src/core/session/setupSession';
import { clockOf, signal } from '../../contract/support/sandboxSession';
import { MemoryClaims } from '../../core/support/memoryClaims';
import { MemoryJournal } from '../../core/support/memoryJournal';
import type { Estate } from './estate';

/** What survives a client: its disk. */
export class Disk {
  readonly journal = new MemoryJournal();
  /** So that ids sort by time, over several clients. */
  runs = 0;
}

/** Nothing that was begun comes to an end any more. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** One life of the client: a process that can be killed. What it was doing then simply never goes on. */
export class Client {
  readonly session: SetupSession;
  /** Settles when it is killed. */
  readonly died: Promise<'died'>;
  private isDead = false;
  private sent = 0;
  private tellOfDeath: () => void = () => undefined;

  constructor(
    private readonly estate: Estate,
    private readonly disk = new Disk(),
  ) {
    const { sandbox, setup } = estate;
    this.died = new Promise((resolve) => {
      this.tellOfDeath = () => resolve('died');
    });
    estate.onCrash = () => this.kill();
    const { azure, probes } = connectToSandbox({ ...sandbox, policies: [this.heartbeat()] });
    const clock = clockOf(sandbox);
    this.session = new SetupSession(setup, {
      azure,
      probes,
      journal: this.mortal(disk.journal),
      // A claim does not outlive its process.
      claims: new MemoryClaims(),
      clock: {
        ...clock,
        sleep: async (milliseconds, asked) => {
          await clock.sleep(milliseconds, asked);
          if (this.isDead) await never();
        },
      },
      newRunId: () => `run-${String((disk.runs += 1)).padStart(4, '0')}`,
      connection: 'sandbox',
      endpoint: sandbox.endpoint,
    });
  }

  kill(): void {
    this.isDead = true;
    this.tellOfDeath();
  }

  /** Takes a run back. @throws where there is nothing to take back. */
  async undo(runId: string): Promise<RunState> {
    const plan = await this.session.planUndo(runId);
    if (plan === undefined) throw new Error(`There is no run ${runId}.`);
    return this.session.undo(runId, plan, { signal });
  }

  /** The dead neither send requests nor hear answers. */
  private heartbeat(): PipelinePolicy {
    return {
      name: 'heartbeat',
      sendRequest: async (request, next) => {
        if (this.isDead) return never();
        this.sent += 1;
        if (this.estate.hasNoNames(this.sent)) {
          throw new RestError('getaddrinfo ENOTFOUND management.azure.com', { code: 'ENOTFOUND', request });
        }
        const answer = await next(request).catch((error: unknown) => {
          if (this.isDead) return never<never>();
          throw error;
        });
        return this.isDead ? never() : answer;
      },
    };
  }

  private mortal(journal: JournalStore): JournalStore {
    return {
      append: async (runId, line) => {
        if (this.isDead) return never();
        await journal.append(runId, line);
      },
      read: (runId) => (this.isDead ? never() : journal.read(runId)),
      list: () => (this.isDead ? never() : journal.list()),
    };
  }
}
