import { SUBSCRIPTION_ID } from '../../../../src/sandbox/azure';
import {
  groupId,
  networkId,
  resourceGroup,
  searchService,
  searchServiceId,
} from '../../../../src/sandbox/worlds/builders';
import { virtualNetwork } from '../../../../src/sandbox/worlds/builders';
import type { Arrangement, Preparation } from '../arrangement';

const GROUP = groupId('contoso-rg');
const NETWORK = networkId('contoso-rg', 'contoso-vnet');
const network = virtualNetwork(NETWORK, 'westus2', '10.0.0.0/16', {});
const group = resourceGroup('contoso-rg', 'westus2');

const locked = (scope: string, name: string, properties: Readonly<Record<string, string>>): Preparation => ({
  method: 'PUT',
  url: `${scope}/providers/Microsoft.Authorization/locks/${name}?api-version=2016-09-01`,
  body: { properties },
});

/** The recorded locks hang on a virtual machine; here a virtual network stands for it. */
const withoutMachines = {
  'Microsoft.Compute%2FvirtualMachines%2Fcontoso-vm': 'Microsoft.Network%2FvirtualNetworks%2Fcontoso-vnet',
  'Microsoft.Compute//virtualMachines/contoso-vm': 'Microsoft.Network//virtualNetworks/contoso-vnet',
  'Microsoft.Compute/virtualMachines/contoso-vm': 'Microsoft.Network/virtualNetworks/contoso-vnet',
};

/** Locks. */
export const governanceArrangements: Readonly<Record<string, Arrangement>> = {
  'authorization.lock.put': { seed: [group, network], instead: withoutMachines },
  'authorization.lock.list': {
    seed: [group, network],
    before: [
      locked(GROUP, 'rglock', { level: 'CanNotDelete' }),
      locked(NETWORK, 'vmlock', { level: 'ReadOnly', notes: 'vm readonly lock' }),
    ],
    instead: withoutMachines,
  },
  'authorization.lock.delete': {
    before: [locked(GROUP, 'rglock', { level: 'CanNotDelete' })],
    instead: { '00000000-0000-0000-0000-000000000001': SUBSCRIPTION_ID },
  },
  'authorization.scopeLocked': {
    seed: [group, searchService(searchServiceId('contoso-rg', 'contoso-search'))],
    before: [locked(GROUP, 'rglock', { level: 'CanNotDelete' })],
  },
};
