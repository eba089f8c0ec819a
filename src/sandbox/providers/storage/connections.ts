import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { connectionsOf, connectionType, endpointIdOf, storeConnection, wantedState } from '../network/linkConnections';
import type { ConnectionRequest } from '../network/privateLinkService';
import { writeRecords } from '../network/zoneRecords';
import { STORAGE_ACCOUNT_TYPE, STORAGE_VERSIONS } from './accountState';
import { childNotFound, invalidValues } from './errors';

/** The storage account's side of a private endpoint. Recorded: it does not show the group. */
export const STORAGE_CONNECTION: ResourceType = {
  type: connectionType(STORAGE_ACCOUNT_TYPE),
  apiVersions: STORAGE_VERSIONS,
  inGraph: false,
  show,
  put,
  remove,
  missing: childNotFound,
};

export function embeddedConnections(azure: Azure, account: StoredResource): readonly JsonObject[] {
  return connectionsOf(azure, account).map(show);
}

/** Records an endpoint at the account. Recorded: the name is `{account}.{guid}`, whatever the endpoint is called. */
export function addConnection(azure: Azure, account: StoredResource, request: ConnectionRequest): void {
  const { status, description } = request.state;
  const state = stateFor(status, status === 'Approved' ? 'Auto-Approved' : description);
  storeConnection(azure, account, `${account.name}.${request.endpointGuid}`, request, state);
}

/** Recorded: without the s that others have in `actionsRequired`. */
function stateFor(status: string, description = ''): JsonObject {
  return { status, description, actionRequired: 'None' };
}

function show(connection: StoredResource): JsonObject {
  const { id, name, type, state } = connection;
  return { id, name, type, properties: { provisioningState: state, ...propertiesOf(connection) } };
}

/** Approves or rejects, at once. */
function put({ azure, resource, body, id }: PutCall): Answer {
  if (resource === undefined) throw childNotFound(id);
  const wanted = wantedState(body);
  if (wanted === undefined) throw invalidValues(['privateLinkServiceConnectionState.status']);
  const state = stateFor(wanted.status, wanted.description);
  const properties = { ...propertiesOf(resource), privateLinkServiceConnectionState: state };
  const changed = azure.store.change(resource.id, { body: { ...resource.body, properties } });
  writeRecords(azure, endpointIdOf(resource));
  return { status: 200, body: show(changed ?? resource) };
}

/** The endpoint itself survives, disconnected. */
function remove({ azure, resource }: ExistingCall): Answer {
  azure.vanish(resource);
  return { status: 200 };
}
