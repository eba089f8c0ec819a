import { asArray, asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { resourceName } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { listAnswer } from '../../http/listing';
import { checkPreconditions, PRIVATE_DNS_VERSIONS, privateDnsRefusal } from './privateDnsResource';

const ZONE_TYPE = 'Microsoft.Network/privateDnsZones';

/** An A record set. Its name is kept in lower case, whatever was sent. */
export const A_RECORD_SET: ResourceType = {
  type: `${ZONE_TYPE}/A`,
  apiVersions: PRIVATE_DNS_VERSIONS,
  inGraph: false,
  pageSize: 100,
  show: (set) => ({ id: set.id, name: set.name, type: set.type, etag: set.etag, properties: propertiesOf(set) }),
  getHeaders: ({ etag }) => ({ etag }),
  put,
  remove,
  missing: (id) =>
    privateDnsRefusal(
      404,
      'NotFound',
      `The resource record '${resourceName(id)}' does not exist in resource group '${id.split('/')[4] ?? ''}' of subscription '${id.split('/')[2] ?? ''}'.`,
    ),
};

/** GET …/ALL: every record set of a zone, the SOA that Azure keeps included. */
export function listRecordSets({ azure, resource, request }: ExistingCall): Answer {
  const sets = azure.store.children(resource.id, A_RECORD_SET.type).map((set) => azure.show(set));
  return listAnswer(request, [startOfAuthority(resource), ...sets], A_RECORD_SET.pageSize);
}

/** Writes an A record set on behalf of a private endpoint's zone group. */
export function writeARecord(
  azure: Azure,
  zoneId: string,
  name: string,
  addresses: readonly string[],
  creator: string,
): void {
  const zone = azure.store.get(zoneId);
  if (zone === undefined) return;
  storeSet(azure, zone.id, name, {
    ttl: 10,
    aRecords: addresses.map((ipv4Address) => ({ ipv4Address })),
    metadata: { creator },
  });
}

/** Removes the A record sets that a zone group has written. */
export function removeARecords(azure: Azure, zoneId: string, creator: string): void {
  for (const set of azure.store.children(zoneId, A_RECORD_SET.type)) {
    const metadata = propertiesOf(set)['metadata'];
    if (isJsonObject(metadata) && metadata['creator'] === creator) azure.vanish(set);
  }
}

/** The addresses of a name in a zone; undefined where it has no A record. */
export function addressesOf(azure: Azure, zoneId: string, name: string): readonly string[] | undefined {
  const set = azure.store.get(`${zoneId}/A/${name}`);
  return set && asObjects(propertiesOf(set)['aRecords']).flatMap((record) => asString(record['ipv4Address']) ?? []);
}

function put({ azure, request, parent, name, resource, body, apiVersion }: PutCall): Answer {
  checkPreconditions(request, resource, `Record set ${name.toLowerCase()}`);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const { ttl, aRecords, metadata } = sent;
  if (typeof ttl !== 'number') throw privateDnsRefusal(400, 'BadRequest', 'The TTL of a record set must be a number.');
  const set = storeSet(azure, parent?.id ?? '', name, {
    ttl,
    aRecords: asArray(aRecords),
    ...(isJsonObject(metadata) ? { metadata } : {}),
  });
  return {
    status: resource ? 200 : 201,
    headers: { etag: set.etag },
    body: A_RECORD_SET.show(set, azure, apiVersion),
  };
}

function remove({ azure, request, resource }: ExistingCall): Answer {
  checkPreconditions(request, resource, `Record set ${resource.name}`);
  azure.vanish(resource);
  return { status: 200 };
}

function storeSet(
  azure: Azure,
  zoneId: string,
  sentName: string,
  sent: { readonly ttl: number; readonly aRecords: Json; readonly metadata?: JsonObject },
): StoredResource {
  const name = sentName.toLowerCase();
  const id = `${zoneId}/A/${name}`;
  const { metadata, ttl, aRecords } = sent;
  const owner = name === '@' ? '' : `${name}.`;
  const properties = {
    ...(metadata === undefined ? {} : { metadata }),
    fqdn: `${owner}${resourceName(zoneId)}.`,
    ttl,
    aRecords,
    isAutoRegistered: false,
  };
  return azure.store.put({
    id,
    name,
    type: A_RECORD_SET.type,
    body: { properties },
    state: 'Succeeded',
    etag: azure.guids.next(`etag ${id}`),
  });
}

function startOfAuthority(zone: StoredResource): JsonObject {
  return {
    id: `${zone.id}/SOA/@`,
    name: '@',
    type: `${ZONE_TYPE}/SOA`,
    etag: zone.etag,
    properties: {
      fqdn: `${zone.name}.`,
      ttl: 3600,
      soaRecord: {
        email: 'azureprivatedns-host.microsoft.com',
        expireTime: 2419200,
        host: 'azureprivatedns.net',
        minimumTtl: 10,
        refreshTime: 3600,
        retryTime: 300,
        serialNumber: 1,
      },
      isAutoRegistered: false,
    },
  };
}
