import { extensionId } from '../../core/resources/resourceId';
import { PRINCIPAL_ID, SUBSCRIPTION_ID } from '../azure';
import type { PrincipalType } from '../directory/directory';
import { firstPrincipalOf } from '../directory/identities';
import { nthGuid } from '../guids';
import { roleNamed } from '../providers/authorization/builtInRoles';
import { put } from './builders';
import type { SeedStep } from './seed';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;

/** Somebody has a built-in role at a scope. */
export function roleAssignment(
  scope: string,
  role: string,
  principalId: string,
  principalType: PrincipalType = 'ServicePrincipal',
): SeedStep {
  const roleId = roleNamed(role);
  const name = nthGuid(`role assignment ${scope} ${roleId} ${principalId}`, 0);
  return put(extensionId(scope, 'Microsoft.Authorization/roleAssignments', name), {
    properties: {
      roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
      principalId,
      principalType,
    },
  });
}

/** The system-assigned identity of a resource has a built-in role at a scope. */
export const identityRole = (scope: string, role: string, resource: string): SeedStep =>
  roleAssignment(scope, role, firstPrincipalOf(resource));

/** What the signed-in operator may do in every world. */
export const OPERATOR_ROLES: readonly SeedStep[] = ['Owner', 'Cognitive Services OpenAI User'].map((role) =>
  roleAssignment(SUBSCRIPTION, role, PRINCIPAL_ID, 'User'),
);
