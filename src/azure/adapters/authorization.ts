import { AuthorizationManagementClient, type RoleAssignmentCreateParameters } from '@azure/arm-authorization';
import { resourceName, resourceTypeOf } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { ClientSettings } from '../clientSettings';
import { flatten, scopeOf, unsupported, type WriteAdapter } from './adapter';
import { clientOptions } from './clientOptions';

/** Writes role assignments, through @azure/arm-authorization. */
export function createAuthorizationAdapter(settings: ClientSettings): WriteAdapter {
  const client = new AuthorizationManagementClient(
    settings.credential,
    settings.subscriptionId,
    clientOptions(settings),
  );
  return {
    write: async (write, { signal }) => {
      const name = resourceName(write.resource);
      const scope = scopeOf(write.resource);
      switch (`${resourceTypeOf(write.resource)} ${write.action}`) {
        case `${TYPES.roleAssignment} create`: {
          const assignment = flatten(write.body) as RoleAssignmentCreateParameters;
          await client.roleAssignments.create(scope, name, assignment, { abortSignal: signal });
          return;
        }
        case `${TYPES.roleAssignment} delete`:
          await client.roleAssignments.delete(scope, name, { abortSignal: signal });
          return;
        default:
          throw unsupported(write);
      }
    },
  };
}
