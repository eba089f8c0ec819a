import { asString, asArray, isJsonObject } from '../../core/resources/json';
import { sameResource } from '../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import { addressRange, within } from '../addresses';
import type { Azure } from '../azure';
import { connectionOf, connectionStateOf } from '../providers/network/endpointConnection';
import { ipConfigurationsOf, NETWORK_INTERFACE } from '../providers/network/networkInterfaces';
import { REGIONS } from '../providers/resources/regions';
import { networkAt, publicCaller, type Position } from './position';
import { regionalAddress } from './resolver';

/** How a connection gets to a service: over the internet, or through a private endpoint to one group of one resource. */
export type Way =
  | { readonly kind: 'public'; readonly caller: string }
  | { readonly kind: 'private'; readonly targetId: string; readonly groupId: string };

/** Where a connection to an address ends. `refused`: a machine without that port. `lost`: nobody ever answers. */
export type Route = { readonly kind: 'service'; readonly way: Way } | { readonly kind: 'refused' | 'lost' };

const HTTPS = 443;

export function routeTo(azure: Azure, position: Position, address: string, port: number): Route {
  if (REGIONS.some((region) => regionalAddress(region.name) === address)) {
    if (port !== HTTPS) return { kind: 'lost' };
    return { kind: 'service', way: { kind: 'public', caller: publicCaller(azure, position) } };
  }
  const network = networkAt(azure, position);
  if (network === undefined || !isInside(network, address)) return { kind: 'lost' };
  const nic = interfaceAt(azure, network, address);
  if (nic === undefined) return { kind: 'lost' };
  const endpoint = azure.store.get(asString(propertiesOf(nic)['endpointId']) ?? '');
  if (endpoint === undefined) return { kind: 'refused' };
  const isOpen = endpoint.state === 'Succeeded' && connectionStateOf(azure, endpoint).status === 'Approved';
  if (!isOpen || port !== HTTPS) return { kind: 'lost' };
  const { targetId, groupIds } = connectionOf(endpoint);
  return { kind: 'service', way: { kind: 'private', targetId, groupId: groupIds[0] ?? '' } };
}

function isInside(network: StoredResource, address: string): boolean {
  const space = propertiesOf(network)['addressSpace'];
  const single = addressRange(address);
  if (single === undefined || !isJsonObject(space)) return false;
  return asArray(space['addressPrefixes']).some((prefix) => {
    const range = addressRange(String(prefix));
    return range !== undefined && within(single, range);
  });
}

function interfaceAt(azure: Azure, network: StoredResource, address: string): StoredResource | undefined {
  return azure.store.ofType(NETWORK_INTERFACE.type).find((nic) =>
    ipConfigurationsOf(nic).some(({ privateIPAddress, subnetId }) => {
      const subnet = azure.store.get(subnetId);
      const itsNetwork = subnet && azure.parentOf(subnet);
      return privateIPAddress === address && itsNetwork !== undefined && sameResource(itsNetwork.id, network.id);
    }),
  );
}
