import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import {
  blobContainer,
  groupId,
  REGISTERED,
  resourceGroup,
  storageAccount,
  storageAccountId,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2025-06-01';
const id = storageAccountId('rg', 'contosodocs');
const url = `${id}${VERSION}`;
const fresh = { location: 'eastus', kind: 'StorageV2', sku: { name: 'Standard_LRS' } };

const within = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox(
    { world: { name: 'test', registered: REGISTERED, steps: [resourceGroup('rg', 'eastus'), ...steps] } },
    use,
  );
const withAccount = <Result>(
  settings: Parameters<typeof storageAccount>[1],
  use: (client: SandboxClient) => Promise<Result>,
) => within([storageAccount(id, settings)], use);

const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const properties = async (client: SandboxClient) => at((await client.get(url)).body, 'properties');

describe('a new storage account', () => {
  it('is made behind a Location alone, whose end is the account', () =>
    within([], async (client) => {
      const first = await client.put(url, fresh);
      expect([first.status, first.body]).toEqual([202, undefined]);
      expect(first.headers).not.toHaveProperty('azure-asyncoperation');
      const location = first.headers['location'] ?? '';
      expect(location).toContain('?monitor=true&api-version=2025-06-01&t=');
      const polls: number[] = [];
      let last = await client.get(location);
      while (last.status === 202 && polls.push(last.status) < 10) last = await client.get(location);
      expect(polls.length).toBeGreaterThan(0);
      expect([last.status, at(last.body, 'name')]).toEqual([200, 'contosodocs']);
    }));

  it('lets nobody do anything with it until it is there', () =>
    within([], async (client) => {
      const first = await client.put(url, fresh);
      const refused = [409, 'StorageAccountIsNotProvisioned'];
      expect(codeOf(await client.post(`${id}/listKeys${VERSION}`))).toEqual(refused);
      expect(codeOf(await client.patch(url, { tags: {} }))).toEqual(refused);
      await client.follow(first);
      expect((await client.post(`${id}/listKeys${VERSION}`)).status).toBe(200);
    }));

  it('is shown at the end as the api-version of its creation knows it, under that URL only', () =>
    within([], async (client) => {
      const first = await client.put(`${id}?api-version=2021-04-01`, fresh);
      await client.follow(first);
      const location = first.headers['location'] ?? '';
      const { body } = await client.get(location);
      expect(at(body, 'properties', 'networkAcls')).not.toHaveProperty('ipv6Rules');
      const operation = /asyncoperations\/([^?]+)/.exec(location)?.[1] ?? '';
      const elsewhere = `${groupId('').split('/resourceGroups/')[0] ?? ''}/operationresults/${operation}`;
      expect((await client.get(`${elsewhere}?api-version=2020-06-01`)).status).toBe(404);
    }));

  it('has secure defaults for some properties, and nothing at all for others', () =>
    withAccount({}, async (client) => {
      const shown = await properties(client);
      expect(shown).toMatchObject({
        minimumTlsVersion: 'TLS1_2',
        allowBlobPublicAccess: false,
        supportsHttpsTrafficOnly: true,
        networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
      });
      for (const name of ['publicNetworkAccess', 'allowSharedKeyAccess', 'defaultToOAuthAuthentication']) {
        expect(shown).not.toHaveProperty(name);
      }
    }));

  it.each(['ab', 'Contoso', 'contoso-docs', 'a'.repeat(25)])('cannot be called %s', (name) =>
    within([], async (client) => {
      const answer = await client.put(`${storageAccountId('rg', name)}${VERSION}`, fresh);
      expect(codeOf(answer)).toEqual([400, 'AccountNameInvalid']);
    }),
  );

  it('cannot have a name that somebody has, and checkNameAvailability says so', () =>
    withAccount({}, async (client) => {
      await client.put(`${groupId('other')}?api-version=2020-06-01`, { location: 'eastus' });
      const answer = await client.put(`${storageAccountId('other', 'contosodocs')}${VERSION}`, fresh);
      expect(codeOf(answer)).toEqual([409, 'StorageAccountAlreadyTaken']);
      const scope = groupId('rg').split('/resourceGroups/')[0] ?? '';
      const check = async (name: string) =>
        (
          await client.post(`${scope}/providers/Microsoft.Storage/checkNameAvailability${VERSION}`, {
            name,
            type: 'Microsoft.Storage/storageAccounts',
          })
        ).body;
      expect(await check('contosodocs')).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
      expect(await check('Contoso')).toMatchObject({ nameAvailable: false, reason: 'AccountNameInvalid' });
      expect(await check('contosomore')).toEqual({ nameAvailable: true });
    }));
});

describe('a PATCH of a storage account', () => {
  const acls = { defaultAction: 'Deny', bypass: 'None', ipRules: [{ value: '203.0.113.0/24' }] };

  it('is done at once and keeps what it does not name', () =>
    withAccount({ properties: { networkAcls: acls, allowSharedKeyAccess: false } }, async (client) => {
      const answer = await client.patch(url, { properties: { publicNetworkAccess: 'Disabled' } });
      expect(answer.status).toBe(200);
      expect(await properties(client)).toMatchObject({
        publicNetworkAccess: 'Disabled',
        allowSharedKeyAccess: false,
        networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [{ value: '203.0.113.0/24', action: 'Allow' }] },
      });
    }));

  it('replaces networkAcls whole: rules that are left out are gone, and trusted services are let in', () =>
    withAccount({ properties: { networkAcls: acls } }, async (client) => {
      await client.patch(url, { properties: { networkAcls: { defaultAction: 'Deny' } } });
      expect(at(await properties(client), 'networkAcls')).toMatchObject({ bypass: 'AzureServices', ipRules: [] });
    }));

  it('takes null for nothing: a property that was set cannot be made absent again', () =>
    withAccount({ properties: { publicNetworkAccess: 'Disabled' } }, async (client) => {
      await client.patch(url, { properties: { publicNetworkAccess: null } });
      expect(at(await properties(client), 'publicNetworkAccess')).toBe('Disabled');
    }));

  it.each<[string, JsonObject]>([
    ['publicNetworkAccess', { publicNetworkAccess: 'disabled' }],
    ['minimumTlsVersion', { minimumTlsVersion: '1.2' }],
    ['allowSharedKeyAccess', { allowSharedKeyAccess: 'false' }],
    ['networkAcls.defaultAction', { networkAcls: { bypass: 'None' } }],
    ['networkAcls.bypass', { networkAcls: { defaultAction: 'Deny', bypass: 'AzureService' } }],
    ['networkAcls.ipRules[*].value', { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '10.0.0.0/8' }] } }],
    [
      'networkAcls.ipRules[*].value',
      { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '203.0.113.7/32' }] } },
    ],
  ])('with a bad %s is refused, and says which it is', (name, sent) =>
    withAccount({}, async (client) => {
      const answer = await client.patch(url, { properties: sent });
      expect(codeOf(answer)).toEqual([400, 'InvalidValuesForRequestParameters']);
      expect(at(answer.body, 'error', 'message')).toBe(`Values for request parameters are invalid: ${name}.`);
    }),
  );

  it('cannot change what only the creation sets', () =>
    withAccount({}, async (client) => {
      const answer = await client.patch(url, { properties: { isHnsEnabled: true } });
      expect(codeOf(answer)).toEqual([400, 'AccountPropertyCannotBeUpdated']);
    }));

  it('turns the identity on, with a principal of its own', () =>
    withAccount({}, async (client) => {
      const answer = await client.patch(url, { identity: { type: 'SystemAssigned' } });
      expect(at(answer.body, 'identity', 'principalId')).toMatch(/^[0-9a-f-]{36}$/);
    }));
});

describe('a PUT on a storage account', () => {
  it('takes what it does not send back to the default', () =>
    withAccount({ properties: { publicNetworkAccess: 'Disabled', minimumTlsVersion: 'TLS1_0' } }, async (client) => {
      expect((await client.put(url, fresh)).status).toBe(200);
      const shown = await properties(client);
      expect(shown).not.toHaveProperty('publicNetworkAccess');
      expect(at(shown, 'minimumTlsVersion')).toBe('TLS1_2');
    }));

  it('leaves it as old as it is', async () => {
    let time = Date.parse('2026-01-05T09:00:00Z');
    const steps = [resourceGroup('rg', 'eastus'), storageAccount(id)];
    await withSandbox(
      { world: { name: 'test', registered: REGISTERED, steps }, speed: 1, now: () => time },
      async (client) => {
        time += 3_600_000;
        const { body } = await client.put(url, fresh);
        expect(at(body, 'properties', 'creationTime')).toBe('2026-01-05T09:00:00Z');
      },
    );
  });

  it('cannot move it to another region', () =>
    withAccount({}, async (client) => {
      expect(codeOf(await client.put(url, { ...fresh, location: 'westus' }))).toEqual([
        400,
        'AccountPropertyCannotBeUpdated',
      ]);
    }));
});

describe('the keys of a storage account', () => {
  it('are two; one changes when it is regenerated, and shows when', () =>
    withAccount({}, async (client) => {
      const list = async () => at((await client.post(`${id}/listKeys${VERSION}`)).body, 'keys') as JsonObject[];
      const [key1, key2] = await list();
      await client.post(`${id}/regenerateKey${VERSION}`, { keyName: 'key2' });
      const [after1, after2] = await list();
      expect(after1).toEqual(key1);
      expect(after2?.['value']).not.toBe(key2?.['value']);
    }));

  it('never reach the record of exchanges', async () => {
    const bodies: string[] = [];
    const steps = [resourceGroup('rg', 'eastus'), storageAccount(id)];
    await withSandbox(
      {
        world: { name: 'test', registered: REGISTERED, steps },
        now: () => Date.parse('2026-01-05T09:00:00Z'),
        onExchange: ({ responseBody }) => bodies.push(JSON.stringify(responseBody)),
      },
      (client) => client.post(`${id}/listKeys${VERSION}`),
    );
    const key = (keyName: string) => ({
      creationTime: '2026-01-05T09:00:00Z',
      keyName,
      value: '{KEY}',
      permissions: 'FULL',
    });
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([{ keys: [key('key1'), key('key2')] }]);
  });
});

describe('a copy in another region', () => {
  const groups = async (client: SandboxClient) => {
    const { body } = await client.get(`${id}/privateLinkResources${VERSION}`);
    return (at(body, 'value') as JsonObject[]).map(({ name }) => name);
  };

  it('can be linked to by itself where it can be read', () =>
    withAccount({ sku: 'Standard_RAGRS' }, async (client) => {
      expect(await properties(client)).toMatchObject({
        secondaryLocation: 'westus',
        secondaryEndpoints: { blob: 'https://contosodocs-secondary.blob.core.windows.net/' },
      });
      expect(await groups(client)).toContain('blob_secondary');
    }));

  it('is not there in an account that keeps everything in one', () =>
    withAccount({}, async (client) => {
      expect(await properties(client)).not.toHaveProperty('secondaryLocation');
      expect(await groups(client)).toEqual(['dfs', 'web', 'blob', 'queue', 'table', 'file']);
    }));
});

describe('a container', () => {
  const containers = `${id}/blobServices/default/containers`;

  it('is made, listed and deleted', () =>
    withAccount({}, async (client) => {
      expect((await client.put(`${containers}/documents${VERSION}`, {})).status).toBe(201);
      expect((await client.put(`${containers}/documents${VERSION}`, {})).status).toBe(200);
      const { body } = await client.get(`${containers}${VERSION}`);
      expect((at(body, 'value') as JsonObject[]).map(({ name }) => name)).toEqual(['documents']);
      expect((await client.delete(`${containers}/documents${VERSION}`)).status).toBe(200);
      expect((await client.get(`${containers}/documents${VERSION}`)).status).toBe(404);
    }));

  it('is public only where the account allows it', () =>
    withAccount({}, async (client) => {
      const open = { properties: { publicAccess: 'Blob' } };
      expect(codeOf(await client.put(`${containers}/open${VERSION}`, open))).toEqual([409, 'PublicAccessNotPermitted']);
      await client.patch(url, { properties: { allowBlobPublicAccess: true } });
      expect((await client.put(`${containers}/open${VERSION}`, open)).status).toBe(201);
    }));

  it.each(['ab', 'Documents', 'a--b', '-ab'])('cannot be called %s', (name) =>
    withAccount({}, async (client) => {
      expect(codeOf(await client.put(`${containers}/${name}${VERSION}`, {}))).toEqual([400, 'InvalidResourceName']);
    }),
  );

  it('goes with its account', () =>
    within([storageAccount(id), blobContainer(id, 'documents')], async (client) => {
      expect((await client.get(`${containers}/documents${VERSION}`)).status).toBe(200);
      await client.delete(url);
      expect((await client.get(`${containers}/documents${VERSION}`)).status).toBe(404);
      expect((await client.delete(url)).status).toBe(204);
    }));

  it('lives in a blob service that is always there and repeats what it is told', () =>
    withAccount({}, async (client) => {
      const service = `${id}/blobServices/default${VERSION}`;
      expect((await client.put(service, {})).body).toEqual({ name: 'default' });
      await client.put(service, { properties: { isVersioningEnabled: true } });
      expect(at((await client.get(service)).body, 'properties')).toMatchObject({
        isVersioningEnabled: true,
        deleteRetentionPolicy: { enabled: false },
      });
    }));
});
