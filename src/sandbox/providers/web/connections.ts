import type { JsonObject } from '../../../core/resources/json';
import { resourceName } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import { connectionType, wantedState } from '../network/linkConnections';
import type { PrivateLinkService } from '../network/privateLinkService';
import { badRequest, cannotFind } from './errors';
import { SITE_TYPE } from './plans';
import { WEB_VERSIONS } from './webResource';

const notFound = (id: string) => cannotFind('PrivateEndpointConnection', resourceName(id));

/** The app's side of a private endpoint. Published shape. */
export const SITE_CONNECTION: ResourceType = {
  type: connectionType(SITE_TYPE),
  apiVersions: WEB_VERSIONS,
  inGraph: false,
  show,
  put,
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
  missing: notFound,
};

/** Private Link to web apps, as far as shared private links of others: no name of an app resolves in the sandbox. */
export const SITE_PRIVATE_LINK: PrivateLinkService = {
  type: SITE_TYPE,
  suffixes: [],
  groups: () => [],
  requireReady: () => undefined,
  setBusy: () => undefined,
  connect: (azure, site, { endpointId, endpointName, endpointGuid, groupIds, state }) => {
    const name = `${endpointName}-${endpointGuid}`;
    azure.store.put({
      id: `${site.id}/privateEndpointConnections/${name}`,
      name,
      type: SITE_CONNECTION.type,
      body: {
        groupIds,
        properties: { privateEndpoint: { id: endpointId }, privateLinkServiceConnectionState: { ...state } },
      },
      state: 'Succeeded',
      etag: '',
    });
  },
  connectionsChanged: () => undefined,
};

function show(connection: StoredResource): JsonObject {
  const { id, name, type, state } = connection;
  return { id, name, type, properties: { ...propertiesOf(connection), provisioningState: state } };
}

/** Approves or rejects, at once. */
function put({ azure, resource, body, id }: PutCall) {
  if (resource === undefined) throw notFound(id);
  const wanted = wantedState(body);
  if (wanted === undefined) throw badRequest('The connection status must be Approved or Rejected.');
  const state = { status: wanted.status, description: wanted.description ?? '', actionsRequired: 'None' };
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  const changed = azure.store.change(resource.id, { body: { ...resource.body, properties } });
  return { status: 200, body: show(changed ?? resource) };
}
