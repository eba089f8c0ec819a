import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { connectionsOf, connectionType, endpointIdOf, wantedState } from '../network/linkConnections';
import type { ConnectionRequest } from '../network/privateLinkService';
import { writeRecords } from '../network/zoneRecords';
import { newEtag } from './accountBody';
import { ACCOUNT_TYPE, ACCOUNT_VERSIONS, requireIdle, touch } from './accountState';
import { badRequest, childNotFound } from './errors';

/** The account's side of a private endpoint. */
export const CONNECTION: ResourceType = {
  type: connectionType(ACCOUNT_TYPE),
  apiVersions: ACCOUNT_VERSIONS,
  inGraph: false,
  show: (connection, azure) => {
    const { etag, state } = connection;
    const shown = embedded(connection);
    return {
      id: shown['id'],
      name: shown['name'],
      type: shown['type'],
      etag,
      location: azure.parentOf(connection)?.body['location'],
      properties: { ...propertiesOf(connection), provisioningState: state },
    };
  },
  getHeaders: ({ etag }) => ({ etag }),
  put,
  remove,
  missing: childNotFound,
};

/** The copies inside the account lack etag, location and provisioningState. */
export function embeddedConnections(azure: Azure, account: StoredResource): readonly JsonObject[] {
  return connectionsOf(azure, account).map(embedded);
}

/** Records an endpoint at the account, under the name that Azure gives: `{endpoint}.{its resourceGuid}`. */
export function addConnection(azure: Azure, account: StoredResource, request: ConnectionRequest): void {
  const { endpointId, endpointName, endpointGuid, groupIds, state } = request;
  const name = `${endpointName}.${endpointGuid}`;
  const id = `${account.id}/privateEndpointConnections/${name}`;
  azure.store.put({
    id,
    name,
    type: CONNECTION.type,
    body: {
      groupIds,
      properties: {
        privateEndpoint: { id: endpointId },
        groupIds,
        // Recorded: `Auto Approved` in the answer to the endpoint's PUT, `Approved` from then on.
        privateLinkServiceConnectionState:
          state.status === 'Approved' ? { ...state, description: 'Approved' } : { ...state },
      },
    },
    state: 'Succeeded',
    etag: newEtag(azure, id),
  });
}

function embedded(connection: StoredResource): JsonObject {
  const account = connection.id.split('/').at(-3) ?? '';
  return {
    id: connection.id,
    name: `${account}/${connection.name}`,
    type: connection.type,
    properties: propertiesOf(connection),
  };
}

/** Approves or rejects. Recorded: done at once; a null description is ignored on approval, and left out on rejection. */
function put({ azure, resource, body, id, parent, apiVersion }: PutCall): Answer {
  if (resource === undefined || parent === undefined) throw childNotFound(id);
  requireIdle(azure, parent);
  const wanted = wantedState(body);
  if (wanted === undefined) throw badRequest('The connection status must be Approved or Rejected.');
  const { status } = wanted;
  const description = wanted.description ?? (status === 'Approved' ? 'Approved' : undefined);
  const state = { status, ...(description === undefined ? {} : { description }), actionsRequired: 'None' };
  const changed = azure.store.change(resource.id, {
    body: { ...resource.body, properties: { ...propertiesOf(resource), privateLinkServiceConnectionState: state } },
    etag: newEtag(azure, resource.id),
  });
  touch(azure, parent.id);
  writeRecords(azure, endpointIdOf(resource));
  return {
    status: 200,
    headers: { etag: changed?.etag ?? '' },
    body: CONNECTION.show(changed ?? resource, azure, apiVersion),
  };
}

/** The endpoint itself survives, disconnected. */
function remove({ azure, resource, parent }: ExistingCall): Answer {
  if (parent) requireIdle(azure, parent);
  azure.vanish(resource);
  if (parent) touch(azure, parent.id);
  return { status: 200 };
}
