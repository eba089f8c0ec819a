import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/plan/change';
import type { JsonObject } from '../../../src/core/resources/json';
import { findFreeRange } from '../../../src/core/setup/addresses';
import { DATA, ID } from '../support/ids';
import { clearWorld, creationOf, look, only, said } from '../support/preflights';
import { virtualNetwork } from '../support/resources';

const HUB = `${ID.hubGroup}/providers/Microsoft.Network/virtualNetworks/hub`;
const subnetOf = (name: string, addressPrefix: string): JsonObject => ({
  id: `${ID.network}/subnets/${name}`,
  name,
  properties: { addressPrefix },
});
const network = (parts: JsonObject = {}) => clearWorld(virtualNetwork({ properties: parts }));
const createSubnet = (addressPrefix: string, name = 'new'): Change =>
  creationOf(`${ID.network}/subnets/${name}`, { properties: { addressPrefix } });
const addresses = async (changes: readonly Change[], world = network()) =>
  said((await look(changes, { world })).report, 'address');

describe('the range of a new subnet', () => {
  test('lies over no other subnet of the network', async () => {
    const world = network({ subnets: [subnetOf('clients', '10.0.0.0/24')] });
    expect(await addresses([createSubnet('10.0.0.128/25')], world)).toEqual([
      'address blocks: The range 10.0.0.128/25 of new lies over 10.0.0.0/24 of clients.',
    ]);
    expect(await addresses([createSubnet('10.0.1.0/24')], world)).toEqual([]);
  });

  test('lies over no other that the plan creates', async () => {
    const { report } = await look([createSubnet('10.0.1.0/24', 'one'), createSubnet('10.0.1.0/25', 'two')], {
      world: network(),
    });
    expect(only(report)).toMatchObject({ kind: 'address', verdict: 'blocks', changes: ['create/vnet-contoso/two'] });
  });

  test('is inside the space of the network, be that there or created with it', async () => {
    expect(await addresses([createSubnet('10.1.0.0/24')])).toEqual([
      'address blocks: The range 10.1.0.0/24 of new is not inside the address space of its virtual network.',
    ]);
    const create = creationOf(ID.network, {
      location: 'x',
      properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] } },
    });
    expect(await addresses([create, createSubnet('10.1.0.0/24')], clearWorld())).toEqual([]);
  });

  test('may be its own, where an earlier run made it', async () => {
    const world = network({ subnets: [subnetOf('new', '10.0.1.0/24')] });
    expect(await addresses([createSubnet('10.0.1.0/24')], world)).toEqual([]);
  });

  test('as the address plan finds it is never in the way; any that is taken is', async () => {
    const taken = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(taken, async (places) => {
        const ranges = places.map((place) => `10.0.${Math.floor(place / 4)}.${(place % 4) * 64}/26`);
        const world = network({ subnets: ranges.map((range, index) => subnetOf(`s${index}`, range)) });
        const free = findFreeRange(['10.0.0.0/22'], ranges, 26);
        expect(free === undefined ? [] : await addresses([createSubnet(free)], world)).toEqual([]);
        for (const range of ranges) expect(await addresses([createSubnet(range)], world)).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('peered networks', () => {
  const peering = {
    name: 'hub',
    properties: { remoteVirtualNetwork: { id: HUB }, remoteAddressSpace: { addressPrefixes: ['172.16.0.0/16'] } },
  };
  const pool = (cidr: string) =>
    creationOf(DATA.gateway, {
      location: 'japaneast',
      properties: {
        ipConfigurations: [{ name: 'd', properties: { subnet: { id: DATA.gatewaySubnet } } }],
        vpnClientConfiguration: { vpnClientAddressPool: { addressPrefixes: [cidr] } },
      },
    });

  test.each([
    ['of the network', '10.0.2.0/24', '10.0.0.0/22 of vnet-contoso'],
    ['of a network beside it', '172.16.8.0/24', '172.16.0.0/16 of hub'],
  ])('VPN clients have no addresses %s', async (_, cidr, over) => {
    expect(await addresses([pool(cidr)], network({ virtualNetworkPeerings: [peering] }))).toEqual([
      `address blocks: The range ${cidr} of vpngw-contoso lies over ${over}.`,
    ]);
  });

  test('VPN clients may have any others', async () => {
    expect(await addresses([pool('192.168.77.0/24')], network({ virtualNetworkPeerings: [peering] }))).toEqual([]);
  });

  test('a network that is extended lies over none of them', async () => {
    const prefixes = ['10.0.0.0/22', '172.16.4.0/24'];
    const extend = { ...creationOf(ID.network, { properties: { addressSpace: { addressPrefixes: prefixes } } }) };
    const world = network({ virtualNetworkPeerings: [peering] });
    expect(await addresses([{ ...extend, action: 'update' }], world)).toHaveLength(1);
  });
});
