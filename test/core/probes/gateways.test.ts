import { describe, expect, test } from 'vitest';
import { gatewayRequest, GATEWAY_PROOFS, judgeGateway, type GatewayProof } from '../../../src/core/probes/gateways';
import {
  NO_CREDENTIALS,
  type HostMeasurement,
  type HttpsMeasurement,
  type ProbeRequest,
} from '../../../src/core/probes/probe';
import type { JsonObject } from '../../../src/core/resources/json';
import { verifySetup } from '../../../src/core/session/verify';
import type { FirewallMode, Setup } from '../../../src/core/setup/setup';
import { at } from '../support/edgeWorlds';
import { FakeProbes } from '../support/fakeProbes';
import {
  applicationGateway,
  certificate,
  FRONT,
  frontSetup,
  frontWorld,
  frontWorldWithout,
} from '../support/gatewayWorlds';
import { ID } from '../support/ids';
import { english, snapshotOf } from '../support/reading';
import { NEVER } from '../support/sessions';
import { VirtualClock } from '../support/virtualClock';
import type { World } from '../support/world';

const api = {
  id: at('apis', 'openai'),
  properties: { path: 'openai', serviceUrl: 'https://contoso-openai.openai.azure.com/openai' },
};
const subscription = { id: at('subscriptions', 'outside'), properties: { scope: api.id, state: 'active' } };
const listOf = (id: string, ...value: readonly JsonObject[]) => ({ id, value });
const callers = [
  api,
  listOf(at('apis'), api),
  listOf(at('backends')),
  listOf(at('apis', 'openai', 'operations')),
  listOf(at('apis', 'openai', 'products')),
  listOf(at('subscriptions'), subscription),
  listOf(`${ID.account}/deployments`, { name: 'gpt-4o', properties: { model: { name: 'gpt-4o' } } }),
];
const world = (): World => frontWorld(...callers);
const setup = frontSetup();

function requestOf(proof: GatewayProof, of = world(), wanted: Setup = setup): ProbeRequest {
  const found = gatewayRequest(proof, wanted, snapshotOf(of, { setup: wanted }));
  if ('message' in found) throw new Error(english(found));
  return found;
}

function reasonOf(proof: GatewayProof, of: World): string {
  const found = gatewayRequest(proof, setup, snapshotOf(of, { setup }));
  return 'message' in found ? english(found) : '';
}

describe('a call through the gateway', () => {
  test('goes to the name that callers use, without anybody’s token', () => {
    expect(requestOf('gateway-answers')).toEqual({
      service: 'openAi',
      host: FRONT.host,
      method: 'GET',
      path: '/status-0123456789abcdef',
      as: 'nobody',
      addressIfUnresolved: '192.0.2.4',
      trusted: 'MIIB',
    });
  });

  test('names the subscription whose key goes along, and never the key', () => {
    expect(requestOf('gateway-chat')).toMatchObject({
      method: 'POST',
      path: '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
      key: { subscription: subscription.id, header: 'Ocp-Apim-Subscription-Key' },
      as: 'nobody',
    });
    const renamed = { ...api, properties: { ...api.properties, subscriptionKeyParameterNames: { header: 'api-key' } } };
    const named = requestOf('gateway-chat', frontWorld(...callers, renamed, listOf(at('apis'), renamed)));
    expect(named.key?.header).toBe('api-key');
  });

  test('trusts a certificate that signs itself, and no other beyond the usual authorities', () => {
    const bought = frontWorld(...callers, certificate({ policy: { issuer: { name: 'DigiCert' } } }));
    expect(requestOf('gateway-answers', bought).trusted).toBeUndefined();
    const own = frontWorld(...callers, applicationGateway({ sslCertificates: [{ name: 'api', properties: {} }] }));
    expect(requestOf('gateway-answers', own).trusted).toBeUndefined();
  });

  test('is not made where something is missing for it, and says what', () => {
    expect(reasonOf('gateway-answers', frontWorldWithout(FRONT.gateway))).toContain('does not lead to API Management');
    expect(reasonOf('gateway-chat', frontWorld(...callers, listOf(at('subscriptions'))))).toContain('no subscription');
    expect(reasonOf('gateway-chat', frontWorld(...callers, listOf(`${ID.account}/deployments`)))).toContain('No model');
  });

  test('around it goes to API Management itself', () => {
    expect(requestOf('gateway-only')).toMatchObject({ host: 'contoso-apim.azure-api.net', as: 'nobody' });
  });
});

const GATEWAY = '192.0.2.4';
const answered = (https: Partial<HttpsMeasurement>, more: Partial<HostMeasurement> = {}): HostMeasurement => ({
  host: FRONT.host,
  position: { kind: 'internet' },
  canonicalNames: [],
  addresses: [GATEWAY],
  https: { address: GATEWAY, ...https },
  ...more,
});
const unresolved = (resolveError: string): HostMeasurement => ({
  host: 'contoso-apim.azure-api.net',
  position: { kind: 'internet' },
  canonicalNames: [],
  addresses: [],
  resolveError,
});

describe('what comes back is judged', () => {
  test.each<[GatewayProof, HostMeasurement, FirewallMode, string, RegExp]>([
    ['gateway-answers', answered({ status: 200 }), 'Prevention', 'pass', /^$/],
    ['gateway-answers', answered({ status: 502 }), 'Prevention', 'fail', /no healthy backend/],
    ['gateway-answers', answered({ error: 'ETIMEDOUT' }), 'Prevention', 'fail', /port 443/],
    ['gateway-answers', answered({ error: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'Prevention', 'fail', /certificate/],
    ['gateway-answers', unresolved('ENOTFOUND'), 'Prevention', 'fail', /does not resolve/],
    ['gateway-chat', answered({ status: 200, body: { choices: [{}] } }), 'Prevention', 'pass', /^$/],
    ['gateway-chat', answered({ status: 200, body: {} }), 'Prevention', 'fail', /not a model/],
    ['gateway-chat', answered({ status: 401 }), 'Prevention', 'fail', /key or of a role/],
    ['gateway-chat', answered({ status: 403 }), 'Prevention', 'fail', /takes an honest request for an attack/],
    [
      'gateway-chat',
      answered({ status: 404, message: 'Resource not found' }),
      'Prevention',
      'fail',
      /no such operation/,
    ],
    ['gateway-chat', answered({ status: 500 }), 'Prevention', 'fail', /did not get an answer/],
    ['gateway-chat', answered({ error: NO_CREDENTIALS }), 'Prevention', 'unknown', /may not list the keys/],
    ['gateway-blocks', answered({ status: 403 }), 'Prevention', 'pass', /^$/],
    ['gateway-blocks', answered({ status: 404 }), 'Prevention', 'fail', /let an attack pass/],
    ['gateway-blocks', answered({ status: 404 }), 'Detection', 'pass', /^$/],
    ['gateway-blocks', answered({ error: 'ETIMEDOUT' }), 'Detection', 'fail', /port 443/],
    ['gateway-only', unresolved('ENOTFOUND'), 'Prevention', 'pass', /^$/],
    ['gateway-only', unresolved('ETIMEOUT'), 'Prevention', 'unknown', /way to the internet/],
    ['gateway-only', answered({ error: 'ETIMEDOUT' }), 'Prevention', 'pass', /^$/],
    ['gateway-only', answered({ status: 200 }), 'Prevention', 'fail', /around the firewall/],
  ])('%s %j while the firewall’s mode is %s: %s', (proof, measurement, firewallMode, verdict, advice) => {
    const judged = judgeGateway(proof, measurement, frontSetup({ firewallMode }), true);
    expect(judged.verdict).toBe(verdict);
    expect(english(judged.advice)).toMatch(advice);
  });

  test('a silence proves nothing where nothing else was reached either', () => {
    expect(judgeGateway('gateway-only', answered({ error: 'ETIMEDOUT' }), setup, false).verdict).toBe('unknown');
  });

  test('an answer at the address counts, and the missing name is said', () => {
    const byAddress = answered({ status: 200 }, { addresses: [], resolveError: 'ENOTFOUND' });
    const judged = judgeGateway('gateway-answers', byAddress, setup, true);
    expect([judged.verdict, english(judged.actual)]).toEqual(['pass', `200 from ${GATEWAY}`]);
    expect(english(judged.advice)).toContain(`${FRONT.host} is not in public DNS yet`);
  });
});

describe('a verification', () => {
  async function verify(
    wanted: Setup,
    answers: (request: ProbeRequest) => Partial<HttpsMeasurement>,
    rolesAreNew = false,
  ) {
    const probes = new FakeProbes(world());
    probes.answer = answers;
    const clock = new VirtualClock();
    const tools = { probes, clock, signal: NEVER, rolesAreNew };
    const results = await verifySetup(wanted, snapshotOf(world(), { setup: wanted }), tools);
    return { probes, results: results.filter(({ id }) => id.startsWith('gateway-')) };
  }
  const well = ({ path }: ProbeRequest) =>
    path.includes('script') ? { status: 403 } : { status: 200, body: { choices: [{}] } };

  test('makes every call from the internet and from nowhere else', async () => {
    const { results, probes } = await verify(setup, well);
    expect(results.map(({ id }) => id)).toEqual(GATEWAY_PROOFS.map((proof) => `${proof}/internet`));
    const through = probes.requests.filter(([{ host }]) => host === FRONT.host);
    expect(new Set(through.map(([, from]) => from))).toEqual(new Set(['internet']));
  });

  test('asks no model where the setup wants no proofs', async () => {
    const { results } = await verify(frontSetup({ proofs: [] }), well);
    expect(results.map(({ id }) => id)).not.toContain('gateway-chat/internet');
  });

  test('waits for a role that was just given', async () => {
    let refusals = 0;
    const answers = (request: ProbeRequest) =>
      request.key !== undefined && refusals++ < 2 ? { status: 401 } : well(request);
    const { results } = await verify(setup, answers, true);
    expect(results.find(({ id }) => id === 'gateway-chat/internet')?.verdict).toBe('pass');
  });
});
