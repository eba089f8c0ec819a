import { WebSiteManagementClient } from '@azure/arm-appservice';
import { NetworkManagementClient } from '@azure/arm-network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { TENANT_ID } from '../../src/sandbox/azure';
import { REGISTERED, networkId, resourceGroup, subnetId, virtualNetwork } from '../../src/sandbox/worlds/builders';
import { gatewayId, publicIpId } from '../../src/sandbox/worlds/vpnBuilders';
import { planId, siteId } from '../../src/sandbox/worlds/webBuilders';
import { AT_ONCE, sdkAccess } from './sdkAccess';

const network = networkId('rg', 'vnet');
const location = 'eastus';
const publicIp = { id: publicIpId('rg', 'pip') };
const gatewaySubnet = { id: subnetId(network, 'GatewaySubnet') };
const webSubnet = subnetId(network, 'web');
const world = {
  name: 'test',
  registered: REGISTERED,
  steps: [
    resourceGroup('rg', location),
    virtualNetwork(network, location, '10.0.0.0/16', { GatewaySubnet: '10.0.0.0/27' }),
  ],
};

describe('the unmodified SDKs for a VPN gateway and a web app', () => {
  const exchanges: Exchange[] = [];
  let sandbox: Sandbox;
  let client: NetworkManagementClient;
  let web: WebSiteManagementClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ world, onExchange: (exchange) => exchanges.push(exchange) });
    const { credential, options } = sdkAccess(sandbox);
    client = new NetworkManagementClient(credential, sandbox.subscriptionId, options);
    web = new WebSiteManagementClient(credential, sandbox.subscriptionId, options);
  });
  afterAll(() => sandbox.stop());

  it('create a public IP address with zones', async () => {
    const address = await client.publicIPAddresses.beginCreateOrUpdateAndWait(
      'rg',
      'pip',
      { location, sku: { name: 'Standard' }, zones: ['1', '2', '3'], publicIPAllocationMethod: 'Static' },
      AT_ONCE,
    );
    expect(address).toMatchObject({ zones: ['1', '2', '3'], provisioningState: 'Succeeded' });
    expect(address.ipAddress).toMatch(/^192\.0\.2\./);
  });

  it('create the gateway and point-to-site in one PUT', async () => {
    const gateway = await client.virtualNetworkGateways.beginCreateOrUpdateAndWait(
      'rg',
      'gw',
      {
        location,
        gatewayType: 'Vpn',
        vpnType: 'RouteBased',
        active: false,
        sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
        ipConfigurations: [{ name: 'default', subnet: gatewaySubnet, publicIPAddress: publicIp }],
        vpnClientConfiguration: {
          vpnClientAddressPool: { addressPrefixes: ['172.16.201.0/24'] },
          vpnClientProtocols: ['OpenVPN'],
          vpnAuthenticationTypes: ['AAD'],
          aadTenant: `https://login.microsoftonline.com/${TENANT_ID}`,
          aadAudience: 'c632b3df-fb67-4d84-bdcf-b95ad541b5c8',
          aadIssuer: `https://sts.windows.net/${TENANT_ID}/`,
        },
      },
      AT_ONCE,
    );
    expect(gateway).toMatchObject({ provisioningState: 'Succeeded', active: false });
    expect(gateway.vpnClientConfiguration?.aadIssuer).toBe(`https://sts.windows.net/${TENANT_ID}/`);
  });

  it('get the URL of the package for clients, which is fetched as it is', async () => {
    const result: unknown = await client.virtualNetworkGateways.beginGenerateVpnProfileAndWait(
      'rg',
      'gw',
      { processorArchitecture: 'Amd64', authenticationMethod: 'EAPTLS' },
      AT_ONCE,
    );
    const url = typeof result === 'string' ? result : (result as { body: string }).body;
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  it('ask who is connected', async () => {
    const health = await client.virtualNetworkGateways.beginGetVpnclientConnectionHealthAndWait('rg', 'gw', AT_ONCE);
    expect(health).toMatchObject({ vpnClientConnections: [] });
  });

  it('list gateways and addresses', async () => {
    const ids: (string | undefined)[] = [];
    for await (const gateway of client.virtualNetworkGateways.list('rg')) ids.push(gateway.id);
    for await (const address of client.publicIPAddresses.listAll()) ids.push(address.id);
    expect(ids).toEqual([gatewayId('rg', 'gw'), publicIp.id]);
  });

  it('delegate a subnet', async () => {
    const subnet = await client.subnets.beginCreateOrUpdateAndWait(
      'rg',
      'vnet',
      'web',
      { addressPrefix: '10.0.1.0/26', delegations: [{ name: 'web', serviceName: 'Microsoft.Web/serverFarms' }] },
      AT_ONCE,
    );
    expect(subnet.delegations?.[0]?.actions).toEqual(['Microsoft.Network/virtualNetworks/subnets/action']);
  });

  it('create a plan and a web app', async () => {
    const plan = await web.appServicePlans.createOrUpdate('rg', 'plan', { location, sku: { name: 'P1v3' } }, AT_ONCE);
    expect(plan).toMatchObject({ id: planId('rg', 'plan'), sku: { tier: 'PremiumV3' } });
    const site = await web.webApps.createOrUpdate(
      'rg',
      'app',
      { location, serverFarmId: planId('rg', 'plan'), identity: { type: 'SystemAssigned' } },
      AT_ONCE,
    );
    expect(site).toMatchObject({ id: siteId('rg', 'app'), state: 'Running', httpsOnly: true });
    expect(site.identity?.principalId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('integrate the app with the subnet', async () => {
    const site = await web.webApps.update('rg', 'app', { virtualNetworkSubnetId: webSubnet });
    expect(site.virtualNetworkSubnetId).toBe(webSubnet);
    const links = await client.serviceAssociationLinks.list('rg', 'vnet', 'web');
    expect(links.value?.map(({ link }) => link)).toEqual([planId('rg', 'plan')]);
    const connections = await web.webApps.listVnetConnections('rg', 'app');
    expect(connections.map(({ isSwift }) => isSwift)).toEqual([true]);
  });

  it('drop outboundVnetRouting from an update by themselves', async () => {
    const update = { outboundVnetRouting: { allTraffic: true } };
    await web.webApps.update('rg', 'app', update as object);
    expect(JSON.stringify(exchanges.at(-1)?.requestBody)).not.toContain('outboundVnetRouting');
    expect((await web.webApps.get('rg', 'app')).outboundVnetRouting?.allTraffic).toBe(false);
  });

  it('change config/web, and the settings of the app', async () => {
    const config = await web.webApps.updateConfiguration('rg', 'app', {
      vnetRouteAllEnabled: true,
      ftpsState: 'Disabled',
    });
    expect(config).toMatchObject({ vnetRouteAllEnabled: true, ftpsState: 'Disabled' });
    await web.webApps.updateApplicationSettings('rg', 'app', { properties: { A: '1' } });
    expect((await web.webApps.listApplicationSettings('rg', 'app')).properties).toEqual({ A: '1' });
    expect((await web.webApps.updateFtpAllowed('rg', 'app', { allow: false })).allow).toBe(false);
  });

  it('end the integration, and delete everything in reverse order', async () => {
    await web.webApps.deleteSwiftVirtualNetwork('rg', 'app');
    expect(await web.webApps.listVnetConnections('rg', 'app')).toEqual([]);
    await web.webApps.delete('rg', 'app', { deleteEmptyServerFarm: false });
    await web.appServicePlans.delete('rg', 'plan');
    await client.virtualNetworkGateways.beginDeleteAndWait('rg', 'gw', AT_ONCE);
    await client.publicIPAddresses.beginDeleteAndWait('rg', 'pip', AT_ONCE);
    await expect(client.publicIPAddresses.get('rg', 'pip')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('tell of an error of App Service', async () => {
    const body = { location, serverFarmId: planId('rg', 'none') };
    await expect(web.webApps.createOrUpdate('rg', 'app', body, AT_ONCE)).rejects.toMatchObject({ statusCode: 404 });
  });
});
