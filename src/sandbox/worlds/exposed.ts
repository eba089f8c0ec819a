import {
  account,
  accountId,
  blobContainer,
  clientInterface,
  deployment,
  keyVault,
  keyVaultId,
  managedEndpointConnection,
  networkId,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
  workspace,
  workspaceId,
} from './builders';
import { documentIndex, documentsIn } from './documents';
import type { WorldSeed } from './seed';
import { appServicePlan, planId, siteId, webApp } from './webBuilders';

export const AI_GROUP = 'rg-contoso-ai';
export const NETWORK_GROUP = 'rg-contoso-network';
export const OPENAI = accountId(AI_GROUP, 'contoso-openai');
export const SEARCH = searchServiceId(AI_GROUP, 'contoso-search');
export const STORAGE = storageAccountId(AI_GROUP, 'contosodocs');
export const SITE = siteId(AI_GROUP, 'contoso-web');
export const VAULT = keyVaultId(AI_GROUP, 'contoso-kv');
export const WORKSPACE = workspaceId(AI_GROUP, 'log-contoso');
export const NETWORK = networkId(NETWORK_GROUP, 'vnet-app');
/** The account is in East US, its clients are in Japan East, as in the document `vnet-only.ja`. */
export const NETWORK_LOCATION = 'japaneast';
export const INDEX = 'contoso-docs';
export const CONTAINER = 'documents';

const CLIENTS = subnetId(NETWORK, 'snet-clients');
const PLAN = planId(AI_GROUP, 'contoso-plan');

/** The index says nothing about who may see a document, unless a world says otherwise. */
export const EXPOSED_INDEX = documentIndex(SEARCH, INDEX, 'noDocument');

/**
 * Everything that an assistant with its own documents consists of, made in the portal, keys on, and all of it reachable
 * by the whole internet: Azure OpenAI, AI Search, Storage, a web app, and the rest of a typical estate. There is exactly
 * one of each, and one virtual network, so that nobody has to ask which.
 */
export const EXPOSED: WorldSeed = {
  name: 'exposed',
  registered: REGISTERED,
  steps: [
    resourceGroup(AI_GROUP, 'eastus'),
    resourceGroup(NETWORK_GROUP, NETWORK_LOCATION),
    account(OPENAI, {
      properties: {
        customSubDomainName: 'contoso-openai',
        networkAcls: { defaultAction: 'Allow', virtualNetworkRules: [], ipRules: [] },
        publicNetworkAccess: 'Enabled',
        disableLocalAuth: false,
      },
      identity: { type: 'None' },
    }),
    deployment(OPENAI, 'gpt-4o', '2024-11-20'),
    deployment(OPENAI, 'text-embedding-ada-002', '2'),
    account(accountId(AI_GROUP, 'contoso-speech'), { kind: 'SpeechServices' }),
    searchService(SEARCH),
    managedEndpointConnection(SEARCH, 'Approved'),
    EXPOSED_INDEX,
    storageAccount(STORAGE, {
      properties: {
        minimumTlsVersion: 'TLS1_0',
        allowBlobPublicAccess: true,
        supportsHttpsTrafficOnly: true,
        networkAcls: { bypass: 'None', defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
      },
    }),
    blobContainer(STORAGE, CONTAINER),
    ...documentsIn(STORAGE, CONTAINER),
    virtualNetwork(NETWORK, NETWORK_LOCATION, '10.3.0.0/16', { 'snet-clients': '10.3.0.0/24' }),
    ...['vm-client-1-nic', 'vm-client-2-nic', 'vm-client-3-nic'].map((name) =>
      clientInterface(NETWORK_GROUP, name, NETWORK_LOCATION, CLIENTS),
    ),
    appServicePlan(PLAN, NETWORK_LOCATION, 'B1'),
    webApp(SITE, NETWORK_LOCATION, PLAN, { properties: { httpsOnly: false } }),
    workspace(WORKSPACE),
    keyVault(VAULT),
  ],
};
