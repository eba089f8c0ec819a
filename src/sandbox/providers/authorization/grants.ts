import { isWithin } from '../../../core/resources/resourceId';
import { matches } from '../../arm/access';
import { PRINCIPAL_ID, type Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { assignedRoles } from './assignedRole';
import { builtInRole, type BuiltInRole } from './builtInRoles';

/** An operation of a data plane. Azure asks the `actions` of roles for some of them and the `dataActions` for the others. */
export interface Need {
  readonly kind: 'action' | 'dataAction';
  readonly name: string;
}

/** `onItsWay`: a role that grants it was assigned, and is not in force yet. */
export type Grant = 'granted' | 'onItsWay' | 'missing';

export const action = (name: string): Need => ({ kind: 'action', name });
export const dataAction = (name: string): Need => ({ kind: 'dataAction', name });

/** What the roles of a principal, and of the groups that it is in, let it do at a scope. */
export function grantOf(azure: Azure, principalId: string, need: Need, scope: string): Grant {
  // What a test denies to the operator, no role gives back.
  if (principalId === PRINCIPAL_ID && !azure.access.allows(need.name, scope)) return 'missing';
  const granting = rolesAt(azure, principalId, scope).filter(({ role }) => grants(role, need));
  if (granting.length === 0) return 'missing';
  return granting.some(({ isInForce }) => isInForce) ? 'granted' : 'onItsWay';
}

/** What the roles of a principal that are in force let it do in data planes at a scope, as patterns. */
export function dataActionsOf(azure: Azure, principalId: string, scope: string): readonly string[] {
  const inForce = rolesAt(azure, principalId, scope).filter(({ isInForce }) => isInForce);
  return [...new Set(inForce.flatMap(({ role }) => role.dataActions ?? []))];
}

function rolesAt(azure: Azure, principalId: string, scope: string) {
  const everybody = azure.directory.selfAndGroups(principalId);
  return assignedRoles(azure)
    .filter((assigned) => everybody.has(assigned.principalId) && isWithin(scope, assigned.scope))
    .flatMap(({ roleId, assignment }) => {
      const role = builtInRole(roleId);
      const isInForce = azure.replication.age(assignment.id) >= DURATIONS.roleAssignment;
      return role ? [{ role, isInForce }] : [];
    });
}

function grants({ actions = [], notActions = [], dataActions = [] }: BuiltInRole, { kind, name }: Need): boolean {
  const isIn = (patterns: readonly string[]): boolean => patterns.some((pattern) => matches(pattern, name));
  return kind === 'dataAction' ? isIn(dataActions) : isIn(actions) && !isIn(notActions);
}
