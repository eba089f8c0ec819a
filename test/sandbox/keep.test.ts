import { expect, it } from 'vitest';
import { INDEX, NETWORK_GROUP, OPENAI, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import { groupId } from '../../src/sandbox/worlds/builders';
import { HOSTS, inDataPlanes } from './dataPlane';
import { withSandbox, type SandboxClient } from './client';

const ACCOUNT = `${OPENAI}?api-version=2025-06-01`;
const ZONE = `${groupId(NETWORK_GROUP)}/providers/Microsoft.Network/privateDnsZones/example.com?api-version=2020-06-01`;
const PROVIDER =
  '/subscriptions/5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50/providers/Microsoft.Web/unregister?api-version=2025-04-01';

const state = async (client: SandboxClient) => (await client.get('/.sandbox/state')).body;

it('a world that was kept comes back as it was, whatever happened since and however often', async () => {
  await withSandbox({ world: 'exposed' }, async (client, sandbox) => {
    const before = await state(client);
    const restore = sandbox.keep();
    for (const _round of [1, 2]) {
      await client.patch(ACCOUNT, { identity: { type: 'SystemAssigned' }, properties: { disableLocalAuth: true } });
      await client.follow(await client.put(ZONE, { location: 'global' }));
      await client.delete(`${STORAGE}?api-version=2025-06-01`);
      await client.post(PROVIDER);
      await client.post('/.sandbox/denials', { action: '*/read', scope: SEARCH });
      expect(await state(client)).not.toEqual(before);
      restore();
      expect(await state(client)).toEqual(before);
      expect((await client.get(`${SEARCH}?api-version=2025-05-01`)).status).toBe(200);
    }
  });
});

it('an operation that was under way when the world came back does nothing to it', async () => {
  await withSandbox({ world: 'exposed' }, async (client, sandbox) => {
    const before = await state(client);
    const restore = sandbox.keep();
    const begun = await client.put(ZONE, { location: 'global' });
    restore();
    await client.follow(begun);
    expect(await state(client)).toEqual(before);
    const again = await client.put(ZONE, { location: 'global' });
    expect(await client.follow(again)).toContain('202 InProgress');
  });
});

it('what data planes hold comes back as well', async () => {
  await inDataPlanes('hardened', async (ask, _client, sandbox) => {
    const index = { host: HOSTS.search, path: `/indexes('${INDEX}')?api-version=2024-07-01` };
    const before = await ask('inside', index);
    const restore = sandbox.keep();
    await ask('inside', { ...index, method: 'DELETE' });
    expect((await ask('inside', index)).status).toBe(404);
    restore();
    expect((await ask('inside', index)).body).toEqual(before.body);
  });
});
