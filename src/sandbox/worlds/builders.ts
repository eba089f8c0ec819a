import type { JsonObject } from '../../core/resources/json';
import { childId, resourceGroupId, resourceIdIn, resourceName } from '../../core/resources/resourceId';
import { SUBSCRIPTION_ID, TENANT_ID } from '../azure';
import { MICROSOFT_SUBSCRIPTION_ID } from '../providers/search/sharedPrivateLinks';
import type { SeedStep } from './seed';

/** The providers that the resources of these worlds belong to. */
export const REGISTERED = [
  'Microsoft.ApiManagement',
  'Microsoft.CognitiveServices',
  'Microsoft.Insights',
  'Microsoft.KeyVault',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.Search',
  'Microsoft.Security',
  'Microsoft.Storage',
  'Microsoft.Web',
] as const;

export const groupId = (name: string): string => resourceGroupId(SUBSCRIPTION_ID, name);
export const accountId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.CognitiveServices/accounts', name);
export const searchServiceId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Search/searchServices', name);
export const storageAccountId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Storage/storageAccounts', name);
export const networkId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/virtualNetworks', name);
export const subnetId = (network: string, name: string): string => childId(network, 'subnets', name);
export const endpointId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/privateEndpoints', name);
export const zoneId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/privateDnsZones', name);

export const put = (id: string, body: JsonObject): SeedStep => ({ kind: 'put', id, body });
export const patch = (id: string, body: JsonObject): SeedStep => ({ kind: 'patch', id, body });

export const resourceGroup = (name: string, location: string): SeedStep => put(groupId(name), { location });

export function account(
  id: string,
  settings: {
    readonly kind?: string;
    readonly location?: string;
    readonly properties?: JsonObject;
    readonly identity?: JsonObject;
  } = {},
): SeedStep {
  const { kind = 'OpenAI', location = 'eastus', properties = {}, identity } = settings;
  return put(id, { kind, location, sku: { name: 'S0' }, properties, ...(identity ? { identity } : {}) });
}

export const deployment = (account: string, model: string, version: string): SeedStep =>
  put(childId(account, 'deployments', model), {
    sku: { name: 'Standard', capacity: 10 },
    properties: { model: { format: 'OpenAI', name: model, version } },
  });

/** A basic service with everything as it is by default: public, keys only, no identity. */
export function searchService(
  id: string,
  settings: {
    readonly tier?: string;
    readonly location?: string;
    readonly properties?: JsonObject;
    readonly identity?: JsonObject;
  } = {},
): SeedStep {
  const { tier = 'basic', location = 'eastus', properties = {}, identity } = settings;
  return put(id, { location, sku: { name: tier }, properties, ...(identity ? { identity } : {}) });
}

/** `group` as a search service names it: `blob`, `openai_account`. The connection waits for approval at the target. */
export const sharedPrivateLink = (service: string, name: string, target: string, group: string): SeedStep =>
  put(childId(service, 'sharedPrivateLinkResources', name), {
    properties: { privateLinkResourceId: target, groupId: group, requestMessage: 'Please approve' },
  });

const MANAGED_ENDPOINT = 'pe-aoai-on-your-data';

export const managedConnectionId = (service: string): string =>
  childId(service, 'privateEndpointConnections', `${MANAGED_ENDPOINT}.a7d2e914-3c58-4b0f-9e61-d4f8b2c05a37`);

/**
 * What is left of the private endpoint that Microsoft managed for Azure OpenAI On Your Data until July 2025: a connection
 * with an endpoint in a subscription of Microsoft's.
 */
export function managedEndpointConnection(service: string, status: 'Approved' | 'Disconnected'): SeedStep {
  const id = managedConnectionId(service);
  return {
    kind: 'exists',
    resource: {
      id,
      name: resourceName(id),
      type: 'Microsoft.Search/searchServices/privateEndpointConnections',
      properties: {
        privateEndpoint: {
          id: `/subscriptions/${MICROSOFT_SUBSCRIPTION_ID}/resourceGroups/aoai-managed-eastus/providers/Microsoft.Network/privateEndpoints/${MANAGED_ENDPOINT}`,
        },
        privateLinkServiceConnectionState: {
          status,
          description: 'Managed private endpoint of Azure OpenAI On Your Data',
          actionsRequired: 'None',
        },
      },
    },
  };
}

/** A general-purpose account with everything as it is by default. */
export function storageAccount(
  id: string,
  settings: {
    readonly location?: string;
    readonly sku?: string;
    readonly kind?: string;
    readonly properties?: JsonObject;
  } = {},
): SeedStep {
  const { location = 'eastus', sku = 'Standard_LRS', kind = 'StorageV2', properties = {} } = settings;
  return put(id, { location, kind, sku: { name: sku }, properties });
}

export const keyVaultId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.KeyVault/vaults', name);

/** A vault that roles decide about, open to every network, and not protected from being purged. */
export const keyVault = (id: string, location = 'eastus', properties: JsonObject = {}): SeedStep =>
  put(id, {
    location,
    properties: {
      sku: { family: 'A', name: 'standard' },
      tenantId: TENANT_ID,
      enableRbacAuthorization: true,
      ...properties,
    },
  });

/** A Log Analytics workspace with everything as it is by default. */
export const workspaceId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.OperationalInsights/workspaces', name);
export const workspace = (id: string, location = 'eastus'): SeedStep =>
  put(id, { location, properties: { sku: { name: 'PerGB2018' } } });

export const blobContainer = (account: string, name: string): SeedStep =>
  put(childId(account, 'blobServices', 'default', 'containers', name), { properties: {} });

export function virtualNetwork(
  id: string,
  location: string,
  addressPrefix: string,
  subnets: Readonly<Record<string, string>>,
): SeedStep {
  return put(id, {
    location,
    properties: {
      addressSpace: { addressPrefixes: [addressPrefix] },
      subnets: Object.entries(subnets).map(([name, prefix]) => ({ name, properties: { addressPrefix: prefix } })),
    },
  });
}

/** The network interface of a client machine. */
export const clientInterface = (group: string, name: string, location: string, subnet: string): SeedStep =>
  put(resourceIdIn(groupId(group), 'Microsoft.Network/networkInterfaces', name), {
    location,
    properties: {
      ipConfigurations: [
        { name: 'ipconfig1', properties: { privateIPAllocationMethod: 'Dynamic', subnet: { id: subnet } } },
      ],
    },
  });

/** `manual` connections wait for approval; `group` is the part of the target that the endpoint leads to. */
export function privateEndpoint(
  id: string,
  location: string,
  subnet: string,
  target: string,
  { manual = false, group = 'account' } = {},
): SeedStep {
  const name = id.slice(id.lastIndexOf('/') + 1);
  const connection = { name, properties: { privateLinkServiceId: target, groupIds: [group] } };
  return put(id, {
    location,
    properties: {
      subnet: { id: subnet },
      ...(manual
        ? { manualPrivateLinkServiceConnections: [connection] }
        : { privateLinkServiceConnections: [connection] }),
    },
  });
}

export const privateDnsZone = (id: string): SeedStep => put(id, { location: 'global' });

export const aRecord = (zone: string, name: string, address: string): SeedStep =>
  put(childId(zone, 'A', name), { properties: { ttl: 10, aRecords: [{ ipv4Address: address }] } });

export const networkLink = (zone: string, name: string, network: string): SeedStep =>
  put(childId(zone, 'virtualNetworkLinks', name), {
    location: 'global',
    properties: { virtualNetwork: { id: network }, registrationEnabled: false },
  });

export const zoneGroup = (endpoint: string, zones: readonly string[]): SeedStep =>
  put(childId(endpoint, 'privateDnsZoneGroups', 'default'), {
    properties: {
      privateDnsZoneConfigs: zones.map((zone) => ({
        name: zone.slice(zone.lastIndexOf('/') + 1).replaceAll('.', '-'),
        properties: { privateDnsZoneId: zone },
      })),
    },
  });
