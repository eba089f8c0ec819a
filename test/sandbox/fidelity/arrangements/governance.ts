import { SUBSCRIPTION_ID } from '../../../../src/sandbox/azure';
import {
  clientInterface,
  groupId,
  networkId,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement, Preparation } from '../arrangement';

const GROUP = groupId('contoso-rg');
const NETWORK = networkId('contoso-rg', 'contoso-vnet');
const network = virtualNetwork(NETWORK, 'westus2', '10.0.0.0/16', { default: '10.0.0.0/24' });
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

const setting = 'insights.diagnosticSettings.put';
const withStorage = [
  group,
  network,
  storageAccount(storageAccountId('contoso-rg', 'contosostorage'), { location: 'westus2' }),
];
const workspace = 'operationalinsights.workspace.put.create';

const vaultCreate = 'keyvault.vault.put.create';
const deletedVault: readonly Preparation[] = [vaultCreate, { waitSeconds: 40 }, 'keyvault.vault.delete'];
const purge = 'keyvault.deletedVault.purge';

/** Locks, diagnostic settings, workspaces, key vaults. */
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
  [setting]: { seed: withStorage },
  'insights.diagnosticSettings.get': { seed: withStorage, before: [setting] },
  'insights.diagnosticSettings.get.404': { seed: withStorage },
  'insights.diagnosticSettings.delete': { seed: withStorage, before: [setting] },
  'insights.diagnosticSettingsCategories.list': {
    seed: [group, network, clientInterface('contoso-rg', 'contoso-nic', 'westus2', subnetId(NETWORK, 'default'))],
    instead: {
      'Microsoft.Compute/virtualMachines/vma6e2878463': 'Microsoft.Network/networkInterfaces/contoso-nic',
      'microsoft.compute/virtualmachines/vma6e2878463': 'microsoft.network/networkinterfaces/contoso-nic',
      RG234085226F: 'contoso-rg',
    },
  },
  [workspace]: {},
  'operationalinsights.workspace.poll.inProgress': {
    before: [workspace, { waitSeconds: 20 }],
    follow: 'azure-asyncoperation',
  },
  'operationalinsights.workspace.poll.succeeded': {
    before: [workspace, { waitSeconds: 40 }],
    follow: 'azure-asyncoperation',
  },
  'operationalinsights.workspace.get': { before: [workspace, { waitSeconds: 40 }] },
  'operationalinsights.workspace.put.update': { before: [workspace, { waitSeconds: 40 }] },
  'operationalinsights.workspace.sharedKeys': { before: [workspace, { waitSeconds: 40 }] },
  [vaultCreate]: {},
  'keyvault.vault.get.registeringDns': { before: [vaultCreate, { waitSeconds: 10 }] },
  'keyvault.vault.get': { before: [vaultCreate, { waitSeconds: 40 }] },
  'keyvault.vault.delete': { before: [vaultCreate, { waitSeconds: 40 }] },
  'keyvault.deletedVault.get': { before: deletedVault },
  'keyvault.deletedVault.get.404': {},
  [purge]: { before: deletedVault },
  'keyvault.deletedVault.purge.poll.202': {
    before: [...deletedVault, purge, { waitSeconds: 5 }],
    follow: 'location',
    instead: { 'locations/westus3/': 'locations/westus2/', 'api-version=2023-07-01&t': 'api-version=2024-11-01&t' },
  },
  'keyvault.deletedVault.purge.poll.200': { before: [...deletedVault, purge, { waitSeconds: 20 }], follow: 'location' },
};
