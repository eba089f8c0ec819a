import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asObjects, asString, type JsonObject } from '../../src/core/resources/json';
import { readPath } from '../../src/core/resources/propertyPath';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { put, REGISTERED } from '../../src/sandbox/worlds/builders';
import { applicationGatewayBody } from '../../src/sandbox/worlds/edgeBuilders';
import type { SeedStep, WorldSeed } from '../../src/sandbox/worlds/seed';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { API_HOST, EDGE, gateway, publicIp } from '../sandbox/edgeSetup';
import { differences } from './support/differences';
import { travel, verdicts, type Travelled } from './support/journey';
import { openSandboxSession, signal, type SandboxSession, type SandboxSessionOptions } from './support/sandboxSession';

interface Journey extends Travelled {
  readonly opening: SandboxSession;
  readonly exchanges: readonly Exchange[];
}

async function make(options: Pick<SandboxSessionOptions, 'world' | 'change'>): Promise<Journey> {
  const exchanges: Exchange[] = [];
  const onExchange = (exchange: Exchange): number => exchanges.push(exchange);
  const opening = await openSandboxSession({ ...options, scenario: 'api-gateway', onExchange });
  return { opening, exchanges, ...(await travel(opening)) };
}

/** Callers outside get through both gateways, and nowhere else. */
const PROVED = [
  'internet-refused/openAi: pass',
  'resolves/virtualNetwork/openAi: pass',
  'answers/virtualNetwork/openAi: pass',
  'gateway-answers/internet: pass',
  'gateway-chat/internet: pass',
  'gateway-blocks/internet: pass',
  'gateway-only/internet: pass',
];

/** Azure keeps what was deleted for a while, providers stay registered, and purge protection is for ever. */
const STAYS =
  /deletedservices\/|deletedAccounts\/|deletedVaults\/|registrationState: "NotRegistered" → "Registered"|enablePurgeProtection: absent → true/;

describe.each<WorldName>(['exposed', 'empty'])('API gateway in front, from the world “%s”', (world) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await make({ world });
  });
  afterAll(async () => {
    await journey.opening.close();
  });

  it('lets callers outside through both gateways, and nobody around them', () => {
    expect(verdicts(journey.measured)).toEqual(PROVED);
  });

  it('comes back as it was, but for what Azure keeps', () => {
    const lines = differences(journey.before, journey.after);
    expect(lines.filter((line) => !STAYS.test(line))).toEqual([]);
  });

  it('never writes a key of API Management down, nor a certificate’s private one', async () => {
    const { opening, exchanges } = journey;
    const told = exchanges.filter(({ url }) => /listSecrets/i.test(url));
    expect(told.length).toBeGreaterThan(0);
    const [run] = await opening.journal.list();
    const journal = (await opening.journal.read(run ?? ''))?.join('\n') ?? '';
    expect(journal).toContain('appgw-certificate');
    for (const text of [journal, JSON.stringify(opening.session.state)]) {
      expect(text).not.toMatch(/sandbox-apim-(primary|secondary)/);
      expect(text).not.toMatch(/PRIVATE KEY/);
    }
  });
});

describe('an application gateway that is there', () => {
  it('with its own certificate is adopted as it is', async () => {
    const { opening, before, hardened, measured } = await make({ world: world(EDGE) });
    const lines = differences(before, hardened);
    expect(lines.filter((line) => line.includes('applicationGateways/gw '))).toEqual([]);
    const ofFirewall = lines.filter((line) => line.includes('FirewallPolicies/waf '));
    expect(ofFirewall).toEqual([expect.stringContaining('Microsoft_BotManagerRuleSet')]);
    expect(verdicts(measured)).toEqual(PROVED);
    await opening.close();
  });

  it('gets a listener of its own for a name that is chosen', async () => {
    const { opening, hardened, measured } = await make({
      world: world(EDGE),
      change: (setup) => ({ ...setup, options: { ...setup.options, gatewayHostName: 'ai.contoso.com' } }),
    });
    const present = hardened[keyOf(hardened, '/applicationGateways/gw')] as JsonObject;
    const listeners = asObjects(readPath(present, 'properties.httpListeners'));
    expect(listeners.map((each) => readPath(each, 'properties.hostName'))).toEqual([API_HOST, 'ai.contoso.com']);
    expect(verdicts(measured)).toEqual(PROVED);
    expect(measured.find(({ id }) => id === 'gateway-chat/internet')?.host).toBe('ai.contoso.com');
    await opening.close();
  });

  it('is asked by its address where its name is not in public DNS', async () => {
    const opening = await openSandboxSession({ world: world(EDGE), scenario: 'api-gateway' });
    const request = { service: 'openAi', host: 'nowhere.example', method: 'GET', path: '/', as: 'nobody' } as const;
    const measure = (more: object) =>
      opening.connection.probes.measure({ ...request, ...more }, { kind: 'internet' }, signal);
    expect((await measure({})).https).toBeUndefined();
    // It proves its own names only.
    expect((await measure({ addressIfUnresolved: '192.0.2.4' })).https).toEqual({
      address: '192.0.2.4',
      error: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await opening.close();
  });

  it('is asked with a key only where somebody may read it', async () => {
    const opening = await openSandboxSession({ world: world(EDGE), scenario: 'api-gateway' });
    await opening.deny(
      'Microsoft.ApiManagement/service/subscriptions/listSecrets/action',
      `/subscriptions/${SUBSCRIPTION_ID}`,
    );
    const { session } = opening;
    await session.refresh(signal);
    const chat = (await session.verify(signal)).find(({ id }) => id === 'gateway-chat/internet');
    expect([chat?.verdict, chat?.actual.message]).toEqual(['unknown', 'not asked']);
    await opening.close();
  });

  it('that serves somebody else goes on with it, and leads to API Management besides', async () => {
    const { opening, before, hardened, measured, after } = await make({ world: world([...WITHOUT_GATEWAY, OTHERS]) });
    const present = hardened[keyOf(hardened, '/applicationGateways/gw')] as JsonObject;
    const rules = asObjects(readPath(present, 'properties.requestRoutingRules'));
    expect(rules.map(({ name }) => asString(name))).toEqual(['all', 'api-management']);
    const lines = differences(before, hardened).filter((line) => line.includes('applicationGateways/gw '));
    const ofOthers = lines.filter((line) => /\[(all|https|listener|public|gateway|instances)\]/.test(line));
    // What both use lists who uses it.
    expect(ofOthers.filter((line) => !line.includes('.httpListeners.[api-management]'))).toEqual([]);
    expect(verdicts(measured)).toEqual(PROVED);
    // No identity is one of the type None.
    expect(differences(before, after).filter((line) => line.includes('applicationGateways/gw '))).toEqual([
      expect.stringContaining('identity: absent → {"type":"None"}'),
    ]);
    await opening.close();
  });
});

const WITHOUT_GATEWAY = EDGE.filter((step) => !('id' in step) || step.id !== gateway);

/** A gateway without a firewall and with an old TLS policy, in front of another service. */
const OTHERS: SeedStep = (() => {
  const subnet = EDGE.flatMap((step) => (step.kind === 'put' && /subnets\/gateways$/.test(step.id) ? step.id : []))[0];
  const body = applicationGatewayBody(gateway, 'eastus', {
    subnet: subnet ?? '',
    publicIp,
    hostName: 'shop.contoso.com',
    backend: 'shop.internal',
  });
  const properties = body['properties'] as JsonObject;
  return put(gateway, {
    ...body,
    properties: {
      ...properties,
      sku: { name: 'Standard_v2', tier: 'Standard_v2' },
      sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20150501' },
    },
  });
})();

function world(steps: readonly SeedStep[]): WorldSeed {
  return { name: 'edge', registered: REGISTERED, steps };
}

function keyOf(state: JsonObject, ending: string): string {
  return Object.keys(state).find((id) => id.toLowerCase().endsWith(ending.toLowerCase())) ?? '';
}
