import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { isWorldName, WORLD_NAMES } from '../../src/sandbox/sandbox';
import { NETWORK, NETWORK_GROUP, OPENAI } from '../../src/sandbox/worlds/exposed';
import { account, accountId, endpointId, resourceGroup, zoneId } from '../../src/sandbox/worlds/builders';
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

describe('hardened', () => {
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
