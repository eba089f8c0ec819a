import type { AzurePort, ClaimStore, Clock, Holder } from '../ports';
import type { JsonObject } from '../resources/json';
import { resourceGroupIdOf, resourceKey, subscriptionScope } from '../resources/resourceId';
import type { Setup } from '../setup/setup';
import { RunMarks } from './runMarks';

/** Somebody else is writing to the same resources, as far as can be told. */
export class RunElsewhere extends Error {
  override readonly name = 'RunElsewhere';

  constructor(readonly holder: Holder) {
    super(`Run ${holder.runId} on ${holder.machine} is under way.`);
  }
}

export interface ClaimTools {
  readonly azure: AzurePort;
  readonly clock: Clock;
  /** For the windows of this machine. */
  readonly claims: ClaimStore;
  readonly signal: AbortSignal;
}

type ClaimedBy = { readonly setup: Setup; readonly runId: string };

/** A mark counts for so long after it was last renewed: whoever wrote it may have died. */
const MARK_LIVES_MS = 20 * 60 * 1000;
const RENEW_AFTER_MS = 5 * 60 * 1000;

/** What a run takes before it begins, keeps alive while it goes on, and gives back before it says that it has ended. */
export interface RunClaim {
  /** @throws RunElsewhere where somebody else is at it. */
  take(): Promise<void>;
  /** Keeps the claim alive, now and then, while the run goes on. */
  renew(): void;
  /** Gives everything back, once. What cannot be given back is forgotten by others after a while. */
  release(): Promise<void>;
}

/**
 * Makes a run the only one: among the windows of this machine by a file, among machines by a tag of the resource group.
 * Each writes a tag of its own and reads all of them afterwards, so of two that begin together at least one sees the
 * other. Where the tag may not be written, other machines cannot be told; that keeps nobody from working.
 * @param takeOver Though somebody else seems to be at it.
 */
export async function claimFor({ setup, runId }: ClaimedBy, takeOver: boolean, tools: ClaimTools): Promise<RunClaim> {
  const holder = { ...(await tools.claims.machine()), runId, since: tools.clock.now() };
  return new Claim(claimScope(setup), holder, takeOver, tools);
}

/** Gives back what a run of this machine has left that is not continued. */
export async function forgetClaim({ setup, runId }: ClaimedBy, tools: ClaimTools): Promise<void> {
  const { azure, clock, claims, signal } = tools;
  const scope = claimScope(setup);
  await claims.release(resourceKey(scope), runId);
  const marks = new RunMarks(scope, azure, clock);
  const own = (await marks.read(signal)).filter((mark) => mark.runId === runId);
  await marks.remove(
    own.map(({ tag }) => tag),
    signal,
  );
}

/** What may have one writer at a time: the resource group of what the setup is about. */
export function claimScope({ roles, subscription }: Setup): string {
  const ids = [roles.openAi, roles.search, ...Object.values(roles)].flatMap((role) => role?.id ?? []);
  return ids.flatMap((id) => resourceGroupIdOf(id) ?? [])[0] ?? subscriptionScope(subscription);
}

class Claim implements RunClaim {
  private readonly marks: RunMarks;
  private tag: JsonObject | undefined;
  private markedAt = 0;
  private renewal: Promise<void> = Promise.resolve();
  private isTaken = false;

  constructor(
    private readonly scope: string,
    private readonly holder: Holder,
    private readonly takeOver: boolean,
    private readonly tools: ClaimTools,
  ) {
    this.marks = new RunMarks(scope, tools.azure, tools.clock);
  }

  async take(): Promise<void> {
    try {
      const here = await this.tools.claims.take(resourceKey(this.scope), this.holder, this.takeOver);
      this.isTaken = here === undefined;
      const other = here ?? (await this.otherMachine());
      if (other !== undefined && !this.takeOver) throw new RunElsewhere(other);
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  renew(): void {
    if (this.tag === undefined || this.tools.clock.now() - this.markedAt < RENEW_AFTER_MS) return;
    this.renewal = this.mark().catch(() => undefined);
  }

  async release(): Promise<void> {
    await this.renewal;
    const { tag, isTaken } = this;
    this.tag = undefined;
    this.isTaken = false;
    // A mark is taken away by a run that was cancelled, too.
    if (tag !== undefined) await this.marks.remove([tag], new AbortController().signal);
    if (isTaken) await this.tools.claims.release(resourceKey(this.scope), this.holder.runId);
  }

  private async mark(): Promise<void> {
    this.markedAt = this.tools.clock.now();
    this.tag = (await this.marks.write(this.holder, this.tools.signal)) ?? this.tag;
  }

  /** Leaves the mark, and looks for those of others. What runs of this machine have left that died goes. */
  private async otherMachine(): Promise<Holder | undefined> {
    await this.mark();
    if (this.tag === undefined) return undefined;
    const { clock, signal } = this.tools;
    const marks = await this.marks.read(signal);
    const isOurs = ({ machineId }: Holder): boolean => machineId === this.holder.machineId;
    const dead = marks.filter((mark) => isOurs(mark) && mark.runId !== this.holder.runId);
    await this.marks.remove(
      dead.map(({ tag }) => tag),
      signal,
    );
    const now = clock.now();
    return marks
      .filter((mark) => !isOurs(mark) && now - mark.renewedAt < MARK_LIVES_MS)
      .sort((left, right) => left.since - right.since)[0];
  }
}
