import { asString } from '../../core/resources/json';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import { objectOf } from '../bodies';

/** Where a measurement is taken from. */
export type Position =
  | { readonly kind: 'internet' }
  | { readonly kind: 'virtualNetwork'; readonly virtualNetwork: string }
  /** Inside of a web app: in the virtual network that it is integrated with, otherwise on the internet. */
  | { readonly kind: 'webApp'; readonly site: string };

/** Where a connection begins: where somebody measures, in a subnet that a gateway is in, or a service on the internet. */
export type Origin =
  | Position
  | { readonly kind: 'subnet'; readonly subnet: string }
  | { readonly kind: 'publicAddress'; readonly address: string };

/**
 * The addresses of the simulated internet are those that RFC 5737 keeps for documentation: they are public, and nobody's.
 * A service that is reached from there sees one of these callers.
 */
const CALLERS = { internet: '203.0.113.10', virtualNetwork: '203.0.113.20', webApp: '203.0.113.30' } as const;

/** The virtual network whose name resolution and routes hold at a position; undefined out on the internet. */
export function networkAt(azure: Azure, origin: Origin): StoredResource | undefined {
  if (origin.kind === 'virtualNetwork') return azure.store.get(origin.virtualNetwork);
  const subnet = subnetAt(azure, origin);
  return subnet && azure.parentOf(subnet);
}

/** The subnet that a connection comes out of; undefined where it is not known, or none. */
export function subnetAt(azure: Azure, origin: Origin): StoredResource | undefined {
  if (origin.kind === 'subnet') return azure.store.get(origin.subnet);
  if (origin.kind !== 'webApp') return undefined;
  return azure.store.get(asString(siteProperties(azure, origin.site)['virtualNetworkSubnetId']) ?? '');
}

/** The address that a connection to a public address comes from. */
export function publicCaller(azure: Azure, origin: Origin): string {
  if (origin.kind === 'publicAddress') return origin.address;
  const throughNetwork =
    origin.kind === 'subnet' ||
    (origin.kind === 'webApp' && networkAt(azure, origin) !== undefined && routesAll(azure, origin.site));
  return CALLERS[throughNetwork ? 'virtualNetwork' : origin.kind];
}

/** Documented: without this, only private addresses are reached through the integration. */
function routesAll(azure: Azure, site: string): boolean {
  const { vnetRouteAllEnabled, outboundVnetRouting } = siteProperties(azure, site);
  const { allTraffic, applicationTraffic } = objectOf(outboundVnetRouting);
  return [vnetRouteAllEnabled, allTraffic, applicationTraffic].includes(true);
}

function siteProperties(azure: Azure, site: string) {
  const resource = azure.store.get(site);
  return resource === undefined ? {} : propertiesOf(resource);
}
