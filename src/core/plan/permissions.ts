import type { AzurePort, PermissionSet } from '../ports';
import { resourceGroupIdOf, resourceKey, subscriptionScope, parseResourceId } from '../resources/resourceId';
import type { Plan, RequiredPermission } from './change';

/** Whether the signed-in principal may do what a change needs. */
export type PermissionVerdict = 'allowed' | 'missing' | 'unknown';

export interface PermissionCheck extends RequiredPermission {
  readonly verdict: PermissionVerdict;
}

/** Looks up every permission that a plan needs, once for each scope. */
export async function checkPermissions(
  plan: Plan,
  azure: AzurePort,
  signal: AbortSignal,
): Promise<readonly PermissionCheck[]> {
  const required = new Map<string, RequiredPermission>();
  for (const permission of plan.changes.flatMap((change) => change.permissions)) {
    required.set(permissionKey(permission), permission);
  }
  const sets = new Map<string, Promise<PermissionSet | undefined>>();
  return Promise.all(
    [...required.values()].map(async (permission): Promise<PermissionCheck> => {
      const scope = resourceKey(permission.scope);
      const lookup = sets.get(scope) ?? allowedAt(permission.scope, azure, signal);
      sets.set(scope, lookup);
      const set = await lookup;
      const verdict = set === undefined ? 'unknown' : isAllowed(permission.action, set) ? 'allowed' : 'missing';
      return { ...permission, verdict };
    }),
  );
}

export function permissionKey({ action, scope }: RequiredPermission): string {
  return `${action.toLowerCase()} ${resourceKey(scope)}`;
}

/** A scope that does not exist yet inherits: ask at the group, then at the subscription. */
async function allowedAt(scope: string, azure: AzurePort, signal: AbortSignal): Promise<PermissionSet | undefined> {
  const subscription = parseResourceId(scope)?.subscriptionId;
  const scopes = [scope, resourceGroupIdOf(scope), subscription && subscriptionScope(subscription)];
  for (const candidate of new Set(scopes)) {
    const set = candidate === undefined ? undefined : await azure.allowedActions(candidate, signal);
    if (set !== undefined) return set;
  }
  return undefined;
}

/** Azure RBAC: one entry that grants the action and does not take it back. Wildcards stand for anything. */
export function isAllowed(action: string, permissions: PermissionSet): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matchesAction(pattern, action)) &&
      !notActions.some((pattern) => matchesAction(pattern, action)),
  );
}

function matchesAction(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}
