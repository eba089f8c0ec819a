import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { badRequest, childNotFound, invalidReference } from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  NETWORK_VERSIONS,
  putNetworkResource,
  requireFree,
  weakTag,
} from './networkResource';
import {
  configsOf,
  hasOtherGroup,
  linkedHosts,
  recordsIn,
  removeRecords,
  writeRecords,
  ZONE_GROUP_TYPE,
} from './zoneRecords';

const MAX_CONFIGS = 5;

/** Keeps the A records of a private endpoint in private DNS zones. */
export const ZONE_GROUP: ResourceType = {
  type: ZONE_GROUP_TYPE,
  apiVersions: NETWORK_VERSIONS,
  inGraph: false,
  show: (group, azure) => {
    const { id, name, type, state } = group;
    return {
      name,
      id,
      etag: weakTag(group),
      type,
      properties: {
        provisioningState: state,
        privateDnsZoneConfigs: configsOf(group).map((config) => showConfig(azure, group, config)),
      },
    };
  },
  getHeaders: etagHeader,
  put,
  remove,
  missing: childNotFound,
  vanish: (group, azure) => {
    removeRecords(azure, group);
  },
};

function put(call: PutCall): Answer {
  const { azure, id, parent, body } = call;
  if (parent === undefined) throw childNotFound(id);
  requireFree(call, parent.id);
  requireFree(call, id);
  const sent = isJsonObject(body['properties']) ? asObjects(body['properties']['privateDnsZoneConfigs']) : [];
  if (sent.length === 0 || sent.length > MAX_CONFIGS)
    throw badRequest('A zone group has one to five zone configurations.');
  if (hasOtherGroup(azure, parent.id, id))
    throw badRequest('A private endpoint has one private DNS zone group at most.');
  const privateDnsZoneConfigs = sent.map((config) => {
    const zoneId = isJsonObject(config['properties']) ? asString(config['properties']['privateDnsZoneId']) : undefined;
    const zone = zoneId === undefined ? undefined : azure.store.get(zoneId);
    if (zone === undefined) throw invalidReference(zoneId ?? '', id);
    const own = { action: `${ZONE_GROUP_TYPE}/write`, scope: id };
    azure.authorizeLinked(own, 'Microsoft.Network/privateDnsZones/join/action', zone.id);
    return { name: asString(config['name']) ?? '', privateDnsZoneId: zone.id };
  });
  return putNetworkResource(
    call,
    ZONE_GROUP,
    { properties: { privateDnsZoneConfigs } },
    {
      label: 'PutPrivateDnsZoneGroupOperation',
      seconds: DURATIONS.privateDnsZoneGroup,
      retryAfter: 10,
      location: locationOf(parent),
      holds: [parent.id],
      finish: () => {
        writeRecords(azure, parent.id);
      },
    },
  );
}

function remove(call: ExistingCall): Answer {
  const { resource, parent } = call;
  if (parent) requireFree(call, parent.id);
  requireFree(call, resource.id);
  return deleteNetworkResource(call, resource, {
    label: 'DeletePrivateDnsZoneGroupOperation',
    location: parent ? locationOf(parent) : '',
    seconds: DURATIONS.privateDnsZoneGroupDelete,
    holds: parent ? [parent.id] : [],
  });
}

function showConfig(azure: Azure, group: StoredResource, { name, privateDnsZoneId }: JsonObject): JsonObject {
  const zoneId = asString(privateDnsZoneId) ?? '';
  const zoneName = zoneId.slice(zoneId.lastIndexOf('/') + 1);
  const endpoint = azure.parentOf(group);
  const records = endpoint ? recordsIn(zoneId, linkedHosts(azure, endpoint)) : [];
  return {
    name,
    id: `${group.id}/privateDnsZoneConfigs/${String(name)}`,
    etag: weakTag(group),
    type: `${ZONE_GROUP_TYPE}/privateDnsZoneConfigs`,
    properties: {
      provisioningState: group.state,
      privateDnsZoneId: zoneId,
      recordSets: records.map((record) => ({
        recordType: 'A',
        recordSetName: record.name,
        fqdn: `${record.name}.${zoneName}`,
        ttl: 10,
        provisioningState: group.state,
        ipAddresses: [record.address],
      })),
    },
  };
}

function locationOf(endpoint: StoredResource): string {
  return asString(endpoint.body['location']) ?? '';
}
