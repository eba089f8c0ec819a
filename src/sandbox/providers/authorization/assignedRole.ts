import { resourceName } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';

export const ROLE_ASSIGNMENT_TYPE = 'Microsoft.Authorization/roleAssignments';

/** Who has which role where. */
export interface AssignedRole {
  readonly assignment: StoredResource;
  readonly scope: string;
  /** Object id, in lower case. */
  readonly principalId: string;
  /** GUID of the role definition, in lower case. */
  readonly roleId: string;
}

export function assignedRoles(azure: Azure): readonly AssignedRole[] {
  return azure.store.ofType(ROLE_ASSIGNMENT_TYPE).map((assignment) => {
    const { scope, principalId, roleDefinitionId } = propertiesOf(assignment);
    return {
      assignment,
      scope: String(scope),
      principalId: String(principalId).toLowerCase(),
      roleId: resourceName(String(roleDefinitionId)).toLowerCase(),
    };
  });
}
