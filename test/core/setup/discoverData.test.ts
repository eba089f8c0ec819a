import { describe, expect, test } from 'vitest';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { parseIpv4Range, rangeContains, rangesOverlap } from '../../../src/core/setup/addresses';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { DISCOVERY_TYPES, discoverSetup, type DiscoveryRequest } from '../../../src/core/setup/discover';
import type { Setup } from '../../../src/core/setup/setup';
import { gateway, gatewaySubnet, searchService, storageAccount, webApp, webAppSubnet } from '../support/dataResources';
import { DATA, ID, inGroup, SUBSCRIPTION } from '../support/ids';
import { inventoryOf } from '../support/reading';
import { account, endpoint, subnet, virtualNetwork } from '../support/resources';
import { DEVELOPER } from '../support/setups';
import { World } from '../support/world';

const REQUEST: DiscoveryRequest = {
  cloud: 'public',
  subscription: SUBSCRIPTION,
  scenario: 'on-your-data',
  chosen: {},
  signedIn: DEVELOPER,
};

const NETWORK = [virtualNetwork(), subnet(), endpoint()];
const ESTATE = [
  account(),
  searchService(),
  storageAccount(),
  ...NETWORK,
  gatewaySubnet(),
  gateway(),
  webAppSubnet(),
  webApp(),
];

function discover(resources: readonly WireResource[], request: Partial<DiscoveryRequest> = {}) {
  return discoverSetup({ ...REQUEST, ...request }, inventoryOf(new World(resources), DISCOVERY_TYPES));
}

function discovered(resources: readonly WireResource[], request: Partial<DiscoveryRequest> = {}): Setup {
  const result = discover(resources, request);
  if (!result.ok) throw new Error('A setup was expected.');
  return result.setup;
}

function ambiguity(...resources: readonly WireResource[]) {
  const result = discover(resources);
  return !result.ok && 'ambiguous' in result ? result.ambiguous : [];
}

describe('where the whole estate is there', () => {
  test('every role is played by what there is, and nothing is created', () => {
    expect(discovered(ESTATE).roles).toEqual({
      resourceGroup: { id: ID.group },
      openAi: { id: ID.account },
      search: { id: DATA.search },
      storage: { id: DATA.storage },
      virtualNetwork: { id: ID.network },
      privateEndpointSubnet: { id: ID.subnet },
      gatewaySubnet: { id: DATA.gatewaySubnet },
      vpnGateway: { id: DATA.gateway },
      webAppSubnet: { id: DATA.webAppSubnet },
      webApp: { id: DATA.site },
    });
  });

  test('who is signed in is the first developer, where somebody is', () => {
    expect(discovered(ESTATE).options.developers).toEqual([DEVELOPER]);
    expect(discovered(ESTATE, { signedIn: undefined }).options.developers).toEqual([]);
    expect(discovered(ESTATE, { scenario: 'private-access' }).options.developers).toEqual([]);
    expect(discovered(ESTATE, { scenario: 'ai-search' }).options.developers).toEqual([DEVELOPER]);
  });

  test('hardening Search takes along what Search calls, where that is there, and makes none of it', () => {
    expect(discovered(ESTATE, { scenario: 'ai-search' }).roles).toMatchObject({
      openAi: { id: ID.account },
      storage: { id: DATA.storage },
      webApp: { id: DATA.site },
    });
    const alone = discovered([searchService(), ...NETWORK], { scenario: 'ai-search' });
    for (const role of ['openAi', 'storage', 'webApp', 'keyVault']) expect(alone.roles).not.toHaveProperty(role);
    expect(alone.name).toBe('contoso-search');
  });

  test('another scenario takes only its own roles', () => {
    expect(Object.keys(discovered(ESTATE, { scenario: 'private-access' }).roles).sort()).toEqual([
      'openAi',
      'privateEndpointSubnet',
      'resourceGroup',
      'virtualNetwork',
    ]);
  });
});

describe('what suits no role is no candidate', () => {
  const named = (type: string, name: string) => inGroup('rg-hub', type, name);

  test.each<[string, WireResource]>([
    ['a function app', webApp({ id: named('Microsoft.Web/sites', 'jobs'), kind: 'functionapp,linux' })],
    ['a workflow', webApp({ id: named('Microsoft.Web/sites', 'flow'), kind: 'functionapp,workflowapp' })],
    [
      'an account for files',
      storageAccount({ id: named('Microsoft.Storage/storageAccounts', 'files'), kind: 'FileStorage' }),
    ],
    [
      'an ExpressRoute gateway',
      gateway({
        id: named('Microsoft.Network/virtualNetworkGateways', 'er'),
        properties: { gatewayType: 'ExpressRoute' },
      }),
    ],
    [
      'a VPN gateway of another network',
      gateway({
        id: named('Microsoft.Network/virtualNetworkGateways', 'hub'),
        properties: {
          ipConfigurations: [{ properties: { subnet: { id: `${ID.otherNetwork}/subnets/GatewaySubnet` } } }],
        },
      }),
    ],
    [
      'a subnet that is delegated to something else',
      subnet({
        id: `${ID.network}/subnets/sql`,
        properties: { delegations: [{ properties: { serviceName: 'Microsoft.Sql/managedInstances' } }] },
      }),
    ],
  ])('%s', (_, other) => {
    expect(ambiguity(...ESTATE, other)).toEqual([]);
    expect(discovered([...ESTATE, other]).roles).toEqual(discovered(ESTATE).roles);
  });
});

describe('where several could play a role', () => {
  const other = (type: string, name: string) => inGroup('rg-hub', type, name);

  test.each<[string, WireResource]>([
    ['search', searchService({ id: other('Microsoft.Search/searchServices', 'another') })],
    ['storage', storageAccount({ id: other('Microsoft.Storage/storageAccounts', 'another') })],
    ['webApp', webApp({ id: other('Microsoft.Web/sites', 'another') })],
    ['webAppSubnet', webAppSubnet({ id: `${ID.network}/subnets/snet-another` })],
  ])('a person chooses: %s', (role, second) => {
    const [found, ...others] = ambiguity(...ESTATE, second);
    expect(found?.role).toBe(role);
    expect(found?.candidates).toHaveLength(2);
    expect(found?.candidates).toContain(second.id);
    expect(others).toEqual([]);
    expect(discovered([...ESTATE, second], { chosen: { [role]: second.id } }).roles).toMatchObject({
      [role]: { id: second.id },
    });
  });
});

describe('where something is missing', () => {
  test('it is proposed: Search and Storage beside the account, the app and the gateway beside the network', () => {
    const { roles } = discovered([account(), ...NETWORK]);
    expect(roles.search?.create).toEqual({ location: 'eastus', sku: 'basic' });
    expect(roles.storage?.create).toEqual({ location: 'eastus' });
    expect(roles.webApp?.create).toEqual({ location: 'japaneast' });
    expect(roles.vpnGateway?.create).toEqual({ location: 'japaneast' });
    expect(roles.gatewaySubnet?.id).toBe(DATA.gatewaySubnet);
  });

  test('names are such as Azure takes: a storage account’s has small letters and digits alone', () => {
    const { roles } = discovered([]);
    expect(roles.storage?.id).toMatch(/\/storageAccounts\/[a-z0-9]{3,24}$/);
    expect(roles.search?.id).toMatch(/\/searchServices\/[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/);
    expect(roles.webApp?.id).toMatch(/\/sites\/[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/);
  });

  test.each<[string, readonly WireResource[]]>([
    ['in nothing', []],
    ['in a network that has room', NETWORK],
    [
      'in a network with a subnet in the way',
      [...NETWORK, subnet({ id: `${ID.network}/subnets/x`, properties: { addressPrefix: '10.0.0.0/25' } })],
    ],
    [
      'beside networks everywhere',
      [virtualNetwork({ properties: { addressSpace: { addressPrefixes: ['172.16.0.0/12'] } } })],
    ],
  ])('the address plan overlaps nothing: %s', (_, resources) => {
    const { roles, options } = discovered(resources);
    const existing = resources.flatMap((item) => prefixOf(item) ?? []);
    const planned = [roles.privateEndpointSubnet, roles.gatewaySubnet, roles.webAppSubnet].flatMap(
      (role) => role?.create?.addressPrefix ?? [],
    );
    const spaces =
      roles.virtualNetwork?.create?.addressPrefixes ??
      (resources[0]?.['properties'] as { addressSpace: { addressPrefixes: string[] } }).addressSpace.addressPrefixes;
    expect(planned.length).toBeGreaterThanOrEqual(2);
    const all = [...existing, ...planned];
    all.forEach((left, index) => {
      for (const right of all.slice(index + 1))
        expect([left, right, overlap(left, right)]).toEqual([left, right, false]);
    });
    for (const cidr of planned) expect(spaces.some((space) => inside(space, cidr))).toBe(true);
    const pool = options.vpnClientAddressPool ?? '';
    expect(parseIpv4Range(pool)?.prefixLength).toBe(24);
    expect(spaces.some((space) => overlap(space, pool))).toBe(false);
  });

  test('a gateway’s subnet is as large as Azure recommends, and an app’s a size larger', () => {
    const { roles } = discovered([]);
    expect(roles.gatewaySubnet?.create?.addressPrefix).toMatch(/\/27$/);
    expect(roles.webAppSubnet?.create?.addressPrefix).toMatch(/\/26$/);
  });

  test('a full network gets none of them: nothing is proposed that has no room', () => {
    const full = subnet({ id: `${ID.network}/subnets/x`, properties: { addressPrefix: '10.0.0.0/22' } });
    const { roles } = discovered([account(), virtualNetwork(), full]);
    expect([roles.gatewaySubnet, roles.webAppSubnet].map((role) => role?.create)).toEqual([undefined, undefined]);
  });
});

test.each<[string, readonly WireResource[]]>([
  ['from nothing', []],
  ['around an account', [account()]],
  ['around a network', NETWORK],
  ['around everything', ESTATE],
])('a discovered setup is a good setup: %s', (_, resources) => {
  expect(checkSetup(JSON.parse(JSON.stringify(discovered(resources))))).toMatchObject({ ok: true });
});

function prefixOf(resource: WireResource): string | undefined {
  return (resource['properties'] as { addressPrefix?: string }).addressPrefix;
}

function overlap(left: string, right: string): boolean {
  const [one, other] = [parseIpv4Range(left), parseIpv4Range(right)];
  return one !== undefined && other !== undefined && rangesOverlap(one, other);
}

function inside(space: string, cidr: string): boolean {
  const [outer, inner] = [parseIpv4Range(space), parseIpv4Range(cidr)];
  return outer !== undefined && inner !== undefined && rangeContains(outer, inner);
}
