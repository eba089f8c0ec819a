import { describe, expect, test } from 'vitest';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { stepsOf } from '../../../src/core/steps/registry';
import {
  appServicePlan,
  defenderPlan,
  gateway,
  gatewaySubnet,
  publicIp,
  searchService,
  storageAccount,
  webApp,
  webAppConfig,
  webAppSubnet,
} from '../support/dataResources';
import { dataWorld, dataWorldWithout } from '../support/dataWorlds';
import { DATA, ID, linkId, zoneId } from '../support/ids';
import { statusesOf } from '../support/reading';
import { hardenedAccount, provider, subnet } from '../support/resources';
import { dataSetup } from '../support/setups';
import type { World } from '../support/world';

const SETUP = dataSetup();
const NETWORK_ACLS = { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] };

/** The account as it is in the hardened world, but for this. */
function account(patch: Parameters<typeof hardenedAccount>[0]): WireResource {
  const identity = { type: 'SystemAssigned', principalId: 'principal-of-contoso-openai', tenantId: 't' };
  const base = hardenedAccount({ identity, properties: { networkAcls: NETWORK_ACLS } });
  return hardenedAccount({
    ...patch,
    identity: patch && 'identity' in patch ? patch['identity'] : base['identity'],
    properties: { networkAcls: NETWORK_ACLS, ...(patch?.['properties'] as object | undefined) },
  });
}

const assignments = dataWorld().list('microsoft.authorization/roleassignments');

/** Role assignments at a scope of a principal. */
function roles(scope: string, principal: string): readonly string[] {
  return assignments
    .filter(({ id, ...item }) => id.startsWith(`${scope}/`) && JSON.stringify(item).includes(`"${principal}"`))
    .map(({ id }) => id);
}

const OPENAI_ROLES = ['rbac-aoai-search-index-reader', 'rbac-aoai-search-contributor', 'rbac-aoai-blob-contributor'];
const SEARCH_ROLES = ['rbac-search-aoai-contributor', 'rbac-search-blob-reader'];
const way = (prefix: string, suffix: string, ...parts: readonly string[]) =>
  parts.map((part) => `${prefix}-private-${part}${suffix}`);

/** Role assignments at the resource group itself. */
const ofGroup = assignments
  .filter(({ id }) => id.startsWith(`${ID.group}/providers/Microsoft.Authorization/`))
  .map(({ id }) => id);

/** What somebody undoes by hand in a world where everything is done, and exactly the steps that fail for it. */
const UNDONE: readonly (readonly [what: string, world: () => World, failing: readonly string[]])[] = [
  ['a provider', () => dataWorld(provider('Microsoft.Web', 'NotRegistered')), ['resource-providers']],
  [
    'network policies',
    () => dataWorld(subnet({ properties: { privateEndpointNetworkPolicies: 'Disabled' } })),
    ['subnet-private-endpoints'],
  ],
  [
    'the gateway subnet’s freedom of rules',
    () => dataWorld(gatewaySubnet({ properties: { networkSecurityGroup: { id: '/nsg' } } })),
    ['subnet-gateway'],
  ],
  ['the delegation', () => dataWorld(webAppSubnet({ properties: { delegations: [] } })), ['subnet-webapp']],
  [
    'the account’s identity',
    () => dataWorld(account({ identity: { type: 'None' } })),
    ['aoai-managed-identity', ...OPENAI_ROLES],
  ],
  [
    'the account’s trust',
    () => dataWorld(account({ properties: { networkAcls: { ...NETWORK_ACLS, bypass: 'None' } } })),
    ['aoai-trusted-services'],
  ],
  [
    'the account’s closure',
    () => dataWorld(account({ properties: { publicNetworkAccess: 'Enabled' } })),
    ['aoai-public-access-disabled'],
  ],
  [
    'the account’s keylessness',
    () => dataWorld(account({ properties: { disableLocalAuth: false } })),
    ['aoai-disable-local-auth'],
  ],
  ['a model', () => dataWorldWithout(`${ID.account}/deployments/gpt-4o`), ['aoai-model-deployments']],
  ['Search’s tier', () => dataWorld(searchService({ sku: { name: 'free' } })), ['search-tier-supports-private-link']],
  [
    'Search’s identity',
    () => dataWorld(searchService({ identity: null })),
    ['search-managed-identity', ...SEARCH_ROLES],
  ],
  [
    'Search’s trust',
    () => dataWorld(searchService({ properties: { networkRuleSet: { bypass: 'None' } } })),
    ['search-trusted-services'],
  ],
  [
    'Search’s closure',
    () => dataWorld(searchService({ properties: { publicNetworkAccess: 'enabled' } })),
    ['search-public-access-disabled'],
  ],
  [
    'Search’s keylessness, with tokens still known',
    () =>
      dataWorld(
        searchService({
          properties: { disableLocalAuth: false, authOptions: { aadOrApiKey: { aadAuthFailureMode: 'http403' } } },
        }),
      ),
    ['search-disable-local-auth'],
  ],
  [
    'Search’s tokens',
    () => dataWorld(searchService({ properties: { disableLocalAuth: false, authOptions: { apiKeyOnly: {} } } })),
    ['search-rbac-auth', 'search-disable-local-auth'],
  ],
  [
    'Storage’s TLS',
    () => dataWorld(storageAccount({ properties: { minimumTlsVersion: 'TLS1_0' } })),
    ['storage-secure-baseline'],
  ],
  [
    'Storage’s trust',
    () => dataWorld(storageAccount({ properties: { networkAcls: { bypass: 'None' } } })),
    ['storage-trusted-services'],
  ],
  [
    'Storage’s closure',
    () => dataWorld(storageAccount({ properties: { publicNetworkAccess: 'Enabled' } })),
    ['storage-public-access-disabled'],
  ],
  [
    'Storage’s closure and the rules behind it',
    () =>
      dataWorld(
        storageAccount({ properties: { publicNetworkAccess: 'Enabled', networkAcls: { defaultAction: 'Allow' } } }),
      ),
    ['storage-network-default-deny', 'storage-public-access-disabled'],
  ],
  [
    'Storage’s keylessness',
    () => dataWorld(storageAccount({ properties: { allowSharedKeyAccess: true } })),
    ['storage-disable-shared-key'],
  ],
  [
    'the container',
    () => dataWorldWithout(`${DATA.storage}/blobServices/default/containers/documents`),
    ['storage-container'],
  ],
  ...(
    [
      ['aoai', '', ID.endpoint, zoneId()],
      ['search', '', DATA.searchEndpoint, DATA.searchZone],
      ['storage', '-blob', DATA.blobEndpoint, DATA.blobZone],
    ] as const
  ).flatMap(([prefix, suffix, endpointId, zone]): (typeof UNDONE)[number][] => [
    [`${prefix}’s endpoint`, () => dataWorldWithout(endpointId), way(prefix, suffix, 'endpoint', 'dns-records')],
    [
      `${prefix}’s records`,
      () => dataWorldWithout(`${endpointId}/privateDnsZoneGroups/default`),
      way(prefix, suffix, 'dns-records'),
    ],
    [`${prefix}’s link`, () => dataWorldWithout(linkId(zone)), way(prefix, suffix, 'dns-link')],
    [`${prefix}’s zone`, () => dataWorldWithout(zone), way(prefix, suffix, 'dns-zone', 'dns-link')],
  ]),
  ['the zones of the address', () => dataWorld(publicIp({ zones: null })), ['vpn-public-ip']],
  ['the type of the gateway', () => dataWorld(gateway({ properties: { vpnType: 'PolicyBased' } })), ['vpn-gateway']],
  [
    'the sign-in to the VPN',
    () => dataWorld(gateway({ properties: { vpnClientConfiguration: null } })),
    ['vpn-p2s-entra'],
  ],
  ['the tier of the plan', () => dataWorld(appServicePlan({ sku: { tier: 'Free' } })), ['webapp-plan-supports-vnet']],
  [
    'the app’s identity',
    () => dataWorld(webApp({ identity: null })),
    ['webapp-managed-identity', 'rbac-webapp-aoai-user'],
  ],
  [
    'the app’s place in the network',
    () => dataWorld(webApp({ properties: { virtualNetworkSubnetId: null } })),
    ['webapp-vnet-integration'],
  ],
  ['the app’s routing', () => dataWorld(webApp({ properties: { outboundVnetRouting: null } })), ['webapp-route-all']],
  [
    'the app’s protocols',
    () => dataWorld(webAppConfig({ properties: { ftpsState: 'AllAllowed' } })),
    ['webapp-hardening'],
  ],
  ['Defender', () => dataWorld(defenderPlan('Free')), ['defender-for-ai']],
  [
    'what Azure OpenAI may do on Search',
    () => dataWorldWithout(...roles(DATA.search, 'principal-of-contoso-openai')),
    ['rbac-aoai-search-index-reader', 'rbac-aoai-search-contributor'],
  ],
  [
    'what Azure OpenAI may do on Storage',
    () => dataWorldWithout(...roles(DATA.storage, 'principal-of-contoso-openai')),
    ['rbac-aoai-blob-contributor'],
  ],
  [
    'what Search may do on Azure OpenAI',
    () => dataWorldWithout(...roles(ID.account, 'principal-of-contoso-search')),
    ['rbac-search-aoai-contributor'],
  ],
  [
    'what Search may do on Storage',
    () => dataWorldWithout(...roles(DATA.storage, 'principal-of-contoso-search')),
    ['rbac-search-blob-reader'],
  ],
  [
    'what the app may do',
    () => dataWorldWithout(...roles(ID.account, 'principal-of-contoso-app')),
    ['rbac-webapp-aoai-user'],
  ],
  [
    'what the developer may do on Search, where Contributor of the group manages it all the same',
    () => dataWorldWithout(...roles(DATA.search, DATA.developer)),
    ['rbac-dev-search-data'],
  ],
  [
    'what the developer may do on Storage',
    () => dataWorldWithout(...roles(DATA.storage, DATA.developer)),
    ['rbac-dev-storage'],
  ],
  [
    'what the developer may do on Azure OpenAI',
    () => dataWorldWithout(...roles(ID.account, DATA.developer)),
    ['rbac-dev-aoai'],
  ],
  ['what the developer may do in the group', () => dataWorldWithout(...ofGroup), ['rbac-dev-webapp']],
  [
    'all that the developer may do in the group and on Search',
    () => dataWorldWithout(...ofGroup, ...roles(DATA.search, DATA.developer)),
    ['rbac-dev-search', 'rbac-dev-search-data', 'rbac-dev-webapp'],
  ],
];

describe('in a world where everything is done', () => {
  const hardened = statusesOf(dataWorld(), { setup: SETUP });

  test('every step holds, or does not apply', () => {
    expect(Object.keys(hardened)).toEqual(stepsOf(['on-your-data']).map(({ id }) => id));
    expect(new Set(Object.values(hardened))).toEqual(new Set(['compliant', 'notApplicable']));
  });

  test.each(UNDONE)('undoing %s fails exactly the steps that ask for it', (_, world, failing) => {
    const statuses = statusesOf(world(), { setup: SETUP });
    const changed = Object.entries(statuses).filter(([step, status]) => hardened[step] !== status);
    expect(changed.sort()).toEqual(failing.map((step) => [step, 'nonCompliant']).sort());
  });

  test('each step that holds there is undone by one of these, or by taking its resource away', () => {
    const covered = new Set(UNDONE.flatMap(([, , failing]) => failing));
    const left = Object.entries(hardened).flatMap(([step, status]) =>
      status === 'compliant' && !covered.has(step) ? step : [],
    );
    expect(new Set(left)).toEqual(
      new Set([
        'resource-group',
        'vnet',
        'aoai-account',
        'aoai-custom-subdomain',
        'search-service',
        'storage-account',
        'search-managed-connections-removed',
        'aoai-network-default-deny',
        'webapp',
      ]),
    );
  });
});
