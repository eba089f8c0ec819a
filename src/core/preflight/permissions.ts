import { rolesFor, type NeededRole } from '../plan/builtInRoles';
import type { Change } from '../plan/change';
import { checkPermissions, permissionKey, type PermissionCheck } from '../plan/permissions';
import { resourceName } from '../resources/resourceId';
import { text } from '../text';
import { idsOf, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** What the signed-in principal may not do, by the smallest roles that would let it; and where that could not be told. */
export async function permissionFindings(input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const { changes, lately, questions, tools } = input;
  const checks = await checkPermissions({ changes, blocked: [] }, questions, tools.signal, lately);
  const missing = checks.filter(({ verdict }) => verdict === 'missing');
  const unknown = checks.filter(({ verdict }) => verdict === 'unknown');
  return [
    ...rolesFor(missing.map(({ action, scope }) => ({ action, scope }))).map((role) => lacking(role, changes)),
    ...(unknown.length === 0 ? [] : [unreadable(unknown, changes)]),
  ];
}

function lacking(needed: NeededRole, changes: readonly Change[]): PreflightFinding {
  const { role, scope, permissions } = needed;
  const [first, ...others] = permissions;
  const action = first?.action ?? '';
  const name = resourceName(scope);
  return {
    kind: 'permission',
    verdict: 'blocks',
    title:
      others.length === 0
        ? text('You lack the permission {0} on {1}.', action, resourceName(first?.scope ?? scope))
        : text('You lack {0} permissions on {1}, {2} among them.', permissions.length, name, action),
    detail: linesOf(permissions),
    remedy: text(
      'Ask an owner of {0} to give you the role “{1}” there, wait up to ten minutes, and try again. Or have somebody with that role apply the plan.',
      name,
      role,
    ),
    changes: idsOf(needing(permissions, changes)),
    resource: scope,
    needed,
  };
}

function unreadable(unknown: readonly PermissionCheck[], changes: readonly Change[]): PreflightFinding {
  const scopes = [...new Set(unknown.map(({ scope }) => resourceName(scope)))];
  return {
    kind: 'permission',
    verdict: 'unknown',
    title: text('What you may do on {0} could not be read.', scopes.join(', ')),
    detail: linesOf(unknown),
    remedy: text(
      'Look at “Access control (IAM)” in the Azure portal, or go on: what Azure refuses stops by itself, and nothing else is lost.',
    ),
    changes: idsOf(needing(unknown, changes)),
  };
}

function linesOf(permissions: readonly Pick<PermissionCheck, 'action' | 'scope'>[]): string {
  return permissions.map(({ action, scope }) => `${action} ${scope}`).join('\n');
}

function needing(permissions: readonly Pick<PermissionCheck, 'action' | 'scope'>[], changes: readonly Change[]) {
  const keys = new Set(permissions.map(permissionKey));
  return changes.filter((change) => change.permissions.some((permission) => keys.has(permissionKey(permission))));
}
