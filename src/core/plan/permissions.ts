import type { AzurePort, PermissionSet } from '../ports';
import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import {
  isWithin,
  parentResourceId,
  parseResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
  subscriptionScope,
} from '../resources/resourceId';
import { extendedScope, TYPES } from '../resources/resourceTypes';
import { sufficientRoles } from '../steps/azureRoles';
import type { Change, Plan, RequiredPermission } from './change';

/** Whether the signed-in principal may do what a change needs. */
export type PermissionVerdict = 'allowed' | 'missing' | 'unknown';

export interface PermissionCheck extends RequiredPermission {
  readonly verdict: PermissionVerdict;
}

/**
 * Looks up every permission that a plan needs, once for each scope.
 * @param lately Changes that were made so lately that Azure may not know of the roles that they gave.
 */
export async function checkPermissions(
  { changes }: Plan,
  azure: Pick<AzurePort, 'allowedActions'>,
  signal: AbortSignal,
  lately: readonly Change[] = [],
): Promise<readonly PermissionCheck[]> {
  const giving = [...lately, ...changes];
  const required = new Map<string, RequiredPermission>();
  for (const permission of changes.flatMap((change) => change.permissions)) {
    required.set(permissionKey(permission), permission);
  }
  const sets = new Map<string, Promise<Allowed | undefined>>();
  return Promise.all(
    [...required.values()].map(async (permission): Promise<PermissionCheck> => {
      const scope = resourceKey(permission.scope);
      const lookup = sets.get(scope) ?? allowedAt(permission.scope, azure, signal);
      sets.set(scope, lookup);
      return { ...permission, verdict: verdictOn(permission, await lookup, giving) };
    }),
  );
}

export function permissionKey({ action, scope }: RequiredPermission): string {
  return `${action.toLowerCase()} ${resourceKey(scope)}`;
}

/** What may be done at a scope, as that scope or one around it tells. */
interface Allowed {
  readonly scope: string;
  readonly set: PermissionSet;
}

/** A scope that does not exist yet inherits: ask at what it is in, at the group, then at the subscription. */
async function allowedAt(
  scope: string,
  azure: Pick<AzurePort, 'allowedActions'>,
  signal: AbortSignal,
): Promise<Allowed | undefined> {
  for (const candidate of scopesAround(scope)) {
    const set = await azure.allowedActions(candidate, signal);
    if (set !== undefined) return { scope: candidate, set };
  }
  return undefined;
}

/** The scope itself and everything that it is in, the nearest first. */
function scopesAround(scope: string): readonly string[] {
  const parent = parentResourceId(scope);
  if (parent !== undefined) return [scope, ...scopesAround(parent)];
  const subscription = parseResourceId(scope)?.subscriptionId;
  const around = [resourceGroupIdOf(scope), subscription && subscriptionScope(subscription)];
  return [scope, ...around.flatMap((id) => (id === undefined || sameResource(id, scope) ? [] : [id]))];
}

function verdictOn(
  permission: RequiredPermission,
  allowed: Allowed | undefined,
  changes: readonly Change[],
): PermissionVerdict {
  if (allowed === undefined) return 'unknown';
  if (isAllowed(permission.action, allowed.set) || comesWithPlan(permission, allowed.set, changes)) return 'allowed';
  // What is there may have a role assignment of its own that could not be read.
  const tells = sameResource(allowed.scope, permission.scope) || isCreated(permission.scope, changes);
  return tells ? 'missing' : 'unknown';
}

function isCreated(scope: string, changes: readonly Change[]): boolean {
  return changes.some(({ action, resource }) => action === 'create' && isWithin(scope, resource));
}

/** Whether a role that the plan itself assigns gives a permission on data, and nothing takes it away. */
function comesWithPlan({ action, scope }: RequiredPermission, set: PermissionSet, changes: readonly Change[]): boolean {
  if (!isDataAction(action) || set.some(({ notDataActions = [] }) => matchesOne(notDataActions, action))) return false;
  return changes.some((change) => {
    const assigned =
      resourceTypeOf(change.resource) === TYPES.roleAssignment ? extendedScope(change.resource) : undefined;
    const role = resourceName(asString(readPath(change.after, 'properties.roleDefinitionId')) ?? '');
    return (
      assigned !== undefined && isWithin(scope, assigned) && ROLES_FOR_DATA.get(action.toLowerCase())?.includes(role)
    );
  });
}

/** Actions on what is inside of services that changes need, with ids of the roles that have them. */
const ROLES_FOR_DATA: ReadonlyMap<string, readonly string[]> = new Map(
  ['create/action', 'recover/action', 'delete'].map((operation) => [
    `microsoft.keyvault/vaults/certificates/${operation}`,
    sufficientRoles('Key Vault Certificates Officer'),
  ]),
);

function isDataAction(action: string): boolean {
  return ROLES_FOR_DATA.has(action.toLowerCase());
}

/** Azure RBAC: one entry that grants the action and does not take it back. Wildcards stand for anything. */
export function isAllowed(action: string, permissions: PermissionSet): boolean {
  return permissions.some(({ actions, notActions, dataActions = [], notDataActions = [] }) =>
    isDataAction(action)
      ? matchesOne(dataActions, action) && !matchesOne(notDataActions, action)
      : matchesOne(actions, action) && !matchesOne(notActions, action),
  );
}

function matchesOne(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matchesAction(pattern, action));
}

function matchesAction(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}
