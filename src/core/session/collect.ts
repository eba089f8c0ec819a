import { evaluate } from '../evaluate/evaluate';
import type { AzureReader, Clock } from '../ports';
import { resourceKey } from '../resources/resourceId';
import { INVENTORY_TYPES } from '../resources/resourceTypes';
import { Snapshot, type SnapshotEntry, type UnreadableReason } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { stepsOf } from '../steps/registry';
import type { Step } from '../steps/step';

export interface CollectOptions {
  readonly signal: AbortSignal;
  /** The steps to read for; all of the setup's scenarios where it is left out. */
  readonly steps?: readonly Step[];
  /** Gives what Azure had no time for, or what did not arrive, another chance; without one, what is read is read once. */
  readonly clock?: Clock;
  /** Roles were given just now: what may not be read yet may be read in a moment. */
  readonly rolesAreNew?: boolean;
  /** Resources read so far, and known to be read in all: the second number grows as steps ask for more. */
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * Rounds in which reading one thing shows what else to read: an endpoint leads to its interface, that to its addresses,
 * those to their records one by one. Far more than any setup needs: each round reads something new.
 */
const MAX_ROUNDS = 40;
const READS_AT_ONCE = 6;
/** Seconds before each further look at what could not be read for a reason that passes. */
const SECOND_LOOKS = [2, 5];
const LOOKS_AT_NEW_ROLES = [5, 10, 20, 30];
const PASSING: readonly UnreadableReason[] = ['throttled', 'unreachable'];

/**
 * Reads what the setup's steps ask for, and nothing else: each round judges the steps, fetches what they wanted to
 * know, and judges those again until they have no more questions. Every resource that a step looks at is read by itself,
 * because listings can be minutes behind.
 * @throws what the signal was aborted with.
 */
export async function collect(setup: Setup, azure: AzureReader, options: CollectOptions): Promise<Snapshot> {
  const read = new Set<string>();
  let snapshot = await collectRounds(setup, azure, options, read, Snapshot.empty);
  const { rolesAreNew = false } = options;
  const reasons: readonly UnreadableReason[] = rolesAreNew ? [...PASSING, 'forbidden'] : PASSING;
  const looks = rolesAreNew ? LOOKS_AT_NEW_ROLES : SECOND_LOOKS;
  for (const seconds of options.clock ? looks : []) {
    const known = snapshot.forgetting(reasons);
    if (known === snapshot) break;
    await options.clock?.sleep(seconds * 1000, options.signal);
    for (const key of read) if (known.get(key) === undefined) read.delete(key);
    snapshot = await collectRounds(setup, azure, options, read, known);
  }
  options.signal.throwIfAborted();
  return snapshot;
}

async function collectRounds(
  setup: Setup,
  azure: AzureReader,
  options: CollectOptions,
  read: Set<string>,
  known: Snapshot,
): Promise<Snapshot> {
  let snapshot = known;
  let steps = options.steps ?? stepsOf(setup.scenarios);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const waiting = steps
      .map((step) => ({ step, ...questionsOf(step, setup, snapshot, read) }))
      .filter(({ ids, types }) => ids.length > 0 || types.length > 0);
    if (waiting.length === 0) break;
    // A step that has all its answers would only ask the same again.
    steps = waiting.map(({ step }) => step);
    const wanted = waiting.flatMap(({ ids }) => ids.map((id) => [resourceKey(id), id] as const));
    const ids = [...new Map(wanted).values()];
    const types = typesToList(
      waiting.flatMap(({ types: missing }) => missing),
      snapshot,
    );
    const listings = types.length > 0 ? await azure.list(types, options.signal) : new Map();
    for (const [type, listing] of listings) snapshot = snapshot.withListing(type, listing);
    const entries = await readAll(ids, azure, options, read);
    snapshot = snapshot.withEntries(entries);
  }
  return snapshot;
}

/** What a step wants to know that nobody has read yet. */
function questionsOf(
  step: Step,
  setup: Setup,
  snapshot: Snapshot,
  read: ReadonlySet<string>,
): { readonly ids: readonly string[]; readonly types: readonly string[] } {
  const { askedFor, listed } = evaluate(setup, snapshot, [step]);
  return {
    ids: askedFor.filter((id) => !read.has(resourceKey(id))),
    types: listed.filter((type) => snapshot.list(type) === undefined),
  };
}

/** Types to list now: all that an inventory holds as soon as one of them is missing, so that one query is enough. */
function typesToList(missing: readonly string[], snapshot: Snapshot): readonly string[] {
  if (missing.length === 0) return [];
  return [...new Set([...missing, ...INVENTORY_TYPES.filter((type) => snapshot.list(type) === undefined)])];
}

async function readAll(
  ids: readonly string[],
  azure: AzureReader,
  { signal, onProgress }: CollectOptions,
  read: Set<string>,
): Promise<readonly (readonly [string, SnapshotEntry])[]> {
  const total = read.size + ids.length;
  const entries: (readonly [string, SnapshotEntry])[] = [];
  for (let start = 0; start < ids.length; start += READS_AT_ONCE) {
    signal.throwIfAborted();
    const batch = ids.slice(start, start + READS_AT_ONCE);
    entries.push(...(await Promise.all(batch.map(async (id) => [id, await azure.read(id, signal)] as const))));
    for (const id of batch) read.add(resourceKey(id));
    onProgress?.(read.size, total);
  }
  return entries;
}
