import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { VAULT } from '../../src/sandbox/worlds/exposed';
import { withSandbox, type SandboxClient } from './client';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const KEY_VAULT = ['Microsoft.KeyVault/checkNameAvailability', '2023-07-01'] as const;
const GATEWAY = ['Microsoft.ApiManagement/checkNameAvailability', '2022-08-01'] as const;
const SITES = ['Microsoft.Web/checknameavailability', '2024-11-01'] as const;

const ask = async (client: SandboxClient, [operation, version]: readonly [string, string], name: string) => {
  const answer = await client.post(`${SUBSCRIPTION}/providers/${operation}?api-version=${version}`, { name });
  return answer.body as JsonObject;
};

describe('a name that nobody else in the world may have', () => {
  it.each([
    ['a key vault', KEY_VAULT, 'contoso-kv'],
    ['a web app', SITES, 'contoso-web'],
  ])('of %s is free, or taken in whatever casing', (_, operation, taken) =>
    withSandbox({ world: 'exposed' }, async (client) => {
      expect(await ask(client, operation, 'nobody-has-this')).toMatchObject({ nameAvailable: true });
      const refused = await ask(client, operation, taken.toUpperCase());
      expect(refused).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
      expect(refused['message']).not.toBe('');
    }),
  );

  it.each([
    ['a key vault', KEY_VAULT, 'AccountNameInvalid'],
    ['API Management', GATEWAY, 'Invalid'],
    ['a web app', SITES, 'Invalid'],
  ])('of %s can be one that no service may have', (_, operation, reason) =>
    withSandbox({ world: 'exposed' }, async (client) => {
      expect(await ask(client, operation, '-no_')).toMatchObject({ nameAvailable: false, reason });
    }),
  );

  it('of API Management is said to be valid', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      expect(await ask(client, GATEWAY, 'apim-new')).toEqual({ nameAvailable: true, reason: 'Valid', message: '' });
    }));

  it('stays taken by a deleted key vault until it is purged', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      await client.delete(`${VAULT}?api-version=2023-07-01`);
      expect(await ask(client, KEY_VAULT, 'contoso-kv')).toMatchObject({ nameAvailable: false });
      const kept = `${SUBSCRIPTION}/providers/Microsoft.KeyVault/locations/eastus/deletedVaults/contoso-kv`;
      await client.follow(await client.post(`${kept}/purge?api-version=2023-07-01`));
      expect(await ask(client, KEY_VAULT, 'contoso-kv')).toMatchObject({ nameAvailable: true });
    }));

  it('is told to who may ask only, and has to be given', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      const url = `${SUBSCRIPTION}/providers/${KEY_VAULT[0]}?api-version=${KEY_VAULT[1]}`;
      expect((await client.post(url, {})).status).toBe(400);
      await client.post('/.sandbox/denials', { action: 'Microsoft.KeyVault/*', scope: SUBSCRIPTION });
      expect((await client.post(url, { name: 'a' })).status).toBe(403);
    }));
});
