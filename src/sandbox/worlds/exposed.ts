import type { JsonObject } from '../../core/resources/json';
import type { WireResource } from '../../core/resources/snapshot';
import {
  account,
  accountId,
  clientInterface,
  deployment,
  networkId,
  REGISTERED,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from './builders';
import { appServicePlan, planId, siteId, webApp } from './webBuilders';
import estate from './estate.json';
import type { WorldSeed } from './seed';

export const AI_GROUP = 'rg-contoso-ai';
export const NETWORK_GROUP = 'rg-contoso-network';
export const OPENAI = accountId(AI_GROUP, 'contoso-openai');
export const NETWORK = networkId(NETWORK_GROUP, 'vnet-app');
/** The account is in East US, its clients are in Japan East, as in the document `vnet-only.ja`. */
export const NETWORK_LOCATION = 'japaneast';

const CLIENTS = subnetId(NETWORK, 'snet-clients');

/**
 * An Azure OpenAI account that the whole internet can reach, made in the portal, keys on, and the rest of a typical
 * estate: all of it public. There is exactly one virtual network, so that nobody has to ask which.
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
    account(accountId(AI_GROUP, 'contoso-speech'), { kind: 'SpeechServices' }),
    virtualNetwork(NETWORK, NETWORK_LOCATION, '10.3.0.0/16', { 'snet-clients': '10.3.0.0/24' }),
    ...['vm-client-1-nic', 'vm-client-2-nic', 'vm-client-3-nic'].map((name) =>
      clientInterface(NETWORK_GROUP, name, NETWORK_LOCATION, CLIENTS),
    ),
    appServicePlan(planId(AI_GROUP, 'contoso-plan'), 'eastus'),
    webApp(siteId(AI_GROUP, 'contoso-web'), 'eastus', planId(AI_GROUP, 'contoso-plan')),
    ...(estate as readonly (JsonObject & { readonly id: string })[]).map((resource) => ({
      kind: 'exists' as const,
      resource: resource satisfies WireResource,
    })),
  ],
};
