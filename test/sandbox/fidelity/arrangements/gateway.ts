import {
  networkId,
  put,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import { gatewayId, publicIpAddress, publicIpId, vpnGateway } from '../../../../src/sandbox/worlds/vpnBuilders';
import { SUBSCRIPTION_ID } from '../../../../src/sandbox/azure';
import type { Arrangement } from '../arrangement';

const nothing = { seed: [] };
const network = networkId('contoso-rg', 'contoso-vnet');
const gatewaySubnet = subnetId(network, 'GatewaySubnet');

/** What ARM serves by itself. */
export const gatewayArrangements: Readonly<Record<string, Arrangement>> = {
  'resourceGroups.put.create': nothing,
  'resourceGroups.put.update': { seed: [resourceGroup('contoso-rg', 'westus3')] },
  'resourceGroups.get': { ...nothing, before: ['resourceGroups.put.create'] },
  'resourceGroups.get.404': nothing,
  'resourceGroups.put.badLocation': nothing,
  'resourceGroups.head.exists': {},
  'resourceGroups.delete': {},
  'resourceGroups.delete.poll.202': { before: ['resourceGroups.delete', { waitSeconds: 15 }], follow: 'location' },
  'resourceGroups.delete.poll.200': { before: ['resourceGroups.delete', { waitSeconds: 90 }], follow: 'location' },
  'resourceGroups.delete.poll.409': {
    seed: [
      resourceGroup('contoso-rg', 'westus2'),
      resourceGroup('other-rg', 'westus2'),
      virtualNetwork(network, 'westus2', '10.0.0.0/16', { GatewaySubnet: '10.0.0.0/24' }),
      publicIpAddress(publicIpId('contoso-rg', 'contoso-pip'), 'westus2'),
      vpnGateway(gatewayId('other-rg', 'contoso-vpngw'), 'westus2', {
        subnet: gatewaySubnet,
        publicIp: publicIpId('contoso-rg', 'contoso-pip'),
      }),
    ],
    before: ['resourceGroups.delete', { waitSeconds: 90 }],
    follow: 'location',
    // Where the gateway goes with the group, nothing holds the others.
    instead: {
      'contoso-rg/providers/Microsoft.Network/virtualNetworkG': 'other-rg/providers/Microsoft.Network/virtualNetworkG',
    },
  },
  'resourceGroups.beingDeleted.409': {
    before: ['resourceGroups.delete'],
    instead: {
      'Microsoft.Storage/storageAccounts/contosostorage?api-version=2021-04-01':
        'Microsoft.Network/virtualNetworks/contoso-vnet?api-version=2025-03-01',
    },
  },
  'subscriptions.list': nothing,
  'subscriptions.get': nothing,
  'tenants.list': nothing,
  'providers.get': nothing,
  'providers.register': { ...nothing, registered: [] },
  'error.gateway.ResourceNotFound': {},
  'error.gateway.ResourceGroupNotFound': nothing,
  'error.gateway.ParentResourceNotFound': {
    instead: {
      'storageAccounts/queueServices': 'virtualNetworks/subnets',
      'Microsoft.Storage/storageAccounts/contosostorage/queueServices/default?api-version=2021-04-01':
        'Microsoft.Network/virtualNetworks/contoso-vnet/subnets/default?api-version=2025-03-01',
      'Microsoft.Storage/storageAccounts/contosostorage': 'Microsoft.Network/virtualNetworks/contoso-vnet',
    },
  },
  'error.gateway.AuthorizationFailed': {
    ...nothing,
    denials: [
      { action: 'Microsoft.Resources/subscriptions/resourceGroups/write', scope: `/subscriptions/${SUBSCRIPTION_ID}` },
    ],
    body: { location: 'westus2' },
    instead: {
      'providers/Microsoft.Authorization/policydefinitions/policy1': 'resourceGroups/contoso-rg',
      'Microsoft.Authorization/policydefinitions/write': 'Microsoft.Resources/subscriptions/resourceGroups/write',
    },
  },
  'error.gateway.MissingSubscriptionRegistration': {
    registered: [],
    body: {},
    instead: {
      'Microsoft.DomainRegistration/domains/contoso.com?api-version=2015-04-01':
        'Microsoft.CognitiveServices/accounts/contoso-openai?api-version=2025-06-01',
      'Microsoft.DomainRegistration': 'Microsoft.CognitiveServices',
    },
  },
  'error.gateway.MissingApiVersionParameter': {},
  'error.gateway.NoRegisteredProviderFound': {
    seed: [resourceGroup('rg-contoso-ai', 'eastus'), searchService(searchServiceId('rg-contoso-ai', 'contoso-search'))],
    instead: { 'contoso-rg': 'rg-contoso-ai' },
  },
  'authorization.permissions.list': {
    denials: [{ action: 'Microsoft.Authorization/*/Write', scope: `/subscriptions/${SUBSCRIPTION_ID}` }],
  },
  'resourceGraph.resources.table': {
    seed: [resourceGroup('rg-contoso-ai', 'eastus'), storageAccount(storageAccountId('rg-contoso-ai', 'contosodocs'))],
    body: { subscriptions: [SUBSCRIPTION_ID], query: 'resources | project type, id, sku, name' },
  },
  'resourceGraph.resources.objectArray': {
    seed: [
      resourceGroup('contoso-rg', 'westus'),
      put(network, {
        location: 'westus',
        tags: {},
        properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
      }),
    ],
  },
};
