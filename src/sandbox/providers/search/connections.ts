import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { connectionsOf, connectionType, endpointIdOf, storeConnection, wantedState } from '../network/linkConnections';
import type { ConnectionRequest } from '../network/privateLinkService';
import { writeRecords } from '../network/zoneRecords';
import { badRequest, notFound } from './errors';
import { requireIdle, SEARCH_SERVICE_TYPE, SEARCH_VERSIONS, touch } from './serviceState';

export const SEARCH_GROUP = 'searchService';

/** The search service's side of a private endpoint. */
export const SEARCH_CONNECTION: ResourceType = {
  type: connectionType(SEARCH_SERVICE_TYPE),
  apiVersions: SEARCH_VERSIONS,
  inGraph: false,
  show,
  put,
  remove,
  missing: notFound,
};

export function embeddedConnections(azure: Azure, service: StoredResource): readonly JsonObject[] {
  return connectionsOf(azure, service).map(show);
}

/** Records an endpoint at the service, under the name of the published examples: `{endpoint}.{its resourceGuid}`. */
export function addConnection(azure: Azure, service: StoredResource, request: ConnectionRequest): void {
  storeConnection(azure, service, `${request.endpointName}.${request.endpointGuid}`, request);
}

function show(connection: StoredResource): JsonObject {
  const { id, name, type, state } = connection;
  return {
    id,
    name,
    type,
    properties: { ...propertiesOf(connection), groupId: SEARCH_GROUP, provisioningState: state },
  };
}

/** Approves or rejects, at once. */
function put({ azure, resource, body, id, parent }: PutCall): Answer {
  if (resource === undefined || parent === undefined) throw notFound(id);
  requireIdle(azure, parent);
  const wanted = wantedState(body);
  if (wanted === undefined) throw badRequest('The connection status must be Approved or Rejected.');
  const { status, description = '' } = wanted;
  const state = { status, description, actionsRequired: 'None' };
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  const changed = azure.store.change(resource.id, { body: { ...resource.body, properties } });
  touch(azure, parent.id);
  writeRecords(azure, endpointIdOf(resource));
  return { status: 200, body: show(changed ?? resource) };
}

/** Answers with the connection as it ends. The endpoint itself survives. */
function remove({ azure, resource, parent }: ExistingCall): Answer {
  if (parent) requireIdle(azure, parent);
  azure.vanish(resource);
  if (parent) touch(azure, parent.id);
  const state = { status: 'Disconnected', description: '', actionsRequired: 'None' };
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  return { status: 200, body: show({ ...resource, body: { ...resource.body, properties } }) };
}
