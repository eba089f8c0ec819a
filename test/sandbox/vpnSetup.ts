import type { Json, JsonObject } from '../../src/core/resources/json';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { networkId, REGISTERED, resourceGroup, subnetId, virtualNetwork } from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import {
  entraPointToSite,
  gatewayId,
  publicIpAddress,
  publicIpId,
  vpnGateway,
} from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type Received, type SandboxClient } from './client';

export const VERSION = '?api-version=2025-01-01';
export const network = networkId('rg', 'vnet');
export const subnet = subnetId(network, 'GatewaySubnet');
export const publicIp = publicIpId('rg', 'pip');
export const gateway = gatewayId('rg', 'gw');
export const POOL = '172.16.201.0/24';

export const places: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', { GatewaySubnet: '10.0.0.0/27', other: '10.0.1.0/24' }),
  publicIpAddress(publicIp, 'eastus'),
];
export const pointToSite = entraPointToSite(POOL);
export const made = [...places, vpnGateway(gateway, 'eastus', { subnet, publicIp, pointToSite })];

export const withGateway = <Result>(
  use: (client: SandboxClient) => Promise<Result>,
  steps: readonly SeedStep[] = made,
  onExchange?: (exchange: Exchange) => void,
) =>
  withSandbox(
    { world: { name: 'test', registered: REGISTERED, steps }, ...(onExchange ? { onExchange } : {}) },
    (client) => use(client),
  );
export const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];

/** The body of a gateway's PUT with some of its properties changed. */
export function body(changes: JsonObject = {}, configuration: JsonObject = {}): Json {
  return {
    location: 'eastus',
    properties: {
      gatewayType: 'Vpn',
      vpnType: 'RouteBased',
      sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
      ipConfigurations: [
        {
          name: 'default',
          properties: { subnet: { id: subnet }, publicIPAddress: { id: publicIp }, ...configuration },
        },
      ],
      ...changes,
    },
  };
}
