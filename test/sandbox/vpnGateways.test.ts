import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { groupId, put, REGISTERED, resourceGroup, subnetId, virtualNetwork } from '../../src/sandbox/worlds/builders';
import { gatewayId, publicIpAddress, publicIpId, vpnGateway } from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type SandboxClient } from './client';
import { body, codeOf, gateway, made, network, places, publicIp, subnet, VERSION, withGateway } from './vpnSetup';

describe('a VPN gateway', () => {
  it('takes three quarters of an hour, in 31 polls that become rarer', () =>
    withGateway(async (client) => {
      const first = await client.put(`${gateway}${VERSION}`, body());
      expect([first.status, at(first.body, 'properties', 'provisioningState')]).toEqual([201, 'Updating']);
      const polls = await client.follow(first);
      expect(polls).toEqual([...Array.from({ length: 30 }, () => '200 InProgress'), '200 Succeeded']);
    }, places));

  it('tells to wait longer from poll to poll', async () => {
    let time = Date.parse('2026-01-05T09:00:00Z');
    const world = { name: 'test', registered: REGISTERED, steps: places };
    await withSandbox({ world, speed: 1, now: () => time }, async (client) => {
      const first = await client.put(`${gateway}${VERSION}`, body());
      const waits = [Number(first.headers['retry-after'])];
      for (let poll = 0; poll < 9; poll += 1) {
        time += (waits.at(-1) ?? 0) * 1000;
        const answer = await client.get(first.headers['azure-asyncoperation'] ?? '');
        waits.push(Number(answer.headers['retry-after']));
      }
      expect(waits).toEqual([10, 20, 20, 40, 40, 80, 160, 100, 100, 100]);
    });
  });

  it.each([
    ['VpnGw1', 'NonAzSkusNotAllowedForVPNGateway'],
    ['VpnGw5', 'NonAzSkusNotAllowedForVPNGateway'],
    ['VpnGw9AZ', 'BadRequest'],
  ])('of SKU %s is refused', (name, code) =>
    withGateway(async (client) => {
      const answer = await client.put(`${gateway}${VERSION}`, body({ sku: { name, tier: name } }));
      expect(codeOf(answer)).toEqual([400, code]);
    }, places),
  );

  it('needs a public IP address with zones where the region has zones', async () => {
    const zoneless = [...places, publicIpAddress(publicIpId('rg', 'regional'), 'eastus', [])];
    await withGateway(async (client) => {
      const wanted = body({}, { publicIPAddress: { id: publicIpId('rg', 'regional') } });
      const code = [400, 'VmssVpnGatewayPublicIpsMustHaveZonesConfigured'];
      expect(codeOf(await client.put(`${gateway}${VERSION}`, wanted))).toEqual(code);
      const none = body({}, { publicIPAddress: undefined });
      expect(codeOf(await client.put(`${gateway}${VERSION}`, none))).toEqual([400, 'PublicIpForGatewayIsRequired']);
    }, zoneless);
    const elsewhere = [
      resourceGroup('rg', 'westus'),
      virtualNetwork(network, 'westus', '10.0.0.0/16', { GatewaySubnet: '10.0.0.0/27' }),
      publicIpAddress(publicIp, 'westus', []),
      vpnGateway(gateway, 'westus', { subnet, publicIp }),
    ];
    const shown = await withGateway(async (client) => (await client.get(`${gateway}${VERSION}`)).body, elsewhere);
    expect(at(shown, 'properties')).toMatchObject({ provisioningState: 'Succeeded' });
  });

  it('goes into the subnet with the one right name, in any casing', () =>
    withGateway(async (client) => {
      const other = body({}, { subnet: { id: subnetId(network, 'other') } });
      expect((await client.put(`${gateway}${VERSION}`, other)).status).toBe(400);
      const lower = await client.put(
        `${gateway}${VERSION}`,
        body({}, { subnet: { id: subnetId(network, 'gatewaysubnet') } }),
      );
      expect(lower.status).toBe(201);
      const path = ['properties', 'ipConfigurations', 0, 'properties', 'subnet', 'id'];
      expect(at(lower.body, ...path)).toBe(subnetId(network, 'gatewaysubnet'));
    }, places));

  it('is the only one in its network', () =>
    withGateway(
      async (client) => {
        const second = body({}, { publicIPAddress: { id: publicIpId('rg', 'second') } });
        const answer = await client.put(`${gatewayId('rg', 'another')}${VERSION}`, second);
        expect(answer.status).toBe(400);
        expect(at(answer.body, 'error', 'message')).toContain('more than one gateway');
      },
      [...made, publicIpAddress(publicIpId('rg', 'second'), 'eastus')],
    ));

  it('holds its subnet and its address', () =>
    withGateway(async (client) => {
      expect(codeOf(await client.delete(`${subnet}${VERSION}`))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
      expect(codeOf(await client.delete(`${network}${VERSION}`))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
      expect(codeOf(await client.delete(`${publicIp}${VERSION}`))).toEqual([400, 'PublicIPAddressCannotBeDeleted']);
      const configuration = { id: `${gateway}/ipConfigurations/default` };
      const [address, place] = [await client.get(`${publicIp}${VERSION}`), await client.get(`${subnet}${VERSION}`)];
      expect(at(address.body, 'properties', 'ipConfiguration')).toEqual(configuration);
      expect(at(place.body, 'properties', 'ipConfigurations')).toEqual([configuration]);
      const removed = await client.follow(await client.delete(`${gateway}${VERSION}`));
      expect(removed.at(-1)).toBe('200 Succeeded');
      expect((await client.delete(`${publicIp}${VERSION}`)).status).toBe(202);
      expect((await client.delete(`${subnet}${VERSION}`)).status).toBe(202);
    }));

  it('lets one operation at a time happen', () =>
    withGateway(async (client) => {
      await client.put(`${gateway}${VERSION}`, body());
      const busy = [429, 'RetryableError'];
      expect(codeOf(await client.put(`${gateway}${VERSION}`, body()))).toEqual(busy);
      expect(codeOf(await client.delete(`${gateway}${VERSION}`))).toEqual(busy);
      expect(codeOf(await client.patch(`${gateway}${VERSION}`, { tags: {} }))).toEqual(busy);
      expect(codeOf(await client.post(`${gateway}/generatevpnprofile${VERSION}`, {}))).toEqual(busy);
      const properties = { addressPrefix: '10.0.0.0/27' };
      expect(codeOf(await client.put(`${subnet}${VERSION}`, { properties }))).toEqual(busy);
    }, places));

  it('comes to nothing where a network security group filters its subnet', () =>
    withGateway(
      async (client) => {
        const polls = await client.follow(await client.put(`${gateway}${VERSION}`, body()));
        expect(polls.at(-1)).toBe('200 Failed');
        expect(at((await client.get(`${gateway}${VERSION}`)).body, 'properties', 'provisioningState')).toBe('Failed');
        const cleared = await client.put(`${subnet}${VERSION}`, { properties: { addressPrefix: '10.0.0.0/27' } });
        await client.follow(cleared);
        const again = await client.follow(await client.put(`${gateway}${VERSION}`, body()));
        expect(again.at(-1)).toBe('200 Succeeded');
      },
      [
        ...places,
        put(`${groupId('rg')}/providers/Microsoft.Network/networkSecurityGroups/nsg`, { location: 'eastus' }),
        put(subnet, {
          properties: {
            addressPrefix: '10.0.0.0/27',
            networkSecurityGroup: { id: `${groupId('rg')}/providers/Microsoft.Network/networkSecurityGroups/nsg` },
          },
        }),
      ],
    ));

  it('takes tags by PATCH, and nothing else', () =>
    withGateway(async (client) => {
      const before = (await client.get(`${gateway}${VERSION}`)).body as JsonObject;
      const sent = { tags: { owner: 'us' }, properties: { vpnClientConfiguration: null } };
      const answer = await client.patch(`${gateway}${VERSION}`, sent);
      expect(answer.status).toBe(200);
      const { etag: _, ...shown } = answer.body as JsonObject;
      expect(shown['tags']).toEqual({ owner: 'us' });
      expect(at(shown, 'properties', 'vpnClientConfiguration', 'aadAudience')).toBe(
        at(before, 'properties', 'vpnClientConfiguration', 'aadAudience'),
      );
    }));

  it('is in Resource Graph, like its address', () =>
    withGateway(async (client) => {
      const query = "resources | where type contains 'x' | project id";
      const bad = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', { query });
      expect(bad.status).toBe(400);
      const types =
        "resources | where type in~ ('microsoft.network/virtualnetworkgateways', 'microsoft.network/publicipaddresses') | project name";
      const found = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
        query: types,
      });
      expect(at(found.body, 'data')).toEqual([{ name: 'pip' }, { name: 'gw' }]);
    }));
});

describe('a public IP address', () => {
  const write = (client: SandboxClient, changes: JsonObject) =>
    client.put(`${publicIp}${VERSION}`, {
      location: 'eastus',
      sku: { name: 'Standard' },
      zones: ['1', '2', '3'],
      properties: { publicIPAllocationMethod: 'Static' },
      ...changes,
    });

  it.each([
    ['Basic', { sku: { name: 'Basic' } }, 'IPv4BasicSkuPublicIpCountLimitReached'],
    ['dynamic', { properties: { publicIPAllocationMethod: 'Dynamic' } }, 'BadRequest'],
    ['in zones where there are none', { location: 'westus' }, 'AvailabilityZoneNotSupported'],
  ])('that is %s is refused', (_, changes, code) =>
    withGateway(
      async (client) => {
        expect(codeOf(await write(client, changes))).toEqual([400, code]);
      },
      [resourceGroup('rg', 'eastus')],
    ),
  );

  it('keeps its zones and its address for ever', () =>
    withGateway(async (client) => {
      const before = (await client.get(`${publicIp}${VERSION}`)).body;
      expect(codeOf(await write(client, { zones: undefined }))).toEqual([
        400,
        'ResourceAvailabilityZonesCannotBeModified',
      ]);
      const tagged = await client.follow(await write(client, { zones: ['3', '2', '1'], tags: { owner: 'us' } }));
      expect(tagged.at(-1)).toBe('200 Succeeded');
      const after = (await client.get(`${publicIp}${VERSION}`)).body;
      expect(at(after, 'properties', 'ipAddress')).toBe(at(before, 'properties', 'ipAddress'));
      expect(at(after, 'tags')).toEqual({ owner: 'us' });
    }, places));
});
