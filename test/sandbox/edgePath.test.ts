import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import type { PositionAccess } from '../../src/sandbox/positions/positions';
import { put, REGISTERED } from '../../src/sandbox/worlds/builders';
import { allow, wafPolicy } from '../../src/sandbox/worlds/edgeBuilders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type SandboxClient } from './client';
import {
  API_HOST,
  ask,
  CHAT,
  EDGE,
  gateway,
  gatewayGroup,
  KEY,
  network,
  policy,
  service,
  SERVICE_ADDRESS,
  SERVICE_HOST,
  serviceGroup,
} from './edgeSetup';
import { codeOf, inside, internet, open, resolverOf } from './vantage';

const QUESTION = JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }] });
const chat = { host: API_HOST, path: CHAT, method: 'POST', headers: KEY, body: QUESTION };
const within = { ...inside, virtualNetwork: network };

const inEdge = <Result>(
  use: (outside: PositionAccess, client: SandboxClient) => Promise<Result>,
  more: readonly SeedStep[] = [],
) =>
  withSandbox({ world: { name: 'edge', registered: REGISTERED, steps: [...EDGE, ...more] } }, async (client) =>
    use(await open(client, internet), client),
  );
const statusOf = (answer: Awaited<ReturnType<typeof ask>>) => (typeof answer === 'string' ? answer : answer.status);
const rule = (group: string, properties: JsonObject) =>
  put(childId(group, 'securityRules', 'Deny'), { properties: { priority: 90, ...properties } });
const denied = (direction: 'in' | 'out', source: string, destination: string) =>
  allow(direction, source, destination, '443', { access: 'Deny' });

describe('a caller on the internet', () => {
  it('is answered by Azure OpenAI through both gateways, without a key of Azure OpenAI', () =>
    inEdge(async (outside) => {
      const answer = await ask(outside, chat);
      expect(statusOf(answer)).toBe(200);
      expect(JSON.stringify(answer)).toContain('chat.completion');
    }));

  it('does not reach API Management, whose names are not public and whose address does not answer', () =>
    inEdge(async (outside, client) => {
      expect(await codeOf(resolverOf(outside).resolve4(SERVICE_HOST))).toBe('ENOTFOUND');
      const shown = at((await client.get(`${service}?api-version=2024-05-01`)).body, 'properties');
      const address = String(at(shown, 'publicIPAddresses', 0));
      expect(await ask(outside, { host: SERVICE_HOST, path: '/', address })).toBe('proxy 504');
      expect(await ask(outside, { host: SERVICE_HOST, path: '/', address: SERVICE_ADDRESS })).toBe('proxy 504');
      const openAi = await ask(outside, { host: 'contoso-openai.openai.azure.com', path: CHAT, method: 'POST' });
      expect(statusOf(openAi)).toBe(401);
    }));

  it('needs a key of API Management', () =>
    inEdge(async (outside) => {
      expect(await ask(outside, { ...chat, headers: {} })).toMatchObject({
        status: 401,
        text: expect.stringContaining('missing subscription key') as string,
      });
      const wrong = { 'ocp-apim-subscription-key': 'wrong' };
      expect(statusOf(await ask(outside, { ...chat, headers: wrong }))).toBe(401);
    }));

  it('needs the new key once one is made anew, and is served with the other one all the while', () =>
    inEdge(async (outside, client) => {
      const subscription = childId(service, 'subscriptions', 'outside');
      const send = (operation: string) => client.post(`${subscription}/${operation}?api-version=2024-05-01`);
      const asked = async (key: unknown) =>
        statusOf(await ask(outside, { ...chat, headers: { 'ocp-apim-subscription-key': String(key) } }));
      const before = (await send('listSecrets')).body;
      await send('regeneratePrimaryKey');
      const after = (await send('listSecrets')).body;
      expect(await asked(at(before, 'primaryKey'))).toBe(401);
      expect(await asked(at(after, 'primaryKey'))).toBe(200);
      expect(await asked(at(before, 'secondaryKey'))).toBe(200);
    }));

  it('finds no listener, and no proof, under another name', () =>
    inEdge(async (outside) => {
      const address = '192.0.2.4';
      expect(await ask(outside, { ...chat, host: 'other.contoso.com', address })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    }));
});

describe('the web application firewall', () => {
  const attack = { host: API_HOST, path: '/status-0123456789abcdef?q=%3Cscript%3Ealert(1)%3C/script%3E' };

  it('blocks what its rules match once it prevents, in the URL and in the body', () =>
    inEdge(async (outside) => {
      expect(statusOf(await ask(outside, attack))).toBe(403);
      expect(statusOf(await ask(outside, { ...chat, body: "x' OR 1=1" }))).toBe(403);
      expect(statusOf(await ask(outside, { ...attack, path: '/status-0123456789abcdef' }))).toBe(200);
    }));

  it('lets everything pass while it only detects', () =>
    inEdge(
      async (outside) => {
        expect(statusOf(await ask(outside, attack))).toBe(200);
      },
      [wafPolicy(policy, 'eastus', 'Detection')],
    ));
});

describe('a request through the gateways fails where it would in life:', () => {
  const anyPolicy = (value: string) =>
    put(childId(service, 'apis', 'openai', 'policies', 'policy'), { properties: { format: 'rawxml', value } });
  const withoutIdentity = { identity: { type: 'None' } };

  it.each<[string, SeedStep, number | string]>([
    ['the gateway lets nobody in from the internet', rule(gatewayGroup, denied('in', 'Internet', '*')), 'proxy 504'],
    ['the gateway may not reach API Management', rule(gatewayGroup, denied('out', '*', '10.0.1.0/27')), 502],
    ['API Management lets the gateway not in', rule(serviceGroup, denied('in', '10.0.0.0/24', '*')), 502],
    ['API Management may not reach the private endpoint', rule(serviceGroup, denied('out', '*', '10.0.2.0/27')), 500],
    ['API Management has no identity', { kind: 'patch', id: service, body: withoutIdentity }, 500],
    [
      'no policy authenticates',
      anyPolicy('<policies><inbound><set-backend-service backend-id="aoai" /></inbound></policies>'),
      401,
    ],
  ])('%s', (_, step, expected) =>
    inEdge(
      async (outside) => {
        expect(statusOf(await ask(outside, chat))).toBe(expected);
      },
      [step],
    ),
  );

  it('the private zone has another address of API Management, or none', () =>
    inEdge(async (outside, client) => {
      const record = `${childId(zoneOf(), 'A', '@')}?api-version=2024-06-01`;
      await client.delete(record);
      expect(statusOf(await ask(outside, chat))).toBe(502);
      const health = await backendHealth(client);
      expect(health).toMatchObject({ health: 'Unhealthy' });
      expect(String(health['healthProbeLog'])).toContain('FQDN');
    }));
});

describe('the health of backends', () => {
  it('is what a probe finds in the simulated network', () =>
    inEdge(async (_, client) => {
      expect(await backendHealth(client)).toEqual({
        address: SERVICE_HOST,
        health: 'Healthy',
        healthProbeLog: 'Success. Received 200 status code',
      });
      const denial = { properties: { priority: 90, ...denied('in', '10.0.0.0/24', '*') } };
      const url = `${childId(serviceGroup, 'securityRules', 'Deny')}?api-version=2025-01-01`;
      await client.follow(await client.put(url, denial));
      expect(await backendHealth(client)).toMatchObject({ health: 'Unhealthy' });
    }));
});

describe('a machine in the virtual network', () => {
  it('reaches API Management by its private name', () =>
    inEdge(async (_, client) => {
      const machine = await open(client, within);
      expect(await resolverOf(machine).resolve4(SERVICE_HOST)).toEqual([SERVICE_ADDRESS]);
      expect(statusOf(await ask(machine, { ...chat, host: SERVICE_HOST }))).toBe(200);
    }));
});

function zoneOf(): string {
  return `${network.slice(0, network.indexOf('/virtualNetworks/'))}/privateDnsZones/${SERVICE_HOST}`;
}

async function backendHealth(client: SandboxClient): Promise<JsonObject> {
  const first = await client.post(`${gateway}/backendhealth?api-version=2025-01-01`);
  let answer = first;
  for (let polls = 0; answer.status === 202 && polls < 10; polls += 1) {
    answer = await client.get(first.headers['location'] ?? '');
  }
  return at(answer.body, 'backendAddressPools', 0, 'backendHttpSettingsCollection', 0, 'servers', 0) as JsonObject;
}
