import { asString, isJsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import { DURATIONS } from '../../durations';
import { badRequest } from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  putNetworkResource,
  requireFree,
  tagsOf,
  weakTag,
} from './networkResource';

/** A public IP address. It has none before it is provisioned. */
export const PUBLIC_IP_ADDRESS: ResourceType = {
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: (address) => {
    const { id, name, type, body, state } = address;
    const { resourceGuid, ipAddress, ...properties } = propertiesOf(address);
    return {
      name,
      id,
      etag: weakTag(address),
      location: body['location'],
      ...tagsOf(body),
      properties: {
        provisioningState: state,
        resourceGuid,
        ...(state === 'Succeeded' ? { ipAddress } : {}),
        ...properties,
      },
      type,
      sku: body['sku'],
    };
  },
  getHeaders: etagHeader,
  put,
  remove: (call: ExistingCall) => {
    requireFree(call, call.resource.id);
    return deleteNetworkResource(call, call.resource, {
      label: 'DeletePublicIpAddressOperation',
      location: asString(call.resource.body['location']) ?? '',
    });
  },
};

function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFree(call, id);
  const location = locationOf(call);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const sku = isJsonObject(body['sku']) ? body['sku'] : { name: 'Standard' };
  if (sku['name'] !== 'Standard') throw badRequest('New public IP addresses must have the Standard SKU.');
  const before = resource && propertiesOf(resource);
  const properties = {
    resourceGuid: before?.['resourceGuid'] ?? azure.guids.next(`guid ${id}`),
    ipAddress: before?.['ipAddress'] ?? freeDocumentationAddress(call),
    publicIPAddressVersion: sent['publicIPAddressVersion'] ?? 'IPv4',
    publicIPAllocationMethod: sent['publicIPAllocationMethod'] ?? 'Static',
    idleTimeoutInMinutes: sent['idleTimeoutInMinutes'] ?? 4,
    ipTags: sent['ipTags'] ?? [],
    ddosSettings: sent['ddosSettings'] ?? { protectionMode: 'VirtualNetworkInherited' },
  };
  return putNetworkResource(
    call,
    PUBLIC_IP_ADDRESS,
    { location, ...tagsOf(body), sku: { tier: 'Regional', ...sku }, properties },
    {
      label: 'PutPublicIpAddressOperation',
      seconds: DURATIONS.publicIpAddress,
      retryAfter: 1,
      location,
    },
  );
}

/** From 192.0.2.0/24, which is nobody's (RFC 5737). */
function freeDocumentationAddress({ azure }: PutCall): string {
  return `192.0.2.${String((azure.store.ofType(PUBLIC_IP_ADDRESS.type).length % 250) + 4)}`;
}
