import { AzureError, type AzurePort, type ClaimStore, type Clock, type Holder } from '../ports';
import { asString, isJsonObject, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceGroupIdOf, resourceKey, subscriptionScope } from '../resources/resourceId';
import type { Setup } from '../setup/setup';
import { patientReader } from './patientReader';
import { Patience, weatherOf } from './weather';

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

/** A mark counts for so long after it was last renewed: whoever wrote it may have died. */
const MARK_LIVES_MS = 20 * 60 * 1000;
const RENEW_AFTER_MS = 5 * 60 * 1000;
const MARK = /^ringfence-run-([\w-]+)$/;
const LONGEST_TAG = 256;

/**
 * Does a run as the only one: among the windows of this machine by a file, among machines by a tag of the resource group.
 * Each writes a tag of its own and reads all of them afterwards, so of two that begin together at least one sees the
 * other. Where the tag may not be written, other machines cannot be told; that keeps nobody from working.
 * @throws RunElsewhere where somebody else is at it, unless `takeOver`.
 */
export async function asTheOnlyRun<T>(
  setup: Setup,
  runId: string,
  takeOver: boolean,
  tools: ClaimTools,
  run: (claimed: Pick<ClaimedRun, 'renew' | 'release'>) => Promise<T>,
): Promise<T> {
  const holder = { ...(await tools.claims.machine()), runId, since: tools.clock.now() };
  const claimed = new ClaimedRun(claimScope(setup), holder, tools);
  try {
    const other = await claimed.take(takeOver);
    if (other !== undefined && !takeOver) throw new RunElsewhere(other);
    return await run(claimed);
  } finally {
    await claimed.release();
  }
}

/** What may have one writer at a time: the resource group of what the setup is about. */
function claimScope({ roles, subscription }: Setup): string {
  const ids = [roles.openAi, roles.search, ...Object.values(roles)].flatMap((role) => role?.id ?? []);
  return ids.flatMap((id) => resourceGroupIdOf(id) ?? [])[0] ?? subscriptionScope(subscription);
}

/** The right to write, until it is given back. */
class ClaimedRun {
  private mark: JsonObject | undefined;
  private markedAt = 0;
  private isTaken = false;

  constructor(
    private readonly scope: string,
    private readonly holder: Holder,
    private readonly tools: ClaimTools,
  ) {}

  /** @returns who else is at it. */
  async take(takeOver: boolean): Promise<Holder | undefined> {
    const here = await this.tools.claims.take(resourceKey(this.scope), this.holder, takeOver);
    this.isTaken = here === undefined;
    return here ?? this.leaveMark();
  }

  /** Keeps the mark alive, now and then, while the run goes on. */
  renew(): void {
    if (this.mark !== undefined && this.tools.clock.now() - this.markedAt >= RENEW_AFTER_MS) void this.writeMark();
  }

  /** Gives everything back, once. A mark that cannot be taken away is forgotten by others after a while. */
  async release(): Promise<void> {
    const { mark, isTaken } = this;
    this.mark = undefined;
    this.isTaken = false;
    // A mark is taken away by a run that was cancelled, too.
    if (mark !== undefined) await this.change('Delete', mark, new AbortController().signal);
    if (isTaken) await this.tools.claims.release(resourceKey(this.scope), this.holder.runId);
  }

  /** Leaves the mark, and looks for those of others. What runs of this machine have left that died goes. */
  private async leaveMark(): Promise<Holder | undefined> {
    if (!(await this.writeMark())) return undefined;
    const { azure, clock, signal } = this.tools;
    const entry = await patientReader(azure, clock).read(this.tags, signal);
    const tags = entry.state === 'present' ? readPath(entry.resource, 'properties.tags') : undefined;
    const marks = Object.entries(isJsonObject(tags) ? tags : {}).flatMap(([name, value]) => {
      const holder = holderIn(name, asString(value) ?? '');
      return holder === undefined ? [] : [{ name, value, ...holder }];
    });
    const isOurs = ({ machineId }: Holder): boolean => machineId === this.holder.machineId;
    const dead = marks.filter((mark) => isOurs(mark) && mark.runId !== this.holder.runId);
    if (dead.length > 0) {
      await this.change('Delete', Object.fromEntries(dead.map(({ name, value }) => [name, value ?? null])));
    }
    const now = clock.now();
    return marks
      .filter((mark) => !isOurs(mark) && now - mark.renewedAt < MARK_LIVES_MS)
      .sort((left, right) => left.since - right.since)[0];
  }

  private async writeMark(): Promise<boolean> {
    const { runId, machine, machineId, since } = this.holder;
    this.markedAt = this.tools.clock.now();
    const value = `${since} ${this.markedAt} ${machineId} ${machine}`.slice(0, LONGEST_TAG);
    const mark = { [`ringfence-run-${runId}`]: value };
    const isWritten = await this.change('Merge', mark);
    if (isWritten) this.mark = mark;
    return isWritten;
  }

  private async change(operation: 'Merge' | 'Delete', tags: JsonObject, signal = this.tools.signal): Promise<boolean> {
    const write = { resource: this.tags, action: 'update', body: { operation, properties: { tags } } } as const;
    const patience = new Patience();
    for (;;) {
      try {
        await this.tools.azure.write(write, { signal });
        return true;
      } catch (error) {
        signal.throwIfAborted();
        const seconds = AzureError.is(error) ? patience.next(weatherOf(error), error.retryAfterSeconds) : undefined;
        if (seconds === undefined) return false;
        await this.tools.clock.sleep(seconds * 1000, signal);
      }
    }
  }

  private get tags(): string {
    return childId(this.scope, 'providers', 'Microsoft.Resources/tags/default');
  }
}

/** Whose mark a tag is; undefined where it is none. */
function holderIn(name: string, value: string): (Holder & { readonly renewedAt: number }) | undefined {
  const runId = MARK.exec(name)?.[1];
  const [since = '', renewed = '', machineId = '', ...machine] = value.split(' ');
  const [began, renewedAt] = [Number(since), Number(renewed)];
  if (runId === undefined || !(began > 0) || !(renewedAt > 0)) return undefined;
  return { runId, machine: machine.join(' '), machineId, since: began, renewedAt };
}
