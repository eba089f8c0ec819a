import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ArmPort } from '../../src/azure/azurePort';
import { SANDBOX_ORIGIN } from '../../src/azure/clientSettings';
import { CLOUDS } from '../../src/core/clouds';
import { signal } from './support/sandboxSession';

const SUBSCRIPTION = '5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50';
const LIST = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments`;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers page after page; each but the last says where the next one is. */
async function portWithPages(pages: readonly string[][], nextHost: string): Promise<ArmPort> {
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '0');
    const next = page + 1 < pages.length ? `${nextHost}${LIST}?api-version=2022-04-01&page=${page + 1}` : undefined;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ value: (pages[page] ?? []).map((id) => ({ id })), ...(next && { nextLink: next }) }));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return new ArmPort(
    {
      cloud: CLOUDS.public,
      subscriptionId: SUBSCRIPTION,
      credential: { getToken: () => Promise.resolve({ token: 'x', expiresOnTimestamp: Date.now() + 60_000 }) },
      policies: [],
      pollIntervalMs: 0,
      loopback: { origin: SANDBOX_ORIGIN, address: `http://127.0.0.1:${port}` },
    },
    () => Promise.resolve(undefined),
  );
}

describe('a list that is read by id', () => {
  it('is read to its last page, because what is on a later page is not absent', async () => {
    const azure = await portWithPages([['/a', '/b'], ['/c'], ['/d']], SANDBOX_ORIGIN);
    const entry = await azure.read(LIST, signal);
    expect(entry).toMatchObject({
      state: 'present',
      resource: { value: [{ id: '/a' }, { id: '/b' }, { id: '/c' }, { id: '/d' }] },
    });
  });

  it('is unreadable where its next page is on another host, which the token must not go to', async () => {
    const azure = await portWithPages([['/a'], ['/b']], 'https://elsewhere.example');
    expect(await azure.read(LIST, signal)).toMatchObject({ state: 'unreadable' });
  });
});
