import { TYPES } from './resourceTypes';

/** Limits of Microsoft.Network that a type counts against, by the names under which subscriptions may list them. */
export const NETWORK_LIMITS: Readonly<Record<string, readonly string[]>> = {
  [TYPES.virtualNetwork]: ['VirtualNetworks'],
  [TYPES.networkSecurityGroup]: ['NetworkSecurityGroups'],
  [TYPES.privateEndpoint]: ['PrivateEndpoints'],
  [TYPES.applicationGateway]: ['ApplicationGateways'],
  [TYPES.virtualNetworkGateway]: ['VirtualNetworkGateways'],
  [TYPES.publicIpAddress]: ['PublicIPAddresses', 'StandardSkuPublicIpAddresses', 'IPv4StandardSkuPublicIpAddresses'],
};
