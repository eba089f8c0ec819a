import { isDeepStrictEqual } from 'node:util';
import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { hasZones } from '../resources/regions';
import { badRequest, networkError } from './errors';
import { configurationsUsing } from './ipConfigurationUsers';
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
import {
  basicPublicIpRetired,
  publicIpInUse,
  standardPublicIpIsStatic,
  zonesCannotBeModified,
  zonesNotAvailable,
} from './publicIpErrors';
import { requireRoom } from './usages';

/** Where the names of public IP addresses with a label are: `{label}.{region}.` before it. */
export const PUBLIC_IP_SUFFIX = 'cloudapp.azure.com';

/** A public IP address. It has no address before it is provisioned. */
export const PUBLIC_IP_ADDRESS: ResourceType = {
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show,
  getHeaders: etagHeader,
  put,
  patch: updateTags,
  remove,
  blocked: inUse,
};

function show(address: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, body, state } = address;
  const { resourceGuid, ipAddress, ...properties } = propertiesOf(address);
  const [user] = configurationsUsing(azure, id);
  return {
    name,
    id,
    etag: weakTag(address),
    location: body['location'],
    ...tagsOf(body),
    ...(body['zones'] === undefined ? {} : { zones: body['zones'] }),
    properties: {
      provisioningState: state,
      resourceGuid,
      ...(state === 'Succeeded' ? { ipAddress } : {}),
      ...properties,
      ...(user === undefined ? {} : { ipConfiguration: { id: user } }),
    },
    type,
    sku: body['sku'],
  };
}

function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFree(call, id);
  const location = locationOf(call);
  requireRoom(call, PUBLIC_IP_ADDRESS.type, location);
  const sent = objectOf(body['properties']);
  const sku = body['sku'] === undefined ? { name: 'Standard' } : objectOf(body['sku']);
  if (sku['name'] === 'Basic') throw basicPublicIpRetired();
  if (sku['name'] !== 'Standard') throw badRequest(`The SKU of public IP address ${id} is not valid.`);
  const method = sent['publicIPAllocationMethod'] ?? 'Static';
  if (method !== 'Static') throw standardPublicIpIsStatic(id);
  const zones = zonesOf(call, location);
  const before = resource && propertiesOf(resource);
  const properties = {
    resourceGuid: before?.['resourceGuid'] ?? azure.guids.next(`guid ${id}`),
    ipAddress: before?.['ipAddress'] ?? freeDocumentationAddress(azure),
    publicIPAddressVersion: sent['publicIPAddressVersion'] ?? 'IPv4',
    publicIPAllocationMethod: method,
    idleTimeoutInMinutes: sent['idleTimeoutInMinutes'] ?? 4,
    ipTags: sent['ipTags'] ?? [],
    ...dnsSettingsOf(sent, location),
    ddosSettings: sent['ddosSettings'] ?? { protectionMode: 'VirtualNetworkInherited' },
  };
  const stored = { location, ...tagsOf(body), ...zones, sku: { tier: 'Regional', ...sku }, properties };
  return putNetworkResource(call, PUBLIC_IP_ADDRESS, stored, {
    label: 'PutPublicIpAddressOperation',
    seconds: DURATIONS.publicIpAddress,
    retryAfter: 1,
    location,
  });
}

/** A label makes a public name. */
function dnsSettingsOf(sent: JsonObject, location: string): JsonObject {
  const label = asString(objectOf(sent['dnsSettings'])['domainNameLabel']);
  if (label === undefined) return {};
  return { dnsSettings: { domainNameLabel: label, fqdn: `${label}.${location}.${PUBLIC_IP_SUFFIX}` } };
}

/** Zones are for ever: a PUT without them wants a regional address, which is another one. */
function zonesOf({ id, body, resource }: PutCall, location: string): { readonly zones?: readonly string[] } {
  const zones = asArray(body['zones']).map(String);
  const before = resource && asArray(resource.body['zones']).map(String);
  if (before && !isDeepStrictEqual([...before].sort(), [...zones].sort())) {
    throw zonesCannotBeModified(id, before, zones);
  }
  if (zones.length > 0 && !hasZones(location)) throw zonesNotAvailable(id, zones, location);
  return zones.length === 0 ? {} : { zones };
}

function remove(call: ExistingCall): Answer {
  const { azure, resource } = call;
  requireFree(call, resource.id);
  const failure = inUse(resource, azure);
  if (failure) throw networkError(failure);
  return deleteNetworkResource(call, resource, {
    label: 'DeletePublicIpAddressOperation',
    location: asString(resource.body['location']) ?? '',
  });
}

function inUse(address: StoredResource, azure: Azure, going?: string): OperationFailure | undefined {
  const user = configurationsUsing(azure, address.id).find(
    (id) => going === undefined || !id.toLowerCase().startsWith(`${going.toLowerCase()}/`),
  );
  return user === undefined ? undefined : publicIpInUse(address.id, user);
}

/** From 192.0.2.0/24, which is nobody's (RFC 5737). */
function freeDocumentationAddress(azure: Azure): string {
  const taken = new Set(azure.store.ofType(PUBLIC_IP_ADDRESS.type).map((each) => propertiesOf(each)['ipAddress']));
  const numbers = Array.from({ length: 250 }, (_, index) => `192.0.2.${String(index + 4)}`);
  return numbers.find((address) => !taken.has(address)) ?? '192.0.2.254';
}
