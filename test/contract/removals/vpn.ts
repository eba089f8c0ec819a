import { asArray, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { NETWORK_LOCATION } from '../../../src/sandbox/worlds/exposed';
import { GATEWAY, PUBLIC_IP } from './ids';
import type { Fate } from './removal';

/** Nothing is measured through the VPN: whoever is in the network is there already. */
export const VPN_STEPS: Readonly<Record<string, Fate>> = {
  'vpn-public-ip': {
    when: 'the address is deleted, the gateway that holds it first',
    remove: async (hand) => {
      await hand.delete(GATEWAY);
      await hand.delete(PUBLIC_IP);
    },
    nonCompliant: ['vpn-public-ip', 'vpn-gateway', 'vpn-p2s-entra'],
  },
  'vpn-gateway': {
    when: 'the gateway is deleted',
    remove: (hand) => hand.delete(GATEWAY),
    nonCompliant: ['vpn-gateway', 'vpn-p2s-entra'],
  },
  'vpn-p2s-entra': {
    when: 'the gateway is written again without its clients’ settings',
    remove: async (hand) => {
      const gateway = await hand.get(GATEWAY);
      const kept: JsonObject = {
        gatewayType: 'Vpn',
        vpnType: 'RouteBased',
        sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
        ipConfigurations: asArray(readPath(gateway, 'properties.ipConfigurations')),
      };
      await hand.put(GATEWAY, { location: NETWORK_LOCATION, properties: kept });
    },
    nonCompliant: ['vpn-p2s-entra'],
  },
};
