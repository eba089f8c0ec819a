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

/**
 * The addresses of the simulated internet are those that RFC 5737 keeps for documentation: they are public, and nobody's.
 * A service that is reached from there sees one of these callers.
 */
const CALLERS = { internet: '203.0.113.10', virtualNetwork: '203.0.113.20', webApp: '203.0.113.30' } as const;

/** The virtual network whose name resolution and routes hold at a position; undefined out on the internet. */
export function networkAt(azure: Azure, position: Position): StoredResource | undefined {
  if (position.kind === 'internet') return undefined;
  if (position.kind === 'virtualNetwork') return azure.store.get(position.virtualNetwork);
  const subnet = azure.store.get(asString(siteProperties(azure, position.site)['virtualNetworkSubnetId']) ?? '');
  return subnet && azure.parentOf(subnet);
}

/** The address that a connection to a public address comes from. */
export function publicCaller(azure: Azure, position: Position): string {
  const throughNetwork =
    position.kind === 'webApp' && networkAt(azure, position) !== undefined && routesAll(azure, position.site);
  return CALLERS[throughNetwork ? 'virtualNetwork' : position.kind];
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
