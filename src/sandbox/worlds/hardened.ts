import { childId, extensionId } from '../../core/resources/resourceId';
import { SUBSCRIPTION_ID, TENANT_ID } from '../azure';
import {
  endpointId,
  managedConnectionId,
  networkLink,
  patch,
  privateDnsZone,
  privateEndpoint,
  put,
  REGISTERED,
  subnetId,
  zoneGroup,
  zoneId,
} from './builders';
import { documentIndex } from './documents';
import {
  EXPOSED,
  EXPOSED_INDEX,
  INDEX,
  NETWORK,
  NETWORK_GROUP,
  NETWORK_LOCATION,
  OPENAI,
  SEARCH,
  SITE,
  STORAGE,
} from './exposed';
import { identityRole } from './roles';
import type { SeedStep, WorldSeed } from './seed';
import { entraPointToSite, gatewayId, publicIpAddress, publicIpId, vpnGateway } from './vpnBuilders';

const ENDPOINTS = subnetId(NETWORK, 'snet-private-endpoints');
const GATEWAY_SUBNET = subnetId(NETWORK, 'GatewaySubnet');
const WEB_SUBNET = subnetId(NETWORK, 'snet-webapp');
const PUBLIC_IP = publicIpId(NETWORK_GROUP, 'pip-vpngw-vnet-app');

const systemAssigned = { identity: { type: 'SystemAssigned' } };

const subnets: readonly SeedStep[] = [
  put(ENDPOINTS, {
    properties: { addressPrefix: '10.3.1.0/27', privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled' },
  }),
  put(GATEWAY_SUBNET, { properties: { addressPrefix: '10.3.1.32/27' } }),
  put(WEB_SUBNET, {
    properties: {
      addressPrefix: '10.3.1.64/26',
      delegations: [{ name: 'webapp', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
    },
  }),
];

const identities: readonly SeedStep[] = [OPENAI, SEARCH, SITE].map((id) => patch(id, systemAssigned));

const roles: readonly SeedStep[] = [
  identityRole(SEARCH, 'Search Index Data Reader', OPENAI),
  identityRole(SEARCH, 'Search Service Contributor', OPENAI),
  identityRole(STORAGE, 'Storage Blob Data Contributor', OPENAI),
  identityRole(OPENAI, 'Cognitive Services OpenAI Contributor', SEARCH),
  identityRole(STORAGE, 'Storage Blob Data Reader', SEARCH),
  identityRole(OPENAI, 'Cognitive Services OpenAI User', SITE),
];

/** A private endpoint, its zone with a link to the network, and the records that follow. */
function privatePath(target: string, endpoint: string, group: string, zoneName: string): readonly SeedStep[] {
  const id = endpointId(NETWORK_GROUP, endpoint);
  const zone = zoneId(NETWORK_GROUP, zoneName);
  return [
    privateDnsZone(zone),
    networkLink(zone, 'link-vnet-app', NETWORK),
    privateEndpoint(id, NETWORK_LOCATION, ENDPOINTS, target, { group }),
    zoneGroup(id, [zone]),
  ];
}

const vpn: readonly SeedStep[] = [
  publicIpAddress(PUBLIC_IP, NETWORK_LOCATION),
  vpnGateway(gatewayId(NETWORK_GROUP, 'vpngw-vnet-app'), NETWORK_LOCATION, {
    subnet: GATEWAY_SUBNET,
    publicIp: PUBLIC_IP,
    pointToSite: {
      ...entraPointToSite('172.16.201.0/24'),
      aadTenant: `https://login.microsoftonline.com/${TENANT_ID}`,
    },
  }),
];

const web: readonly SeedStep[] = [
  patch(SITE, {
    properties: { httpsOnly: true, virtualNetworkSubnetId: WEB_SUBNET, outboundVnetRouting: { allTraffic: true } },
  }),
  patch(childId(SITE, 'config', 'web'), { properties: { minTlsVersion: '1.2', ftpsState: 'Disabled' } }),
];

/** What closes the public ways in, and switches keys off. */
const closed: readonly SeedStep[] = [
  patch(OPENAI, {
    properties: {
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', virtualNetworkRules: [], ipRules: [] },
      publicNetworkAccess: 'Disabled',
      disableLocalAuth: true,
    },
  }),
  patch(SEARCH, {
    properties: {
      publicNetworkAccess: 'Disabled',
      networkRuleSet: { ipRules: [], bypass: 'AzureServices' },
      disableLocalAuth: true,
      authOptions: null,
    },
  }),
  put(managedConnectionId(SEARCH), {
    properties: { privateLinkServiceConnectionState: { status: 'Rejected' } },
  }),
  patch(STORAGE, {
    properties: {
      minimumTlsVersion: 'TLS1_2',
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      allowSharedKeyAccess: false,
      publicNetworkAccess: 'Disabled',
      networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
    },
  }),
];

/** The exposed world after *on your data* with a VPN and the web app, and so after *private access only* too. */
export const HARDENED: WorldSeed = {
  name: 'hardened',
  registered: REGISTERED,
  steps: [
    ...EXPOSED.steps.map((step) => (step === EXPOSED_INDEX ? documentIndex(SEARCH, INDEX, 'everyDocument') : step)),
    ...subnets,
    ...identities,
    ...roles,
    ...privatePath(OPENAI, 'pe-contoso-openai', 'account', 'privatelink.openai.azure.com'),
    ...privatePath(SEARCH, 'pe-contoso-search', 'searchService', 'privatelink.search.windows.net'),
    ...privatePath(STORAGE, 'pe-contosodocs-blob', 'blob', 'privatelink.blob.core.windows.net'),
    ...vpn,
    ...web,
    ...closed,
    put(extensionId(`/subscriptions/${SUBSCRIPTION_ID}`, 'Microsoft.Security/pricings', 'AI'), {
      properties: { pricingTier: 'Standard' },
    }),
  ],
};
