import { isDeepStrictEqual } from 'node:util';
import { asArray, asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { badRequest, networkError, retryableError } from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  putNetworkResource,
  requireFree,
  tagsOf,
  updateTags,
  weakTag,
} from './networkResource';
import { checkRanges } from './subnetRules';
import { addressSpaceOf, namedPrefixes, showSubnet, SUBNET, subnetProperties } from './subnets';
import { checkChange, inUse } from './subnetUse';
import { requireRoom } from './usages';

export const VIRTUAL_NETWORK: ResourceType = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: (network, azure, apiVersion) => {
    const { id, name, type, body, state } = network;
    const { resourceGuid, addressSpace, dhcpOptions } = propertiesOf(network);
    return {
      name,
      id,
      etag: weakTag(network),
      type,
      location: body['location'],
      ...tagsOf(body),
      properties: {
        provisioningState: state,
        resourceGuid,
        addressSpace,
        ...(dhcpOptions === undefined ? {} : { dhcpOptions }),
        ...(apiVersion >= '2024-03-01' ? { privateEndpointVNetPolicies: 'Disabled' } : {}),
        subnets: azure.store.children(id, SUBNET.type).map((subnet) => showSubnet(subnet, azure)),
        virtualNetworkPeerings: [],
        enableDdosProtection: false,
      },
    };
  },
  getHeaders: etagHeader,
  put,
  patch: updateTags,
  remove,
  blocked: (network, azure, going) =>
    azure.store.children(network.id, SUBNET.type).flatMap((subnet) => inUse(azure, subnet, going) ?? [])[0],
};

interface WantedSubnet {
  readonly id: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** A PUT replaces the network with all of its subnets: one that is not sent is deleted. */
function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFreeNetwork(call);
  const location = locationOf(call);
  requireRoom(call, VIRTUAL_NETWORK.type, location);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const properties = networkProperties(call, sent);
  const wanted = wantedSubnets(call, sent);
  checkRanges(
    addressSpaceOf({ id, name: call.name, type: VIRTUAL_NETWORK.type, body: { properties }, state: '', etag: '' }),
    wanted.map(namedPrefixes),
  );
  const { gone, changed } = compareSubnets(call, wanted);
  for (const subnet of gone) {
    const failure = inUse(azure, subnet);
    if (failure) throw networkError(failure);
  }
  for (const subnet of changed) {
    const before = azure.store.get(subnet.id);
    if (before) checkChange(azure, before, objectOf(subnet.body['properties']));
  }
  for (const subnet of gone) azure.vanish(subnet);
  for (const subnet of changed) azure.store.put({ ...subnet, type: SUBNET.type, state: 'Updating', etag: '' });
  return putNetworkResource(
    call,
    VIRTUAL_NETWORK,
    { location, ...tagsOf(body), properties },
    {
      label: 'PutVirtualNetworkOperation',
      seconds: DURATIONS.virtualNetwork,
      retryAfter: 3,
      location,
      changesMore: resource !== undefined && gone.length + changed.length > 0,
      finish: () => {
        for (const subnet of wanted) azure.store.change(subnet.id, { state: 'Succeeded' });
      },
      abandon: () => {
        for (const subnet of changed) azure.store.change(subnet.id, { state: 'Failed' });
      },
    },
  );
}

function networkProperties({ azure, id, resource }: PutCall, sent: JsonObject): JsonObject {
  const space = isJsonObject(sent['addressSpace']) ? asArray(sent['addressSpace']['addressPrefixes']) : [];
  if (space.length === 0) throw badRequest(`Virtual network ${id} needs an address space.`);
  const dhcp = sent['dhcpOptions'];
  return {
    resourceGuid: (resource && propertiesOf(resource)['resourceGuid']) ?? azure.guids.next(`guid ${id}`),
    addressSpace: { addressPrefixes: space },
    ...(isJsonObject(dhcp) ? { dhcpOptions: { dnsServers: asArray(dhcp['dnsServers']) } } : {}),
  };
}

function wantedSubnets({ azure, id }: PutCall, sent: JsonObject): readonly WantedSubnet[] {
  return asObjects(sent['subnets']).map((subnet) => {
    const name = asString(subnet['name']) ?? '';
    if (name === '') throw badRequest(`A subnet of ${id} has no name.`);
    const subnetId = `${id}/subnets/${name}`;
    return { id: subnetId, name, body: { properties: subnetProperties(azure, subnetId, subnet['properties']) } };
  });
}

function compareSubnets(
  { azure, id }: Call,
  wanted: readonly WantedSubnet[],
): { readonly gone: readonly StoredResource[]; readonly changed: readonly WantedSubnet[] } {
  const existing = azure.store.children(id, SUBNET.type);
  return {
    gone: existing.filter((subnet) => !wanted.some((each) => sameResource(each.id, subnet.id))),
    changed: wanted.filter((each) => {
      const before = azure.store.get(each.id);
      return before === undefined || !isDeepStrictEqual(before.body, each.body);
    }),
  };
}

function remove(call: ExistingCall): Answer {
  const { azure, resource } = call;
  requireFreeNetwork(call);
  const failure = VIRTUAL_NETWORK.blocked?.(resource, azure, resource.id);
  if (failure) throw networkError(failure);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteVirtualNetworkOperation',
    location: asString(resource.body['location']) ?? '',
  });
}

function requireFreeNetwork(call: Call): void {
  const operation = call.azure.operations.holding(call.id);
  if (operation && !sameResource(operation.target, call.id)) throw retryableError(operation, call.id);
  requireFree(call, call.id);
}
