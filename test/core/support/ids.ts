/** The names that the tests share: one subscription, one group, one account and the network around it. */
export const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const scope = `/subscriptions/${SUBSCRIPTION}`;

export function inGroup(group: string, type: string, name: string): string {
  return `${scope}/resourceGroups/${group}/providers/${type}/${name}`;
}

export const ID = {
  subscription: scope,
  group: `${scope}/resourceGroups/rg-contoso`,
  hubGroup: `${scope}/resourceGroups/rg-hub`,
  account: inGroup('rg-contoso', 'Microsoft.CognitiveServices/accounts', 'contoso-openai'),
  network: inGroup('rg-contoso', 'Microsoft.Network/virtualNetworks', 'vnet-contoso'),
  otherNetwork: inGroup('rg-hub', 'Microsoft.Network/virtualNetworks', 'vnet-contoso'),
  subnet: `${inGroup('rg-contoso', 'Microsoft.Network/virtualNetworks', 'vnet-contoso')}/subnets/snet-endpoints`,
  otherSubnet: `${inGroup('rg-hub', 'Microsoft.Network/virtualNetworks', 'vnet-contoso')}/subnets/snet-endpoints`,
  endpoint: inGroup('rg-contoso', 'Microsoft.Network/privateEndpoints', 'pe-contoso-openai'),
} as const;

export function zoneId(name = 'privatelink.openai.azure.com', group = 'rg-contoso'): string {
  return inGroup(group, 'Microsoft.Network/privateDnsZones', name);
}

export function linkId(zone = zoneId(), name = 'link-vnet-contoso'): string {
  return `${zone}/virtualNetworkLinks/${name}`;
}

export function providerId(namespace: string): string {
  return `${scope}/providers/${namespace}`;
}

const NETWORK = inGroup('rg-contoso', 'Microsoft.Network/virtualNetworks', 'vnet-contoso');

/** What On Your Data adds to them. */
export const DATA = {
  tenant: '22222222-2222-3333-4444-555555555555',
  developer: '33333333-2222-3333-4444-555555555555',
  search: inGroup('rg-contoso', 'Microsoft.Search/searchServices', 'contoso-search'),
  storage: inGroup('rg-contoso', 'Microsoft.Storage/storageAccounts', 'contosodata'),
  gatewaySubnet: `${NETWORK}/subnets/GatewaySubnet`,
  gateway: inGroup('rg-contoso', 'Microsoft.Network/virtualNetworkGateways', 'vpngw-contoso'),
  publicIp: inGroup('rg-contoso', 'Microsoft.Network/publicIPAddresses', 'pip-vpngw-contoso'),
  webAppSubnet: `${NETWORK}/subnets/snet-webapp`,
  plan: inGroup('rg-contoso', 'Microsoft.Web/serverfarms', 'asp-contoso-app'),
  site: inGroup('rg-contoso', 'Microsoft.Web/sites', 'contoso-app'),
  searchEndpoint: inGroup('rg-contoso', 'Microsoft.Network/privateEndpoints', 'pe-contoso-search'),
  blobEndpoint: inGroup('rg-contoso', 'Microsoft.Network/privateEndpoints', 'pe-contosodata-blob'),
  fileEndpoint: inGroup('rg-contoso', 'Microsoft.Network/privateEndpoints', 'pe-contosodata-file'),
  searchZone: zoneId('privatelink.search.windows.net'),
  blobZone: zoneId('privatelink.blob.core.windows.net'),
  fileZone: zoneId('privatelink.file.core.windows.net'),
  defender: `${scope}/providers/Microsoft.Security/pricings/AI`,
} as const;
