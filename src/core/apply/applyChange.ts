import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName, resourceTypeOf } from '../resources/resourceId';
import { contentOf, TYPES } from '../resources/resourceTypes';
import type { SnapshotEntry, Unreadable, WireResource } from '../resources/snapshot';
import { containsPart } from '../resources/wireEquality';
import type { Change, Guard } from '../plan/change';
import { referencesIn, withValues } from '../plan/reference';
import { AzureError, type AzurePort, type Clock } from '../ports';
import { text, type Text } from '../text';
import { adviceFor, isBusy, isReplicating, isRoleOnItsWay, isThereAlready } from './advice';
import type { ChangeError, ChangeStatus } from './runState';

/** What one change needs to be made. */
export interface ChangeTools {
  readonly azure: AzurePort;
  readonly clock: Clock;
  /** Takes the measurement that a change depends on; the reason why it must not be made, or undefined. */
  readonly checkGuard: (guard: Guard, change: Change, signal: AbortSignal) => Promise<Text | undefined>;
  /** Called when nothing more stands in the way, and awaited: the journal is written here. */
  readonly begin: (change: Change) => Promise<void>;
  readonly note: (note: Text | undefined) => void;
  /** When an attempt began that was interrupted, in milliseconds since the epoch. */
  readonly begunAt?: number | undefined;
}

export interface ChangeResult {
  readonly status: ChangeStatus;
  readonly error?: ChangeError;
  /** Azure may have made the change all the same, or may still make it. */
  readonly uncertain?: boolean;
}

/** Waits between attempts while Azure is busy with something else, in seconds; about ten minutes in all. */
const BUSY_WAITS = [5, 10, 20, 30, 30, 60, 60, 60, 60, 60, 60, 60, 60];
/** How long a new identity may take until everybody knows it. */
const REPLICATION_SECONDS = 120;
/** Waits for a resource to come to rest or to show what was written. */
const SETTLE_WAITS = [2, 3, 5, 5, 10, 10, 20, 30, 30, 30, 60, 60, 60];

/**
 * Makes one change: reads the target again, stops if it has moved, measures what the change depends on, has the
 * journal written, asks Azure, and reads back that it is so. Errors become results; only a cancellation is thrown.
 */
export async function applyChange(planned: Change, tools: ChangeTools, signal: AbortSignal): Promise<ChangeResult> {
  try {
    const change = await withReferencedValues(planned, tools.azure, signal);
    if (change === undefined)
      return refused(
        'ValueMissing',
        '',
        text('What it takes from another resource is not there yet. Check again and make a new plan.'),
      );
    const found = await readTarget(change, tools, signal);
    const verdict = await judgeTarget(change, found, tools, signal);
    if (verdict !== 'proceed') return verdict;
    for (const guard of change.guards) {
      const reason = await tools.checkGuard(guard, change, signal);
      if (reason) return refused('GuardNotMet', '', reason);
    }
    await tools.begin(change);
    return await writeAndConfirm(change, tools, signal);
  } catch (error) {
    signal.throwIfAborted();
    return { status: 'failed', error: describeError(error) };
  }
}

/** The change with the values that Azure has by now for what it refers to; undefined where one is still missing. */
async function withReferencedValues(
  change: Change,
  azure: AzurePort,
  signal: AbortSignal,
): Promise<Change | undefined> {
  // What was planned before may stand in there as well: an earlier change to the same list.
  const { body, before, after } = change;
  const ids = new Set(referencesIn({ body, before, after }).map(({ resource }) => resource));
  if (ids.size === 0) return change;
  const read = new Map<string, WireResource>();
  for (const id of ids) {
    const entry = await azure.read(id, signal);
    if (entry.state === 'present') read.set(id, entry.resource);
  }
  const filled = withValues({ body, before, after }, (id) => read.get(id));
  return filled && ({ ...change, ...filled } as Change);
}

/** Whether there is anything to do, and whether it is still what was planned. */
async function judgeTarget(
  change: Change,
  found: SnapshotEntry,
  tools: ChangeTools,
  signal: AbortSignal,
): Promise<ChangeResult | 'proceed'> {
  if (found.state === 'unreadable')
    return refused('Unreadable', found.detail, text('Find out why it cannot be read, then retry.'));
  if (isDone(change, found)) return { status: 'unchanged' };
  const name = resourceName(change.resource);
  if (change.action === 'delete') {
    const content = found.state === 'present' ? await foreignContent(found.resource, tools.azure, signal) : [];
    if ('state' in content)
      return refused(
        'Unreadable',
        content.detail,
        text('Whether {0} is empty cannot be told, so it is not deleted.', name),
      );
    if (content.length === 0) return 'proceed';
    return drifted(
      text('{0} holds things that Ringfence did not create, so it is not deleted: {1}', name, content.join(', ')),
    );
  }
  if (change.action === 'create') {
    if (found.state === 'absent' || hasFailed(found.resource)) return 'proceed';
    return drifted(text('{0} exists by now, and is not as planned. Check again and make a new plan.', name));
  }
  if (found.state === 'absent') return drifted(text('{0} no longer exists. Check again and make a new plan.', name));
  if (isAsPlanned(change, found.resource)) return 'proceed';
  return drifted(text('{0} has changed since the plan was made. Check again and make a new plan.', name));
}

/** A property that was not set may by now be set to what its absence means, which is what undoing would write. */
function isAsPlanned({ before, sameAsBefore, undo }: Change, resource: WireResource): boolean {
  const absent = undo.kind === 'restore' ? undo.body : sameAsBefore;
  return containsPart(resource, before ?? {}) || (absent !== undefined && containsPart(resource, absent));
}

function isDone(change: Change, found: SnapshotEntry): boolean {
  if (found.state === 'unreadable') return false;
  if (change.action === 'delete') return found.state === 'absent';
  if (found.state !== 'present' || hasFailed(found.resource)) return false;
  return [change.after ?? {}, change.sameAsAfter].some((part) => part && containsPart(found.resource, part));
}

/** Names of what others have put into a resource that is about to be deleted. */
async function foreignContent(
  resource: WireResource,
  azure: AzurePort,
  signal: AbortSignal,
): Promise<readonly string[] | Unreadable> {
  const { paths, lists } = contentOf(resource.id);
  const content = paths.flatMap((path) => asObjects(readPath(resource, path)));
  for (const name of lists) {
    const list = await azure.read(childId(resource.id, name), signal);
    if (list.state === 'unreadable') return list;
    if (list.state === 'present') content.push(...asObjects(list.resource['value']));
  }
  return content.map((item) => asString(item['id']) ?? '?').flatMap((id) => (isAzuresOwn(id) ? [] : resourceName(id)));
}

/** Every private DNS zone has such a record, and every new API Management such an API; they go with what they are in. */
function isAzuresOwn(id: string): boolean {
  const type = resourceTypeOf(id);
  if (type === `${TYPES.apiManagement}/apis`) return resourceName(id).toLowerCase() === 'echo-api';
  return type === `${TYPES.privateDnsZone}/soa`;
}

/**
 * Reads the target. A creation that was interrupted may still be on its way, and some providers show nothing until it
 * is done: it gets twice the time that it typically takes, so that nothing is made twice.
 */
async function readTarget(change: Change, tools: ChangeTools, signal: AbortSignal): Promise<SnapshotEntry> {
  const until = change.action === 'create' ? (tools.begunAt ?? 0) + 2000 * change.typicalSeconds : 0;
  let found = await readSettled(change, tools, signal);
  for (const seconds of SETTLE_WAITS) {
    if (found.state !== 'absent' || tools.clock.now() >= until) break;
    tools.note(text('Waiting: it had begun before the run was interrupted.'));
    await tools.clock.sleep(seconds * 1000, signal);
    found = await readSettled(change, tools, signal);
  }
  return found.state === 'unreadable' && change.action === 'create'
    ? readOnceAllowed(change, found, tools, signal)
    : found;
}

/** A creation is planned of what could be seen, or of what a role of the same plan lets one see: that takes a while. */
async function readOnceAllowed(
  change: Change,
  first: Unreadable,
  tools: ChangeTools,
  signal: AbortSignal,
): Promise<SnapshotEntry> {
  let found: SnapshotEntry = first;
  for (const seconds of BUSY_WAITS) {
    if (found.state !== 'unreadable' || found.reason !== 'forbidden') break;
    tools.note(NEW_ROLE);
    await tools.clock.sleep(seconds * 1000, signal);
    found = await readSettled(change, tools, signal);
  }
  return found;
}

/** Reads the target, waiting while Azure is still working on it. */
async function readSettled(change: Change, tools: ChangeTools, signal: AbortSignal): Promise<SnapshotEntry> {
  for (const seconds of SETTLE_WAITS) {
    const found = await tools.azure.read(change.resource, signal);
    const state = found.state === 'present' ? provisioningState(found.resource) : undefined;
    if (state === undefined || TERMINAL.has(state)) return found;
    tools.note(text('Azure is still working on it: {0}', state));
    await tools.clock.sleep(seconds * 1000, signal);
  }
  return tools.azure.read(change.resource, signal);
}

const TERMINAL = new Set(['succeeded', 'failed', 'canceled']);

function provisioningState(resource: WireResource): string | undefined {
  return asString(readPath(resource, 'properties.provisioningState'))?.toLowerCase();
}

function hasFailed(resource: WireResource): boolean {
  const state = provisioningState(resource);
  return state === 'failed' || state === 'canceled';
}

async function writeAndConfirm(change: Change, tools: ChangeTools, signal: AbortSignal): Promise<ChangeResult> {
  try {
    await writePatiently(change, tools, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (AzureError.is(error) && isThereAlready(error.code)) return { status: 'unchanged' };
    if (isRefusal(error)) throw error;
    // An answer that was lost does not say that nothing was done.
    const found = await readSettled(change, tools, signal);
    if (isDone(change, found)) return { status: 'succeeded' };
    return { status: 'failed', error: describeError(error), uncertain: true };
  }
  return confirm(change, tools, signal);
}

/** Azure said no, as against not having been heard. */
function isRefusal(error: unknown): boolean {
  return AzureError.is(error) && error.status !== undefined && error.status >= 400 && error.status < 500;
}

async function writePatiently(change: Change, tools: ChangeTools, signal: AbortSignal): Promise<void> {
  const onStatus = (status: string): void => tools.note(text('Azure: {0}', status));
  let replicated = REPLICATION_SECONDS;
  for (const seconds of [...BUSY_WAITS, undefined]) {
    try {
      return await tools.azure.write(change, { signal, onStatus });
    } catch (error) {
      signal.throwIfAborted();
      if (!AzureError.is(error) || seconds === undefined) throw error;
      const isNew = isReplicating(error.code) && (replicated -= seconds) > 0;
      const reason = isNew
        ? text('Waiting until Microsoft Entra ID knows the new identity.')
        : reasonToWait(error, change);
      if (reason === undefined) throw error;
      tools.note(reason);
      await tools.clock.sleep((error.retryAfterSeconds ?? seconds) * 1000, signal);
    }
  }
}

const NEW_ROLE = text('Waiting until every service knows of the new role.');

function reasonToWait({ code, status, message }: AzureError, { resource }: Change): Text | undefined {
  if (isRoleOnItsWay(code)) return NEW_ROLE;
  return isBusy(code, status, message) ? text('Waiting: Azure is busy with {0}.', resourceName(resource)) : undefined;
}

/** Reads back until the target is as wanted; Azure can take a moment to show what it has accepted. */
async function confirm(change: Change, tools: ChangeTools, signal: AbortSignal): Promise<ChangeResult> {
  for (const seconds of SETTLE_WAITS.slice(0, 7)) {
    const found = await readSettled(change, tools, signal);
    if (isDone(change, found)) return { status: 'succeeded' };
    tools.note(text('Waiting until Azure shows the change.'));
    await tools.clock.sleep(seconds * 1000, signal);
  }
  const next = text('Azure accepted the change but does not show it. Check again in a few minutes.');
  return { ...refused('NotConfirmed', '', next), uncertain: true };
}

function refused(code: string, detail: string, next: Text): ChangeResult {
  return { status: 'failed', error: { code, detail, next } };
}

function drifted(next: Text): ChangeResult {
  return { status: 'drifted', error: { code: 'Drifted', detail: '', next } };
}

function describeError(error: unknown): ChangeError {
  if (!AzureError.is(error))
    return { code: 'Unexpected', detail: error instanceof Error ? error.message : String(error) };
  const next = adviceFor(error.code, error.message);
  return {
    code: error.code,
    detail: error.message,
    ...(next && { next }),
    ...(error.correlationId !== undefined && { correlationId: error.correlationId }),
  };
}
