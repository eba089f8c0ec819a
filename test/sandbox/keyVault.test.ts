import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID, TENANT_ID } from '../../src/sandbox/azure';
import { endpointId, keyVaultId, privateEndpoint, subnetId, zoneId } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, EXPOSED, NETWORK, NETWORK_GROUP, NETWORK_LOCATION, VAULT } from '../../src/sandbox/worlds/exposed';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = 'api-version=2024-11-01';
const url = `${VAULT}?${VERSION}`;
const deleted = VAULT.replace(
  /resourceGroups\/.*$/,
  'providers/Microsoft.KeyVault/locations/eastus/deletedVaults/contoso-kv',
);
const inExposed = (use: (client: SandboxClient) => Promise<void>, steps: readonly SeedStep[] = []) =>
  withSandbox({ world: { ...EXPOSED, steps: [...EXPOSED.steps, ...steps] } }, use);
const errorOf = ({ status, body }: Received) => [status, at(body, 'error', 'code')];
const wanted = (changes: JsonObject = {}) => ({
  location: 'eastus',
  properties: { sku: { family: 'A', name: 'standard' }, tenantId: TENANT_ID, ...changes },
});

describe('a key vault', () => {
  it('registers its name for a while after it was made', () =>
    inExposed(async (client) => {
      const other = `${keyVaultId(AI_GROUP, 'contoso-other')}?${VERSION}`;
      const made = await client.put(other, wanted());
      expect([made.status, at(made.body, 'properties', 'provisioningState')]).toEqual([200, 'RegisteringDns']);
      const states = [];
      for (let read = 0; read < 6; read += 1) {
        states.push(at((await client.get(other)).body, 'properties', 'provisioningState'));
      }
      expect(new Set(states)).toEqual(new Set(['RegisteringDns', 'Succeeded']));
      expect(states.at(-1)).toBe('Succeeded');
    }));

  it('is deleted softly: its name stays taken until it is recovered or purged', () =>
    inExposed(async (client) => {
      expect((await client.delete(url)).status).toBe(200);
      expect(errorOf(await client.put(url, wanted()))).toEqual([409, 'ConflictError']);
      expect(errorOf(await client.put(url, wanted({ createMode: 'recover' })))).toEqual([200, undefined]);
      await client.delete(url);
      const purged = await client.post(`${deleted}/purge?${VERSION}`);
      expect(purged.status).toBe(202);
      expect(await client.follow(purged)).toEqual(['202 NotStarted', '200 Succeeded']);
      expect(errorOf(await client.get(`${deleted}?${VERSION}`))).toEqual([404, 'DeletedVaultNotFound']);
      expect((await client.put(url, wanted())).status).toBe(200);
    }));

  it('that is protected from purging stays so, and cannot be purged', () =>
    inExposed(async (client) => {
      await client.patch(url, { properties: { enablePurgeProtection: true } });
      expect((await client.patch(url, { properties: { enablePurgeProtection: false } })).status).toBe(400);
      await client.put(url, wanted());
      expect(at((await client.get(url)).body, 'properties', 'enablePurgeProtection')).toBe(true);
      await client.delete(url);
      expect(errorOf(await client.post(`${deleted}/purge?${VERSION}`))).toEqual([405, 'MethodNotAllowed']);
    }));

  it.each([
    ['soft delete off', { enableSoftDelete: false }],
    ['another time until it is purged', { softDeleteRetentionInDays: 30 }],
    ['a SKU that there is not', { sku: { family: 'A', name: 'basic' } }],
  ])('refuses %s', (_, properties) =>
    inExposed(async (client) => {
      expect(errorOf(await client.patch(url, { properties }))).toEqual([400, 'BadRequest']);
    }),
  );

  it('gains and loses access policies one by one', () =>
    inExposed(async (client) => {
      const policy = { tenantId: TENANT_ID, objectId: PRINCIPAL_ID, permissions: { keys: ['get'] } };
      const change = (operation: string) =>
        client.put(`${VAULT}/accessPolicies/${operation}?${VERSION}`, { properties: { accessPolicies: [policy] } });
      await change('add');
      await change('add');
      expect(at((await client.get(url)).body, 'properties', 'accessPolicies')).toEqual([policy]);
      await change('remove');
      expect(at((await client.get(url)).body, 'properties', 'accessPolicies')).toEqual([]);
    }));

  it('has a private endpoint of the group vault, in a zone of another name than its own', () =>
    inExposed(
      async (client) => {
        const connections = at((await client.get(url)).body, 'properties', 'privateEndpointConnections');
        expect(at(connections, 0, 'properties', 'privateLinkServiceConnectionState', 'status')).toBe('Approved');
        const records = await client.get(
          `${zoneId(NETWORK_GROUP, 'privatelink.vaultcore.azure.net')}/A/contoso-kv?api-version=2020-06-01`,
        );
        expect(records.status).toBe(200);
      },
      [
        privateEndpoint(
          endpointId(NETWORK_GROUP, 'pe-kv'),
          NETWORK_LOCATION,
          subnetId(NETWORK, 'snet-clients'),
          VAULT,
          { group: 'vault' },
        ),
        { kind: 'put', id: zoneId(NETWORK_GROUP, 'privatelink.vaultcore.azure.net'), body: { location: 'global' } },
        {
          kind: 'put',
          id: childId(endpointId(NETWORK_GROUP, 'pe-kv'), 'privateDnsZoneGroups', 'default'),
          body: {
            properties: {
              privateDnsZoneConfigs: [
                {
                  name: 'vault',
                  properties: { privateDnsZoneId: zoneId(NETWORK_GROUP, 'privatelink.vaultcore.azure.net') },
                },
              ],
            },
          },
        },
      ],
    ));
});

describe('a key of a vault', () => {
  const key = `${childId(VAULT, 'keys', 'search')}?${VERSION}`;

  it('has a version of its own, and is not made again', () =>
    inExposed(async (client) => {
      const made = await client.put(key, { properties: { kty: 'RSA', keySize: 3072 } });
      expect(at(made.body, 'properties', 'keyUriWithVersion')).toMatch(
        /^https:\/\/contoso-kv\.vault\.azure\.net\/keys\/search\/[0-9a-f]{32}$/,
      );
      const again = await client.put(key, { properties: { kty: 'RSA', keySize: 4096 } });
      expect(again.body).toEqual(made.body);
    }));

  it('has a size that there is', () =>
    inExposed(async (client) => {
      expect((await client.put(key, { properties: { kty: 'RSA', keySize: 1024 } })).status).toBe(400);
    }));
});

describe('a secret of a vault', () => {
  it('is never shown again, not in the sandbox’s own state and not in a record', async () => {
    const recorded: string[] = [];
    const onExchange = (exchange: unknown) => recorded.push(JSON.stringify(exchange));
    await withSandbox({ world: 'exposed', onExchange }, async (client) => {
      const secret = `${childId(VAULT, 'secrets', 'gateway')}?${VERSION}`;
      const body = { properties: { value: 'not-for-anybody', contentType: 'application/x-pkcs12' } };
      expect((await client.put(secret, body)).status).toBe(201);
      await client.get(secret);
      await client.get('/.sandbox/state');
    });
    expect(recorded.join()).toContain('/secrets/gateway');
    expect(recorded.join()).not.toContain('not-for-anybody');
  });
});
