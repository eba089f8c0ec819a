import { asArray, isJsonObject } from '../../core/resources/json';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import { inNetwork, judgeAt, onInternet, type Flow, type Place } from '../providers/network/securityRules';
import { prefixesOf } from '../providers/network/subnetRules';
import { networkAt, publicCaller, subnetAt, type Origin } from './position';

/** Private endpoints are under the rules of their subnet's group only where these policies say so. */
const FILTERED_ENDPOINTS = ['Enabled', 'NetworkSecurityGroupEnabled'];

/**
 * True where the rules on the way let a connection through: those of the subnet that it comes out of, and those of the
 * subnet that it goes to. A client somewhere in a network counts as being anywhere in it.
 */
export function mayEnter(
  azure: Azure,
  origin: Origin,
  target: StoredResource,
  addresses: string | readonly string[],
  port: number,
): boolean {
  const network = networkAt(azure, origin);
  const source = network ? placeIn(azure, origin, network) : onInternet(publicCaller(azure, origin));
  const destination = inNetwork(...[addresses].flat());
  const flow = { protocol: 'Tcp', source, destination, port } as const;
  return leaves(azure, origin, flow) && isAllowed(azure, target, { ...flow, direction: 'Inbound' });
}

/** True where the rules let a connection to a public address out of the subnet that it begins in. */
export function mayLeave(azure: Azure, origin: Origin, address: string, port: number): boolean {
  const network = networkAt(azure, origin);
  if (network === undefined) return true;
  const destination: Place = { ...onInternet(address), tags: ['Internet', 'AzureCloud'] };
  return leaves(azure, origin, { protocol: 'Tcp', source: placeIn(azure, origin, network), destination, port });
}

/** The same for a private endpoint, for which the rules of its own subnet may not count. */
export function mayReachEndpoint(
  azure: Azure,
  origin: Origin,
  subnet: StoredResource,
  address: string,
  port: number,
): boolean {
  if (FILTERED_ENDPOINTS.includes(String(propertiesOf(subnet)['privateEndpointNetworkPolicies']))) {
    return mayEnter(azure, origin, subnet, address, port);
  }
  const network = networkAt(azure, origin);
  const destination = inNetwork(address);
  return (
    network === undefined ||
    leaves(azure, origin, { protocol: 'Tcp', source: placeIn(azure, origin, network), destination, port })
  );
}

/** The rules of the subnet alone on a connection out of it. */
function leaves(azure: Azure, origin: Origin, flow: Omit<Flow, 'direction'>): boolean {
  const subnet = subnetAt(azure, origin);
  return subnet === undefined || isAllowed(azure, subnet, { ...flow, direction: 'Outbound' });
}

function isAllowed(azure: Azure, subnet: StoredResource, flow: Flow): boolean {
  return judgeAt(azure, subnet, flow).access === 'Allow';
}

function placeIn(azure: Azure, origin: Origin, network: StoredResource): Place {
  const subnet = subnetAt(azure, origin);
  if (subnet) return inNetwork(...prefixesOf(propertiesOf(subnet)));
  const space = propertiesOf(network)['addressSpace'];
  const prefixes = isJsonObject(space) ? asArray(space['addressPrefixes']).map(String) : [];
  return inNetwork(...prefixes);
}
