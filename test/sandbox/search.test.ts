import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import {
  endpointId,
  groupId,
  managedEndpointConnection,
  networkId,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  subnetId,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2025-05-01';
const id = searchServiceId('rg', 'contoso-search');
const url = `${id}${VERSION}`;

type Settings = Parameters<typeof searchService>[1];

const withService = <Result>(
  settings: Settings,
  use: (client: SandboxClient) => Promise<Result>,
  more: readonly SeedStep[] = [],
) =>
  withSandbox(
    {
      world: {
        name: 'test',
        registered: REGISTERED,
        steps: [resourceGroup('rg', 'eastus'), searchService(id, settings), ...more],
      },
    },
    use,
  );

const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const read = async (client: SandboxClient) => (await client.get(url)).body;
const stateOf = async (client: SandboxClient) => at(await read(client), 'properties', 'provisioningState');

/** Reads until the service is at rest, and tells how often that was. */
async function settle(client: SandboxClient): Promise<number> {
  for (let reads = 1; reads < 100; reads += 1) if ((await stateOf(client)) === 'succeeded') return reads;
  throw new Error('The service never came to rest.');
}

async function patch(client: SandboxClient, body: JsonObject): Promise<Received> {
  const answer = await client.patch(url, body);
  await settle(client);
  return answer;
}

describe('a search service that was told nothing', () => {
  it('is public, takes keys only, trusts nobody and has no identity', () =>
    withService({}, async (client) => {
      const body = await read(client);
      expect(body).toMatchObject({
        location: 'East US',
        tags: {},
        properties: {
          publicNetworkAccess: 'Enabled',
          networkRuleSet: { ipRules: [], bypass: 'None' },
          disableLocalAuth: false,
          authOptions: { apiKeyOnly: {} },
          encryptionWithCmk: { enforcement: 'Unspecified' },
          status: 'running',
          provisioningState: 'succeeded',
        },
      });
      expect(body).not.toHaveProperty('identity');
    }));

  it('shows what an older api-version knows, and no more', () =>
    withService({}, async (client) => {
      const { body } = await client.get(`${id}?api-version=2022-09-01`);
      for (const name of ['endpoint', 'computeType', 'semanticSearch', 'upgradeAvailable']) {
        expect(at(body, 'properties')).not.toHaveProperty(name);
      }
      expect(body).not.toHaveProperty('systemData');
    }));
});

describe('a change of the network or the identity', () => {
  it.each<[string, JsonObject]>([
    ['the public access', { properties: { publicNetworkAccess: 'disabled' } }],
    ['the trusted services', { properties: { networkRuleSet: { bypass: 'AzureServices' } } }],
    ['the identity', { identity: { type: 'SystemAssigned' } }],
    ['the replicas', { properties: { replicaCount: 2 } }],
  ])('of %s is answered with 200 and no URL, and provisions for minutes', (_, body) =>
    withService({}, async (client) => {
      const answer = await client.patch(url, body);
      expect(answer.status).toBe(200);
      expect(answer.headers).not.toHaveProperty('azure-asyncoperation');
      expect(answer.headers).not.toHaveProperty('location');
      expect(at(answer.body, 'properties', 'status')).toBe('provisioning');
      expect(await settle(client)).toBeGreaterThan(10);
    }),
  );

  it('keeps every other write out until it is over, which a client that waits gets past', () =>
    withService({}, async (client) => {
      await client.patch(url, { properties: { publicNetworkAccess: 'disabled' } });
      const tags = { tags: { a: 'b' } };
      expect(codeOf(await client.patch(url, tags))).toEqual([409, 'Conflict']);
      expect(codeOf(await client.delete(url))).toEqual([409, 'Conflict']);
      let attempts = 0;
      while ((await client.patch(url, tags)).status === 409 && attempts < 100) attempts += 1;
      expect(attempts).toBeGreaterThan(10);
      expect(await stateOf(client)).toBe('succeeded');
    }));

  it.each<[string, JsonObject]>([
    ['tags', { tags: { a: 'b' } }],
    ['the options of authentication', { properties: { authOptions: { aadOrApiKey: {} } } }],
    ['what is there already', { properties: { publicNetworkAccess: 'ENABLED' } }],
  ])('does not begin with %s', (_, body) =>
    withService({}, async (client) => {
      expect(at((await client.patch(url, body)).body, 'properties', 'provisioningState')).toBe('succeeded');
    }),
  );
});

describe('a write', () => {
  it('of publicNetworkAccess is answered with a capital letter, whatever was sent', () =>
    withService({}, async (client) => {
      await patch(client, { properties: { publicNetworkAccess: 'disabled' } });
      expect(at(await read(client), 'properties', 'publicNetworkAccess')).toBe('Disabled');
    }));

  it('by PATCH keeps what it does not name, and replaces networkRuleSet whole', () =>
    withService(
      { properties: { networkRuleSet: { ipRules: [{ value: '203.0.113.7' }] }, replicaCount: 2 } },
      async (client) => {
        await patch(client, { properties: { networkRuleSet: { bypass: 'AzureServices' } } });
        expect(at(await read(client), 'properties')).toMatchObject({
          replicaCount: 2,
          networkRuleSet: { bypass: 'AzureServices', ipRules: [] },
        });
      },
    ));

  it('by PUT takes what it does not send back to the default', () =>
    withService(
      { properties: { publicNetworkAccess: 'disabled' }, identity: { type: 'SystemAssigned' } },
      async (client) => {
        await client.put(url, { location: 'eastus', sku: { name: 'basic' } });
        await settle(client);
        const body = await read(client);
        expect(at(body, 'properties', 'publicNetworkAccess')).toBe('Enabled');
        expect(body).not.toHaveProperty('identity');
      },
    ));

  it.each<[string, JsonObject]>([
    ['another region', { location: 'westus', sku: { name: 'basic' } }],
    ['a tier that it cannot change to', { location: 'eastus', sku: { name: 'storage_optimized_l1' } }],
    ['a tier that does not exist', { location: 'eastus', sku: { name: 'premium' } }],
  ])('with %s is refused', (_, body) =>
    withService({}, async (client) => {
      expect(codeOf(await client.put(url, body))).toEqual([400, 'BadRequest']);
    }),
  );

  it('must name an IPv4 address or range in every IP rule', () =>
    withService({}, async (client) => {
      const answer = await client.patch(url, { properties: { networkRuleSet: { ipRules: [{ value: 'office' }] } } });
      expect(codeOf(answer)).toEqual([400, 'BadRequest']);
    }));
});

describe('keys and tokens', () => {
  const both = { aadOrApiKey: { aadAuthFailureMode: 'http401WithBearerChallenge' } };

  it('that are both allowed cannot be told together with keys that are off', () =>
    withService({ properties: { authOptions: both } }, async (client) => {
      const off = { disableLocalAuth: true };
      expect(codeOf(await client.patch(url, { properties: { ...off, authOptions: both } }))).toEqual([
        400,
        'BadRequest',
      ]);
      expect(codeOf(await client.patch(url, { properties: off }))).toEqual([400, 'BadRequest']);
      const answer = await client.patch(url, { properties: { ...off, authOptions: null } });
      expect(answer.status).toBe(200);
      expect(at(answer.body, 'properties', 'authOptions')).toBeNull();
    }));

  it('come back together when keys are turned on again', () =>
    withService({ properties: { disableLocalAuth: true } }, async (client) => {
      expect(codeOf(await client.patch(url, { properties: { authOptions: both } }))).toEqual([400, 'BadRequest']);
      const answer = await client.patch(url, { properties: { disableLocalAuth: false, authOptions: both } });
      expect(at(answer.body, 'properties', 'authOptions')).toEqual(both);
    }));

  it('are told by one option only', () =>
    withService({}, async (client) => {
      const answer = await client.patch(url, { properties: { authOptions: { ...both, apiKeyOnly: {} } } });
      expect(codeOf(answer)).toEqual([400, 'BadRequest']);
    }));

  it('never reach the record of exchanges', async () => {
    const bodies: string[] = [];
    const steps = [resourceGroup('rg', 'eastus'), searchService(id)];
    await withSandbox(
      {
        world: { name: 'test', registered: REGISTERED, steps },
        onExchange: ({ responseBody }) => bodies.push(JSON.stringify(responseBody)),
      },
      async (client) => {
        await client.post(`${id}/listAdminKeys${VERSION}`);
        await client.post(`${id}/listQueryKeys${VERSION}`);
      },
    );
    expect(bodies).toEqual([
      '{"primaryKey":"{KEY}","secondaryKey":"{KEY}"}',
      '{"value":[{"name":null,"key":"{KEY}"}],"nextLink":null}',
    ]);
  });
});

describe('the free tier', () => {
  it.each<[string, JsonObject]>([
    ['a managed identity', { identity: { type: 'SystemAssigned' } }],
    ['IP rules', { properties: { networkRuleSet: { ipRules: [{ value: '203.0.113.7' }] } } }],
    ['a way to a higher tier', { sku: { name: 'basic' } }],
  ])('has no %s', (_, body) =>
    withService({ tier: 'free' }, async (client) => {
      expect(codeOf(await client.patch(url, body))).toEqual([400, 'BadRequest']);
    }),
  );

  it('has no private endpoints', () => {
    const network = networkId('rg', 'vnet');
    const steps = [virtualNetwork(network, 'eastus', '10.0.0.0/16', { snet: '10.0.0.0/24' })];
    return withService(
      { tier: 'free' },
      async (client) => {
        const answer = await client.put(`${endpointId('rg', 'pe')}?api-version=2025-03-01`, {
          location: 'eastus',
          properties: {
            subnet: { id: subnetId(network, 'snet') },
            privateLinkServiceConnections: [
              { name: 'c', properties: { privateLinkServiceId: id, groupIds: ['searchService'] } },
            ],
          },
        });
        expect(codeOf(answer)).toEqual([400, 'BadRequest']);
      },
      steps,
    );
  });
});

describe('a name', () => {
  const check = async (client: SandboxClient, name: string) => {
    const scope = groupId('rg').split('/resourceGroups/')[0] ?? '';
    const answer = await client.post(`${scope}/providers/Microsoft.Search/checkNameAvailability${VERSION}`, {
      name,
      type: 'searchServices',
    });
    return [at(answer.body, 'nameAvailable'), at(answer.body, 'reason')];
  };

  it('is taken by one service only, in any group', () =>
    withService({}, async (client) => {
      expect(await check(client, 'contoso-search')).toEqual([false, 'AlreadyExists']);
      expect(await check(client, 'another-search')).toEqual([true, null]);
      await client.put(`${groupId('other')}?api-version=2020-06-01`, { location: 'eastus' });
      const second = `${searchServiceId('other', 'contoso-search')}${VERSION}`;
      expect((await client.put(second, { location: 'eastus', sku: { name: 'basic' } })).status).toBe(409);
    }));

  it.each(['x', '-search', 'a-search', 'my--search', 'search-', 'Search', 'my_search'])('cannot be %s', (name) =>
    withService({}, async (client) => {
      expect(await check(client, name)).toEqual([false, 'Invalid']);
    }),
  );
});

describe('a connection that is left of a managed endpoint', () => {
  it('is shown with an endpoint that nobody here can find, and can be deleted', () =>
    withService(
      {},
      async (client) => {
        const connection = at(await read(client), 'properties', 'privateEndpointConnections', 0);
        expect(String(at(connection, 'properties', 'privateEndpoint', 'id'))).not.toContain(groupId('rg'));
        const deleted = await client.delete(`${String(at(connection, 'id'))}${VERSION}`);
        expect([deleted.status, at(deleted.body, 'properties', 'privateLinkServiceConnectionState', 'status')]).toEqual(
          [200, 'Disconnected'],
        );
        expect(at(await read(client), 'properties', 'privateEndpointConnections')).toEqual([]);
      },
      [managedEndpointConnection(id, 'Approved')],
    ));
});
