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
