import { asArray, asString, asObjects, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, resourceName, sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { removeARecords, writeARecord } from '../privateDns/recordSets';
import { connectionStateOf } from './endpointConnection';
import { ipConfigurationsOf } from './networkInterfaces';
import { privateLinkName } from './privateLinkService';

export const ZONE_GROUP_TYPE = 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups';

/** One name of a private endpoint with its address. */
export interface LinkedHost {
  readonly host: string;
  readonly address: string;
}

/** The names that an endpoint stands for: none before its connection is approved. */
export function linkedHosts(azure: Azure, endpoint: StoredResource): readonly LinkedHost[] {
  if (connectionStateOf(azure, endpoint).status !== 'Approved') return [];
  return interfacesOf(azure, endpoint).flatMap((nic) =>
    ipConfigurationsOf(nic).flatMap(({ link, privateIPAddress }) =>
      (link?.fqdns ?? []).map((host) => ({ host, address: privateIPAddress })),
    ),
  );
}

export function interfacesOf(azure: Azure, endpoint: StoredResource): readonly StoredResource[] {
  return asArray(propertiesOf(endpoint)['networkInterfaceIds']).flatMap((id) => azure.store.get(String(id)) ?? []);
}

/** The A records that an endpoint gets in a zone. */
export function recordsIn(zoneId: string, hosts: readonly LinkedHost[]): readonly { name: string; address: string }[] {
  const suffix = `.${resourceName(zoneId).toLowerCase()}`;
  return hosts.flatMap(({ host, address }) => {
    const name = privateLinkName(host);
    return name.endsWith(suffix) ? [{ name: name.slice(0, -suffix.length), address }] : [];
  });
}

/** Writes what the endpoint's zone groups promise into their zones, once they are made and the connection is approved. */
export function writeRecords(azure: Azure, endpointId: string): void {
  const endpoint = azure.store.get(endpointId);
  if (endpoint === undefined) return;
  const hosts = linkedHosts(azure, endpoint);
  for (const group of azure.store.children(endpoint.id, ZONE_GROUP_TYPE)) {
    if (group.state !== 'Succeeded') continue;
    for (const zoneId of zoneIdsOf(group)) {
      for (const { name, address } of recordsIn(zoneId, hosts))
        writeARecord(azure, zoneId, name, [address], creator(group));
    }
  }
}

/** Takes the records of a zone group that is going out of its zones. */
export function removeRecords(azure: Azure, group: StoredResource): void {
  for (const zoneId of zoneIdsOf(group)) removeARecords(azure, zoneId, creator(group));
}

export function zoneIdsOf(group: StoredResource): readonly string[] {
  return configsOf(group).map((config) => asString(config['privateDnsZoneId']) ?? '');
}

export function configsOf(group: StoredResource): readonly JsonObject[] {
  return asObjects(propertiesOf(group)['privateDnsZoneConfigs']);
}

/** True where another zone group of the same endpoint exists. */
export function hasOtherGroup(azure: Azure, endpointId: string, groupId: string): boolean {
  return azure.store.children(endpointId, ZONE_GROUP_TYPE).some((group) => !sameResource(group.id, groupId));
}

/** Azure leaves a note of this kind in the record's metadata. UNVERIFIED wording. */
function creator(group: StoredResource): string {
  return `created by private endpoint ${resourceName(parentResourceId(group.id) ?? '')} with zone group ${group.name}`;
}
