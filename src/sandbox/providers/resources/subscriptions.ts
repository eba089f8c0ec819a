import type { JsonObject } from '../../../core/resources/json';
import { SUBSCRIPTION_ID, TENANT_ID } from '../../azure';
import { listAnswer } from '../../http/listing';
import type { Route, Router } from '../../http/router';
import { REGIONS } from './regions';

/** Tenants, subscriptions and their regions. */
export function addSubscriptionRoutes(router: Router): void {
  const route = (answer: Route['answer']): Route => ({
    server: 'gateway',
    type: 'subscriptions',
    apiVersions: [],
    answer,
  });
  router.add(
    'GET',
    '/tenants',
    route(({ request }) =>
      listAnswer(request, [{ id: `/tenants/${TENANT_ID}`, tenantId: TENANT_ID, tenantCategory: 'Home' }]),
    ),
  );
  router.add(
    'GET',
    '/subscriptions',
    route(() => ({ status: 200, body: { value: [subscription({})], count: { type: 'Total', value: 1 } } })),
  );
  router.add(
    'GET',
    '/subscriptions/:subscriptionId',
    route(() => ({ status: 200, body: subscription({ tags: {} }) })),
  );
  router.add(
    'GET',
    '/subscriptions/:subscriptionId/locations',
    route(({ azure, request }) =>
      listAnswer(
        request,
        REGIONS.map(({ name, displayName }) => ({
          id: `${azure.subscription}/locations/${name}`,
          name,
          displayName,
          regionalDisplayName: displayName,
          metadata: { regionType: 'Physical' },
        })),
      ),
    ),
  );
}

function subscription(more: JsonObject): JsonObject {
  return {
    id: `/subscriptions/${SUBSCRIPTION_ID}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    ...more,
    subscriptionId: SUBSCRIPTION_ID,
    tenantId: TENANT_ID,
    displayName: 'Ringfence sandbox',
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
