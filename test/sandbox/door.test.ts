import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox';
import { AI_GROUP, NETWORK, OPENAI, STORAGE } from '../../src/sandbox/worlds/exposed';
import { groupId } from '../../src/sandbox/worlds/builders';
import { at, SandboxClient } from './client';

describe('a sandbox at its door', () => {
  const exchanges: Exchange[] = [];
  let sandbox: Sandbox;
  let client: SandboxClient;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: 'exposed', onExchange: (exchange) => exchanges.push(exchange) });
    client = new SandboxClient(sandbox);
  });
  afterAll(() => sandbox.stop());

  const account = `${OPENAI}?api-version=2025-06-01`;

  describe('who gets in', () => {
    it('nobody without a token: 401 with a challenge', async () => {
      const response = await fetch(sandbox.endpoint + account);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer authorization_uri="https:\/\/login/);
    });

    it.each(['Bearer wrong', 'Basic dXNlcjpwYXNz', 'Bearer'])('nobody with "%s"', async (authorization) => {
      const response = await fetch(sandbox.endpoint + account, { headers: { authorization } });
      expect([response.status, at((await response.json()) as never, 'error', 'code')]).toEqual([
        401,
        'InvalidAuthenticationToken',
      ]);
    });

    it('nobody who asks for another host: a page that points its own name at this machine', async () => {
      const status = await new Promise((resolve, reject) => {
        const headers = { host: 'evil.example', authorization: `Bearer ${sandbox.token}` };
        httpRequest(sandbox.endpoint + account, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
      expect(status).toBe(421);
    });

    it('nobody else on the network: it listens on the loopback address', () => {
      expect(new URL(sandbox.endpoint).hostname).toBe('127.0.0.1');
    });

    it('has a new token every time', async () => {
      const other = await startSandbox({ world: 'empty' });
      expect(other.token).not.toBe(sandbox.token);
      await other.stop();
    });
  });

  describe('what ARM asks of every request', () => {
    it.each([
      ['no api-version', OPENAI, 400, 'MissingApiVersionParameter'],
      ['an api-version of nobody', `${OPENAI}?api-version=2001-01-01`, 400, 'NoRegisteredProviderFound'],
      [
        'another subscription',
        '/subscriptions/11111111-1111-4111-8111-111111111111?api-version=2022-12-01',
        404,
        'SubscriptionNotFound',
      ],
      [
        'an unknown type',
        `${groupId(AI_GROUP)}/providers/Microsoft.Foo/bars/x?api-version=2025-01-01`,
        404,
        'InvalidResourceType',
      ],
      [
        'a resource group that is not there',
        `${groupId('nowhere')}/providers/Microsoft.Network/virtualNetworks/x?api-version=2025-03-01`,
        404,
        'ResourceGroupNotFound',
      ],
    ])('%s is refused', async (_, url, status, code) => {
      const answer = await client.get(url);
      expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([status, code]);
    });

    it('malformed JSON is refused', async () => {
      const response = await fetch(sandbox.endpoint + account, {
        method: 'PUT',
        headers: { authorization: `Bearer ${sandbox.token}` },
        body: '{"location":',
      });
      expect([response.status, at((await response.json()) as never, 'error', 'code')]).toEqual([
        400,
        'InvalidRequestContent',
      ]);
    });

    it.each([
      [
        'lower case',
        (url: string) => url.replace('/resourceGroups/', '/resourcegroups/').replace('/accounts/', '/ACCOUNTS/'),
      ],
      ['double slashes', (url: string) => url.replace('/providers/', '//providers/')],
      ['encoded letters', (url: string) => url.replace('contoso-openai', 'contoso%2Dopenai')],
      ['a trailing slash', (url: string) => url.replace('?', '/?')],
    ])('%s in a URL reach the same resource, whose id is canonical', async (_, spell) => {
      expect(at((await client.get(spell(account))).body, 'id')).toBe(OPENAI);
    });

    it('what the sandbox does not write it says so, with 405', async () => {
      const blobService = `${STORAGE}/blobServices/default?api-version=2023-05-01`;
      expect((await client.get(blobService)).status).toBe(200);
      const answer = await client.delete(blobService);
      expect([answer.status, at(answer.body, 'error', 'code')]).toEqual([405, 'NotSimulated']);
    });

    it('HEAD answers without a body', async () => {
      const head = (url: string) => client.send({ method: 'HEAD', url });
      expect((await head(`${groupId(AI_GROUP)}?api-version=2020-06-01`)).status).toBe(204);
      expect((await head(account)).status).toBe(204);
      expect((await head(`${groupId('nowhere')}?api-version=2020-06-01`)).status).toBe(404);
    });
  });

  describe('the URLs that an answer holds', () => {
    const origin = 'https://management.sandbox.ringfence.invalid';
    const urlFor = async (headers: Record<string, string>) => {
      const answer = await client.send({
        method: 'PUT',
        url: `${NETWORK}/subnets/tmp?api-version=2025-03-01`,
        body: { properties: { addressPrefix: '10.3.200.0/24' } },
        headers,
      });
      await client.follow({
        ...answer,
        headers: {
          'azure-asyncoperation': (answer.headers['azure-asyncoperation'] ?? '').replace(origin, sandbox.endpoint),
        },
      });
      return answer.headers['azure-asyncoperation'] ?? '';
    };

    it('begin with the address that was asked', async () => {
      expect(await urlFor({})).toMatch(`${sandbox.endpoint}/subscriptions/`);
    });

    it('begin with the reserved host for a client that comes from it', async () => {
      expect(await urlFor({ 'x-ringfence-origin': origin })).toMatch(`${origin}/subscriptions/`);
    });

    it('begin with no other host, whatever the header says', async () => {
      expect(await urlFor({ 'x-ringfence-origin': 'https://evil.example' })).toMatch(
        `${sandbox.endpoint}/subscriptions/`,
      );
    });
  });

  describe('lists', () => {
    it('come page by page where ARM pages, and end', async () => {
      const zones = `${groupId(AI_GROUP)}/providers/Microsoft.Network/privateDnsZones`;
      for (const name of ['a.test', 'b.test', 'c.test']) {
        await client.follow(await client.put(`${zones}/${name}?api-version=2020-06-01`, { location: 'global' }));
      }
      const names: unknown[] = [];
      let url = `${zones}?api-version=2020-06-01&$top=2`;
      for (let pages = 0; url !== '' && pages < 5; pages += 1) {
        const page = await client.get(url);
        names.push(...(at(page.body, 'value') as { name: string }[]).map(({ name }) => name));
        url = String(at(page.body, 'nextLink') ?? '');
      }
      expect(names).toEqual(['a.test', 'b.test', 'c.test']);
    });

    it('hold the accounts of the whole subscription, without a nextLink', async () => {
      const url = `/subscriptions/${sandbox.subscriptionId}/providers/Microsoft.CognitiveServices/accounts?api-version=2025-06-01`;
      const { body } = await client.get(url);
      expect((at(body, 'value') as { kind: string }[]).map(({ kind }) => kind)).toEqual(['OpenAI', 'SpeechServices']);
      expect(at(body, 'nextLink')).toBeUndefined();
    });
  });

  describe('the record of exchanges', () => {
    it('holds what was sent and answered, without token and keys', async () => {
      exchanges.length = 0;
      const keys = await client.post(`${OPENAI}/listKeys?api-version=2025-06-01`);
      const [exchange] = exchanges;
      expect(exchange).toMatchObject({ method: 'POST', url: `${OPENAI}/listKeys?api-version=2025-06-01`, status: 200 });
      const text = JSON.stringify(exchanges);
      expect(text).not.toContain(sandbox.token);
      expect(text).not.toContain(String(at(keys.body, 'key1')));
      expect(exchange?.responseBody).toEqual({ key1: '{KEY}', key2: '{KEY}' });
    });
  });
});
