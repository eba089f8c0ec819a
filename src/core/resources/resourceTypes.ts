import type { JsonObject } from './json';
import { endpointSubnetOf, targetsOf } from './privateEndpoints';
import { parentResourceId, resourceKey, resourceTypeOf, topLevelResourceId } from './resourceId';

/** ARM types that the steps speak of, in lower case as Resource Graph writes them. */
export const TYPES = {
  subscription: 'microsoft.resources/subscriptions',
  resourceGroup: 'microsoft.resources/resourcegroups',
  provider: 'microsoft.resources/providers',
  tags: 'microsoft.resources/tags',
  cognitiveAccount: 'microsoft.cognitiveservices/accounts',
  virtualNetwork: 'microsoft.network/virtualnetworks',
  subnet: 'microsoft.network/virtualnetworks/subnets',
  networkInterface: 'microsoft.network/networkinterfaces',
  privateEndpoint: 'microsoft.network/privateendpoints',
  privateDnsZoneGroup: 'microsoft.network/privateendpoints/privatednszonegroups',
  privateDnsZone: 'microsoft.network/privatednszones',
  virtualNetworkLink: 'microsoft.network/privatednszones/virtualnetworklinks',
  publicIpAddress: 'microsoft.network/publicipaddresses',
  networkUsage: 'microsoft.network/locations/usages',
  virtualNetworkGateway: 'microsoft.network/virtualnetworkgateways',
  searchService: 'microsoft.search/searchservices',
  searchIndex: 'microsoft.search/searchservices/indexes',
  searchIndexer: 'microsoft.search/searchservices/indexers',
  searchSkillset: 'microsoft.search/searchservices/skillsets',
  sharedPrivateLink: 'microsoft.search/searchservices/sharedprivatelinkresources',
  storageAccount: 'microsoft.storage/storageaccounts',
  blobContainer: 'microsoft.storage/storageaccounts/blobservices/containers',
  appServicePlan: 'microsoft.web/serverfarms',
  webApp: 'microsoft.web/sites',
  roleAssignment: 'microsoft.authorization/roleassignments',
  defenderPlan: 'microsoft.security/pricings',
  networkSecurityGroup: 'microsoft.network/networksecuritygroups',
  securityRule: 'microsoft.network/networksecuritygroups/securityrules',
  applicationGateway: 'microsoft.network/applicationgateways',
  firewallPolicy: 'microsoft.network/applicationgatewaywebapplicationfirewallpolicies',
  privateDnsRecord: 'microsoft.network/privatednszones/a',
  apiManagement: 'microsoft.apimanagement/service',
  keyVault: 'microsoft.keyvault/vaults',
  keyVaultCertificate: 'microsoft.keyvault/vaults/certificates',
  deletedKeyVault: 'microsoft.keyvault/locations/deletedvaults',
  deletedApiManagement: 'microsoft.apimanagement/locations/deletedservices',
  userAssignedIdentity: 'microsoft.managedidentity/userassignedidentities',
  logAnalyticsWorkspace: 'microsoft.operationalinsights/workspaces',
  diagnosticSetting: 'microsoft.insights/diagnosticsettings',
  activityLogAlert: 'microsoft.insights/activitylogalerts',
  actionGroup: 'microsoft.insights/actiongroups',
  managementLock: 'microsoft.authorization/locks',
  policySetDefinition: 'microsoft.authorization/policysetdefinitions',
  policyAssignment: 'microsoft.authorization/policyassignments',
} as const;

/** Types that one inventory query lists together: where any of them is needed, the others mostly are as well. */
export const INVENTORY_TYPES: readonly string[] = [
  TYPES.cognitiveAccount,
  TYPES.virtualNetwork,
  TYPES.privateEndpoint,
  TYPES.privateDnsZone,
  TYPES.virtualNetworkLink,
  TYPES.virtualNetworkGateway,
  TYPES.searchService,
  TYPES.storageAccount,
  TYPES.webApp,
  TYPES.apiManagement,
  TYPES.applicationGateway,
  TYPES.keyVault,
  TYPES.logAnalyticsWorkspace,
];

/** Types that the data plane of a service knows, and Azure Resource Manager does not. */
export const INSIDE_SERVICES: readonly string[] = [
  TYPES.searchIndex,
  TYPES.searchIndexer,
  TYPES.searchSkillset,
  TYPES.keyVaultCertificate,
];

/** Types of which each resource is about another one, or about a group. */
const EXTENSIONS: readonly string[] = [
  TYPES.roleAssignment,
  TYPES.managementLock,
  TYPES.policyAssignment,
  TYPES.diagnosticSetting,
];

/** What an extension, such as a lock, is about; undefined for a resource that stands by itself. */
export function extendedScope(id: string): string | undefined {
  return EXTENSIONS.includes(resourceTypeOf(id)) ? id.slice(0, id.toLowerCase().lastIndexOf('/providers/')) : undefined;
}

interface ResourceTypeFacts {
  /** The casing and the words that a person knows it by. */
  readonly display: string;
  /** A version that the pinned SDKs send and that every public region serves. */
  readonly apiVersion: string;
  /** What others may have put into it: paths in the resource, and lists of it that are read by themselves. */
  readonly contentPaths?: readonly string[];
  readonly contentLists?: readonly string[];
}

const FACTS: Readonly<Record<string, ResourceTypeFacts>> = {
  [TYPES.resourceGroup]: {
    display: 'Microsoft.Resources/resourceGroups',
    apiVersion: '2025-04-01',
    contentLists: ['resources'],
  },
  [TYPES.subscription]: { display: 'Subscription', apiVersion: '2022-12-01' },
  [TYPES.provider]: { display: 'Resource provider', apiVersion: '2025-04-01' },
  [TYPES.tags]: { display: 'Microsoft.Resources/tags', apiVersion: '2025-04-01' },
  [TYPES.cognitiveAccount]: {
    display: 'Microsoft.CognitiveServices/accounts',
    apiVersion: '2025-06-01',
    contentLists: ['deployments'],
  },
  [TYPES.virtualNetwork]: {
    display: 'Microsoft.Network/virtualNetworks',
    apiVersion: '2025-05-01',
    contentPaths: ['properties.subnets', 'properties.virtualNetworkPeerings'],
  },
  [TYPES.subnet]: {
    display: 'Microsoft.Network/virtualNetworks/subnets',
    apiVersion: '2025-05-01',
    contentPaths: ['properties.ipConfigurations', 'properties.privateEndpoints'],
  },
  [TYPES.networkInterface]: { display: 'Microsoft.Network/networkInterfaces', apiVersion: '2025-05-01' },
  [TYPES.privateEndpoint]: { display: 'Microsoft.Network/privateEndpoints', apiVersion: '2025-05-01' },
  [TYPES.privateDnsZoneGroup]: {
    display: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
    apiVersion: '2025-05-01',
  },
  [TYPES.privateDnsZone]: {
    display: 'Microsoft.Network/privateDnsZones',
    apiVersion: '2020-06-01',
    contentLists: ['ALL'],
  },
  [TYPES.virtualNetworkLink]: {
    display: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
    apiVersion: '2020-06-01',
  },
  [TYPES.publicIpAddress]: { display: 'Microsoft.Network/publicIPAddresses', apiVersion: '2025-05-01' },
  [TYPES.networkUsage]: { display: 'Microsoft.Network/locations/usages', apiVersion: '2025-05-01' },
  [TYPES.virtualNetworkGateway]: { display: 'Microsoft.Network/virtualNetworkGateways', apiVersion: '2025-05-01' },
  [TYPES.searchService]: { display: 'Microsoft.Search/searchServices', apiVersion: '2025-05-01' },
  [TYPES.sharedPrivateLink]: {
    display: 'Microsoft.Search/searchServices/sharedPrivateLinkResources',
    apiVersion: '2025-05-01',
  },
  [TYPES.storageAccount]: {
    display: 'Microsoft.Storage/storageAccounts',
    apiVersion: '2025-06-01',
    contentLists: ['blobServices/default/containers'],
  },
  [TYPES.blobContainer]: {
    display: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    apiVersion: '2025-06-01',
  },
  [TYPES.appServicePlan]: { display: 'Microsoft.Web/serverfarms', apiVersion: '2025-05-01', contentLists: ['sites'] },
  [TYPES.webApp]: { display: 'Microsoft.Web/sites', apiVersion: '2025-05-01' },
  [TYPES.roleAssignment]: { display: 'Microsoft.Authorization/roleAssignments', apiVersion: '2022-04-01' },
  [TYPES.defenderPlan]: { display: 'Microsoft.Security/pricings', apiVersion: '2024-01-01' },
  [TYPES.networkSecurityGroup]: { display: 'Microsoft.Network/networkSecurityGroups', apiVersion: '2025-05-01' },
  [TYPES.applicationGateway]: { display: 'Microsoft.Network/applicationGateways', apiVersion: '2025-05-01' },
  [TYPES.firewallPolicy]: {
    display: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    apiVersion: '2025-05-01',
  },
  [TYPES.apiManagement]: {
    display: 'Microsoft.ApiManagement/service',
    apiVersion: '2024-05-01',
    contentLists: ['apis'],
  },
  [TYPES.keyVault]: {
    display: 'Microsoft.KeyVault/vaults',
    apiVersion: '2025-05-01',
    contentLists: ['keys', 'secrets'],
  },
  [TYPES.deletedKeyVault]: { display: 'Microsoft.KeyVault/locations/deletedVaults', apiVersion: '2025-05-01' },
  [TYPES.deletedApiManagement]: {
    display: 'Microsoft.ApiManagement/locations/deletedservices',
    apiVersion: '2024-05-01',
  },
  [TYPES.userAssignedIdentity]: {
    display: 'Microsoft.ManagedIdentity/userAssignedIdentities',
    apiVersion: '2024-11-30',
  },
  [TYPES.logAnalyticsWorkspace]: { display: 'Microsoft.OperationalInsights/workspaces', apiVersion: '2025-02-01' },
  [TYPES.diagnosticSetting]: { display: 'Microsoft.Insights/diagnosticSettings', apiVersion: '2021-05-01-preview' },
  [TYPES.activityLogAlert]: { display: 'Microsoft.Insights/activityLogAlerts', apiVersion: '2020-10-01' },
  [TYPES.actionGroup]: { display: 'Microsoft.Insights/actionGroups', apiVersion: '2023-01-01' },
  [TYPES.managementLock]: { display: 'Microsoft.Authorization/locks', apiVersion: '2020-05-01' },
  [TYPES.policySetDefinition]: { display: 'Microsoft.Authorization/policySetDefinitions', apiVersion: '2025-03-01' },
  [TYPES.policyAssignment]: { display: 'Microsoft.Authorization/policyAssignments', apiVersion: '2025-03-01' },
};

/** The API version to read a resource or one of its lists with; that of its parent where the type has none of its own. */
export function apiVersionFor(id: string): string | undefined {
  // A list of a resource group, `…/resourceGroups/x/resources`, is no resource id of its own.
  const type = resourceTypeOf(id) || resourceTypeOf(id.slice(0, id.lastIndexOf('/')));
  const known = Object.keys(FACTS)
    .filter((candidate) => type === candidate || type.startsWith(`${candidate}/`))
    .sort((left, right) => right.length - left.length)[0];
  return known === undefined ? undefined : FACTS[known]?.apiVersion;
}

/** The type as Azure writes it. */
export function displayType(id: string): string {
  const type = resourceTypeOf(id);
  return FACTS[type]?.display ?? type;
}

/** Where to look for what would be lost with a resource, though Ringfence did not put it there. */
export function contentOf(id: string): { readonly paths: readonly string[]; readonly lists: readonly string[] } {
  const facts = FACTS[resourceTypeOf(id)];
  return { paths: facts?.contentPaths ?? [], lists: facts?.contentLists ?? [] };
}

/**
 * What may have one writer at a time while this resource is written: a Cognitive Services account, a virtual network
 * with all its subnets, a private DNS zone. A private endpoint writes to its target and to its subnet as well.
 */
export function writerLocks(id: string, body: JsonObject | null): readonly string[] {
  const locks = [resourceKey(topLevelResourceId(id))];
  if (resourceTypeOf(id) === TYPES.privateEndpoint && body) {
    const subnet = endpointSubnetOf(body);
    const network = subnet === undefined ? undefined : parentResourceId(subnet);
    for (const other of [network, ...targetsOf(body)]) if (other !== undefined) locks.push(resourceKey(other));
  }
  return [...new Set(locks)].sort();
}
