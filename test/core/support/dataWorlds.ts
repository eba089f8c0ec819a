import type { WireResource } from '../../../src/core/resources/snapshot';
import {
  appServicePlan,
  container,
  defenderPlan,
  deployment,
  gateway,
  gatewaySubnet,
  publicIp,
  roleAssignment,
  searchService,
  storageAccount,
  webApp,
  webAppConfig,
  webAppSubnet,
} from './dataResources';
import { DATA, ID, linkId } from './ids';
import { endpoint, hardenedAccount, link, provider, zone, zoneGroup } from './resources';
import { World } from './world';
import { hardenedWorld } from './worlds';

/** The subscription itself, and the providers that On Your Data needs besides. */
export function dataProviders(state = 'Registered'): readonly WireResource[] {
  const namespaces = ['CognitiveServices', 'Network', 'Search', 'Storage', 'Web', 'Security'];
  return [
    { id: ID.subscription, tenantId: DATA.tenant },
    ...namespaces.map((namespace) => provider(`Microsoft.${namespace}`, state)),
  ];
}

export function emptyDataWorld(): World {
  return new World(dataProviders('NotRegistered'));
}

/** An endpoint of a service, with the zone, the link and the records that make its name lead there. */
export function privatePath(
  id: string,
  { target, group, zone: zoneName }: { readonly target: string; readonly group: string; readonly zone: string },
): readonly WireResource[] {
  return [
    endpoint({ id, account: target, group }),
    zone(zoneName),
    link({ id: linkId(zoneName) }),
    zoneGroup([zoneName], id),
  ];
}

export const SEARCH_PATH = { target: DATA.search, group: 'searchService', zone: DATA.searchZone };
export const BLOB_PATH = { target: DATA.storage, group: 'blob', zone: DATA.blobZone };
export const FILE_PATH = { target: DATA.storage, group: 'file', zone: DATA.fileZone };

const ACCOUNT = hardenedAccount({
  identity: { type: 'SystemAssigned', principalId: 'principal-of-contoso-openai', tenantId: 't' },
  properties: {
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
  },
});

/** The roles that services and a developer have on each other's resources in production. */
const ASSIGNMENTS: readonly WireResource[] = [
  roleAssignment({ scope: DATA.search, role: 'Search Index Data Reader', to: ACCOUNT }),
  roleAssignment({ scope: DATA.search, role: 'Search Service Contributor', to: ACCOUNT }),
  roleAssignment({ scope: DATA.storage, role: 'Storage Blob Data Contributor', to: ACCOUNT }),
  roleAssignment({ scope: ID.account, role: 'Cognitive Services OpenAI Contributor', to: searchService() }),
  roleAssignment({ scope: DATA.storage, role: 'Storage Blob Data Reader', to: searchService() }),
  roleAssignment({ scope: ID.account, role: 'Cognitive Services OpenAI User', to: webApp() }),
  roleAssignment({ scope: ID.account, role: 'Cognitive Services OpenAI Contributor', to: DATA.developer }),
  roleAssignment({ scope: DATA.search, role: 'Search Service Contributor', to: DATA.developer }),
  roleAssignment({ scope: DATA.search, role: 'Search Index Data Contributor', to: DATA.developer }),
  roleAssignment({ scope: DATA.storage, role: 'Storage Blob Data Contributor', to: DATA.developer }),
  roleAssignment({ scope: ID.group, role: 'Contributor', to: DATA.developer }),
];

/** Everything of On Your Data done; what is given replaces or joins what is there. */
export function dataWorld(...others: readonly WireResource[]): World {
  const world = hardenedWorld('OpenAI', ...dataProviders(), ACCOUNT, searchService(), storageAccount());
  const parts: readonly WireResource[] = [
    deployment('gpt-4o'),
    deployment('text-embedding-3-small'),
    container(),
    ...privatePath(DATA.searchEndpoint, SEARCH_PATH),
    ...privatePath(DATA.blobEndpoint, BLOB_PATH),
    gatewaySubnet(),
    publicIp(),
    gateway(),
    webAppSubnet(),
    appServicePlan(),
    webApp(),
    webAppConfig(),
    defenderPlan(),
    ...ASSIGNMENTS,
    ...others,
  ];
  parts.forEach((resource) => world.put(resource));
  return world;
}

export function dataWorldWithout(...ids: readonly string[]): World {
  const world = dataWorld();
  ids.forEach((id) => world.remove(id));
  return world;
}

/** The services as they are made in the portal: open to everybody, with keys, and strangers to each other. */
export function exposedDataWorld(): World {
  const world = dataWorldWithout(
    ...[ID.endpoint, DATA.searchEndpoint, DATA.blobEndpoint, DATA.defender, `${DATA.site}/config/web`],
    ...[DATA.searchZone, DATA.blobZone],
    ...ASSIGNMENTS.map(({ id }) => id),
  );
  const open = { publicNetworkAccess: null, disableLocalAuth: null, networkAcls: null };
  return world
    .put(hardenedAccount({ identity: null, properties: open }))
    .put(
      searchService({
        identity: null,
        properties: { ...open, networkRuleSet: null, authOptions: { apiKeyOnly: {} } },
      }),
    )
    .put(
      storageAccount({
        properties: {
          ...open,
          minimumTlsVersion: 'TLS1_0',
          allowBlobPublicAccess: null,
          allowCrossTenantReplication: null,
          allowSharedKeyAccess: null,
        },
      }),
    )
    .put(gateway({ properties: { vpnClientConfiguration: null } }))
    .put(webApp({ identity: null, properties: { virtualNetworkSubnetId: null, outboundVnetRouting: null } }));
}
