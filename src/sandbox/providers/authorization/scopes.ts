import { resourceGroupIdOf, resourceKey, resourceName } from '../../../core/resources/resourceId';
import { resourceGroupNotFound, resourceNotFound, subscriptionNotFound } from '../../arm/gatewayErrors';
import type { Azure } from '../../azure';
import { SEARCH_SERVICE_TYPE } from '../search/serviceState';

/**
 * The scope in Azure's canonical casing: the subscription, a resource group, a resource, a child of one, or an index.
 * @throws Refusal where there is no such thing.
 */
export function requireScope(azure: Azure, scope: string): string {
  if (resourceKey(scope) === azure.subscription) return azure.subscription;
  if (!resourceKey(scope).startsWith(`${azure.subscription}/`)) {
    throw subscriptionNotFound(scope.split('/')[2] ?? scope);
  }
  const found = azure.store.get(scope);
  if (found !== undefined) return found.id;
  // Documented: a single index can be a scope. Resource Manager knows no indexes, so it asks for the service only.
  const [, service = '', index = ''] = /^(.+)\/indexes\/([^/]+)$/i.exec(scope) ?? [];
  const owner = azure.store.get(service);
  if (owner?.type === SEARCH_SERVICE_TYPE) return `${owner.id}/indexes/${index}`;
  const group = resourceGroupIdOf(scope) ?? '';
  if (azure.store.get(group) === undefined) throw resourceGroupNotFound(resourceName(group));
  throw resourceNotFound(scope.slice(scope.indexOf('/providers/') + '/providers/'.length), resourceName(group));
}
