/**
 * Service tags: names under which Azure keeps the addresses of its services, for rules of network security groups. What
 * addresses they stand for changes every week, so they are compared by name.
 * Source: https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */

/** The network itself, with what is peered with it or connected to it. */
export const VIRTUAL_NETWORK = 'virtualnetwork';
/** Every public address, Azure's included. */
export const INTERNET = 'internet';
/** The probes of load balancers, which come from an address inside of the host. */
export const LOAD_BALANCER = 'azureloadbalancer';
/** Every public address of Azure. */
const AZURE_CLOUD = 'azurecloud';

/** Tags of services that have addresses of their own, none of which another of these has. */
export const KNOWN_SERVICES: readonly string[] = [
  'apimanagement',
  'azureactivedirectory',
  'azureconnectors',
  'azurekeyvault',
  'azuremonitor',
  'azuretrafficmanager',
  'eventhub',
  'gatewaymanager',
  'sql',
  'storage',
];

/** A tag with or without the region that it is limited to: `Storage`, `Storage.EastUS`. */
export interface ServiceTag {
  readonly service: string;
  readonly region: string | undefined;
}

export function parseServiceTag(text: string): ServiceTag {
  const [service = '', region] = text.trim().toLowerCase().split('.');
  return { service, region };
}

/** How the addresses of one thing lie to those of another. */
export type Relation = 'inside' | 'outside' | 'unsure';

/** How the addresses of a service, in no particular region, lie to a tag that is not its own. */
export function serviceWithin(service: string, tag: ServiceTag): Relation {
  if (service === LOAD_BALANCER) {
    // Documented: the tag of the network holds the address of the host too; whether the probes count is not said.
    return tag.service === VIRTUAL_NETWORK || !isKnown(tag.service) ? 'unsure' : 'outside';
  }
  if (tag.service === INTERNET) return 'inside';
  if (tag.service === AZURE_CLOUD) return tag.region === undefined ? 'inside' : 'unsure';
  if (tag.service === VIRTUAL_NETWORK || tag.service === LOAD_BALANCER) return 'outside';
  return KNOWN_SERVICES.includes(service) && KNOWN_SERVICES.includes(tag.service) ? 'outside' : 'unsure';
}

/** How addresses that are in the network, or are public ones of none of these services, lie to a tag. */
export function addressesWithin(place: typeof VIRTUAL_NETWORK | typeof INTERNET, tag: ServiceTag): Relation {
  if (tag.service === place) return 'inside';
  if (place === VIRTUAL_NETWORK) return isKnown(tag.service) ? 'outside' : 'unsure';
  return isKnown(tag.service) && tag.service !== AZURE_CLOUD ? 'outside' : 'unsure';
}

function isKnown(service: string): boolean {
  return [VIRTUAL_NETWORK, INTERNET, LOAD_BALANCER, AZURE_CLOUD, ...KNOWN_SERVICES].includes(service);
}
