import type { JsonObject } from '../../../src/core/resources/json';
import { extensionId } from '../../../src/core/resources/resourceId';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup, SetupOptions } from '../../../src/core/setup/setup';
import { searchService, storageAccount } from './dataResources';
import { DATA, ID, inGroup } from './ids';
import { account, provider, resourceGroup, virtualNetwork } from './resources';
import { setup } from './setups';
import { World } from './world';

/** What the steps that watch over everything are about. */
export const GOVERNED = {
  workspace: inGroup('rg-contoso', 'Microsoft.OperationalInsights/workspaces', 'log-contoso'),
  apiManagement: inGroup('rg-contoso', 'Microsoft.ApiManagement/service', 'apim-contoso'),
  gateway: inGroup('rg-contoso', 'Microsoft.Network/applicationGateways', 'agw-contoso'),
  vault: inGroup('rg-contoso', 'Microsoft.KeyVault/vaults', 'kv-contoso'),
} as const;

/** A setup for both scenarios that have them, in which everything exists. */
export function governedSetup(options: Partial<SetupOptions> = {}, roles: Setup['roles'] = {}): Setup {
  return setup({
    scenarios: ['api-gateway', 'ai-search'],
    options,
    roles: {
      resourceGroup: { id: ID.group },
      openAi: { id: ID.account },
      search: { id: DATA.search },
      storage: { id: DATA.storage },
      virtualNetwork: { id: ID.network },
      apiManagement: { id: GOVERNED.apiManagement },
      applicationGateway: { id: GOVERNED.gateway },
      keyVault: { id: GOVERNED.vault },
      logAnalyticsWorkspace: { id: GOVERNED.workspace },
      ...roles,
    },
  });
}

/** The resources, with nothing that watches over them. */
export function ungovernedWorld(...others: readonly WireResource[]): World {
  const plain = Object.values(GOVERNED).map((id): WireResource => ({
    id,
    location: 'japaneast',
    properties: { provisioningState: 'Succeeded' },
  }));
  const namespaces = [
    ...['ApiManagement', 'CognitiveServices', 'Insights', 'KeyVault', 'ManagedIdentity', 'Network'],
    ...['OperationalInsights', 'PolicyInsights', 'Search', 'Security', 'Storage'],
  ];
  return new World([
    ...namespaces.map((namespace) => provider(`Microsoft.${namespace}`)),
    resourceGroup(),
    account(),
    searchService(),
    storageAccount(),
    virtualNetwork(),
    ...plain,
    ...others,
  ]);
}

/** Extensions of a resource, each by itself and all in its list, as Azure shows them. */
export function extensions(
  scope: string,
  type: string,
  bodies: Readonly<Record<string, JsonObject>>,
): readonly WireResource[] {
  const each = Object.entries(bodies).map(([name, properties]) => ({
    id: extensionId(scope, type, name),
    name,
    properties,
  }));
  return [{ id: `${scope}/providers/${type}`, value: each }, ...each];
}
