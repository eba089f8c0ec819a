import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import type { ConnectionRequest, ConnectionState } from './privateLinkService';

/** The type of the service's side of private endpoints: children of the resource that they lead to. */
export const connectionType = (targetType: string): string => `${targetType}/privateEndpointConnections`;

export function connectionsOf(azure: Azure, target: StoredResource): readonly StoredResource[] {
  return azure.store.children(target.id, connectionType(target.type));
}

/** Records an endpoint at the resource that it leads to, under a name, with the state as the service shows it. */
export function storeConnection(
  azure: Azure,
  target: StoredResource,
  name: string,
  { endpointId, groupIds, state }: ConnectionRequest,
  shownState: JsonObject = { ...state },
): void {
  azure.store.put({
    id: `${target.id}/privateEndpointConnections/${name}`,
    name,
    type: connectionType(target.type),
    body: {
      groupIds,
      properties: { privateEndpoint: { id: endpointId }, privateLinkServiceConnectionState: shownState },
    },
    state: 'Succeeded',
    etag: '',
  });
}

export function findConnection(azure: Azure, target: StoredResource, endpointId: string): StoredResource | undefined {
  return connectionsOf(azure, target).find((connection) => sameResource(endpointIdOf(connection), endpointId));
}

export function endpointIdOf(connection: StoredResource): string {
  const endpoint = propertiesOf(connection)['privateEndpoint'];
  return (isJsonObject(endpoint) ? asString(endpoint['id']) : undefined) ?? '';
}

/** The state as the service shows it: services do not agree on its properties. */
export function connectionStateOf(connection: StoredResource): JsonObject {
  const state = propertiesOf(connection)['privateLinkServiceConnectionState'];
  return isJsonObject(state) ? state : {};
}

/** The state of an endpoint's connection as the endpoint shows it; undefined where the service has none with it. */
export function stateOf(azure: Azure, target: StoredResource, endpointId: string): ConnectionState | undefined {
  const connection = findConnection(azure, target, endpointId);
  if (connection === undefined) return undefined;
  const { status, description } = connectionStateOf(connection);
  const text = asString(description);
  return {
    status: status as ConnectionState['status'],
    ...(text === undefined ? {} : { description: text }),
    actionsRequired: 'None',
  };
}

/** Takes the connection with this endpoint away, if there is one. */
export function disconnect(azure: Azure, target: StoredResource, endpointId: string): void {
  const connection = findConnection(azure, target, endpointId);
  if (connection === undefined) return;
  azure.vanish(connection);
  azure.privateLink.of(target)?.connectionsChanged(azure, target);
}

/** True where some endpoint of this group is approved: then the public name of the group goes by its alias. */
export function hasApprovedConnection(azure: Azure, target: StoredResource, groupId: string): boolean {
  return connectionsOf(azure, target).some((connection) => {
    const groups = groupIdsOf(connection);
    const isOfGroup = groups.length === 0 || groups.some((id) => id.toLowerCase() === groupId.toLowerCase());
    return isOfGroup && connectionStateOf(connection)['status'] === 'Approved';
  });
}

/** Not every service shows the groups, so they are kept beside what is shown. None: the service has one group only. */
export function groupIdsOf(connection: StoredResource): readonly string[] {
  return asArray(connection.body['groupIds']).map(String);
}

/** What an answer to a connection wants; undefined for anything but an approval or a rejection. */
export function wantedState(
  body: JsonObject,
): { readonly status: 'Approved' | 'Rejected'; readonly description: string | undefined } | undefined {
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  const wanted = properties['privateLinkServiceConnectionState'];
  const status = isJsonObject(wanted) ? wanted['status'] : undefined;
  if (!isJsonObject(wanted) || (status !== 'Approved' && status !== 'Rejected')) return undefined;
  return { status, description: asString(wanted['description']) };
}
