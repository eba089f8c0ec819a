import {
  endpointId,
  networkLink,
  patch,
  privateDnsZone,
  privateEndpoint,
  put,
  subnetId,
  zoneGroup,
  zoneId,
} from './builders';
import { EXPOSED, NETWORK, NETWORK_GROUP, NETWORK_LOCATION, OPENAI } from './exposed';
import type { WorldSeed } from './seed';

const ENDPOINTS = subnetId(NETWORK, 'snet-private-endpoints');
const ENDPOINT = endpointId(NETWORK_GROUP, 'pe-contoso-openai');
const ZONE = zoneId(NETWORK_GROUP, 'privatelink.openai.azure.com');

/** The exposed world after *private access only*: everything done, as an apply leaves it. */
export const HARDENED: WorldSeed = {
  name: 'hardened',
  registered: EXPOSED.registered,
  steps: [
    ...EXPOSED.steps,
    patch(OPENAI, { identity: { type: 'SystemAssigned' } }),
    put(ENDPOINTS, {
      properties: { addressPrefix: '10.3.1.0/27', privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled' },
    }),
    privateDnsZone(ZONE),
    networkLink(ZONE, 'link-vnet-app', NETWORK),
    privateEndpoint(ENDPOINT, NETWORK_LOCATION, ENDPOINTS, OPENAI),
    zoneGroup(ENDPOINT, [ZONE]),
    patch(OPENAI, {
      properties: {
        networkAcls: { defaultAction: 'Deny', virtualNetworkRules: [], ipRules: [] },
        publicNetworkAccess: 'Disabled',
        disableLocalAuth: true,
      },
    }),
  ],
};
