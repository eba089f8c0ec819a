import { describe, expect, test } from 'vitest';
import { clearWorld, creation, look, only, REGION, said, usage, USAGES } from '../support/preflights';

const ADDRESS = 'Microsoft.Network/publicIPAddresses';
const addresses = ['a', 'b', 'c'].map((name) => creation(ADDRESS, name));
const withRoom = (...rooms: readonly [string, number][]) =>
  clearWorld({ id: USAGES, value: rooms.map(([name, room]) => usage(name, 10 - room, 10)) });

describe('what a subscription may have in a region', () => {
  test.each([
    [3, []],
    [
      2,
      [
        `quota blocks: This subscription has room for 2 more of Microsoft.Network/publicIPAddresses in ${REGION}, and the plan makes 3.`,
      ],
    ],
    [
      -1,
      [
        `quota blocks: This subscription has room for 0 more of Microsoft.Network/publicIPAddresses in ${REGION}, and the plan makes 3.`,
      ],
    ],
  ])('has room for %d', async (room, expected) => {
    expect(said((await look(addresses, { world: withRoom(['PublicIPAddresses', room]) })).report)).toEqual(expected);
  });

  test('is decided by the nearest of several limits', async () => {
    const world = withRoom(['PublicIPAddresses', 9], ['StandardSkuPublicIpAddresses', 1]);
    expect(only((await look(addresses, { world })).report)).toMatchObject({ kind: 'quota', verdict: 'blocks' });
  });

  test('does not count what an earlier run has made', async () => {
    const world = withRoom(['PublicIPAddresses', 2]);
    const [made] = addresses;
    world.put({ id: made?.resource ?? '' });
    expect((await look(addresses, { world })).report.findings).toEqual([]);
  });

  test('is asked for once for each region, and for nothing that no limit is known of', async () => {
    const networks = creation('Microsoft.Network/virtualNetworks', 'vnet', { location: 'Japan East' });
    const { azure } = await look([...addresses, networks, creation('Microsoft.Search/searchServices', 's')]);
    expect(azure.asked.filter(({ what }) => what.endsWith('/usages')).map(({ what }) => what)).toEqual([USAGES]);
  });

  test('is unknown where it cannot be read', async () => {
    const { report } = await look(addresses, { prepare: ({ denied }) => denied.add(USAGES.toLowerCase()) });
    expect(only(report)).toMatchObject({ kind: 'quota', verdict: 'unknown', changes: addresses.map(({ id }) => id) });
  });
});
