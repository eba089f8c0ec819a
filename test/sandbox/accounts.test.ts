import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { account, accountId, deployment, groupId, REGISTERED, resourceGroup } from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type SandboxClient } from './client';

const id = accountId('rg', 'contoso');
const url = `${id}?api-version=2025-06-01`;
const named = { customSubDomainName: 'contoso' };

function withAccount<Result>(
  settings: Parameters<typeof account>[1],
  use: (client: SandboxClient) => Promise<Result>,
  more: readonly SeedStep[] = [],
): Promise<Result> {
  const steps = [resourceGroup('rg', 'eastus'), account(id, settings), ...more];
  return withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, use);
}

async function patch(client: SandboxClient, body: JsonObject) {
  const answer = await client.patch(url, body);
  await client.follow(answer);
  return answer;
}

const codeOf = (answer: { status: number; body: unknown }) => [
  answer.status,
  at(answer.body as never, 'error', 'code'),
];

describe('a PATCH of an account', () => {
  const acls = {
    defaultAction: 'Deny',
    bypass: 'AzureServices',
    virtualNetworkRules: [],
    ipRules: [{ value: '203.0.113.0/24' }],
  };

  it('keeps what it does not name', () =>
    withAccount({ properties: { ...named, disableLocalAuth: false, networkAcls: acls } }, async (client) => {
      await patch(client, { properties: { publicNetworkAccess: 'Disabled' } });
      expect(at((await client.get(url)).body, 'properties')).toMatchObject({
        publicNetworkAccess: 'Disabled',
        disableLocalAuth: false,
        networkAcls: acls,
      });
    }));

  it('replaces networkAcls whole', () =>
    withAccount({ properties: { ...named, networkAcls: acls } }, async (client) => {
      await patch(client, { properties: { networkAcls: { defaultAction: 'Allow' } } });
      expect(at((await client.get(url)).body, 'properties', 'networkAcls')).toEqual({
        defaultAction: 'Allow',
        virtualNetworkRules: [],
        ipRules: [],
      });
    }));

  it('takes a property away with null', () =>
    withAccount({ properties: { ...named, disableLocalAuth: true } }, async (client) => {
      await patch(client, { properties: { disableLocalAuth: null } });
      expect(at((await client.get(url)).body, 'properties')).not.toHaveProperty('disableLocalAuth');
    }));

  it('turns the identity on, and off again', () =>
    withAccount({}, async (client) => {
      await patch(client, { identity: { type: 'SystemAssigned' } });
      expect(Object.keys(at((await client.get(url)).body, 'identity') as object)).toEqual([
        'principalId',
        'tenantId',
        'type',
      ]);
      await patch(client, { identity: { type: 'None' } });
      expect(at((await client.get(url)).body, 'identity')).toEqual({ type: 'None' });
    }));

  it('gives the account a new etag, twice: at once and when it is over', () =>
    withAccount({}, async (client) => {
      const before = (await client.get(url)).headers['etag'];
      const during = await client.patch(url, { tags: { a: 'b' } });
      await client.follow(during);
      const after = (await client.get(url)).headers['etag'];
      expect(new Set([before, during.headers['etag'], after]).size).toBe(3);
    }));

  it('is refused while another operation is going on, which the account shows', () =>
    withAccount({}, async (client) => {
      const first = await client.patch(url, { tags: { a: '1' } });
      expect(codeOf(await client.patch(url, { tags: { a: '2' } }))).toEqual([409, 'RequestConflict']);
      expect(codeOf(await client.delete(url))).toEqual([409, 'RequestConflict']);
      expect(at((await client.get(url)).body, 'properties', 'provisioningState')).toBe('Accepted');
      await client.follow(first);
      expect((await client.patch(url, { tags: { a: '2' } })).status).toBe(202);
    }));

  it('that was refused for a conflict gets through in the end, without a pause in between', () =>
    withAccount({}, async (client) => {
      await client.patch(url, { tags: { a: '1' } });
      let attempts = 0;
      while ((await client.patch(url, { tags: { a: '2' } })).status === 409 && attempts < 50) attempts += 1;
      expect(attempts).toBeGreaterThan(1);
      expect(attempts).toBeLessThan(20);
    }));
});

describe('a custom subdomain', () => {
  it('gives the account an endpoint of its own', () =>
    withAccount({}, async (client) => {
      expect(at((await client.get(url)).body, 'properties', 'endpoint')).toBe(
        'https://eastus.api.cognitive.microsoft.com/',
      );
      await patch(client, { properties: { customSubDomainName: 'contoso' } });
      expect(at((await client.get(url)).body, 'properties', 'endpoint')).toBe('https://contoso.openai.azure.com/');
    }));

  it.each([
    ['changed', 'another'],
    ['removed', null],
  ])('cannot be %s once it is set', (_, value) =>
    withAccount({ properties: named }, async (client) => {
      expect(codeOf(await client.patch(url, { properties: { customSubDomainName: value } }))).toEqual([
        400,
        'BadRequest',
      ]);
    }),
  );

  it('is taken by one account only, and checkDomainAvailability says so', () =>
    withAccount({ properties: named }, async (client) => {
      const other = accountId('rg', 'other');
      const body = {
        kind: 'OpenAI',
        location: 'eastus',
        sku: { name: 'S0' },
        properties: { customSubDomainName: 'Contoso' },
      };
      expect(codeOf(await client.put(`${other}?api-version=2025-06-01`, body))).toEqual([409, 'CustomDomainInUse']);
      const check = (subdomainName: string) =>
        client.post(
          `${id.split('/resourceGroups/')[0] ?? ''}/providers/Microsoft.CognitiveServices/checkDomainAvailability?api-version=2024-10-01`,
          {
            subdomainName,
            type: 'Microsoft.CognitiveServices/accounts',
          },
        );
      expect(at((await check('contoso')).body, 'isSubdomainAvailable')).toBe(false);
      expect(at((await check('free-name')).body, 'isSubdomainAvailable')).toBe(true);
    }));

  it('is needed for network rules', () =>
    withAccount({}, async (client) => {
      expect(codeOf(await client.patch(url, { properties: { networkAcls: { defaultAction: 'Deny' } } }))).toEqual([
        400,
        'BadRequest',
      ]);
    }));
});

describe('what was not set', () => {
  it('is left out, and the location is echoed as it was sent', () =>
    withAccount({ kind: 'SpeechServices', location: 'East US' }, async (client) => {
      const { body } = await client.get(url);
      expect(at(body, 'location')).toBe('East US');
      for (const name of ['networkAcls', 'disableLocalAuth', 'customSubDomainName', 'encryption']) {
        expect(at(body, 'properties')).not.toHaveProperty(name);
      }
      expect(body).not.toHaveProperty('identity');
    }));
});

describe('the zones that a private endpoint needs', () => {
  it.each([
    ['OpenAI', ['privatelink.openai.azure.com']],
    [
      'AIServices',
      ['privatelink.cognitiveservices.azure.com', 'privatelink.openai.azure.com', 'privatelink.services.ai.azure.com'],
    ],
    ['SpeechServices', ['privatelink.cognitiveservices.azure.com']],
  ])('are those of kind %s', (kind, zones) =>
    withAccount({ kind }, async (client) => {
      const { body } = await client.get(`${id}/privateLinkResources?api-version=2025-06-01`);
      expect(at(body, 'value', 0, 'properties', 'requiredZoneNames')).toEqual(zones);
    }),
  );
});

describe('a deleted account', () => {
  const deleted = `${groupId('rg').replace('/resourceGroups/', '/providers/Microsoft.CognitiveServices/locations/eastus/resourceGroups/')}/deletedAccounts/contoso?api-version=2025-06-01`;
  const create = { kind: 'OpenAI', location: 'eastus', sku: { name: 'S0' }, properties: named };

  it('keeps its name until it is purged', () =>
    withAccount({ properties: named }, async (client) => {
      await client.delete(url);
      expect((await client.get(url)).status).toBe(404);
      expect((await client.get(deleted)).status).toBe(200);
      expect(codeOf(await client.put(url, create))).toEqual([409, 'FlagMustBeSetForRestore']);
      await client.follow(await client.delete(deleted));
      expect((await client.get(deleted)).status).toBe(404);
      expect((await client.put(url, create)).status).toBe(201);
    }));

  it('keeps its subdomain too, also from an account of another name', () =>
    withAccount({ properties: named }, async (client) => {
      await client.delete(url);
      expect(codeOf(await client.put(`${accountId('rg', 'other')}?api-version=2025-06-01`, create))).toEqual([
        409,
        'CustomDomainInUse',
      ]);
    }));

  it('comes back as the account that it was', () =>
    withAccount({ properties: named, identity: { type: 'SystemAssigned' } }, async (client) => {
      const before = (await client.get(url)).body;
      await client.delete(url);
      const restored = await client.put(url, { location: 'eastus', properties: { restore: true } });
      expect(restored.status).toBe(201);
      for (const name of ['internalId', 'dateCreated', 'customSubDomainName', 'provisioningState']) {
        expect(at(restored.body, 'properties', name), name).toBe(at(before, 'properties', name));
      }
    }));

  it('remains of an account whose resource group was deleted', () =>
    withAccount({ properties: named }, async (client) => {
      await client.follow(await client.delete(`${groupId('rg')}?api-version=2020-06-01`));
      expect((await client.get(deleted)).status).toBe(200);
    }));
});

describe('keys', () => {
  it('are two, and one changes when it is regenerated', () =>
    withAccount({}, async (client) => {
      const list = async () => (await client.post(`${id}/listKeys?api-version=2025-06-01`)).body;
      const before = await list();
      await client.post(`${id}/regenerateKey?api-version=2025-06-01`, { keyName: 'Key2' });
      const after = await list();
      expect(at(after, 'key1')).toBe(at(before, 'key1'));
      expect(at(after, 'key2')).not.toBe(at(before, 'key2'));
    }));

  it('cannot be listed when they are off', () =>
    withAccount({ properties: { disableLocalAuth: true } }, async (client) => {
      expect((await client.post(`${id}/listKeys?api-version=2025-06-01`)).status).toBe(400);
    }));
});

describe('deployments', () => {
  it('are listed, replaced with 200, and go with the account', () =>
    withAccount(
      {},
      async (client) => {
        const list = async () =>
          at((await client.get(`${id}/deployments?api-version=2025-06-01`)).body, 'value') as unknown[];
        expect(await list()).toHaveLength(1);
        const again = await client.put(`${id}/deployments/gpt-4o?api-version=2025-06-01`, {
          sku: { name: 'Standard', capacity: 20 },
          properties: { model: { format: 'OpenAI', name: 'gpt-4o', version: '2024-11-20' } },
        });
        expect([again.status, at(again.body, 'properties', 'currentCapacity')]).toEqual([200, 20]);
        await client.delete(url);
        expect((await client.get(`${id}/deployments/gpt-4o?api-version=2025-06-01`)).status).toBe(404);
      },
      [deployment(id, 'gpt-4o', '2024-11-20')],
    ));
});
