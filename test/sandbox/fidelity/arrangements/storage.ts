import {
  endpointId,
  networkId,
  privateEndpoint,
  resourceGroup,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const group = resourceGroup('contoso-rg', 'westus2');
const id = storageAccountId('contoso-rg', 'contosostorage');
const existing = [group, storageAccount(id, { location: 'westus2' })];

const network = networkId('contoso-rg', 'contoso-vnet');
const connected = [
  group,
  storageAccount(id, { location: 'westus2', kind: 'BlobStorage' }),
  virtualNetwork(network, 'westus2', '10.0.0.0/16', { 'contoso-subnet': '10.0.0.0/24' }),
  privateEndpoint(endpointId('contoso-rg', 'contoso-pe'), 'westus2', subnetId(network, 'contoso-subnet'), id, {
    group: 'blob',
  }),
];

const creating: Arrangement = { before: ['storage.account.put.create', { waitSeconds: 10 }] };

/** Storage accounts. */
export const storageArrangements: Readonly<Record<string, Arrangement>> = {
  'storage.account.put.create': {},
  'storage.account.poll.202': { ...creating, follow: 'location' },
  'storage.account.poll.200': {
    before: ['storage.account.put.create', { waitSeconds: 20 }],
    follow: 'location',
  },
  'storage.account.get': { seed: existing },
  'storage.account.patch': {
    seed: [
      group,
      storageAccount(id, {
        location: 'eastus',
        kind: 'Storage',
        sku: 'Standard_GRS',
        properties: { supportsHttpsTrafficOnly: false },
      }),
    ],
    instead: { rgstg6032: 'contoso-rg' },
  },
  'storage.account.withPrivateEndpoint': {
    seed: connected,
    part: ['properties', 'privateEndpointConnections'],
  },
  'storage.account.listKeys.notProvisioned': creating,
  'storage.account.put.badName': {},
  'storage.account.put.badParam': {},
  'storage.account.delete': { seed: existing },
  'storage.account.delete.absent': {},
  'storage.checkNameAvailability': {},
  'storage.privateLinkResources.list': { seed: existing },
};
