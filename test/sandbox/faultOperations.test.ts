import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/resources/json';
import type { Sandbox } from '../../src/sandbox/sandbox';
import {
  account,
  accountId,
  endpointId,
  groupId,
  keyVault,
  keyVaultId,
  privateDnsZone,
  privateEndpoint,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  sharedPrivateLink,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
  workspace,
  workspaceId,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import { apiManagement, serviceId } from '../../src/sandbox/worlds/edgeBuilders';
import { OPENAI } from '../../src/sandbox/worlds/exposed';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { publicIpAddress, publicIpId, gatewayId, vpnGateway } from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type SandboxClient } from './client';
import { HOSTS, inDataPlanes } from './dataPlane';
import { network, networkBody, otherNetwork, otherUrl, withFault } from './faultSetup';

const group = resourceGroup('rg', 'eastus');
const subnet = subnetId(network, 'snet');
const vnet = virtualNetwork(network, 'eastus', '10.0.0.0/16', { snet: '10.0.0.0/28', GatewaySubnet: '10.0.1.0/27' });
const openAi = accountId('rg', 'contoso');
const openAiAccount = account(openAi, { properties: { customSubDomainName: 'contoso' } });
const endpoint = privateEndpoint(endpointId('rg', 'pe'), 'eastus', subnet, openAi);
const zone = privateDnsZone(zoneId('rg', 'privatelink.openai.azure.com'));
const search = searchServiceId('rg', 'contoso-search');
const storage = storageAccountId('rg', 'contosodocs');
const publicIp = publicIpId('rg', 'pip');

const inWorld = (steps: readonly SeedStep[], use: (client: SandboxClient, sandbox: Sandbox) => Promise<void>) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, use);

/** The provisioningState once nothing is going on any more, in lower case; undefined where there is no such resource. */
async function endState(client: SandboxClient, url: string): Promise<string | undefined> {
  for (let reads = 0; reads < 60; reads += 1) {
    const { status, body } = await client.get(url);
    if (status === 404) return undefined;
    const state = String(at(body, 'properties', 'provisioningState')).toLowerCase();
    if (['succeeded', 'failed'].includes(state)) return state;
  }
  throw new Error(`${url} does not settle.`);
}

/** What a PUT has made, without what is new each time: ids that Azure gives, and times. */
async function made(client: SandboxClient, url: string, body: JsonObject): Promise<Json> {
  await client.follow(await client.put(url, body));
  await endState(client, url);
  const text = JSON.stringify((await client.get(url)).body);
  return JSON.parse(
    text
      .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi, 'GUID')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replace(/"etag":"(?:[^"\\]|\\.)*"/g, '"etag":"ETAG"'),
  ) as Json;
}

/** What a creation is, what there has to be before it, how its last poll answers, and what state it leaves. */
interface Creation {
  readonly what: string;
  readonly ready: readonly SeedStep[];
  readonly step: SeedStep;
  readonly version: string;
  readonly lastPoll: string | undefined;
  readonly leaves: string | undefined;
}

const VPN_GATEWAY: Creation = {
  what: 'a VPN gateway',
  ready: [group, vnet, publicIpAddress(publicIp, 'eastus')],
  step: vpnGateway(gatewayId('rg', 'gw'), 'eastus', { subnet: subnetId(network, 'GatewaySubnet'), publicIp }),
  version: '2025-03-01',
  lastPoll: '200 Failed',
  leaves: 'failed',
};

const CREATIONS: readonly Creation[] = [
  {
    what: 'a virtual network with subnets',
    ready: [group],
    step: vnet,
    version: '2025-03-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a private endpoint',
    ready: [group, vnet, openAiAccount],
    step: endpoint,
    version: '2025-03-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a zone group',
    ready: [group, vnet, openAiAccount, endpoint, zone],
    step: zoneGroup(endpointId('rg', 'pe'), [zoneId('rg', 'privatelink.openai.azure.com')]),
    version: '2025-03-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a private DNS zone',
    ready: [group],
    step: zone,
    version: '2020-06-01',
    lastPoll: '200 Failed',
    leaves: undefined,
  },
  VPN_GATEWAY,
  {
    what: 'an Azure OpenAI account',
    ready: [group],
    step: openAiAccount,
    version: '2025-06-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a storage account, whose operation has no report',
    ready: [group],
    step: storageAccount(storage),
    version: '2023-05-01',
    lastPoll: '409',
    leaves: undefined,
  },
  {
    what: 'a search service, of whose operation nothing is said',
    ready: [group],
    step: searchService(search),
    version: '2025-05-01',
    lastPoll: undefined,
    leaves: 'failed',
  },
  {
    what: 'a shared private link',
    ready: [group, searchService(search), storageAccount(storage)],
    step: sharedPrivateLink(search, 'link', storage, 'blob'),
    version: '2025-05-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a Log Analytics workspace',
    ready: [group],
    step: workspace(workspaceId('rg', 'logs')),
    version: '2025-07-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
  {
    what: 'a Key Vault, of whose operation nothing is said',
    ready: [group],
    step: keyVault(keyVaultId('rg', 'contoso-kv')),
    version: '2023-07-01',
    lastPoll: undefined,
    leaves: 'failed',
  },
  {
    what: 'an API Management service',
    ready: [group],
    step: apiManagement(serviceId('rg', 'contoso-apim'), 'eastus'),
    version: '2024-05-01',
    lastPoll: '200 Failed',
    leaves: 'failed',
  },
];

describe('an operation that fails', () => {
  it.each(CREATIONS)('$what: leaves what Azure leaves, and the same request again repairs it', (creation) =>
    inWorld(creation.ready, async (client, sandbox) => {
      const { step, version, lastPoll, leaves } = creation;
      if (step.kind !== 'put') throw new Error('A creation is a PUT.');
      const url = `${step.id}?api-version=${version}`;
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      const polls = await client.follow(await client.put(url, step.body));
      expect(polls.at(-1)).toBe(lastPoll);
      expect(await endState(client, url)).toBe(leaves);
      expect(sandbox.faultReport().met).toMatchObject([{ method: 'PUT', kind: 'operationFailed' }]);
      const repaired = await made(client, url, step.body);
      expect(at(repaired, 'properties', 'provisioningState')).toMatch(/^succeeded$/i);
      await inWorld(creation.ready, async (other) => {
        expect(repaired).toEqual(await made(other, url, step.body));
      });
    }),
  );

  const failed = (client: SandboxClient, url: string, body: Json) => async (): Promise<Json | undefined> => {
    const status = (await client.put(url, body)).headers['azure-asyncoperation'] ?? '';
    for (let polls = 0; polls < 100; polls += 1) {
      const { body: report } = await client.get(status);
      if (at(report, 'status') === 'Failed') return at(report, 'error');
    }
    throw new Error('It did not fail.');
  };

  it('tells the cause behind its error', () =>
    withFault('operationFailed', async (client) => {
      expect(await failed(client, otherUrl, networkBody)()).toMatchObject({
        code: 'InternalServerError',
        details: [{ code: 'ServiceUnavailable', message: expect.stringContaining(otherNetwork) as string }],
      });
    }));

  it('is told of a VPN gateway in the recorded words', () => {
    const { ready, step } = VPN_GATEWAY;
    return inWorld(ready, async (client, sandbox) => {
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      if (step.kind !== 'put') throw new Error('A creation is a PUT.');
      expect(await failed(client, `${step.id}?api-version=2025-03-01`, step.body)()).toEqual({
        code: 'VmssGatewayDeploymentFailed',
        message: 'The gateway deployment operation failed due to an intermittent error. Please try again.',
        details: [],
      });
    });
  });

  it('of a private endpoint leaves its service at peace, unconnected, and connects it once when repaired', () =>
    inWorld([group, vnet, openAiAccount], async (client, sandbox) => {
      if (endpoint.kind !== 'put') throw new Error('A creation is a PUT.');
      const url = `${endpoint.id}?api-version=2025-03-01`;
      const accountUrl = `${openAi}?api-version=2025-06-01`;
      const connections = async () =>
        at((await client.get(accountUrl)).body, 'properties', 'privateEndpointConnections');
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      await client.follow(await client.put(url, endpoint.body));
      const list = ['properties', 'privateLinkServiceConnections', 0, 'properties'] as const;
      const left = (await client.get(url)).body;
      expect(at(left, ...list, 'privateLinkServiceConnectionState', 'status')).toBe('Disconnected');
      expect(await connections()).toEqual([]);
      await client.follow(await client.patch(accountUrl, { tags: { free: 'yes' } }));
      expect(await endState(client, accountUrl)).toBe('succeeded');
      await client.follow(await client.put(url, endpoint.body));
      expect(await connections()).toHaveLength(1);
    }));

  it('of an update shows what was written and leaves the service as it was, until the same update repairs it', () =>
    inDataPlanes('exposed', async (ask, client, sandbox) => {
      const url = `${OPENAI}?api-version=2025-06-01`;
      const update: JsonObject = { properties: { publicNetworkAccess: 'Disabled' } };
      const models = { host: HOSTS.openAi, path: '/openai/models?api-version=2024-10-21' };
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      expect((await client.follow(await client.patch(url, update))).at(-1)).toBe('200 Failed');
      expect(at((await client.get(url)).body, 'properties')).toMatchObject({
        provisioningState: 'Failed',
        publicNetworkAccess: 'Disabled',
      });
      expect((await ask('internet', models)).status).toBe(200);
      await client.follow(await client.patch(url, update));
      expect(await endState(client, url)).toBe('succeeded');
      expect((await ask('internet', models)).status).toBe(403);
    }));

  it('of a deletion leaves the resource, and the same deletion takes it away', () =>
    inWorld([group, vnet, openAiAccount, endpoint], async (client, sandbox) => {
      const url = `${endpointId('rg', 'pe')}?api-version=2025-03-01`;
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      expect((await client.follow(await client.delete(url))).at(-1)).toBe('200 Failed');
      expect(await endState(client, url)).toBe('failed');
      expect((await client.follow(await client.delete(url))).at(-1)).toBe('200 Succeeded');
      expect(await endState(client, url)).toBeUndefined();
    }));

  it('of the deletion of a resource group is told in its own shape, and leaves the group as it was', () =>
    inWorld([group, vnet], async (client, sandbox) => {
      const url = `${groupId('rg')}?api-version=2021-04-01`;
      sandbox.faults({ at: 1, kind: 'operationFailed' });
      const location = (await client.delete(url)).headers['location'] ?? '';
      let poll = await client.get(location);
      for (let polls = 0; poll.status === 202 && polls < 20; polls += 1) poll = await client.get(location);
      expect([poll.status, at(poll.body, 'Error', 'Code')]).toEqual([409, 'InternalServerError']);
      expect(await endState(client, url)).toBe('succeeded');
      await client.follow(await client.delete(url));
      expect((await client.get(url)).status).toBe(404);
    }));

  it('is nothing for a write that is done at once', () =>
    withFault('operationFailed', async (client, sandbox) => {
      expect((await client.put(`${groupId('new')}?api-version=2021-04-01`, { location: 'eastus' })).status).toBe(201);
      expect(sandbox.faultReport().met).toEqual([]);
    }));
});
