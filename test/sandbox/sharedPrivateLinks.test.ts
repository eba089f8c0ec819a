import { describe, expect, it } from 'vitest';
import {
  account,
  accountId,
  keyVault,
  keyVaultId,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  sharedPrivateLink,
  storageAccount,
  storageAccountId,
} from '../../src/sandbox/worlds/builders';
import { appServicePlan, planId, siteId, webApp } from '../../src/sandbox/worlds/webBuilders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2025-05-01';
const service = searchServiceId('rg', 'contoso-search');
const openAi = accountId('rg', 'contoso');
const storage = storageAccountId('rg', 'contosodocs');
const vault = keyVaultId('rg', 'contoso-kv');
const plan = planId('rg', 'contoso-plan');
const site = siteId('rg', 'contoso-web');

const estate = (tier: string): readonly SeedStep[] => [
  resourceGroup('rg', 'eastus'),
  searchService(service, { tier }),
  account(openAi, { properties: { customSubDomainName: 'contoso' } }),
  storageAccount(storage),
];
const within = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, use);
const basic = estate('basic');
const linked = [...basic, sharedPrivateLink(service, 'to-openai', openAi, 'openai_account')];

const urlOf = (name: string) => `${service}/sharedPrivateLinkResources/${name}${VERSION}`;
const create = (client: SandboxClient, name: string, privateLinkResourceId = openAi, groupId = 'openai_account') =>
  client.put(urlOf(name), { properties: { privateLinkResourceId, groupId, requestMessage: 'For indexing' } });
const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const statusOf = async (client: SandboxClient, name: string) =>
  at((await client.get(urlOf(name))).body, 'properties', 'status');
const connectionsOf = async (client: SandboxClient, target: string, version: string) =>
  at((await client.get(`${target}/privateEndpointConnections?api-version=${version}`)).body, 'value') as never[];

describe('a shared private link', () => {
  it('takes its time, and then waits for approval at the account', () =>
    within(basic, async (client) => {
      const first = await create(client, 'to-openai');
      expect(first.status).toBe(202);
      expect(await connectionsOf(client, openAi, '2025-06-01')).toEqual([]);
      const polls = await client.follow(first);
      expect(polls.slice(0, -1).every((poll) => poll === '200 Running')).toBe(true);
      expect(polls.at(-1)).toBe('200 Succeeded');
      const [connection] = await connectionsOf(client, openAi, '2025-06-01');
      expect(at(connection, 'properties')).toMatchObject({
        groupIds: ['account'],
        privateLinkServiceConnectionState: { status: 'Pending', description: 'For indexing' },
      });
      expect(String(at(connection, 'name'))).toMatch(/^contoso\/to-openai\./);
      expect(at((await client.get(urlOf('to-openai'))).body, 'properties')).toMatchObject({
        groupId: 'openai_account',
        status: 'Pending',
        provisioningState: 'Succeeded',
      });
    }));

  it.each(['Approved', 'Rejected'])('is %s where the owner of the account says so', (status) =>
    within(linked, async (client) => {
      const [connection] = await connectionsOf(client, openAi, '2025-06-01');
      await client.put(`${String(at(connection, 'id'))}?api-version=2025-06-01`, {
        properties: { privateLinkServiceConnectionState: { status } },
      });
      expect(await statusOf(client, 'to-openai')).toBe(status);
    }),
  );

  it('that is asked for again stays approved', () =>
    within(linked, async (client) => {
      const [connection] = await connectionsOf(client, openAi, '2025-06-01');
      await client.put(`${String(at(connection, 'id'))}?api-version=2025-06-01`, {
        properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
      });
      await client.follow(await create(client, 'to-openai'));
      expect(await statusOf(client, 'to-openai')).toBe('Approved');
      expect(await connectionsOf(client, openAi, '2025-06-01')).toHaveLength(1);
    }));

  it('is disconnected where the owner takes the connection away', () =>
    within(linked, async (client) => {
      const [connection] = await connectionsOf(client, openAi, '2025-06-01');
      await client.delete(`${String(at(connection, 'id'))}?api-version=2025-06-01`);
      expect(await statusOf(client, 'to-openai')).toBe('Disconnected');
    }));

  it('to a storage account waits there, under a name that does not tell whose it is', () =>
    within([...basic, sharedPrivateLink(service, 'to-blobs', storage, 'blob')], async (client) => {
      const [connection] = await connectionsOf(client, storage, '2025-06-01');
      expect(String(at(connection, 'name'))).toMatch(/^contosodocs\./);
      expect(String(at(connection, 'properties', 'privateEndpoint', 'id'))).toMatch(/\/to-blobs$/);
      await client.put(`${String(at(connection, 'id'))}?api-version=2025-06-01`, {
        properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
      });
      expect(await statusOf(client, 'to-blobs')).toBe('Approved');
    }));

  it.each([
    ['a key vault', vault, 'vault', '2025-05-01', /^contoso-kv_/],
    ['a web app', site, 'sites', '2025-05-01', /^to-it-/],
  ])('to %s waits there too, and is approved there', (_, target, group, version, name) => {
    const app = [appServicePlan(plan, 'eastus', 'B1'), webApp(site, 'eastus', plan)];
    return within(
      [...basic, keyVault(vault), ...app, sharedPrivateLink(service, 'to-it', target, group)],
      async (client) => {
        const [connection] = await connectionsOf(client, target, version);
        expect(String(at(connection, 'name'))).toMatch(name);
        expect(at(connection, 'properties', 'privateLinkServiceConnectionState')).toMatchObject({ status: 'Pending' });
        await client.put(`${String(at(connection, 'id'))}?api-version=${version}`, {
          properties: { privateLinkServiceConnectionState: { status: 'Approved' } },
        });
        expect(await statusOf(client, 'to-it')).toBe('Approved');
      },
    );
  });

  it('takes its connection with it when it is deleted', () =>
    within(linked, async (client) => {
      await client.follow(await client.delete(urlOf('to-openai')));
      expect((await client.get(urlOf('to-openai'))).status).toBe(404);
      expect(await connectionsOf(client, openAi, '2025-06-01')).toEqual([]);
    }));

  it('goes with its service, and its connection with it', () =>
    within(linked, async (client) => {
      await client.delete(`${service}${VERSION}`);
      expect(await connectionsOf(client, openAi, '2025-06-01')).toEqual([]);
    }));

  it('keeps everything else from writing the service while it is made', () =>
    within(basic, async (client) => {
      const first = await create(client, 'to-openai');
      expect(codeOf(await create(client, 'to-blobs', storage, 'blob'))).toEqual([409, 'Conflict']);
      expect(codeOf(await client.patch(`${service}${VERSION}`, { tags: {} }))).toEqual([409, 'Conflict']);
      await client.follow(first);
      expect((await create(client, 'to-blobs', storage, 'blob')).status).toBe(202);
    }));

  it('is one for each resource and group', () =>
    within(linked, async (client) => {
      expect(codeOf(await create(client, 'again'))).toEqual([400, 'BadRequest']);
      expect((await create(client, 'to-openai')).status).toBe(202);
    }));

  it('cannot be led elsewhere later', () =>
    within(linked, async (client) => {
      expect(codeOf(await create(client, 'to-openai', storage, 'blob'))).toEqual([400, 'BadRequest']);
    }));

  it.each([
    ['a resource that is not there', accountId('rg', 'nothing'), 'openai_account'],
    ['a group that the resource does not have', storage, 'openai_account'],
    ['a group that is not simulated', storage, 'vault'],
  ])('cannot lead to %s', (_, target, group) =>
    within(basic, async (client) => {
      expect((await create(client, 'x', target, group)).status).toBe(400);
    }),
  );
});

describe('the tier of the service', () => {
  it('free has no shared private links', () =>
    within(estate('free'), async (client) => {
      expect(codeOf(await create(client, 'to-openai'))).toEqual([400, 'BadRequest']);
    }));

  it('basic takes four different groups', () => {
    const second = storageAccountId('rg', 'contosomore');
    const steps = [
      ...basic,
      storageAccount(second),
      ...['blob', 'table', 'dfs', 'file'].map((group) => sharedPrivateLink(service, `to-${group}`, storage, group)),
    ];
    return within(steps, async (client) => {
      expect(codeOf(await create(client, 'to-openai'))).toEqual([400, 'BadRequest']);
      expect((await create(client, 'more', second, 'blob')).status).toBe(202);
    });
  });
});
