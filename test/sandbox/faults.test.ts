import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/resources/json';
import type { FaultKind } from '../../src/sandbox/faults/faultPlan';
import type { MetFault } from '../../src/sandbox/faults/weather';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { groupId } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, OPENAI, SEARCH, SITE, STORAGE } from '../../src/sandbox/worlds/exposed';
import { at, withSandbox, type Received, type SandboxClient } from './client';
import { codeOf, networkBody, networkUrl, otherNetwork, otherUrl, WORLD, withFault } from './faultSetup';

const stateNow = async (client: SandboxClient) => (await client.get('/.sandbox/state')).body;
const exists = async (client: SandboxClient, id: string) => at(await stateNow(client), id) !== undefined;
/** True where the connection broke instead of an answer. */
const breaks = (asked: Promise<Received>): Promise<boolean> =>
  asked.then(
    () => false,
    (error: unknown) => error instanceof TypeError,
  );
const kinds = ({ met }: { readonly met: readonly MetFault[] }) => met.map(({ kind }) => kind);

describe('throttling', () => {
  it('tells when to come back, in the header and in words, and does nothing', () =>
    withFault(
      'throttle',
      async (client) => {
        const answer = await client.put(otherUrl, networkBody);
        expect(answer.status).toBe(429);
        expect(['TooManyRequests', 'SubscriptionRequestsThrottled']).toContain(at(answer.body, 'error', 'code'));
        expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(3);
        expect(answer.headers['x-ms-correlation-request-id']).toBeDefined();
        expect(await exists(client, otherNetwork)).toBe(false);
      },
      { speed: 1 },
    ));

  it('has two codes, for Azure Resource Manager and for the providers', async () => {
    const codes = new Set<unknown>();
    await withSandbox({ world: WORLD }, async (client, sandbox) => {
      for (let seed = 1; seed <= 20; seed += 1) {
        sandbox.faults({ seed, rate: 1, kinds: ['throttle'] });
        codes.add(at((await client.get(networkUrl)).body, 'error', 'code'));
      }
    });
    expect(codes).toEqual(new Set(['TooManyRequests', 'SubscriptionRequestsThrottled']));
  });
});

describe('errors of servers', () => {
  it('are those of ARM, of providers and of a front end, whose answer is a page', async () => {
    const seen = new Map<string, Response>();
    await withSandbox({ world: WORLD }, async (client, sandbox) => {
      for (let seed = 1; seed <= 60; seed += 1) {
        sandbox.faults({ seed, rate: 1, kinds: ['serverError'] });
        const response = await fetch(sandbox.endpoint + networkUrl, {
          headers: { authorization: `Bearer ${sandbox.token}` },
        });
        const type = response.headers.get('content-type') ?? '';
        seen.set(`${String(response.status)} ${type.split(';')[0] ?? ''}`, response);
      }
    });
    expect([...seen.keys()].sort()).toEqual([
      '500 application/json',
      '502 application/json',
      '503 application/json',
      '503 text/html',
      '504 application/json',
    ]);
    expect(seen.get('503 application/json')?.headers.has('retry-after')).toBe(true);
    expect(await seen.get('503 text/html')?.text()).toContain('The service is unavailable');
  });

  it('leave it open after 504 whether something was done, and something was: the recorded answer', async () => {
    const recorded = JSON.parse(readFileSync(new URL('./records.json', import.meta.url), 'utf8')) as Json;
    const found = at(recorded, 'error.gateway.GatewayTimeout');
    await withSandbox({ world: 'exposed' }, async (client, sandbox) => {
      const tags = { faulted: 'yes' };
      let answer: Received = { status: 0, headers: {}, body: undefined };
      for (let seed = 1; answer.status !== 504; seed += 1) {
        sandbox.faults({ seed, rate: 1, kinds: ['serverError'] });
        answer = await client.patch(`${SITE}?api-version=2023-12-01`, { tags }).catch(() => answer);
        if (answer.status !== 504) expect(at(await stateNow(client), SITE, 'tags', 'faulted')).toBeUndefined();
        if (seed > 100) throw new Error('No 504 among a hundred.');
      }
      expect(answer.body).toEqual(at(found, 'body'));
      expect(answer.headers).toMatchObject(at(found, 'headers') as Record<string, string>);
      expect(at(await stateNow(client), SITE, 'tags')).toMatchObject(tags);
    });
  });
});

describe('connections that break', () => {
  it.each<[FaultKind, boolean]>([
    ['resetBefore', false],
    ['resetAfter', true],
  ])('%s: the write took effect: %s', (kind, effect) =>
    withFault(kind, async (client, sandbox) => {
      expect(await breaks(client.put(otherUrl, networkBody))).toBe(true);
      expect(await exists(client, otherNetwork)).toBe(effect);
      expect(kinds(sandbox.faultReport())).toEqual([kind]);
    }),
  );

  it('are recorded as exchanges without an answer', async () => {
    const exchanges: Exchange[] = [];
    const onExchange = (exchange: Exchange) => exchanges.push(exchange);
    await withFault('resetAfter', (client) => breaks(client.put(otherUrl, networkBody)), { onExchange });
    expect(exchanges).toMatchObject([{ method: 'PUT', url: otherUrl, status: 0 }]);
  });

  it('let the same request through afterwards', () =>
    withFault({ seed: 1, rate: 1, kinds: ['resetAfter'] }, async (client) => {
      expect(await breaks(client.get(networkUrl))).toBe(true);
      expect((await client.get(networkUrl)).status).toBe(200);
    }));

  it.each([
    ['before', false],
    ['after', true],
  ] as const)('kill the client %s the request takes effect, and tell who started the sandbox', (when, effect) => {
    const crashes: MetFault[] = [];
    return withFault(
      { at: 1, kind: 'crash', when },
      async (client) => {
        expect(await breaks(client.put(otherUrl, networkBody))).toBe(true);
        expect(await exists(client, otherNetwork)).toBe(effect);
        expect(crashes).toMatchObject([{ request: 1, method: 'PUT', path: otherNetwork, kind: 'crash', when }]);
      },
      { onCrash: (fault) => crashes.push(fault) },
    );
  });
});

describe('an answer that is late', () => {
  it('is the same answer, and time has gone by', () =>
    withFault('slow', async (client) => {
      const now = async () => Date.parse(String(at((await client.get('/.sandbox')).body, 'time')));
      const before = await now();
      expect((await client.get(networkUrl)).status).toBe(200);
      expect((await now()) - before).toBe(20_000);
    }));
});

describe('tokens', () => {
  it('that have expired are refused with the two times', () =>
    withFault('expiredToken', async (client) => {
      const answer = await client.get(networkUrl);
      expect(codeOf(answer)).toEqual([401, 'ExpiredAuthenticationToken']);
      expect(at(answer.body, 'error', 'message')).toMatch(
        /^The access token expiry UTC time '\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M' is earlier than current UTC time '[^']+'\.$/,
      );
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"');
      expect((await client.get(networkUrl)).status).toBe(200);
    }));

  it('are challenged with the claims that a new one must have', () =>
    withFault('claims', async (client) => {
      const answer = await client.get(networkUrl);
      expect(answer.status).toBe(401);
      const challenge = answer.headers['www-authenticate'] ?? '';
      expect(challenge).toContain('error="insufficient_claims"');
      const claims = /claims="([^"]+)"/.exec(challenge)?.[1] ?? '';
      expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toMatchObject({
        access_token: { nbf: { essential: true } },
      });
      expect((await client.get(networkUrl)).status).toBe(200);
    }));
});

describe('providers that are busy', () => {
  const busy = async (id: string, version: string, wanted: Json = { tags: {} }) => {
    const seen = new Set<string>();
    await withSandbox({ world: 'exposed' }, async (client, sandbox) => {
      for (let seed = 1; seed <= 12; seed += 1) {
        sandbox.faults({ seed, rate: 1, kinds: ['busy'] });
        const answer = await client.patch(`${id}?api-version=${version}`, wanted);
        seen.add(codeOf(answer).join(' '));
        if (answer.status === 429) {
          expect(at(answer.body, 'error', 'details', 0, 'code')).toBe('RetryableErrorDueToAnotherOperation');
          expect(answer.headers['retry-after']).toBeDefined();
        }
      }
    });
    return [...seen].sort();
  };

  it.each([
    [
      `${groupId(AI_GROUP)}/providers/Microsoft.Network/virtualNetworks/vnet-app`,
      '2025-03-01',
      ['409 AnotherOperationInProgress', '429 RetryableError'],
    ],
    [OPENAI, '2025-06-01', ['409 RequestConflict']],
    [SEARCH, '2025-05-01', ['409 Conflict']],
    [STORAGE, '2023-05-01', ['409 StorageAccountOperationInProgress']],
  ])('%s', async (id, version, codes) => {
    expect(await busy(id, version)).toEqual(codes);
  });

  it('refuse no reads', () =>
    withFault({ seed: 1, rate: 1, kinds: ['busy'] }, async (client, sandbox) => {
      expect((await client.get(networkUrl)).status).toBe(200);
      expect(sandbox.faultReport().met).toEqual([]);
    }));
});
