import type { JsonObject } from '../../../core/resources/json';
import type { Azure } from '../../azure';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { ResourceType } from '../../arm/resourceType';
import { PATIENCE } from '../../durations';
import { listAnswer } from '../../http/listing';
import type { Route, RouteCall, Router } from '../../http/router';
import { REGIONS } from './regions';

/** Resource providers of the subscription: which there are, and whether they are registered. */
export function addProviderRoutes(router: Router): void {
  const route = (answer: Route['answer']): Route => ({ server: 'gateway', type: 'providers', apiVersions: [], answer });
  const providers = '/subscriptions/:subscriptionId/providers';
  router.add('GET', providers, route(list));
  router.add('GET', `${providers}/:namespace`, route(get));
  router.add('POST', `${providers}/:namespace/register`, route(change('register')));
  router.add('POST', `${providers}/:namespace/unregister`, route(change('unregister')));
}

/** The namespaces that this Azure has, in the casing of its answers. */
export function namespacesOf(azure: Azure): readonly string[] {
  return [...new Set(azure.types.all.map((type) => namespaceOf(type)))].sort();
}

export function showProvider(azure: Azure, namespace: string): JsonObject {
  const types = azure.types.all.filter((type) => namespaceOf(type) === namespace);
  return {
    id: `${azure.subscription}/providers/${namespace}`,
    namespace,
    authorizations: [
      {
        applicationId: 'c0ffee00-0000-4000-8000-000000000001',
        roleDefinitionId: 'c0ffee00-0000-4000-8000-000000000002',
      },
    ],
    resourceTypes: types.map(showType),
    registrationState: azure.registrations.stateOf(namespace),
    registrationPolicy: 'RegistrationRequired',
  };
}

function showType(type: ResourceType): JsonObject {
  return {
    resourceType: type.type.split('/').slice(1).join('/'),
    locations: ['Global', ...REGIONS.map((region) => region.displayName)],
    apiVersions: [...type.apiVersions].reverse(),
    capabilities: 'CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SupportsTags, SupportsLocation',
  };
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.Resources/subscriptions/providers/read', azure.subscription);
  return listAnswer(
    request,
    namespacesOf(azure).map((namespace) => showProvider(azure, namespace)),
  );
}

function get({ azure, params }: RouteCall): Answer {
  azure.authorize('Microsoft.Resources/subscriptions/providers/read', azure.subscription);
  const namespace = requireNamespace(azure, params['namespace'] ?? '');
  const changing = azure.registrations.stateOf(namespace).endsWith('ing');
  return {
    status: 200,
    body: showProvider(azure, namespace),
    ...(changing ? { wait: { seconds: PATIENCE.providerRegistration, told: false } } : {}),
  };
}

function change(verb: 'register' | 'unregister') {
  return ({ azure, params, request }: RouteCall): Answer => {
    const namespace = requireNamespace(azure, params['namespace'] ?? '');
    azure.authorize(`${namespace}/${verb}/action`, azure.subscription);
    azure.registrations[verb](namespace);
    const provider = request.path.slice(0, request.path.lastIndexOf('/')).toLowerCase();
    return {
      status: 200,
      body: showProvider(azure, namespace),
      wait: { seconds: PATIENCE.providerRegistration, told: false, thenAsks: [`GET ${provider}`] },
    };
  };
}

function requireNamespace(azure: Azure, name: string): string {
  const found = namespacesOf(azure).find((namespace) => namespace.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw notSimulated(404, `the resource provider '${name}'`);
  return found;
}

function namespaceOf(type: ResourceType): string {
  return type.type.split('/')[0] ?? '';
}
