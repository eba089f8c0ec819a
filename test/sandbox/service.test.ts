import { describe, expect, it } from 'vitest';
import type { PositionAccess } from '../../src/sandbox/positions/positions';
import { OPENAI } from '../../src/sandbox/worlds/exposed';
import { account, accountId, deployment, REGISTERED, resourceGroup } from '../../src/sandbox/worlds/builders';
import { at, withSandbox } from './client';
import { call, HOST, inside, internet, inWorld, open, resolverOf } from './vantage';

describe('the service', () => {
  const PUBLIC = async (access: PositionAccess) => (await resolverOf(access).resolve4(HOST))[0] ?? '';
  const errorOf = (answer: unknown) => [
    at(answer as never, 'status'),
    at(answer as never, 'body', 'error', 'code'),
    at(answer as never, 'body', 'error', 'message'),
  ];

  it('answers the internet while public access is on', () =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const answer = await call(access, { address: await PUBLIC(access), headers });
      expect(answer).toMatchObject({
        status: 200,
        body: { object: 'list', data: [{ id: 'gpt-4o' }, { id: 'text-embedding-ada-002' }] },
      });
    }));

  it('refuses the internet when it is off, and answers inside', () =>
    inWorld('hardened', async (client, headers) => {
      const outside = await open(client, internet);
      expect(errorOf(await call(outside, { address: await PUBLIC(outside), headers }))).toEqual([
        403,
        '403',
        'Public access is disabled. Please configure private endpoint.',
      ]);
      expect(await call(await open(client, inside), { address: '10.3.1.4', headers })).toMatchObject({ status: 200 });
    }));

  it('looks at credentials before it looks at the network', () =>
    inWorld('hardened', async (client) => {
      const access = await open(client, internet);
      expect(errorOf(await call(access, { address: await PUBLIC(access) }))[0]).toBe(401);
    }));

  it('refuses the network too when it comes by the public address', () =>
    inWorld('hardened', async (client, headers) => {
      const outside = await open(client, internet);
      const address = await PUBLIC(outside);
      expect(errorOf(await call(await open(client, inside), { address, headers }))[0]).toBe(403);
    }));

  it.each([
    ['nobody', [], 403],
    ['this caller', [{ value: '203.0.113.10' }], 200],
    ['a range with this caller', [{ value: '203.0.113.0/28' }], 200],
    ['somebody else', [{ value: '203.0.113.99' }], 403],
  ])('with a firewall that lets in %s answers accordingly', (_, ipRules, status) =>
    inWorld('exposed', async (client, headers) => {
      const networkAcls = { defaultAction: 'Deny', ipRules };
      await client.follow(await client.patch(`${OPENAI}?api-version=2025-06-01`, { properties: { networkAcls } }));
      const access = await open(client, internet);
      const answer = await call(access, { address: await PUBLIC(access), headers });
      expect(at(answer as never, 'status')).toBe(status);
      if (status === 403) expect(errorOf(answer)[2]).toBe('Access denied due to Virtual Network/Firewall rules.');
    }),
  );

  it('goes by the new settings when the operation is over, not before', () =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const ask = async () => at((await call(access, { address: await PUBLIC(access), headers })) as never, 'status');
      const patched = await client.patch(`${OPENAI}?api-version=2025-06-01`, {
        properties: { publicNetworkAccess: 'Disabled' },
      });
      expect(await ask()).toBe(200);
      await client.follow(patched);
      expect(await ask()).toBe(403);
    }));

  it('wants a credential: none is 401, a wrong token or key as well', () =>
    inWorld('exposed', async (client) => {
      const access = await open(client, internet);
      const address = await PUBLIC(access);
      const attempts: Record<string, string>[] = [{}, { authorization: 'Bearer wrong' }, { 'api-key': 'wrong' }];
      for (const headers of attempts) expect(errorOf(await call(access, { address, headers }))[0]).toBe(401);
    }));

  it('takes a key while keys are on, and says when they are off', () =>
    inWorld('exposed', async (client) => {
      const access = await open(client, internet);
      const address = await PUBLIC(access);
      const key = String(at((await client.post(`${OPENAI}/listKeys?api-version=2025-06-01`)).body, 'key1'));
      expect(await call(access, { address, headers: { 'api-key': key } })).toMatchObject({ status: 200 });
      await client.follow(
        await client.patch(`${OPENAI}?api-version=2025-06-01`, { properties: { disableLocalAuth: true } }),
      );
      expect(errorOf(await call(access, { address, headers: { 'api-key': key } }))).toEqual([
        403,
        'AuthenticationTypeDisabled',
        'Key based authentication is disabled for this resource.',
      ]);
    }));

  it('takes tokens under a custom subdomain only', async () => {
    const id = accountId('rg', 'regional');
    const steps = [resourceGroup('rg', 'eastus'), account(id), deployment(id, 'gpt-4o', '2024-11-20')];
    await withSandbox({ world: { name: 'regional', registered: REGISTERED, steps } }, async (client, { token }) => {
      const access = await open(client, internet);
      const host = 'eastus.api.cognitive.microsoft.com';
      const [address = ''] = await resolverOf(access).resolve4(host);
      const byToken = await call(access, { address, host, headers: { authorization: `Bearer ${token}` } });
      expect(errorOf(byToken)).toEqual([400, 'BadRequest', expect.stringContaining('custom subdomain')]);
      const key = String(at((await client.post(`${id}/listKeys?api-version=2025-06-01`)).body, 'key2'));
      expect(await call(access, { address, host, headers: { 'api-key': key } })).toMatchObject({ status: 200 });
    });
  });

  it.each([
    ['gpt-4o', 200],
    ['nothing', 404],
  ])('completes a chat with the deployment %s: %s', (name, status) =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const path = `/openai/deployments/${name}/chat/completions?api-version=2024-10-21`;
      const answer = await call(access, { address: await PUBLIC(access), path, method: 'POST', headers });
      expect(at(answer as never, 'status')).toBe(status);
    }),
  );

  it('says PermissionDenied to whoever lacks the data action', () =>
    inWorld('exposed', async (client, headers) => {
      await client.post('/.sandbox/denials', {
        action: 'Microsoft.CognitiveServices/accounts/OpenAI/*',
        scope: OPENAI,
      });
      const access = await open(client, internet);
      expect(errorOf(await call(access, { address: await PUBLIC(access), headers })).slice(0, 2)).toEqual([
        401,
        'PermissionDenied',
      ]);
    }));
});
