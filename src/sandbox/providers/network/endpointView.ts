import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { isSettled, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { connectionOf, connectionStateOf } from './endpointConnection';
import { tagsOf, weakTag } from './networkResource';
import { linkedHosts, ZONE_GROUP_TYPE } from './zoneRecords';

/** Wire JSON of a private endpoint. Its connection state is the service's, its DNS entries those of its interface. */
export function showEndpoint(endpoint: StoredResource, azure: Azure, apiVersion: string): JsonObject {
  const { id, name, type, body, state } = endpoint;
  const { resourceGuid, customNetworkInterfaceName, subnetId, ipConfigurations, networkInterfaceIds } =
    propertiesOf(endpoint);
  const { manual } = connectionOf(endpoint);
  const connections = [showConnection(endpoint, azure)];
  return {
    name,
    id,
    etag: weakTag(endpoint),
    type,
    location: body['location'],
    ...tagsOf(body),
    properties: {
      provisioningState: state,
      resourceGuid,
      privateLinkServiceConnections: manual ? [] : connections,
      manualPrivateLinkServiceConnections: manual ? connections : [],
      customNetworkInterfaceName,
      subnet: { id: asString(subnetId) ?? '' },
      ipConfigurations,
      networkInterfaces: asArray(networkInterfaceIds).map((nic) => ({ id: nic })),
      customDnsConfigs: customDnsConfigs(endpoint, azure),
      ...(apiVersion >= '2025-01-01' ? { ipVersionType: 'IPv4' } : {}),
    },
  };
}

/** Filled when the endpoint is made, and empty again once a zone group takes care of the names. */
function customDnsConfigs(endpoint: StoredResource, azure: Azure): readonly JsonObject[] {
  const hasZoneGroup = azure.store.children(endpoint.id, ZONE_GROUP_TYPE).length > 0;
  if (!isSettled(endpoint) || hasZoneGroup) return [];
  return linkedHosts(azure, endpoint).map(({ host, address }) => ({ fqdn: host, ipAddresses: [address] }));
}

function showConnection(endpoint: StoredResource, azure: Azure): JsonObject {
  const { name, manual, targetId, groupIds, requestMessage } = connectionOf(endpoint);
  const list = manual ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections';
  return {
    name,
    id: `${endpoint.id}/${list}/${name}`,
    etag: weakTag(endpoint),
    properties: {
      provisioningState: 'Succeeded',
      privateLinkServiceId: targetId,
      groupIds,
      ...(requestMessage === undefined ? {} : { requestMessage }),
      privateLinkServiceConnectionState: { ...connectionStateOf(azure, endpoint) },
    },
    type: `Microsoft.Network/privateEndpoints/${list}`,
  };
}
