import { settledBy, type Change } from '../plan/change';
import type { AzureReader, Clock } from '../ports';
import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { hasFailed, provisioningState } from '../resources/provisioning';
import { childId, resourceName, resourceTypeOf } from '../resources/resourceId';
import { contentOf, TYPES } from '../resources/resourceTypes';
import type { SnapshotEntry, Unreadable, WireResource } from '../resources/snapshot';
import { containsPart } from '../resources/wireEquality';
import { text, type Text } from '../text';
import { SIGN_IN } from './advice';
import { drifted, refused, type ChangeResult } from './changeResult';
import { NEW_ROLE, ROLE_WAITS } from './weather';

/** How the target of a change is looked at. */
export interface TargetTools {
  readonly azure: AzureReader;
  readonly clock: Clock;
  readonly note: (note: Text | undefined) => void;
  /** When an attempt began of which the end was not seen, in milliseconds since the epoch. */
  readonly begunAt?: number | undefined;
}

/** Waits for a resource to come to rest or to show what was written, in seconds; the last one again and again. */
export const SETTLE_WAITS: readonly number[] = [2, 3, 5, 5, 10, 10, 20, 30, 30, 30, 60];
const SETTLE_SECONDS = 300;

/**
 * Reads the target. A creation of which nobody saw the end may still be on its way, and some providers show nothing until
 * it is done: it gets twice the time that it typically takes, so that nothing is made twice and nothing is left behind.
 */
export async function readTarget(change: Change, tools: TargetTools, signal: AbortSignal): Promise<SnapshotEntry> {
  const until = appearsBy(change, tools.begunAt);
  let found = await readSettled(change, tools, signal);
  for (let times = 0; found.state === 'absent' && tools.clock.now() < until; times += 1) {
    tools.note(text('Waiting: it had begun before the run was interrupted.'));
    await tools.clock.sleep(settleWait(times) * 1000, signal);
    found = await readSettled(change, tools, signal);
  }
  return found.state === 'unreadable' && change.action === 'create'
    ? readOnceAllowed(change, found, tools, signal)
    : found;
}

function appearsBy(change: Change, begunAt: number | undefined): number {
  if (change.action === 'delete') return change.mayAppearUntil ?? 0;
  return change.action === 'create' && begunAt !== undefined ? settledBy(begunAt, change) : 0;
}

/** A creation is planned of what could be seen, or of what a role of the same plan lets one see: that takes a while. */
async function readOnceAllowed(
  change: Change,
  first: Unreadable,
  tools: TargetTools,
  signal: AbortSignal,
): Promise<SnapshotEntry> {
  let found: SnapshotEntry = first;
  for (const seconds of ROLE_WAITS) {
    if (found.state !== 'unreadable' || found.reason !== 'forbidden') break;
    tools.note(NEW_ROLE);
    await tools.clock.sleep(seconds * 1000, signal);
    found = await readSettled(change, tools, signal);
  }
  return found;
}

/** Reads the target, waiting while Azure is still working on it: for as long as the change itself may take. */
export async function readSettled(change: Change, tools: TargetTools, signal: AbortSignal): Promise<SnapshotEntry> {
  let found = await tools.azure.read(change.resource, signal);
  let waited = 0;
  for (let times = 0; waited < Math.max(SETTLE_SECONDS, 2 * change.typicalSeconds); times += 1) {
    if (isAtRest(found)) return found;
    tools.note(text('Azure is still working on it: {0}', stateOf(found)));
    await tools.clock.sleep(settleWait(times) * 1000, signal);
    waited += settleWait(times);
    found = await tools.azure.read(change.resource, signal);
  }
  return found;
}

function settleWait(times: number): number {
  return SETTLE_WAITS[Math.min(times, SETTLE_WAITS.length - 1)] ?? 0;
}

const TERMINAL = new Set(['', 'succeeded', 'failed', 'canceled']);

/** Azure's own word for what it is doing with a resource, in lower case; empty where it says nothing. */
export function stateOf(found: SnapshotEntry): string {
  return found.state === 'present' ? provisioningState(found.resource) : '';
}

/** Whether Azure is at work on it no more, however that ended. */
export function isAtRest(found: SnapshotEntry): boolean {
  return TERMINAL.has(stateOf(found));
}

/** Whether the target is as the change wants it, and Azure has finished with it. */
export function isDone(change: Change, found: SnapshotEntry): boolean {
  if (found.state === 'unreadable') return false;
  if (change.action === 'delete') return found.state === 'absent';
  if (found.state !== 'present' || hasFailed(found.resource) || !isAtRest(found)) return false;
  return [change.after ?? {}, change.sameAsAfter].some((part) => part && containsPart(found.resource, part));
}

/** Whether there is anything to do, and whether it is still what was planned. */
export async function judgeTarget(
  change: Change,
  found: SnapshotEntry,
  { azure }: TargetTools,
  signal: AbortSignal,
): Promise<ChangeResult | 'proceed'> {
  if (found.state === 'unreadable')
    return found.reason === 'signedOut'
      ? { status: 'failed', error: { code: 'SignInRequired', detail: found.detail, next: SIGN_IN, action: 'signIn' } }
      : refused('Unreadable', found.detail, text('Find out why it cannot be read, then retry.'));
  if (isDone(change, found)) return { status: 'unchanged' };
  const name = resourceName(change.resource);
  if (change.action === 'delete') {
    const content = found.state === 'present' ? await foreignContent(found.resource, azure, signal) : [];
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
  if (isAsPlanned(change, found.resource) || isLeftByFailure(change, found.resource)) return 'proceed';
  return drifted(text('{0} has changed since the plan was made. Check again and make a new plan.', name));
}

/** A property that was not set may by now be set to what its absence means, which is what undoing would write. */
function isAsPlanned({ before, sameAsBefore, undo }: Change, resource: WireResource): boolean {
  const absent = undo.kind === 'restore' ? undo.body : sameAsBefore;
  return containsPart(resource, before ?? {}) || (absent !== undefined && containsPart(resource, absent));
}

/** What Azure failed at shows what was asked for, though it may not be in force: asking once more repairs it. */
function isLeftByFailure({ after }: Change, resource: WireResource): boolean {
  return hasFailed(resource) && containsPart(resource, after ?? {});
}

/** Names of what others have put into a resource that is about to be deleted. */
async function foreignContent(
  resource: WireResource,
  azure: AzureReader,
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
