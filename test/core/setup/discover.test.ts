import { describe, expect, test } from 'vitest';
import { Snapshot } from '../../../src/core/resources/snapshot';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { checkSetup } from '../../../src/core/setup/checkSetup';
import { DISCOVERY_TYPES, discoverSetup, type DiscoveryRequest } from '../../../src/core/setup/discover';
import type { Setup } from '../../../src/core/setup/setup';
import { inGroup, ID, SUBSCRIPTION } from '../support/ids';
import { english, unreadable } from '../support/reading';
import { account, endpoint, subnet, virtualNetwork } from '../support/resources';
import { World } from '../support/world';

const REQUEST: DiscoveryRequest = {
  cloud: 'public',
  subscription: SUBSCRIPTION,
  scenario: 'private-access',
  chosen: {},
};
const HUB_NETWORK = inGroup('rg-hub', 'Microsoft.Network/virtualNetworks', 'vnet-hub');

function inventoryOf(...resources: readonly WireResource[]): Snapshot {
  const world = new World(resources);
  return DISCOVERY_TYPES.reduce(
    (snapshot, type) => snapshot.withListing(type, { state: 'listed', resources: world.list(type) }),
    Snapshot.empty,
  );
}

function discovered(resources: readonly WireResource[], request: Partial<DiscoveryRequest> = {}): Setup {
  const result = discoverSetup({ ...REQUEST, ...request }, inventoryOf(...resources));
  if (!result.ok) throw new Error('A setup was expected.');
  return result.setup;
}

function ambiguity(...resources: readonly WireResource[]) {
  const result = discoverSetup(REQUEST, inventoryOf(...resources));
  return !result.ok && 'ambiguous' in result ? result.ambiguous : undefined;
}

describe('where there is exactly one candidate', () => {
  test('it is taken, and nothing of it is created', () => {
    const { roles, name } = discovered([account(), virtualNetwork(), subnet(), endpoint()]);
    expect(name).toBe('contoso-openai');
    expect(roles).toEqual({
      openAi: { id: ID.account },
      virtualNetwork: { id: ID.network },
      privateEndpointSubnet: { id: ID.subnet },
      resourceGroup: { id: ID.group },
    });
  });

  test('an account of another kind is no candidate', () => {
    const speech = account({
      id: inGroup('rg-hub', 'Microsoft.CognitiveServices/accounts', 'speech'),
      kind: 'SpeechServices',
    });
    expect(discovered([account(), speech]).roles.openAi).toEqual({ id: ID.account });
  });

  test('of several networks, the one that already holds an endpoint of the account is taken', () => {
    const { roles } = discovered([
      account(),
      virtualNetwork(),
      virtualNetwork({ id: HUB_NETWORK }),
      subnet(),
      endpoint({ account: ID.account.toUpperCase() }),
    ]);
    expect(roles.virtualNetwork).toEqual({ id: ID.network });
  });
});

describe('where there are several', () => {
  const second = account({ id: inGroup('rg-a', 'Microsoft.CognitiveServices/accounts', 'another') });

  test('the candidates are listed, in a stable order, for each role', () => {
    expect(ambiguity(account(), second, virtualNetwork(), virtualNetwork({ id: HUB_NETWORK }))).toEqual([
      { role: 'openAi', candidates: [second.id, ID.account].sort() },
      { role: 'virtualNetwork', candidates: [ID.network, HUB_NETWORK].sort() },
    ]);
  });

  test('subnets with endpoints in them are candidates, others are not', () => {
    const other = subnet({ id: `${ID.network}/subnets/snet-b` });
    const inOther = endpoint({ id: `${ID.endpoint}-b`, subnet: other.id });
    expect(ambiguity(account(), virtualNetwork(), subnet(), other, endpoint(), inOther)).toEqual([
      { role: 'privateEndpointSubnet', candidates: [other.id, ID.subnet] },
    ]);
  });

  test('what the user chose is not questioned', () => {
    const { roles } = discovered([account(), second, virtualNetwork()], { chosen: { openAi: second.id } });
    expect(roles.openAi).toEqual({ id: second.id });
  });

  test('a chosen subnet decides for its network', () => {
    const networks = [virtualNetwork(), virtualNetwork({ id: HUB_NETWORK })];
    const { roles } = discovered([account(), ...networks, subnet()], { chosen: { privateEndpointSubnet: ID.subnet } });
    expect(roles.virtualNetwork).toEqual({ id: ID.network });
  });
});

describe('where there is none', () => {
  test('everything is to be created, in one new group and in one region', () => {
    const { roles, name } = discovered([], { location: 'francecentral' });
    expect(roles).toMatchObject({
      resourceGroup: { id: `${ID.subscription}/resourceGroups/rg-ringfence`, create: { location: 'francecentral' } },
      openAi: { create: { location: 'francecentral', kind: 'OpenAI' } },
      virtualNetwork: { create: { location: 'francecentral', addressPrefixes: ['10.0.0.0/22'] } },
      privateEndpointSubnet: { create: { addressPrefix: '10.0.0.0/27' } },
    });
    expect(name).toBe('oai-ringfence-111111');
  });

  test('new things stand beside what there is', () => {
    const { roles } = discovered([account()]);
    expect(roles.resourceGroup).toEqual({ id: ID.group });
    expect(roles.virtualNetwork?.id).toBe(inGroup('rg-contoso', 'Microsoft.Network/virtualNetworks', 'vnet-ringfence'));
    expect(roles.virtualNetwork?.create?.location).toBe('eastus');
  });

  test('a new subnet takes a range of its network that no other subnet has', () => {
    const taken = [
      subnet({ id: `${ID.network}/subnets/a`, properties: { addressPrefix: '10.0.0.0/24' } }),
      subnet({
        id: `${ID.network}/subnets/b`,
        properties: { addressPrefix: null, addressPrefixes: ['10.0.1.0/28', 'fd00::/64'] },
      }),
    ];
    expect(discovered([account(), virtualNetwork(), ...taken]).roles.privateEndpointSubnet).toEqual({
      id: `${ID.network}/subnets/snet-private-endpoints`,
      create: { addressPrefix: '10.0.1.32/27' },
    });
  });

  test('a full network gets no new subnet: nothing is proposed that overlaps', () => {
    const full = subnet({ properties: { addressPrefix: '10.0.0.0/22' } });
    expect(discovered([account(), virtualNetwork(), full]).roles.privateEndpointSubnet).toEqual({
      id: `${ID.network}/subnets/snet-private-endpoints`,
    });
  });

  test('a chosen network that is not there is not made up: no range is proposed inside it', () => {
    const { roles } = discovered([account()], { chosen: { virtualNetwork: ID.network } });
    expect(roles.virtualNetwork).toEqual({ id: ID.network });
    expect(roles.privateEndpointSubnet).toEqual({ id: `${ID.network}/subnets/snet-private-endpoints` });
  });

  test('the subnet that an earlier run left without an endpoint is taken up again', () => {
    const left = subnet({ id: `${ID.network}/subnets/snet-private-endpoints` });
    expect(discovered([account(), virtualNetwork(), left]).roles.privateEndpointSubnet).toEqual({ id: left.id });
  });
});

describe('what could not be listed', () => {
  test.each(DISCOVERY_TYPES)('%s is never taken for "there is none"', (type) => {
    const result = discoverSetup(REQUEST, inventoryOf().withListing(type, unreadable('forbidden', 'no permission')));
    if (result.ok || !('unreadable' in result)) throw new Error('Nothing may be created on a guess.');
    expect(english(result.unreadable)).toBe(`The resources of type ${type} could not be listed: no permission`);
  });

  test('what was never listed neither', () => {
    expect(discoverSetup(REQUEST, Snapshot.empty)).toMatchObject({ ok: false });
  });
});

test.each<[string, readonly WireResource[]]>([
  ['from nothing', []],
  ['around an account', [account()]],
  ['around a network', [virtualNetwork()]],
  ['around everything', [account(), virtualNetwork(), subnet(), endpoint()]],
])('a discovered setup is a good setup: %s', (_, resources) => {
  expect(checkSetup(JSON.parse(JSON.stringify(discovered(resources))))).toMatchObject({ ok: true });
});
