import type { ResourceStore, StoredResource } from '../../arm/resourceStore';
import { propertiesOf } from '../../arm/resourceStore';
import { isWithin, parseResourceId, resourceGroupIdOf } from '../../../core/resources/resourceId';

export const LOCK_TYPE = 'Microsoft.Authorization/locks';

/** What hangs on a scope: deleting it takes nothing of the scope along. */
const EXTENSION_ACTION = /^Microsoft\.(Authorization|Insights|PolicyInsights)\/(?!activityLogAlerts|actionGroups)/i;

/** Where a lock is: the scope that it hangs on. */
export function lockScope(lock: StoredResource): string {
  return lock.id.slice(0, lock.id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/locks/'));
}

/**
 * The locked scopes that are in the way of an action. Both levels stop deletions, of what hangs on a resource too;
 * ReadOnly also stops writes and whatever is a POST, such as listing keys. Locks can always be taken off.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function lockedScopes(store: ResourceStore, action: string, scope: string): readonly string[] {
  const operation = action.slice(action.lastIndexOf('/') + 1).toLowerCase();
  if (operation === 'read' || action.toLowerCase().startsWith(`${LOCK_TYPE.toLowerCase()}/`)) return [];
  const deletes = operation === 'delete';
  const takesWhatIsBelow = deletes && !EXTENSION_ACTION.test(action) && isInGroup(scope);
  return store
    .ofType(LOCK_TYPE)
    .filter((lock) => deletes || propertiesOf(lock)['level'] === 'ReadOnly')
    .map(lockScope)
    .filter((locked) => isWithin(scope, locked) || (takesWhatIsBelow && isWithin(locked, scope)));
}

function isInGroup(scope: string): boolean {
  return parseResourceId(scope) !== undefined && resourceGroupIdOf(scope) !== undefined;
}
