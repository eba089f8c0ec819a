import { CognitiveServicesManagementClient } from '@azure/arm-cognitiveservices';
import { NetworkManagementClient } from '@azure/arm-network';
import { PrivateDnsManagementClient } from '@azure/arm-privatedns';
import { ResourceManagementClient } from '@azure/arm-resources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { AI_GROUP, NETWORK, NETWORK_GROUP, NETWORK_LOCATION, OPENAI } from '../../src/sandbox/worlds/exposed';
import { subnetId, zoneId } from '../../src/sandbox/worlds/builders';
import { AT_ONCE as at, ORIGIN, sdkAccess } from './sdkAccess';

const ZONE = 'privatelink.openai.azure.com';
const ENDPOINT = 'pe-contoso-openai';

describe('the unmodified SDKs, in the order of an apply and its undo', () => {
  const exchanges: Exchange[] = [];
  let sandbox: Sandbox;
  let network: NetworkManagementClient;
  let accounts: CognitiveServicesManagementClient['accounts'];
  let dns: PrivateDnsManagementClient;
  let resources: ResourceManagementClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'exposed', onExchange: (exchange) => exchanges.push(exchange) });
    const { credential, options } = sdkAccess(sandbox);
    network = new NetworkManagementClient(credential, sandbox.subscriptionId, options);
    ({ accounts } = new CognitiveServicesManagementClient(credential, sandbox.subscriptionId, options));
    dns = new PrivateDnsManagementClient(credential, sandbox.subscriptionId, options);
    resources = new ResourceManagementClient(credential, sandbox.subscriptionId, options);
  });
  afterAll(() => sandbox.stop());

  it('registers a provider that is registered already', async () => {
    expect((await resources.providers.register('Microsoft.Network')).registrationState).toBe('Registered');
  });

  it('creates a subnet', async () => {
    const subnet = await network.subnets.beginCreateOrUpdateAndWait(
      NETWORK_GROUP,
      'vnet-app',
      'snet-private-endpoints',
      { addressPrefix: '10.3.1.0/27' },
      at,
    );
    expect(subnet).toMatchObject({ provisioningState: 'Succeeded', privateEndpointNetworkPolicies: 'Disabled' });
  });

  it('creates a private DNS zone', async () => {
    const zone = await dns.privateZones.beginCreateOrUpdateAndWait(NETWORK_GROUP, ZONE, { location: 'global' }, at);
    expect(zone).toMatchObject({ name: ZONE, provisioningState: 'Succeeded', numberOfRecordSets: 1 });
  });

  it('links the zone to the network', async () => {
    const link = await dns.virtualNetworkLinks.beginCreateOrUpdateAndWait(
      NETWORK_GROUP,
      ZONE,
      'link',
      { location: 'global', virtualNetwork: { id: NETWORK }, registrationEnabled: false },
      at,
    );
    expect(link.virtualNetworkLinkState).toBe('Completed');
  });

  it('creates a private endpoint', async () => {
    const endpoint = await network.privateEndpoints.beginCreateOrUpdateAndWait(
      NETWORK_GROUP,
      ENDPOINT,
      {
        location: NETWORK_LOCATION,
        subnet: { id: subnetId(NETWORK, 'snet-private-endpoints') },
        privateLinkServiceConnections: [{ name: ENDPOINT, privateLinkServiceId: OPENAI, groupIds: ['account'] }],
      },
      at,
    );
    expect(endpoint.customDnsConfigs).toEqual([{ fqdn: 'contoso-openai.openai.azure.com', ipAddresses: ['10.3.1.4'] }]);
  });

  it('creates a zone group, which writes the record', async () => {
    await network.privateDnsZoneGroups.beginCreateOrUpdateAndWait(
      NETWORK_GROUP,
      ENDPOINT,
      'default',
      { privateDnsZoneConfigs: [{ name: 'openai', privateDnsZoneId: zoneId(NETWORK_GROUP, ZONE) }] },
      at,
    );
    const record = await dns.recordSets.get(NETWORK_GROUP, ZONE, 'A', 'contoso-openai');
    expect(record.aRecords).toEqual([{ ipv4Address: '10.3.1.4' }]);
    expect(record.ttl).toBe(10);
  });

  it('changes the account, and gets the changed account as the result', async () => {
    const account = await accounts.beginUpdateAndWait(
      AI_GROUP,
      'contoso-openai',
      { properties: { publicNetworkAccess: 'Disabled' }, identity: { type: 'SystemAssigned' } },
      at,
    );
    expect(account.properties).toMatchObject({ publicNetworkAccess: 'Disabled', provisioningState: 'Succeeded' });
    expect(account.identity?.principalId).toMatch(/^[0-9a-f-]{36}$/);
    expect(account.properties?.privateEndpointConnections).toHaveLength(1);
  });

  it('lists record sets page by page', async () => {
    const names: (string | undefined)[] = [];
    for await (const record of dns.recordSets.list(NETWORK_GROUP, ZONE, { top: 1 })) names.push(record.name);
    expect(names).toEqual(['@', 'contoso-openai']);
  });

  it('reads a missing resource as 404 ResourceNotFound', async () => {
    await expect(network.privateEndpoints.get(NETWORK_GROUP, 'nothing')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  it('deletes in reverse order, until nothing is left', async () => {
    await network.privateDnsZoneGroups.beginDeleteAndWait(NETWORK_GROUP, ENDPOINT, 'default', at);
    await network.privateEndpoints.beginDeleteAndWait(NETWORK_GROUP, ENDPOINT, at);
    await dns.virtualNetworkLinks.beginDeleteAndWait(NETWORK_GROUP, ZONE, 'link', at);
    await dns.privateZones.beginDeleteAndWait(NETWORK_GROUP, ZONE, at);
    await network.subnets.beginDeleteAndWait(NETWORK_GROUP, 'vnet-app', 'snet-private-endpoints', at);
    await accounts.beginDeleteAndWait(AI_GROUP, 'contoso-openai', at);
    await resources.resourceGroups.beginDeleteAndWait(NETWORK_GROUP, at);
    expect((await resources.resourceGroups.checkExistence(NETWORK_GROUP)).body).toBe(false);
  });

  it('never left the loopback address, and followed URLs of the reserved host only', () => {
    const urls = exchanges.flatMap(({ responseHeaders }) => [
      responseHeaders['azure-asyncoperation'],
      responseHeaders['location'],
    ]);
    const given = urls.filter((url) => url !== undefined);
    expect(given.length).toBeGreaterThan(10);
    expect(given.every((url) => url.startsWith(`${ORIGIN}/`))).toBe(true);
  });
});
