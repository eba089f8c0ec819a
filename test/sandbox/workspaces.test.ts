import { describe, expect, it } from 'vitest';
import { workspaceId } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, WORKSPACE } from '../../src/sandbox/worlds/exposed';
import { at, withSandbox, type SandboxClient } from './client';

const VERSION = 'api-version=2025-07-01';
const url = `${workspaceId(AI_GROUP, 'log-new')}?${VERSION}`;
const wanted = { location: 'eastus', properties: { sku: { name: 'PerGB2018' } } };
const inExposed = (use: (client: SandboxClient) => Promise<void>) => withSandbox({ world: 'exposed' }, use);

describe('a Log Analytics workspace', () => {
  it('takes half a minute, and nobody else writes it meanwhile', () =>
    inExposed(async (client) => {
      const created = await client.put(url, wanted);
      expect(created.status).toBe(201);
      expect((await client.put(url, wanted)).status).toBe(409);
      expect(await client.follow(created)).toEqual(['200 InProgress', '200 Succeeded']);
      expect(at((await client.get(url)).body, 'properties', 'provisioningState')).toBe('Succeeded');
    }));

  it('keeps its id for customers and its keys through a change, and takes back what is not sent', () =>
    inExposed(async (client) => {
      const existing = `${WORKSPACE}?${VERSION}`;
      const before = (await client.get(existing)).body;
      const keys = (await client.post(`${WORKSPACE}/sharedKeys?${VERSION}`)).body;
      await client.patch(existing, { properties: { retentionInDays: 90 } });
      expect(at((await client.get(existing)).body, 'properties')).toMatchObject({ retentionInDays: 90 });
      await client.follow(await client.put(existing, wanted));
      expect(at((await client.get(existing)).body, 'properties')).toMatchObject({
        retentionInDays: 30,
        customerId: at(before, 'properties', 'customerId') ?? '',
      });
      expect((await client.post(`${WORKSPACE}/sharedKeys?${VERSION}`)).body).toEqual(keys);
    }));

  it.each([0, 731, '30'])('refuses to keep data for %s days', (retentionInDays) =>
    inExposed(async (client) => {
      expect((await client.put(url, { ...wanted, properties: { retentionInDays } })).status).toBe(400);
    }),
  );
});
