import { describe, expect, test } from 'vitest';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import { Snapshot, type WireResource } from '../../../src/core/resources/snapshot';
import { proposeNew, withRole } from '../../../src/core/setup/proposals';
import { inGroup, ID } from '../support/ids';
import { account, subnet, virtualNetwork } from '../support/resources';
import { setup, setupFromNothing } from '../support/setups';
import { World } from '../support/world';

const NETWORK = 'Microsoft.Network/virtualNetworks';

function inventoryOf(...resources: readonly WireResource[]): Snapshot {
  const world = new World(resources);
  return [TYPES.virtualNetwork, TYPES.cognitiveAccount].reduce(
    (snapshot, type) => snapshot.withListing(type, { state: 'listed', resources: world.list(type) }),
    Snapshot.empty,
  );
}

function networkWith(...addressPrefixes: readonly string[]): WireResource {
  return virtualNetwork({
    id: inGroup('rg-hub', NETWORK, 'vnet-hub'),
    properties: { addressSpace: { addressPrefixes } },
  });
}

describe('a proposed virtual network', () => {
  test('has a range that no network in the subscription has', () => {
    const proposed = proposeNew(
      'virtualNetwork',
      setup(),
      inventoryOf(
        networkWith('10.0.0.0/16'),
        virtualNetwork({ properties: { addressSpace: { addressPrefixes: ['10.1.0.0/24'] } } }),
      ),
    );
    expect(proposed.create?.addressPrefixes).toEqual(['10.1.4.0/22']);
  });

  test('goes on to the next private network, and has no range where all are in use', () => {
    expect(
      proposeNew('virtualNetwork', setup(), inventoryOf(networkWith('10.0.0.0/8'))).create?.addressPrefixes,
    ).toEqual(['172.16.0.0/22']);
    const full = networkWith('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');
    expect(proposeNew('virtualNetwork', setup(), inventoryOf(full)).create?.addressPrefixes).toEqual([]);
  });

  test('has a name that is free', () => {
    const taken = [1, 2].map((number) =>
      virtualNetwork({ id: inGroup('rg-contoso', NETWORK, `vnet-ringfence${number === 1 ? '' : '-2'}`) }),
    );
    expect(proposeNew('virtualNetwork', setup(), inventoryOf(...taken)).id).toBe(
      inGroup('rg-contoso', NETWORK, 'vnet-ringfence-3'),
    );
  });

  test('stands in the region of what is chosen already', () => {
    const { virtualNetwork: _network, ...roles } = setup().roles;
    expect(proposeNew('virtualNetwork', setup({ roles }), inventoryOf(account())).create?.location).toBe('eastus');
    expect(proposeNew('virtualNetwork', setup({ roles: {} }), inventoryOf(), 'japanwest').create?.location).toBe(
      'japanwest',
    );
  });
});

describe('a proposed subnet', () => {
  test('has a name and a range that its network has not', () => {
    const others = subnet({
      id: `${ID.network}/subnets/snet-private-endpoints`,
      properties: { addressPrefix: '10.0.0.0/26' },
    });
    expect(proposeNew('privateEndpointSubnet', setup(), inventoryOf(virtualNetwork(), others))).toEqual({
      id: `${ID.network}/subnets/snet-private-endpoints-2`,
      create: { addressPrefix: '10.0.0.64/27' },
    });
  });

  test('is inside the range of a network that is to be created', () => {
    expect(proposeNew('privateEndpointSubnet', setupFromNothing(), inventoryOf()).create).toEqual({
      addressPrefix: '10.0.0.0/27',
    });
  });

  test('has no range where its network is full', () => {
    const full = subnet({ properties: { addressPrefix: '10.0.0.0/22' } });
    expect(proposeNew('privateEndpointSubnet', setup(), inventoryOf(virtualNetwork(), full)).create).toEqual({
      addressPrefix: '',
    });
  });
});

describe('withRole', () => {
  test('what is to be created moves into another group, what exists stays', () => {
    const moved = withRole(setupFromNothing(), 'resourceGroup', { id: ID.hubGroup }, inventoryOf()).roles;
    expect(moved.openAi?.id).toBe(inGroup('rg-hub', 'Microsoft.CognitiveServices/accounts', 'contoso-openai'));
    expect(moved.privateEndpointSubnet?.id).toContain(moved.virtualNetwork?.id);
    expect(withRole(setup(), 'resourceGroup', { id: ID.hubGroup }, inventoryOf()).roles.openAi).toEqual({
      id: ID.account,
    });
  });

  test('a subnet of another network is let go, and proposed anew where it was to be created', () => {
    const other = { id: ID.otherNetwork };
    expect(withRole(setup(), 'virtualNetwork', other, inventoryOf()).roles).not.toHaveProperty('privateEndpointSubnet');
    const network = virtualNetwork({ id: ID.otherNetwork });
    const anew = withRole(setupFromNothing(), 'virtualNetwork', other, inventoryOf(network)).roles
      .privateEndpointSubnet;
    expect(anew).toEqual({
      id: `${ID.otherNetwork}/subnets/snet-private-endpoints`,
      create: { addressPrefix: '10.0.0.0/27' },
    });
  });

  test('a subnet of the same network stays', () => {
    const upper = { id: ID.network.toUpperCase() };
    expect(withRole(setup(), 'virtualNetwork', upper, inventoryOf()).roles.privateEndpointSubnet).toEqual({
      id: ID.subnet,
    });
  });
});
