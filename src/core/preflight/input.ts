import type { Change } from '../plan/change';
import type { AzurePort, ProbePort } from '../ports';
import { asString } from '../resources/json';
import { resourceKey, resourceTypeOf } from '../resources/resourceId';
import { displayType, INSIDE_SERVICES } from '../resources/resourceTypes';
import type { Snapshot, SnapshotEntry } from '../resources/snapshot';
import { normalizeLocation } from '../resources/wireEquality';
import type { Setup } from '../setup/setup';
import type { Questions } from './questions';
import type { PreflightFinding } from './report';

/** The outside world of a preflight. */
export interface PreflightTools {
  readonly azure: AzurePort;
  readonly probes: ProbePort;
  readonly signal: AbortSignal;
}

/** What each part of a preflight looks at. */
export interface PreflightInput {
  readonly setup: Setup;
  readonly changes: readonly Change[];
  /** What was done so lately that Azure may not know everywhere of the roles that it gave. */
  readonly lately: readonly Change[];
  readonly snapshot: Snapshot;
  readonly questions: Questions;
  readonly tools: PreflightTools;
}

/** One part of a preflight. Only what it throws for an aborted signal ends the whole. */
export type PreflightCheck = (input: PreflightInput) => Promise<readonly PreflightFinding[]>;

export function idsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ id }) => id);
}

/** Whether Azure Resource Manager is asked: what is inside of a service, only its data plane knows. */
export function isResource({ resource }: Pick<Change, 'resource'>): boolean {
  return !INSIDE_SERVICES.includes(resourceTypeOf(resource));
}

/** Whether a change says what its resource will be, as against deleting it or asking something of it. */
export function setsProperties({ action }: Pick<Change, 'action'>): boolean {
  return action === 'create' || action === 'update';
}

/** Keys of what the changes delete. */
export function deletedBy(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.filter(({ action }) => action === 'delete').map(({ resource }) => resourceKey(resource)));
}

/** Changes that create something, each with the body that it is created with. */
export function creationsIn(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ action }) => action === 'create');
}

/** The namespace of the provider that has a resource, as Azure writes it: `Microsoft.Network`. */
export function namespaceOf(id: string): string {
  return displayType(id).split('/')[0] ?? '';
}

/** The region that a change names, as Azure writes it in short; empty where it names none. */
export function regionOf({ body }: Pick<Change, 'body'>): string {
  return normalizeLocation(asString(body?.['location']) ?? '');
}

/** A resource as it was read for the plan; it is read now where the plan did without. */
export async function lastSeen({ snapshot, questions }: PreflightInput, id: string): Promise<SnapshotEntry> {
  return snapshot.get(id) ?? (await questions.read(id));
}

/** What Azure said where something could not be read, as a part of a finding. */
export function whyUnread(entry: SnapshotEntry): Pick<PreflightFinding, 'detail'> {
  return entry.state === 'unreadable' && entry.detail !== '' ? { detail: entry.detail } : {};
}

/** Items that are alike: at least one. */
export type Group<Item> = readonly [Item, ...Item[]];

/** Items by a key, in the order in which the keys come. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Group<Item>> {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
