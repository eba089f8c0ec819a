import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { clientInterface, groupId, put, subnetId } from '../../src/sandbox/worlds/builders';
import { appServicePlan, planId, siteId, webApp } from '../../src/sandbox/worlds/webBuilders';
import { at, type SandboxClient } from './client';
import {
  codeOf,
  connect,
  delegated,
  integrated,
  inWorld,
  messageOf,
  network,
  NETWORK,
  NEW,
  OLD,
  places,
  plan,
  properties,
  site,
  subnet,
  undelegated,
  withSite,
} from './webSetup';

describe('integration with a virtual network', () => {
  it('needs a subnet that is delegated to App Service', () =>
    inWorld(withSite, async (client) => {
      const answer = await connect(client, site, undelegated);
      expect([...codeOf(answer), messageOf(answer)]).toEqual([
        400,
        'BadRequest',
        'Subnet vnet in VNET plain is missing a delegation to Microsoft.Web/serverFarms. Please add the delegation and try again.',
      ]);
      expect(codeOf(await connect(client, site, subnetId(network, 'none')))).toEqual([404, 'NotFound']);
      expect(await properties(client, `${site}${NEW}`)).toMatchObject({ virtualNetworkSubnetId: null });
    }));

  it.each(['F1', 'D1', 'Y1'])('is not for plans of SKU %s', (sku) =>
    inWorld(
      [...places, appServicePlan(planId('rg', 'free'), 'eastus', sku), webApp(site, 'eastus', planId('rg', 'free'))],
      async (client) => {
        const answer = await connect(client, site, subnet);
        expect([...codeOf(answer), messageOf(answer)]).toEqual([
          409,
          'Conflict',
          'Adding this VNET would exceed the App Service Plan VNET limit of 0',
        ]);
      },
    ),
  );

  it('is with a network of the same region', () =>
    inWorld(
      [...places, appServicePlan(planId('rg', 'far'), 'westus3'), webApp(site, 'westus3', planId('rg', 'far'))],
      async (client) => {
        expect(codeOf(await connect(client, site, subnet))).toEqual([400, 'BadRequest']);
      },
    ));

  it('is for the apps of one plan', () =>
    inWorld(
      [
        ...integrated,
        webApp(siteId('rg', 'sibling'), 'eastus', plan),
        appServicePlan(planId('rg', 'other'), 'eastus'),
        webApp(siteId('rg', 'stranger'), 'eastus', planId('rg', 'other')),
      ],
      async (client) => {
        expect((await connect(client, siteId('rg', 'sibling'), subnet)).status).toBe(200);
        const answer = await connect(client, siteId('rg', 'stranger'), subnet);
        expect([...codeOf(answer), messageOf(answer)]).toEqual([
          400,
          'BadRequest',
          `Subnet web in VNET vnet is already occupied by service ${plan}.`,
        ]);
      },
    ));

  it('is with two subnets for each plan', () => {
    const subnets = ['one', 'two', 'three'].map((name) => subnetId(network, name));
    const sites = ['a', 'b', 'c'].map((name) => siteId('rg', name));
    const steps = [
      ...places,
      ...subnets.map((id, index) => put(id, { properties: delegated(`10.0.${String(index + 10)}.0/26`) })),
      ...sites.map((id) => webApp(id, 'eastus', plan)),
    ];
    return inWorld(steps, async (client) => {
      const answers: number[] = [];
      for (const [index, id] of sites.entries()) answers.push((await connect(client, id, subnets[index] ?? '')).status);
      expect(answers).toEqual([200, 200, 409]);
    });
  });

  it('locks the subnet: its delegation, its range and itself', () =>
    inWorld(integrated, async (client) => {
      const change = async (wanted: JsonObject) => {
        const answer = await client.put(`${subnet}${NETWORK}`, { properties: wanted });
        return [answer.status, at(answer.body, 'error', 'code')];
      };
      expect(await change({ addressPrefix: '10.0.1.0/26' })).toEqual([400, 'SubnetMissingRequiredDelegation']);
      expect(await change(delegated('10.0.1.0/27'))).toEqual([400, 'InUsePrefixCannotBeDeleted']);
      const removed = await client.delete(`${subnet}${NETWORK}`);
      expect([removed.status, at(removed.body, 'error', 'code')]).toEqual([400, 'InUseSubnetCannotBeDeleted']);
      const replaced = await client.put(`${network}${NETWORK}`, {
        location: 'eastus',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'web', properties: { addressPrefix: '10.0.1.0/26' } }],
        },
      });
      expect(at(replaced.body, 'error', 'code')).toBe('SubnetMissingRequiredDelegation');
      expect((await client.delete(`${network}${NETWORK}`)).status).toBe(400);
      expect(await properties(client, `${subnet}${NETWORK}`)).toMatchObject({
        serviceAssociationLinks: [{ name: 'AppServiceLink', properties: { link: plan, allowDelete: false } }],
      });
    }));

  it('leaves its lock for a minute after the app has gone', () =>
    inWorld(integrated, async (client) => {
      expect((await client.delete(`${site}/networkConfig/virtualNetwork${NEW}`)).status).toBe(200);
      const wanted = { properties: { addressPrefix: '10.0.1.0/26' } };
      expect((await client.put(`${subnet}${NETWORK}`, wanted)).status).toBe(400);
      const waits: unknown[] = [];
      while (waits.length < 20 && (await properties(client, `${subnet}${NETWORK}`))['serviceAssociationLinks'])
        waits.push(0);
      expect(waits.length).toBeGreaterThan(1);
      expect(waits.length).toBeLessThan(20);
      expect((await client.put(`${subnet}${NETWORK}`, wanted)).status).toBe(200);
    }));

  it('is over when the app is deleted, but not before its siblings are gone too', () => {
    const sibling = siteId('rg', 'sibling');
    const steps = [...integrated, webApp(sibling, 'eastus', plan, { properties: { virtualNetworkSubnetId: subnet } })];
    return inWorld(steps, async (client) => {
      const state = async () =>
        at(
          (await client.get(`${subnet}/serviceAssociationLinks${NETWORK}`)).body,
          'value',
          0,
          'properties',
          'provisioningState',
        );
      await client.delete(`${site}${NEW}`);
      expect(await state()).toBe('Succeeded');
      await client.delete(`${sibling}${NEW}`);
      expect(await state()).toBe('Deleting');
    });
  });

  it('can be written and read by itself, and ended by it', () =>
    inWorld(withSite, async (client) => {
      const url = `${site}/networkConfig/virtualNetwork${NEW}`;
      const body = { properties: { subnetResourceId: subnet, swiftSupported: true } };
      expect((await client.put(url, body)).status).toBe(200);
      expect(await properties(client, url)).toEqual({ subnetResourceId: subnet, swiftSupported: true });
      expect(await properties(client, `${site}${NEW}`)).toMatchObject({ virtualNetworkSubnetId: subnet });
      const connections = await client.get(`${site}/virtualNetworkConnections${NEW}`);
      expect(at(connections.body, 0, 'name')).toMatch(/^[0-9a-f-]{36}_web$/);
      await client.delete(url);
      expect((await client.get(`${site}/virtualNetworkConnections${NEW}`)).body).toEqual([]);
    }));

  it('cannot be prepared in a subnet that something else uses', () => {
    const used = subnetId(network, 'plain');
    return inWorld([...withSite, clientInterface('rg', 'nic', 'eastus', used)], async (client) => {
      const answer = await client.put(`${used}${NETWORK}`, { properties: delegated('10.0.0.0/24') });
      expect(at(answer.body, 'error', 'code')).toBe('SubnetDelegationsCannotChangeWhenSubnetUsedByResource');
      expect(at(answer.body, 'error', 'message')).toContain('from [] to [Microsoft.Web/serverFarms]');
    });
  });

  it('goes with its resource group, lock and all', () =>
    inWorld(integrated, async (client) => {
      const polls = await client.follow(await client.delete(`${groupId('rg')}?api-version=2025-04-01`));
      expect(polls.at(-1)).toBe('200');
      expect((await client.get(`${groupId('rg')}?api-version=2025-04-01`)).status).toBe(404);
    }));
});

describe('which traffic goes through the network', () => {
  const routing = async (client: SandboxClient, version: string) => {
    const { outboundVnetRouting, vnetRouteAllEnabled } = await properties(client, `${site}${version}`);
    return { outboundVnetRouting, vnetRouteAllEnabled };
  };

  it('is told by one object since 2024-11-01, and by flags before', () =>
    inWorld(withSite, async (client) => {
      const sent = { properties: { outboundVnetRouting: { allTraffic: true } } };
      expect((await client.patch(`${site}${NEW}`, sent)).status).toBe(200);
      expect(await routing(client, NEW)).toEqual({
        outboundVnetRouting: {
          allTraffic: true,
          applicationTraffic: false,
          contentShareTraffic: false,
          imagePullTraffic: false,
          backupRestoreTraffic: false,
        },
        vnetRouteAllEnabled: undefined,
      });
      expect(await routing(client, OLD)).toEqual({ outboundVnetRouting: undefined, vnetRouteAllEnabled: true });
    }));

  it.each([
    ['the flag in a new version', NEW, { vnetRouteAllEnabled: true }],
    ['the object in an old version', OLD, { outboundVnetRouting: { allTraffic: true } }],
    ['the flag inside of siteConfig', OLD, { siteConfig: { vnetRouteAllEnabled: true } }],
  ])('is not changed by %s', (_, version, sent) =>
    inWorld(withSite, async (client) => {
      expect((await client.patch(`${site}${version}`, { properties: sent })).status).toBe(200);
      expect((await routing(client, OLD)).vnetRouteAllEnabled).toBe(false);
    }),
  );

  it('can be changed by the flag in config/web', () =>
    inWorld(withSite, async (client) => {
      const url = `${site}/config/web${NEW}`;
      expect((await client.patch(url, { properties: { vnetRouteAllEnabled: true } })).status).toBe(200);
      expect(await properties(client, url)).toMatchObject({ vnetRouteAllEnabled: true });
      expect(
        at((await client.get(`${site}${NEW}`)).body, 'properties', 'outboundVnetRouting', 'applicationTraffic'),
      ).toBe(true);
    }));
});
