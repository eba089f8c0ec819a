import {
  resourceGroup,
  searchService,
  searchServiceId,
  sharedPrivateLink,
  storageAccount,
  storageAccountId,
} from '../../../../src/sandbox/worlds/builders';
import type { Arrangement } from '../arrangement';

const group = resourceGroup('contoso-rg', 'westus2');
const id = searchServiceId('contoso-rg', 'contoso-search');
const storage = storageAccountId('contoso-rg', 'contosostorage');

const existing = [
  group,
  searchService(id, {
    tier: 'standard',
    location: 'westus2',
    properties: { publicNetworkAccess: 'disabled', encryptionWithCmk: { enforcement: 'Disabled' } },
    identity: { type: 'SystemAssigned' },
  }),
];
const withStorage = [...existing, storageAccount(storage, { location: 'westus2' })];
const withLink = [...withStorage, sharedPrivateLink(id, 'contoso-spl', storage, 'blob')];

/** Azure AI Search services and their shared private links. */
export const searchArrangements: Readonly<Record<string, Arrangement>> = {
  'search.service.put.create.2022-09-01': {},
  'search.service.put.create.2023-11-01': {},
  'search.service.put.create.2025-05-01': {},
  'search.service.get.provisioning': { before: ['search.service.put.create.2022-09-01', { waitSeconds: 30 }] },
  'search.service.get.succeeded': { before: ['search.service.put.create.2022-09-01', { waitSeconds: 310 }] },
  'search.service.put.update': { seed: existing },
  'search.service.delete': { seed: existing },
  'search.listAdminKeys': { seed: existing },
  'search.listQueryKeys': { seed: existing },
  'search.regenerateAdminKey': { seed: existing, instead: { rgsearch2918: 'contoso-rg', ssrv8893: 'contoso-search' } },
  'search.checkNameAvailability': {},
  'search.privateLinkResources.list': { seed: existing },
  'search.sharedPrivateLinkResources.put': { seed: withStorage },
  'search.sharedPrivateLinkResources.poll.running': {
    seed: withStorage,
    before: ['search.sharedPrivateLinkResources.put', { waitSeconds: 30 }],
    follow: 'azure-asyncoperation',
  },
  'search.sharedPrivateLinkResources.poll.succeeded': {
    seed: withStorage,
    before: ['search.sharedPrivateLinkResources.put', { waitSeconds: 100 }],
    follow: 'azure-asyncoperation',
  },
  'search.sharedPrivateLinkResources.get': { seed: withLink },
  'search.sharedPrivateLinkResources.list': { seed: withLink },
};
