import { resourceGroupIdOf } from '../../../core/resources/resourceId';
import { resourceGroupNotFound } from '../../arm/gatewayErrors';
import { PRINCIPAL_ID } from '../../azure';
import { listAnswer } from '../../http/listing';
import type { Router } from '../../http/router';
import { dataActionsOf } from './grants';

/** GET {scope}/providers/Microsoft.Authorization/permissions: what the principal may do there. */
export function addPermissionRoutes(extensions: Router): void {
  extensions.add('GET', '/providers/Microsoft.Authorization/permissions', {
    server: 'gateway',
    type: 'permissions',
    apiVersions: ['2015-07-01', '2018-07-01', '2022-04-01'],
    answer: ({ azure, params, request }) => {
      const scope = params['scope'] ?? '';
      const group = resourceGroupIdOf(scope);
      if (group !== undefined && azure.store.get(group) === undefined) {
        throw resourceGroupNotFound(group.slice(group.lastIndexOf('/') + 1));
      }
      const permissions = azure.access.permissions(scope).map(({ actions, notActions }) => ({
        actions,
        notActions,
        dataActions: dataActionsOf(azure, PRINCIPAL_ID, scope),
        notDataActions: notActions,
      }));
      return listAnswer(request, permissions);
    },
  });
}
