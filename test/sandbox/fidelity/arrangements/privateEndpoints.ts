import {
  account,
  accountId,
  endpointId,
  groupId,
  networkId,
  privateDnsZone,
  privateEndpoint,
  resourceGroup,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const subnet = subnetId(networkId('contoso-rg', 'contoso-vnet'), 'contoso-subnet');
const target = accountId('contoso-rg', 'contosostorage');
const endpoint = endpointId('contoso-rg', 'contoso-pe');
const zone = zoneId('contoso-rg', 'privatelink.openai.azure.com');

/** The recordings connect a storage account; here an Azure OpenAI account stands for it. */
const instead = {
  'Microsoft.Storage/storageAccounts': 'Microsoft.CognitiveServices/accounts',
  '"groupIds":["blob"]': '"groupIds":["account"]',
  'privatelink.blob.core.windows.net': 'privatelink.openai.azure.com',
};

const ready = [
  resourceGroup('contoso-rg', 'westus2'),
  virtualNetwork(networkId('contoso-rg', 'contoso-vnet'), 'westus2', '10.0.0.0/16', {
    'contoso-subnet': '10.0.0.0/24',
  }),
  account(target, { properties: { customSubDomainName: 'contosostorage' } }),
];
const connected = [...ready, privateEndpoint(endpoint, 'westus2', subnet, target)];
const withZone = [...connected, privateDnsZone(zone)];
const withZoneGroup = [...withZone, zoneGroup(endpoint, [zone])];

/** Private endpoints, their network interfaces and zone groups. */
export const privateEndpointArrangements: Readonly<Record<string, Arrangement>> = {
  'network.privateEndpoint.put.create': { seed: ready, instead },
  'network.privateEndpoint.poll.inProgress': {
    seed: ready,
    instead,
    before: ['network.privateEndpoint.put.create', { waitSeconds: 10 }],
    follow: 'azure-asyncoperation',
  },
  'network.privateEndpoint.get': { seed: connected, instead },
  'network.privateEndpoint.put.update': {
    seed: ready,
    instead,
    before: ['network.privateEndpoint.put.create', { waitSeconds: 60 }],
  },
  'network.privateEndpoint.delete': { seed: connected, instead },
  'network.privateEndpoint.manual.get': {
    seed: [...ready, privateEndpoint(endpoint, 'westus2', subnet, target, { manual: true })],
  },
  'network.nic.get.ofPrivateEndpoint': {
    seed: connected,
    madeUpName: {
      recorded: 'contoso-pe.nic.00000000-0000-0000-0000-000000000002',
      listUrl: `${groupId('contoso-rg')}/providers/Microsoft.Network/networkInterfaces?api-version=2022-01-01`,
      path: ['value', 0, 'id'],
    },
  },
  'network.privateDnsZoneGroup.put.create': { seed: withZone, instead },
  'network.privateDnsZoneGroup.get': { seed: withZoneGroup, instead },
  'network.privateDnsZoneGroup.delete': { seed: withZoneGroup, instead },
};
