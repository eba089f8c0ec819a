import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { isWorldName, WORLD_NAMES } from '../../src/sandbox/sandbox';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { PIPELINE_ID } from '../../src/sandbox/directory/people';
import { NETWORK, NETWORK_GROUP, OPENAI, SEARCH, SITE, STORAGE } from '../../src/sandbox/worlds/exposed';
import { account, accountId, endpointId, resourceGroup, subnetId, zoneId } from '../../src/sandbox/worlds/builders';
import { at, withSandbox } from './client';

type State = Readonly<Record<string, JsonObject>>;
const stateOf = (world: Parameters<typeof withSandbox>[0]['world']) =>
  withSandbox(
    { world, now: () => Date.parse('2026-01-05T09:00:00Z') },
    async (client) => (await client.get('/.sandbox/state')).body as State,
  );
const typesIn = (state: State) => Object.values(state).map(({ type }) => type);

describe('every world', () => {
  it.each(WORLD_NAMES)('%s is the same in every run', async (world) => {
    expect(await stateOf(world)).toEqual(await stateOf(world));
  });

  it.each(WORLD_NAMES)('%s is at rest', async (world) => {
    const states = Object.values(await stateOf(world)).map((each) => at(each, 'properties', 'provisioningState'));
    expect(states.filter((state) => state !== undefined && !/^succeeded$/i.test(String(state)))).toEqual([]);
  });

  it('has a name', () => {
    expect(WORLD_NAMES).toEqual(['empty', 'exposed', 'half', 'hardened']);
    expect([isWorldName('half'), isWorldName('toString')]).toEqual([true, false]);
  });
});

describe('empty', () => {
  it('holds nothing but the roles of the operator, and no provider is registered but the one that every subscription has', async () => {
    const state = Object.values(await stateOf('empty'));
    const others = state.filter((each) => !('registrationState' in each));
    expect(others.map((each) => [each['type'], at(each, 'properties', 'principalId')])).toEqual([
      ['Microsoft.Authorization/roleAssignments', PRINCIPAL_ID],
      ['Microsoft.Authorization/roleAssignments', PRINCIPAL_ID],
    ]);
    const registered = state.filter((each) => each['registrationState'] === 'Registered');
    expect(registered.map(({ namespace }) => namespace)).toEqual(['Microsoft.Resources']);
  });
});

describe('exposed', () => {
  it('is open to everybody, with exactly one account of kind OpenAI and one network', async () => {
    const state = await stateOf('exposed');
    expect(state[OPENAI]).toMatchObject({
      location: 'eastus',
      kind: 'OpenAI',
      identity: { type: 'None' },
      properties: {
        customSubDomainName: 'contoso-openai',
        publicNetworkAccess: 'Enabled',
        disableLocalAuth: false,
        networkAcls: { defaultAction: 'Allow', virtualNetworkRules: [], ipRules: [] },
        privateEndpointConnections: [],
      },
    });
    expect(typesIn(state).filter((type) => type === 'Microsoft.Network/virtualNetworks')).toHaveLength(1);
    expect(Object.values(state).filter(({ kind }) => kind === 'OpenAI')).toHaveLength(1);
    expect(at(state[NETWORK], 'location')).toBe('japaneast');
  });

  it('has one of each that On Your Data needs, all of it public and with keys, and no way in by VPN', async () => {
    const state = await stateOf('exposed');
    for (const type of ['Search/searchServices', 'Storage/storageAccounts', 'Web/serverfarms', 'Web/sites']) {
      expect(typesIn(state).filter((each) => each === `Microsoft.${type}`)).toHaveLength(1);
    }
    expect(typesIn(state)).not.toContain('Microsoft.Network/virtualNetworkGateways');
    expect(state[SEARCH]).toMatchObject({
      sku: { name: 'basic' },
      properties: {
        publicNetworkAccess: 'Enabled',
        authOptions: { apiKeyOnly: {} },
        networkRuleSet: { bypass: 'None' },
        privateEndpointConnections: [{ properties: { privateLinkServiceConnectionState: { status: 'Approved' } } }],
      },
    });
    expect(state[STORAGE]).toMatchObject({
      properties: { minimumTlsVersion: 'TLS1_0', networkAcls: { bypass: 'None', defaultAction: 'Allow' } },
    });
    expect([SEARCH, SITE].map((id) => at(state[id], 'identity', 'principalId'))).toEqual([undefined, undefined]);
    expect(at(state[SITE], 'properties', 'virtualNetworkSubnetId')).toBeNull();
  });

  it('holds the rest of a typical estate', async () => {
    const types = typesIn(await stateOf('exposed'));
    for (const type of [
      'Search/searchServices',
      'Storage/storageAccounts',
      'Web/serverfarms',
      'Web/sites',
      'KeyVault/vaults',
      'OperationalInsights/workspaces',
    ]) {
      expect(types).toContain(`Microsoft.${type}`);
    }
    expect(types.filter((type) => type === 'Microsoft.Network/networkInterfaces')).toHaveLength(3);
  });
});

describe('half', () => {
  it('has steps done, steps missing, and some done wrongly', async () => {
    const state = await stateOf('half');
    const endpoint = state[endpointId(NETWORK_GROUP, 'pe-contoso-openai')];
    const path = [
      'manualPrivateLinkServiceConnections',
      0,
      'properties',
      'privateLinkServiceConnectionState',
      'status',
    ];
    expect(at(endpoint, 'properties', ...path)).toBe('Pending');
    expect(at(state[OPENAI], 'identity', 'type')).toBe('SystemAssigned');
    expect(at(state[OPENAI], 'properties', 'publicNetworkAccess')).toBe('Enabled');
    const zones = Object.values(state).filter(({ type }) => type === 'Microsoft.Network/privateDnsZones');
    expect(zones).toHaveLength(2);
    expect(new Set(zones.map(({ name }) => name)).size).toBe(1);
    expect(zones.map((zone) => at(zone, 'properties', 'numberOfVirtualNetworkLinks'))).toEqual([0, 0]);
  });
});

describe('half, for On Your Data', () => {
  it('has Search open to trusted services, Storage closed to them, and a role that went to the wrong principal', async () => {
    const state = await stateOf('half');
    expect(at(state[SEARCH], 'properties', 'networkRuleSet', 'bypass')).toBe('AzureServices');
    expect(at(state[STORAGE], 'properties', 'networkAcls', 'bypass')).toBe('None');
    const assigned = Object.values(state).filter((each) => at(each, 'properties', 'scope') === SEARCH);
    const holders = assigned.map((each) => at(each, 'properties', 'principalId'));
    expect(holders).toEqual([firstPrincipalOf(OPENAI), PIPELINE_ID]);
  });
});

describe('hardened', () => {
  it('has every property as On Your Data wants it', async () => {
    const state = await stateOf('hardened');
    const off = { publicNetworkAccess: 'Disabled' };
    expect(state[OPENAI]).toMatchObject({ properties: { ...off, networkAcls: { bypass: 'AzureServices' } } });
    expect(state[SEARCH]).toMatchObject({
      properties: { ...off, disableLocalAuth: true, networkRuleSet: { bypass: 'AzureServices' } },
    });
    expect(state[STORAGE]).toMatchObject({
      properties: { ...off, allowSharedKeyAccess: false, networkAcls: { bypass: 'AzureServices' } },
    });
    expect(state[SITE]).toMatchObject({
      properties: {
        virtualNetworkSubnetId: subnetId(NETWORK, 'snet-webapp'),
        outboundVnetRouting: { allTraffic: true },
      },
    });
    const endpoints = Object.values(state).filter(({ type }) => type === 'Microsoft.Network/privateEndpoints');
    expect(endpoints.map(({ name }) => name)).toEqual([
      'pe-contoso-openai',
      'pe-contoso-search',
      'pe-contosodocs-blob',
    ]);
    expect(typesIn(state)).toContain('Microsoft.Network/virtualNetworkGateways');
    const roles = Object.values(state).filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments');
    expect(roles).toHaveLength(2 + 6);
  });

  it('has every property as private access wants it', async () => {
    const state = await stateOf('hardened');
    expect(state[OPENAI]).toMatchObject({
      identity: { type: 'SystemAssigned' },
      properties: { publicNetworkAccess: 'Disabled', disableLocalAuth: true, networkAcls: { defaultAction: 'Deny' } },
    });
    const zone = zoneId(NETWORK_GROUP, 'privatelink.openai.azure.com');
    expect(state[`${zone}/A/contoso-openai`]).toMatchObject({
      properties: { aRecords: [{ ipv4Address: '10.3.1.4' }] },
    });
    expect(state[`${zone}/virtualNetworkLinks/link-vnet-app`]).toBeDefined();
  });
});

describe('a seed of one’s own', () => {
  it('is grown like any world', async () => {
    const id = accountId('rg', 'mine');
    const steps = [resourceGroup('rg', 'eastus'), account(id, { kind: 'AIServices' })];
    const state = await stateOf({ name: 'mine', registered: ['Microsoft.CognitiveServices'], steps });
    expect(state[id]).toMatchObject({ kind: 'AIServices' });
  });

  it('that the sandbox would refuse is an error, not half a world', async () => {
    const seed = { name: 'bad', registered: [], steps: [account(accountId('rg', 'mine'))] };
    await expect(stateOf(seed)).rejects.toThrow('MissingSubscriptionRegistration');
  });
});
