import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import { asObjects, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { changeOf, notesOf, statusOf } from '../support/gatewaySteps';
import {
  applicationGateway,
  FRONT,
  frontSetup,
  frontWorld,
  frontWorldWithout,
  PARTS,
  publicIp,
  ref,
} from '../support/gatewayWorlds';
import { blockedOf, planOf } from '../support/planning';
import { english } from '../support/reading';

const setup = frontSetup();

const OURS = [
  'key-vault',
  'rbac-dev-key-vault-certificates',
  'appgw-identity',
  'rbac-appgw-key-vault',
  'appgw-certificate',
  'appgw-public-ip',
  'appgw-waf-policy',
  'appgw',
  'appgw-health-probe',
  'appgw-tls-policy',
  'appgw-https-only',
  'appgw-waf-prevention',
] as const;

test.each(OURS)('%s holds where all of it is done', (step) => {
  expect(statusOf(step, frontWorld())).toBe('compliant');
});

const [settings = {}] = PARTS.backendHttpSettingsCollection;
const [probe = {}] = PARTS.probes;
const [rule = {}] = PARTS.requestRoutingRules;
const [listener = {}] = PARTS.httpListeners;
const within = (part: JsonObject, properties: JsonObject): JsonObject => ({
  ...part,
  properties: { ...(part['properties'] as JsonObject), ...properties },
});
const plain = (name: string): JsonObject => ({ name, properties: { protocol: 'Http' } });
const ruleFrom = (name: string, properties: JsonObject): JsonObject =>
  within({ ...rule, name }, { httpListener: ref('httpListeners', name), ...properties });

describe.each<[string, string, WireResource, FindingStatus]>([
  [
    'appgw',
    'is of the first version',
    applicationGateway({ sku: { name: 'WAF_Medium', tier: 'WAF' } }),
    'nonCompliant',
  ],
  ['appgw', 'is stopped', applicationGateway({ operationalState: 'Stopped' }), 'nonCompliant'],
  ['appgw', 'has no firewall', applicationGateway({ firewallPolicy: null }), 'nonCompliant'],
  ['appgw', 'leads somewhere else', applicationGateway({ backendAddressPools: [] }), 'nonCompliant'],
  [
    'appgw',
    'knows API Management by its private address',
    applicationGateway({
      backendAddressPools: [{ name: 'api', properties: { backendAddresses: [{ ipAddress: '10.0.2.4' }] } }],
    }),
    'compliant',
  ],
  [
    'appgw',
    'talks to API Management without encryption',
    applicationGateway({ backendHttpSettingsCollection: [within(settings, { protocol: 'Http' })] }),
    'nonCompliant',
  ],
  [
    'appgw-health-probe',
    'has no probe',
    applicationGateway({ backendHttpSettingsCollection: [within(settings, { probe: null })] }),
    'nonCompliant',
  ],
  [
    'appgw-health-probe',
    'asks for the wrong path',
    applicationGateway({ probes: [within(probe, { path: '/' })] }),
    'nonCompliant',
  ],
  [
    'appgw-health-probe',
    'asks for another host',
    applicationGateway({ probes: [within(probe, { host: 'shop.contoso.com' })] }),
    'nonCompliant',
  ],
  ['appgw-tls-policy', 'has an old TLS policy', tls({ policyName: 'AppGwSslPolicy20150501' }), 'nonCompliant'],
  ['appgw-tls-policy', 'has a strict TLS policy', tls({ policyName: 'AppGwSslPolicy20220101S' }), 'compliant'],
  ['appgw-tls-policy', 'has TLS 1.1 of its own', tls(custom('TLSv1_1')), 'nonCompliant'],
  ['appgw-tls-policy', 'has TLS 1.3 of its own', tls(custom('TLSv1_3')), 'compliant'],
  ['appgw-tls-policy', 'says nothing of TLS', applicationGateway({ sslPolicy: null }), 'nonCompliant'],
  [
    'appgw-tls-policy',
    'says nothing of TLS, where Azure begins with 1.2',
    applicationGateway({ sslPolicy: null, defaultPredefinedSslPolicy: 'AppGwSslPolicy20220101' }),
    'compliant',
  ],
  [
    'appgw-https-only',
    'answers without encryption',
    applicationGateway({
      httpListeners: [listener, plain('http')],
      requestRoutingRules: [rule, ruleFrom('http', {})],
    }),
    'nonCompliant',
  ],
  [
    'appgw-https-only',
    'only redirects what comes without encryption',
    applicationGateway({
      httpListeners: [listener, plain('http')],
      requestRoutingRules: [rule, ruleFrom('http', { redirectConfiguration: { id: '/x' }, backendAddressPool: null })],
    }),
    'compliant',
  ],
])('%s of a gateway that %s', (step, _, gateway, status) => {
  test(`is ${status}`, () => {
    expect(statusOf(step, frontWorld(gateway))).toBe(status);
  });
});

function tls(policy: JsonObject): WireResource {
  return applicationGateway({ sslPolicy: { policyType: 'Predefined', ...policy } });
}

function custom(minProtocolVersion: string): JsonObject {
  return { policyType: 'CustomV2', minProtocolVersion };
}

describe('a new gateway', () => {
  const world = frontWorldWithout(FRONT.gateway);
  const body = () => changeOf('appgw', world).body;

  test('has HTTPS from end to end, a firewall, a probe, and streams what API Management streams', () => {
    expect(body()).toMatchObject({
      location: 'japaneast',
      properties: {
        sku: { tier: 'WAF_v2' },
        firewallPolicy: { id: FRONT.policy },
        globalConfiguration: { enableResponseBuffering: false },
        httpListeners: [{ properties: { protocol: 'Https', hostName: FRONT.host } }],
        backendAddressPools: [{ properties: { backendAddresses: [{ fqdn: 'contoso-apim.azure-api.net' }] } }],
        backendHttpSettingsCollection: [
          { properties: { protocol: 'Https', pickHostNameFromBackendAddress: true, requestTimeout: 180 } },
        ],
        probes: [{ properties: { path: '/status-0123456789abcdef', host: 'contoso-apim.azure-api.net' } }],
        requestRoutingRules: [{ properties: { priority: 100 } }],
        sslCertificates: [
          { properties: { keyVaultSecretId: 'https://kv-contoso.vault.azure.net/secrets/ringfence-gateway' } },
        ],
      },
    });
    expect(JSON.stringify(body())).not.toMatch(/password|"data"/);
  });

  test('says what it costs, how long it takes, and what it joins', () => {
    const { risk, typicalSeconds, permissions } = changeOf('appgw', world);
    expect(risk.kind).toBe('cost');
    expect(english(risk.note)).toMatch(/330 US dollars.*5 to 15 minutes/s);
    expect(typicalSeconds).toBeGreaterThanOrEqual(300);
    expect(permissions.map(({ action }) => action)).toContain('Microsoft.Network/virtualNetworks/subnets/join/action');
  });

  test('without a domain has the name of its address’s label', () => {
    const nameless = frontSetup({ gatewayHostName: undefined });
    const empty = frontWorldWithout(FRONT.gateway, FRONT.publicIp, FRONT.certificate);
    const plan = planOf(empty, { setup: nameless }, ['appgw']);
    const of = (step: string) => plan.changes.find((change) => change.step === step)?.body;
    const label = String(readPath(of('appgw-public-ip'), 'properties.dnsSettings.domainNameLabel'));
    expect(label).toMatch(/^agw-contoso-[0-9a-f]{8}$/);
    const host = `${label}.japaneast.cloudapp.azure.com`;
    expect(readPath(of('appgw'), 'properties.httpListeners')).toMatchObject([{ properties: { hostName: host } }]);
    expect(readPath(of('appgw-certificate'), 'policy.x509_props')).toMatchObject({
      subject: `CN=${host}`,
      sans: { dns_names: [host] },
    });
  });

  test('is not made up where the setup lets nothing be created', () => {
    const adopting = frontSetup({}, { applicationGateway: { id: FRONT.gateway } });
    expect(Object.keys(blockedOf(planOf(world, { setup: adopting }, ['appgw'])))).toContain('appgw');
  });
});

describe('a gateway that is there', () => {
  const [port = {}] = PARTS.frontendPorts;
  const shop = applicationGateway({
    sku: { name: 'Standard_v2', tier: 'Standard_v2' },
    firewallPolicy: null,
    sslCertificates: [{ name: 'shop', properties: {} }],
    httpListeners: [within({ ...listener, name: 'shop' }, { hostName: 'shop.contoso.com' })],
    backendAddressPools: [{ name: 'shop', properties: { backendAddresses: [{ fqdn: 'shop.internal' }] } }],
    requestRoutingRules: [{ name: 'shop', properties: { priority: 100 } }],
  });

  test('keeps what it has, and gains a way to API Management, a firewall and the size for it', () => {
    const { body, undo } = changeOf('appgw', frontWorld(shop));
    const properties = readPath(body, 'properties');
    for (const list of ['sslCertificates', 'httpListeners', 'backendAddressPools', 'requestRoutingRules'])
      expect(asObjects(readPath(properties, list)).map(({ name }) => name)).toEqual(['shop', 'api-management']);
    expect(
      asObjects(readPath(properties, 'requestRoutingRules')).map((each) => readPath(each, 'properties.priority')),
    ).toEqual([100, 110]);
    expect(properties).toMatchObject({ sku: { tier: 'WAF_v2' }, firewallPolicy: { id: FRONT.policy } });
    expect(readPath(properties, 'frontendPorts')).toBeUndefined();
    expect(undo).toMatchObject({ body: { properties: { sku: { tier: 'Standard_v2' }, firewallPolicy: null } } });
    expect(port['name']).toBe('https');
  });

  test('has a probe of its own for API Management where the one that it has asks for something else', () => {
    const other = within(probe, { path: '/health' });
    const { body } = changeOf('appgw-health-probe', frontWorld(applicationGateway({ probes: [other] })));
    const [kept, added] = asObjects(readPath(body, 'properties.probes'));
    expect([kept?.['name'], added?.['name']]).toEqual(['status', 'api-management']);
    expect(readPath(body, 'properties.backendHttpSettingsCollection')).toEqual([
      within(settings, { probe: ref('probes', 'api-management') }),
    ]);
  });

  test('leads by a path as well as by a rule', () => {
    const map = {
      name: 'paths',
      properties: {
        pathRules: [
          {
            name: 'ai',
            properties: {
              backendAddressPool: ref('backendAddressPools', 'api'),
              backendHttpSettings: ref('backendHttpSettingsCollection', 'api'),
            },
          },
        ],
      },
    };
    const byPath = within(rule, { backendAddressPool: null, urlPathMap: ref('urlPathMaps', 'paths') });
    const world = frontWorld(applicationGateway({ urlPathMaps: [map], requestRoutingRules: [byPath] }));
    expect(['appgw', 'appgw-health-probe'].map((step) => statusOf(step, world))).toEqual(['compliant', 'compliant']);
  });

  test('with a certificate of its own needs neither the vault nor an identity', () => {
    const world = frontWorld(applicationGateway({ sslCertificates: [{ name: 'api', properties: {} }] }));
    for (const step of [
      'appgw-certificate',
      'appgw-identity',
      'rbac-appgw-key-vault',
      'rbac-dev-key-vault-certificates',
    ])
      expect(statusOf(step, world)).toBe('notApplicable');
    expect(statusOf('appgw', world)).toBe('compliant');
  });

  test('is told which listener answers without encryption, and is left as it is', () => {
    const world = frontWorld(
      applicationGateway({
        httpListeners: [listener, plain('http')],
        requestRoutingRules: [rule, ruleFrom('http', {})],
      }),
    );
    expect(notesOf('appgw-https-only', world)).toContain('http answers without encryption');
    expect(Object.keys(blockedOf(planOf(world, { setup }, ['appgw-https-only'])))).toContain('appgw-https-only');
  });
});

describe('the public address', () => {
  test('is Standard and Static, and gets a label only where callers have no other name', () => {
    expect(statusOf('appgw-public-ip', frontWorld(publicIp({ sku: { name: 'Basic' } })))).toBe('nonCompliant');
    const nameless = frontSetup({ gatewayHostName: undefined });
    const anyName = applicationGateway({ httpListeners: [within(listener, { hostName: null })] });
    const { body, undo } = changeOf('appgw-public-ip', frontWorld(anyName), nameless);
    expect(readPath(body, 'properties.dnsSettings.domainNameLabel')).toMatch(/^agw-contoso-/);
    expect(undo).toEqual({ kind: 'restore', body: { properties: { dnsSettings: null } } });
  });
});
