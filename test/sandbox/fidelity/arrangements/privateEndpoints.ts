import {
  endpointId,
  groupId,
  networkId,
  privateDnsZone,
  privateEndpoint,
  resourceGroup,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const subnet = subnetId(networkId('contoso-rg', 'contoso-vnet'), 'contoso-subnet');
const target = storageAccountId('contoso-rg', 'contosostorage');
const endpoint = endpointId('contoso-rg', 'contoso-pe');
const zone = zoneId('contoso-rg', 'privatelink.blob.core.windows.net');

const ready = [
  resourceGroup('contoso-rg', 'westus2'),
  virtualNetwork(networkId('contoso-rg', 'contoso-vnet'), 'westus2', '10.0.0.0/16', {
    'contoso-subnet': '10.0.0.0/24',
  }),
  storageAccount(target, { location: 'westus2' }),
];
const connected = [...ready, privateEndpoint(endpoint, 'westus2', subnet, target, { group: 'blob' })];
const withZone = [...connected, privateDnsZone(zone)];
const withZoneGroup = [...withZone, zoneGroup(endpoint, [zone])];

/** Private endpoints, their network interfaces and zone groups. */
export const privateEndpointArrangements: Readonly<Record<string, Arrangement>> = {
  'network.privateEndpoint.put.create': { seed: ready },
  'network.privateEndpoint.poll.inProgress': {
    seed: ready,
    before: ['network.privateEndpoint.put.create', { waitSeconds: 10 }],
    follow: 'azure-asyncoperation',
  },
  'network.privateEndpoint.get': { seed: connected },
  'network.privateEndpoint.put.update': {
    seed: ready,
    before: ['network.privateEndpoint.put.create', { waitSeconds: 60 }],
  },
  'network.privateEndpoint.delete': { seed: connected },
  'network.privateEndpoint.manual.get': {
    seed: [...ready, privateEndpoint(endpoint, 'westus2', subnet, target, { manual: true, group: 'blob' })],
  },
  'network.nic.get.ofPrivateEndpoint': {
    seed: connected,
    madeUpName: {
      recorded: 'contoso-pe.nic.00000000-0000-0000-0000-000000000002',
      listUrl: `${groupId('contoso-rg')}/providers/Microsoft.Network/networkInterfaces?api-version=2022-01-01`,
      path: ['value', 0, 'id'],
    },
  },
  'network.privateDnsZoneGroup.put.create': { seed: withZone },
  'network.privateDnsZoneGroup.get': { seed: withZoneGroup },
  'network.privateDnsZoneGroup.delete': { seed: withZoneGroup },
};
