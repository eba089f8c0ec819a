import type { Change } from '../plan/change';
import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { isWithin, resourceKey, resourceName, resourceTypeOf, subscriptionScope } from '../resources/resourceId';
import { extendedScope, TYPES } from '../resources/resourceTypes';
import type { SnapshotEntry } from '../resources/snapshot';
import { text, type Text } from '../text';
import { deletedBy, idsOf, isResource, whyUnread, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

interface Lock {
  readonly id: string;
  readonly scope: string;
  readonly isReadOnly: boolean;
}

/**
 * Locks that are in the way. `ReadOnly` stops whatever is not a read, `CanNotDelete` stops deletions; those that the plan
 * takes off itself do not count, because that comes first.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export async function lockFindings({
  setup,
  changes,
  questions,
}: PreflightInput): Promise<readonly PreflightFinding[]> {
  const writes = changes.filter(
    (change) => isResource(change) && resourceTypeOf(change.resource) !== TYPES.managementLock,
  );
  if (writes.length === 0) return [];
  const subscription = subscriptionScope(setup.subscription);
  const list = await questions.read(`${subscription}/providers/Microsoft.Authorization/locks`);
  if (list.state !== 'present') return [unreadable(subscription, list, writes)];
  const takenOff = deletedBy(changes);
  return locksIn(list.resource)
    .filter(({ id }) => !takenOff.has(resourceKey(id)))
    .flatMap((lock) => findingsFor(lock, writes));
}

function locksIn(list: JsonObject): readonly Lock[] {
  return asObjects(list['value']).flatMap((lock) => {
    const id = asString(lock['id']) ?? '';
    const scope = extendedScope(id);
    const isReadOnly = asString(readPath(lock, 'properties.level'))?.toLowerCase() === 'readonly';
    return scope === undefined ? [] : [{ id, scope, isReadOnly }];
  });
}

function findingsFor(lock: Lock, writes: readonly Change[]): readonly PreflightFinding[] {
  const stopped = writes.filter((change) => stops(lock, change));
  if (stopped.length === 0) return [];
  const [name, where] = [resourceName(lock.id), resourceName(lock.scope)];
  const title: Text = lock.isReadOnly
    ? text('The lock “{0}” on {1} lets nobody change anything there.', name, where)
    : text('The lock “{0}” on {1} lets nobody delete anything there.', name, where);
  return [
    {
      kind: 'lock',
      verdict: 'blocks',
      title,
      remedy: text(
        'Take the lock off for as long as the run takes, under “Locks” of {0} in the Azure portal. That takes the permission {1}.',
        where,
        'Microsoft.Authorization/locks/delete',
      ),
      changes: idsOf(stopped),
      resource: lock.id,
    },
  ];
}

/** A deletion also takes what is below the resource, unless only something that hangs on it is deleted. */
function stops({ scope, isReadOnly }: Lock, { resource, action }: Change): boolean {
  if (action !== 'delete') return isReadOnly && isWithin(resource, scope);
  const takesWhatIsBelow = extendedScope(resource) === undefined && isWithin(scope, resource);
  return isWithin(resource, scope) || takesWhatIsBelow;
}

function unreadable(subscription: string, list: SnapshotEntry, writes: readonly Change[]): PreflightFinding {
  return {
    kind: 'lock',
    verdict: 'unknown',
    title: text('Whether locks are in the way could not be read.'),
    ...whyUnread(list),
    remedy: text(
      'Look under “Locks” of the resource groups in the Azure portal, or go on: what a lock stops can be tried again.',
    ),
    changes: idsOf(writes),
    resource: subscription,
  };
}
