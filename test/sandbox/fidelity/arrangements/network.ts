import {
  account,
  accountId,
  clientInterface,
  endpointId,
  groupId,
  networkId,
  privateEndpoint,
  put,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../../../src/sandbox/worlds/seed';
import type { Arrangement } from '../arrangement';

const group = resourceGroup('contoso-rg', 'westus2');
const network = networkId('contoso-rg', 'contoso-vnet');
const subnet = subnetId(network, 'contoso-subnet');
const nsg = `${groupId('contoso-rg')}/providers/Microsoft.Network/networkSecurityGroups/contoso-nsg`;
const pip = `${groupId('contoso-rg')}/providers/Microsoft.Network/publicIPAddresses/contoso-pip`;

const withNetwork = (
  location: string,
  prefix: string,
  subnets: Readonly<Record<string, string>> = {},
): readonly SeedStep[] => [group, virtualNetwork(network, location, prefix, subnets)];
const withSubnet = withNetwork('westus2', '10.0.0.0/16', { 'contoso-subnet': '10.0.0.0/24' });
const target = accountId('contoso-rg', 'contosostorage');

/** Virtual networks and what is in them. */
export const networkArrangements: Readonly<Record<string, Arrangement>> = {
  'network.virtualNetwork.put.create': {},
  'network.virtualNetwork.poll.succeeded': {
    before: ['network.virtualNetwork.put.create', { waitSeconds: 5 }],
    follow: 'azure-asyncoperation',
  },
  'network.virtualNetwork.get': { seed: withNetwork('westus2', '10.0.0.0/8') },
  'network.virtualNetwork.put.update': { seed: withSubnet },
  'network.virtualNetwork.delete': { seed: withNetwork('westus2', '10.0.0.0/8') },
  'network.subnet.put.create': { seed: withNetwork('westus2', '10.0.0.0/8') },
  'network.subnet.get': { seed: withSubnet },
  'network.subnet.put.update.delegation': { seed: withSubnet },
  'network.subnet.delete': { seed: withSubnet },
  'network.subnet.put.withPrivateEndpoint': {
    seed: [
      ...withSubnet,
      account(target, { properties: { customSubDomainName: 'contosostorage' } }),
      privateEndpoint(endpointId('contoso-rg', 'contoso-pe'), 'westus2', subnet, target),
    ],
  },
  'network.subnet.get.404.rp': { seed: withNetwork('westus2', '10.0.0.0/16') },
  'network.subnet.delete.inUse': {
    seed: [...withSubnet, clientInterface('contoso-rg', 'contoso-nic', 'westus2', subnet)],
  },
  'network.subnet.put.409': {
    seed: [group],
    before: [
      {
        method: 'PUT',
        url: `${network}?api-version=2025-03-01`,
        body: { location: 'westcentralus', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } },
      },
    ],
  },
  'network.subnet.put.429': {
    seed: withNetwork('westus2', '10.225.0.0/16'),
    before: [
      {
        method: 'PUT',
        url: `${subnetId(network, 'another-subnet')}?api-version=2020-11-01`,
        body: { properties: { addressPrefix: '10.225.1.0/28' } },
      },
    ],
  },
  'network.nic.put.429.parentNotProvisioned': {
    seed: withNetwork('westcentralus', '10.0.0.0/16'),
    before: ['network.subnet.put.create'],
  },
  'network.nic.put.badReference': { seed: withNetwork('westcentralus', '10.0.0.0/16') },
  'network.nic.put.create': {
    seed: withNetwork('westeurope', '10.0.0.0/16', { 'contoso-subnet': '10.0.0.0/24' }),
  },
  'network.nsg.put.create': {},
  'network.nsg.securityRule.put': { seed: [group, put(nsg, { location: 'westus2' })] },
  'network.publicIP.put.create': {},
  'network.publicIP.get': {
    seed: [group, put(pip, { location: 'westus2', sku: { name: 'Standard' }, properties: {} })],
  },
};
