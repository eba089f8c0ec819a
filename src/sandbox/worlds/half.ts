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
import { PIPELINE_ID } from '../directory/people';
import { documentIndex } from './documents';
import { EXPOSED, EXPOSED_INDEX, INDEX, NETWORK, NETWORK_GROUP, NETWORK_LOCATION, OPENAI, SEARCH } from './exposed';
import { identityRole, roleAssignment } from './roles';
import type { WorldSeed } from './seed';

const ZONE = 'privatelink.openai.azure.com';
const ENDPOINTS = subnetId(NETWORK, 'snet-private-endpoints');
const SHARED_GROUP = 'rg-contoso-shared-dns';

/**
 * Somebody began and stopped: the identities are on; the subnet, a private endpoint and a private DNS zone are there. But
 * the endpoint's connection waits for approval, the zone with its record is linked to no network, and public access is
 * still on. Another group holds a zone of the same name, which is linked to nothing either. Search trusts services and
 * takes tokens, Storage does not let trusted services in, one role went to the wrong principal, and some documents of the
 * index say nothing about who may see them.
 */
export const HALF: WorldSeed = {
  name: 'half',
  registered: EXPOSED.registered,
  steps: [
    ...EXPOSED.steps.map((step) => (step === EXPOSED_INDEX ? documentIndex(SEARCH, INDEX, 'someDocuments') : step)),
    patch(OPENAI, { identity: { type: 'SystemAssigned' } }),
    patch(SEARCH, {
      identity: { type: 'SystemAssigned' },
      properties: {
        networkRuleSet: { ipRules: [], bypass: 'AzureServices' },
        authOptions: { aadOrApiKey: { aadAuthFailureMode: 'http403' } },
      },
    }),
    identityRole(SEARCH, 'Search Service Contributor', OPENAI),
    roleAssignment(SEARCH, 'Search Index Data Reader', PIPELINE_ID),
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
