import type { AzurePort, ClaimStore, Clock, Holder } from '../ports';
import { asString, isJsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceGroupIdOf, resourceKey } from '../resources/resourceId';
import type { Setup } from '../setup/setup';

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

/** What may have one writer at a time: the resource group of what the setup is about. */
export function claimScope({ roles }: Setup): string | undefined {
  const ids = [roles.openAi, roles.search, ...Object.values(roles)].flatMap((role) => role?.id ?? []);
  return ids.flatMap((id) => resourceGroupIdOf(id) ?? [])[0];
}

/**
 * Makes a run the only one: among the windows of this machine by a file, among machines by a tag of the resource group.
 * Each writes a tag of its own and reads all of them afterwards, so of two that begin together at least one sees the
 * other. Where the tag may not be written, other machines cannot be told; that keeps nobody from working.
 * @throws RunElsewhere where somebody else is at it, unless `takeOver`.
 */
export async function claimRun(
  scope: string,
  holder: Holder,
  takeOver: boolean,
  tools: ClaimTools,
): Promise<ClaimedRun> {
  const key = resourceKey(scope);
  const here = await tools.claims.take(key, holder, takeOver);
  if (here !== undefined) throw new RunElsewhere(here);
  const claimed = new ClaimedRun(scope, holder, tools);
  try {
    const elsewhere = await claimed.mark();
    if (elsewhere === undefined || takeOver) return claimed;
    throw new RunElsewhere(elsewhere);
  } catch (error) {
    await claimed.release();
    throw error;
  }
}

/** The right to write, until it is given back. */
export class ClaimedRun {
  private markedAt: number | undefined;

  constructor(
    private readonly scope: string,
    private readonly holder: Holder,
    private readonly tools: ClaimTools,
  ) {}

  /** Leaves the mark, and looks for those of others. @returns who else is at it. */
  async mark(): Promise<Holder | undefined> {
    if (!(await this.write('Merge'))) return undefined;
    const entry = await this.tools.azure.read(this.tags, this.tools.signal);
    const tags = entry.state === 'present' ? readPath(entry.resource, 'properties.tags') : undefined;
    const now = this.tools.clock.now();
    const others = Object.entries(isJsonObject(tags) ? tags : {}).flatMap(([name, value]) => {
      const other = holderIn(name, asString(value) ?? '', now);
      return other === undefined || other.machineId === this.holder.machineId ? [] : [other];
    });
    return others.sort((left, right) => left.since - right.since)[0];
  }

  /** Keeps the mark alive, now and then, while the run goes on. */
  renew(): void {
    if (this.markedAt === undefined || this.tools.clock.now() - this.markedAt < RENEW_AFTER_MS) return;
    void this.write('Merge');
  }

  /** Gives everything back. What cannot be given back is forgotten by itself after a while. */
  async release(): Promise<void> {
    if (this.markedAt !== undefined) await this.write('Delete');
    await this.tools.claims.release(resourceKey(this.scope), this.holder.runId);
  }

  private get tags(): string {
    return childId(this.scope, 'providers', 'Microsoft.Resources/tags/default');
  }

  private async write(operation: 'Merge' | 'Delete'): Promise<boolean> {
    const now = this.tools.clock.now();
    this.markedAt = operation === 'Merge' ? now : undefined;
    const tags = { [`ringfence-run-${this.holder.runId}`]: markOf(this.holder, now) };
    const write = { resource: this.tags, action: 'update', body: { operation, properties: { tags } } } as const;
    try {
      await this.tools.azure.write(write, { signal: operation === 'Delete' ? NEVER : this.tools.signal });
      return true;
    } catch {
      this.tools.signal.throwIfAborted();
      this.markedAt = undefined;
      return false;
    }
  }
}

/** A mark is taken away even by a run that was cancelled. */
const NEVER = new AbortController().signal;

function markOf({ machine, machineId, since }: Holder, now: number): string {
  return `${since} ${now} ${machineId} ${machine}`.slice(0, 256);
}

/** Whose mark a tag is; undefined where it is none, or an old one. */
function holderIn(name: string, value: string, now: number): Holder | undefined {
  const runId = MARK.exec(name)?.[1];
  const [since = '', renewed = '', machineId = '', ...machine] = value.split(' ');
  const age = now - Number(renewed || NaN);
  if (runId === undefined || !(age < MARK_LIVES_MS)) return undefined;
  return { runId, machine: machine.join(' '), machineId, since: Number(since) };
}
