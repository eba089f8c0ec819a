import {
  aRecord,
  endpointId,
  patch,
  privateDnsZone,
  privateEndpoint,
  put,
  resourceGroup,
  subnetId,
  zoneId,
} from './builders';
import { EXPOSED, NETWORK, NETWORK_GROUP, NETWORK_LOCATION, OPENAI } from './exposed';
import type { WorldSeed } from './seed';

const ZONE = 'privatelink.openai.azure.com';
const ENDPOINTS = subnetId(NETWORK, 'snet-private-endpoints');
const SHARED_GROUP = 'rg-contoso-shared-dns';

/**
 * Somebody began and stopped: the identity is on; the subnet, a private endpoint and a private DNS zone are there. But
 * the endpoint's connection waits for approval, the zone with its record is linked to no network, and public access is
 * still on. Another group holds a zone of the same name, which is linked to nothing either.
 */
export const HALF: WorldSeed = {
  name: 'half',
  registered: EXPOSED.registered,
  steps: [
    ...EXPOSED.steps,
    patch(OPENAI, { identity: { type: 'SystemAssigned' } }),
    put(ENDPOINTS, { properties: { addressPrefix: '10.3.1.0/27' } }),
    privateEndpoint(endpointId(NETWORK_GROUP, 'pe-contoso-openai'), NETWORK_LOCATION, ENDPOINTS, OPENAI, {
      manual: true,
    }),
    privateDnsZone(zoneId(NETWORK_GROUP, ZONE)),
    aRecord(zoneId(NETWORK_GROUP, ZONE), 'contoso-openai', '10.3.1.4'),
    resourceGroup(SHARED_GROUP, 'eastus'),
    privateDnsZone(zoneId(SHARED_GROUP, ZONE)),
  ],
};
