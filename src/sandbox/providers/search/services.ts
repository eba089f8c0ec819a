import { asString } from '../../../core/resources/json';
import { SILENT } from '../../arm/dialects';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import { forgetIdentity } from '../../directory/identities';
import { DURATIONS, PATIENCE } from '../../durations';
import type { Route, RouteCall, Router } from '../../http/router';
import { embeddedConnections } from './connections';
import { badRequest, nameTaken } from './errors';
import { encryptionOf } from './encryption';
import { listAdminKeys, listQueryKeys, QUERY_KEY_PARTS, regenerateAdminKey } from './keys';
import { privateLinkResources } from './privateLink';
import { needsProvisioning, patched, replaced, shownService } from './serviceBody';
import { checkWrite, isNameTaken, isServiceName } from './serviceRules';
import { newEtag, requireIdle, SEARCH_SERVICE_TYPE, SEARCH_VERSIONS, tierOf, touch } from './serviceState';
import { embeddedLinks } from './sharedPrivateLinks';

const FAILED = 'failed';

export const SEARCH_SERVICE: ResourceType = {
  type: SEARCH_SERVICE_TYPE,
  apiVersions: SEARCH_VERSIONS,
  inGraph: true,
  show: (service, azure, apiVersion) =>
    shownService(service, apiVersion, {
      encryptionWithCmk: encryptionOf(azure, service),
      privateEndpointConnections: embeddedConnections(azure, service),
      sharedPrivateLinkResources: embeddedLinks(azure, service),
    }),
  getHeaders: ({ etag }) => ({ etag }),
  secondsBetweenReads: PATIENCE.searchProvisioning,
  put: (call) => (call.resource === undefined ? create(call) : update({ ...call, resource: call.resource })),
  patch,
  remove,
  vanish: (service, azure) => {
    forgetIdentity(azure, service);
  },
  actions: { listAdminKeys, listQueryKeys, 'regenerateAdminKey/:key': regenerateAdminKey },
  facets: { privateLinkResources },
  parts: QUERY_KEY_PARTS,
};

function create(call: PutCall): Answer {
  const { azure, id, name, body, apiVersion } = call;
  for (const required of ['location', 'sku'] as const) {
    if (body[required] === undefined) throw invalidRequestContent(`Required property '${required}' not found in JSON`);
  }
  if (!isServiceName(name)) throw badRequest(`Service name '${name}' is not valid.`);
  if (isNameTaken(azure, name)) throw nameTaken(name);
  checkWrite(body, undefined, apiVersion);
  const stored = replaced(azure, id, body, undefined);
  const service = azure.store.put({
    id,
    name,
    type: SEARCH_SERVICE_TYPE,
    body: stored,
    state: 'provisioning',
    etag: newEtag(azure),
    inForce: {},
  });
  const isBasic = tierOf(service) === 'basic';
  provision(call, service, isBasic ? DURATIONS.basicSearchServiceCreate : DURATIONS.searchServiceCreate);
  return answer(201, call, service);
}

function update(call: PutCall & { readonly resource: StoredResource }): Answer {
  const { azure, resource, body, apiVersion } = call;
  requireIdle(azure, resource);
  checkWrite(body, resource, apiVersion);
  return write(call, replaced(azure, resource.id, body, resource.body));
}

function patch(call: PatchCall): Answer {
  const { azure, resource, body, apiVersion } = call;
  requireIdle(azure, resource);
  checkWrite(body, resource, apiVersion);
  return write(call, patched(azure, resource.id, body, resource.body));
}

/** The answer shows the new settings at once. Where the service provisions for them, it goes by the old ones until then. */
function write(call: ExistingCall, body: StoredResource['body']): Answer {
  const { azure, resource } = call;
  if (resource.state !== FAILED && !needsProvisioning(resource.body, body)) {
    return answer(200, call, touch(azure, resource.id, { body, inForce: body }) ?? resource);
  }
  const changes = { body, inForce: resource.inForce ?? resource.body, state: 'provisioning' };
  const service = touch(azure, resource.id, changes) ?? resource;
  provision(call, service, DURATIONS.searchServiceUpdate);
  return answer(200, call, service);
}

function provision({ azure, request }: Call, service: StoredResource, seconds: number): void {
  azure.operations.begin(request, {
    dialect: SILENT,
    kind: 'update',
    target: service.id,
    location: '',
    seconds,
    finish: () => {
      azure.store.change(service.id, { state: 'succeeded', inForce: azure.store.get(service.id)?.body ?? {} });
      return undefined;
    },
    abandon: () => {
      azure.store.change(service.id, { state: FAILED });
    },
  });
}

function answer(status: number, { azure, apiVersion }: Call, service: StoredResource): Answer {
  return {
    status,
    headers: { etag: service.etag },
    body: SEARCH_SERVICE.show(service, azure, apiVersion),
  };
}

function remove({ azure, resource }: ExistingCall): Answer {
  requireIdle(azure, resource);
  azure.vanish(resource);
  return { status: 200 };
}

export function addSearchRoutes(router: Router): void {
  const route: Route = {
    server: 'Microsoft.Search',
    type: 'checkNameAvailability',
    apiVersions: SEARCH_VERSIONS,
    answer: checkNameAvailability,
  };
  router.add('POST', '/subscriptions/:subscriptionId/providers/Microsoft.Search/checkNameAvailability', route);
}

function checkNameAvailability({ azure, request }: RouteCall): Answer {
  azure.authorize('Microsoft.Search/checkNameAvailability/action', azure.subscription);
  const name = asString(objectOf(request.body)['name']);
  if (name === undefined) throw badRequest('The name is missing.');
  if (!isServiceName(name)) {
    const message = `Service name '${name}' is not valid.`;
    return { status: 200, body: { nameAvailable: false, reason: 'Invalid', message } };
  }
  const taken = isNameTaken(azure, name);
  return {
    status: 200,
    body: { nameAvailable: !taken, reason: taken ? 'AlreadyExists' : null, message: taken ? '' : null },
  };
}
