import { describe, expect, it } from 'vitest';
import { asObjects } from '../../src/core/resources/json';
import { resourceIdIn } from '../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { groupId, networkId, REGISTERED, resourceGroup, virtualNetwork } from '../../src/sandbox/worlds/builders';
import { at, withSandbox, type SandboxClient } from './client';

const VERSION = '?api-version=2025-05-01';
const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const usagesIn = (region: string): string =>
  `${SUBSCRIPTION}/providers/Microsoft.Network/locations/${region}/usages${VERSION}`;
const address = (name: string): string =>
  resourceIdIn(groupId('rg'), 'Microsoft.Network/publicIPAddresses', name) + VERSION;
const STANDARD = { location: 'eastus', sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } };
const steps = [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(networkId('rg', 'vnet'), 'eastus', '10.0.0.0/16', { one: '10.0.0.0/24' }),
];

function withLimits<Result>(limits: Readonly<Record<string, number>>, use: (client: SandboxClient) => Promise<Result>) {
  return withSandbox({ world: { name: 'test', registered: REGISTERED, steps, limits } }, use);
}

/** How much is used, and how much may be, by name. */
async function counted(client: SandboxClient, region: string) {
  const listed = asObjects(at((await client.get(usagesIn(region))).body, 'value'));
  return Object.fromEntries(
    listed.map(({ name, currentValue, limit }) => [String(at(name, 'value')), [currentValue, limit]]),
  );
}

describe('usages of Microsoft.Network', () => {
  it('count what is in the region, against the default limits', () =>
    withLimits({}, async (client) => {
      await client.follow(await client.put(address('one'), STANDARD));
      expect(await counted(client, 'eastus')).toMatchObject({
        VirtualNetworks: [1, 1000],
        PublicIPAddresses: [1, 1000],
        StandardSkuPublicIpAddresses: [1, 1000],
        ApplicationGateways: [0, 1000],
      });
      expect(await counted(client, 'japaneast')).toMatchObject({ VirtualNetworks: [0, 1000] });
      expect(at((await client.get(usagesIn('eastus'))).body, 'value', 0)).toEqual({
        currentValue: 1,
        id: `${SUBSCRIPTION}/providers/Microsoft.Network/locations/eastus/usages/VirtualNetworks`,
        limit: 1000,
        name: { localizedValue: 'Virtual Networks', value: 'VirtualNetworks' },
        unit: 'Count',
      });
    }));

  it('are not there for a region that Azure does not have', () =>
    withLimits({}, async (client) => expect((await client.get(usagesIn('atlantis'))).status).toBe(400)));

  it('may not be read without the right to', () =>
    withLimits({}, async (client) => {
      const body = { action: 'Microsoft.Network/locations/usages/read', scope: SUBSCRIPTION };
      await client.post('/.sandbox/denials', body);
      expect((await client.get(usagesIn('eastus'))).status).toBe(403);
    }));
});

describe('a subscription that is full', () => {
  it('takes no more, and keeps what it has', () =>
    withLimits({ PublicIPAddresses: 1 }, async (client) => {
      await client.follow(await client.put(address('one'), STANDARD));
      const second = await client.put(address('two'), STANDARD);
      expect([second.status, at(second.body, 'error', 'code')]).toEqual([400, 'PublicIPCountLimitReached']);
      const changed = { ...STANDARD, tags: { of: 'contoso' } };
      expect((await client.put(address('one'), changed)).status).toBe(200);
      expect((await client.put(address('elsewhere'), { ...STANDARD, location: 'japaneast' })).status).toBe(201);
    }));

  it('says of every provider where it is offered', () =>
    withLimits({}, async (client) => {
      const body = (await client.get(`${SUBSCRIPTION}/providers/Microsoft.ApiManagement?api-version=2025-04-01`)).body;
      const service = asObjects(at(body, 'resourceTypes')).find(({ resourceType }) => resourceType === 'service');
      expect(service?.['locations']).toEqual(expect.arrayContaining(['East US', 'Japan East']));
    }));
});
