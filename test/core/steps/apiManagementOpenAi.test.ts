import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { parsePolicyDocument, saysTheSame, writePolicyDocument } from '../../../src/core/resources/policyDocument';
import { readPath } from '../../../src/core/resources/propertyPath';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { inboundOf, newDocument, secretsIn, signInOf } from '../../../src/core/steps/callerPolicy';
import { at, edgeSetup, edgeWorld, service } from '../support/edgeWorlds';
import { afterChanges, blockedOf, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import type { World } from '../support/world';

const reading = { setup: edgeSetup() };
const OPENAI_URL = 'https://contoso-openai.openai.azure.com/openai';
const API = at('apis', 'chat');
const POLICY = `${API}/policies/policy`;

const api = (properties: JsonObject = {}): WireResource => ({
  id: API,
  properties: { path: 'chat', protocols: ['https'], subscriptionRequired: true, serviceUrl: OPENAI_URL, ...properties },
});
const backend = (properties: JsonObject = {}): WireResource => ({
  id: at('backends', 'aoai'),
  properties: { protocol: 'http', url: OPENAI_URL, ...properties },
});
const policy = (value: string, id = POLICY): WireResource => ({ id, properties: { format: 'xml', value } });
const inbound = (...policies: readonly string[]): string =>
  `<policies><inbound>${policies.join('')}</inbound><backend><base /></backend><outbound><base /></outbound></policies>`;

const IDENTITY = '<authentication-managed-identity resource="https://cognitiveservices.azure.com" />';
const NO_KEY = '<set-header name="api-key" exists-action="delete" />';
const GOOD = inbound('<base />', IDENTITY, NO_KEY);
const key = (value: string) =>
  `<set-header name="api-key" exists-action="override"><value>${value}</value></set-header>`;

const world = (...others: readonly WireResource[]): World => edgeWorld(service(), ...others);
const planFor = (step: string, on: World) => planOf(on, reading, [step]);
const only = (step: string, on: World) => planFor(step, on).changes.filter((change) => change.step === step);

describe('what is not there is made', () => {
  test('apim-openai-backend calls the account by its own name, and checks its certificate', () => {
    expect(changeOf(planFor('apim-openai-backend', world()), 'apim-openai-backend')).toMatchObject({
      resource: at('backends', 'azure-openai'),
      body: {
        properties: { url: OPENAI_URL, tls: { validateCertificateChain: true, validateCertificateName: true } },
      },
    });
  });

  test('apim-openai-api has the inference operations, over HTTPS, for subscribers', () => {
    const change = changeOf(planFor('apim-openai-api', world()), 'apim-openai-api');
    expect(change).toMatchObject({
      resource: at('apis', 'azure-openai'),
      body: {
        properties: { path: 'openai', protocols: ['https'], subscriptionRequired: true, format: 'openapi+json' },
      },
    });
    const definition = JSON.parse(String(readPath(change.body, 'properties.value'))) as JsonObject;
    expect(Object.keys(definition['paths'] as JsonObject)).toContain('/deployments/{deployment-id}/chat/completions');
    // Azure shows neither again, so that nobody waits for them.
    expect(readPath(change.after, 'properties.value')).toBeUndefined();
    expect(readPath(change.after, 'properties.format')).toBeUndefined();
  });

  test('apim-openai-api stands beside one that has its path', () => {
    const other = api({ path: 'openai', serviceUrl: 'https://elsewhere.example.com' });
    expect(changeOf(planFor('apim-openai-api', world(other)), 'apim-openai-api').body).toMatchObject({
      properties: { path: 'azure-openai' },
    });
  });

  test('apim-openai-policy signs in with the identity, through the backend, once the role is there', () => {
    const plan = planFor('apim-openai-policy', world());
    expect(blockedOf(plan)).toEqual({});
    const change = changeOf(plan, 'apim-openai-policy');
    const value = String(readPath(change.body, 'properties.value'));
    expect(value).toContain('<set-backend-service backend-id="azure-openai" />');
    expect(value).toContain('<set-header name="api-key" exists-action="delete" />');
    const role = plan.changes.find(({ step }) => step === 'rbac-apim-aoai-user');
    expect(change.dependsOn).toContain(role?.id);
  });

  test('apim-subscription opens this API and no other', () => {
    expect(changeOf(planFor('apim-subscription', world()), 'apim-subscription')).toMatchObject({
      body: { properties: { scope: at('apis', 'azure-openai'), state: 'active' } },
    });
  });

  test('then all of it holds', () => {
    const steps = ['apim-openai-backend', 'apim-openai-api', 'apim-openai-policy', 'apim-subscription'];
    const done = afterChanges(world(), planOf(world(), reading, steps));
    expect(steps.map((step) => findingOf(step, done, reading).status)).toEqual(steps.map(() => 'compliant'));
    expect(planOf(done, reading, steps).changes).toEqual([]);
  });
});

describe('what is there is adopted', () => {
  test.each<[string, readonly WireResource[], FindingStatus]>([
    ['by its own address', [api()], 'compliant'],
    ['by its own address, over HTTP too', [api({ protocols: ['http', 'https'] })], 'nonCompliant'],
    ['by its own address, for anybody', [api({ subscriptionRequired: false })], 'nonCompliant'],
    [
      'by the backend that its policy names',
      [api({ serviceUrl: null }), backend(), policy(inbound('<set-backend-service backend-id="aoai" />'))],
      'compliant',
    ],
    ['not at all', [api({ serviceUrl: 'https://elsewhere.example.com' })], 'nonCompliant'],
    ['only in an older revision', [api({ isCurrent: false })], 'nonCompliant'],
  ])('an API that leads to the account %s', (_, resources, status) => {
    expect(findingOf('apim-openai-api', world(...resources), reading).status).toBe(status);
  });

  test('a backend whose certificate is not checked is put right', () => {
    const careless = backend({ tls: { validateCertificateChain: false, validateCertificateName: true } });
    expect(only('apim-openai-backend', world(careless))).toMatchObject([
      { resource: at('backends', 'aoai'), body: { properties: { tls: { validateCertificateChain: true } } } },
    ]);
    expect(findingOf('apim-openai-backend', world(backend()), reading).status).toBe('compliant');
  });

  const subscription = (properties: JsonObject, name = 'team'): WireResource => ({
    id: at('subscriptions', name),
    properties: { state: 'active', ...properties },
  });
  const product: WireResource = { id: `${API}/products/ai` };

  test.each<[string, readonly WireResource[], FindingStatus]>([
    ['to the API', [subscription({ scope: API })], 'compliant'],
    ['to a product with the API', [product, subscription({ scope: at('products', 'ai') })], 'compliant'],
    ['to every API', [subscription({ scope: at('apis') })], 'compliant'],
    ['to another API', [subscription({ scope: at('apis', 'other') })], 'nonCompliant'],
    ['that waits for approval', [subscription({ scope: API, state: 'submitted' })], 'nonCompliant'],
    ['that is Azure’s own', [subscription({ scope: at('apis') }, 'master')], 'nonCompliant'],
  ])('a subscription %s', (_, resources, status) => {
    expect(findingOf('apim-subscription', world(api(), ...resources), reading).status).toBe(status);
  });
});

describe('apim-openai-policy', () => {
  const step = 'apim-openai-policy';
  const status = (value: string, ...others: readonly WireResource[]) =>
    findingOf(step, world(api(), policy(value), ...others), reading).status;
  const common = (value: string) => policy(value, at('policies', 'policy'));
  const ofOperation = (value: string): readonly WireResource[] => [
    { id: `${API}/operations/chat` },
    policy(value, `${API}/operations/chat/policies/policy`),
  ];

  test.each<[string, string, FindingStatus]>([
    ['signs in with the identity', GOOD, 'compliant'],
    ['signs in and leaves the caller’s key in', inbound('<base />', IDENTITY), 'nonCompliant'],
    ['does not sign in', inbound('<base />', NO_KEY), 'nonCompliant'],
    ['only comments on it', inbound('<base />', `<!-- ${IDENTITY} -->`, NO_KEY), 'nonCompliant'],
    ['signs in for something else', inbound(IDENTITY.replace('cognitiveservices', 'vault'), NO_KEY), 'nonCompliant'],
    ['signs in and sends a key', inbound('<base />', IDENTITY, key('{{key}}')), 'nonCompliant'],
    ['signs in under a condition', inbound(`<choose><when condition="@(true)">${IDENTITY}</when></choose>`), 'unknown'],
    ['leaves it to a fragment', inbound('<include-fragment fragment-id="auth" />'), 'unknown'],
    ['cannot be read', '<policies><inbound></policies>', 'unknown'],
    [
      'gets a token and does not use it',
      inbound(IDENTITY.replace(' />', ' output-token-variable-name="t" />'), NO_KEY),
      'nonCompliant',
    ],
  ])('a policy that %s', (_, value, expected) => {
    expect(status(value)).toBe(expected);
  });

  test('what the service’s own policy does counts where the API builds on it', () => {
    expect(status(inbound('<base />'), common(GOOD))).toBe('compliant');
    expect(status(inbound(NO_KEY), common(GOOD))).toBe('nonCompliant');
    expect(findingOf(step, world(api(), common(GOOD)), reading).status).toBe('compliant');
  });

  test('an operation with a policy of its own is looked at too', () => {
    expect(status(GOOD, ...ofOperation(inbound('<base />')))).toBe('compliant');
    expect(status(GOOD, ...ofOperation(inbound()))).toBe('nonCompliant');
  });

  test('what else a policy does stays, and the old one comes back', () => {
    const old = inbound('<base />', '<rate-limit calls="20" renewal-period="60" />', key('{{key}}'));
    const [change] = only(step, world(api(), policy(old)));
    const value = String(readPath(change?.body, 'properties.value'));
    expect(value).toContain('<rate-limit calls="20" renewal-period="60" />');
    expect(value).not.toContain('{{key}}');
    expect(status(value)).toBe('compliant');
    expect(change?.undo).toMatchObject({ kind: 'restore', body: { properties: { value: old } } });
  });

  test.each(['sk-0123456789', 'Bearer sk-0123456789'])(
    '%s in plain text goes nowhere and is left to people',
    (secret) => {
      const on = world(api(), policy(inbound(IDENTITY, key(secret))));
      const finding = findingOf(step, on, reading);
      expect(finding.status).toBe('nonCompliant');
      expect(english(finding.notes?.[0])).toContain('a secret in plain text, under “api-key”');
      expect(only(step, on)).toEqual([]);
      expect(JSON.stringify([finding, planFor(step, on)])).not.toContain(secret);
    },
  );
});

describe('documents', () => {
  test('a new one signs in, holds no secret, and is read as it was written', () => {
    const written = writePolicyDocument(newDocument('aoai', 'https://cognitiveservices.azure.com'));
    const read = parsePolicyDocument(written);
    expect(signInOf(inboundOf(read, []))).toBe('identity');
    expect(read && secretsIn(read)).toEqual([]);
    expect(saysTheSame(written, written.replaceAll('\n', '\r\n\t').replaceAll('&quot;', '"'))).toBe(true);
  });

  test('differ where they say something else, and are none where they cannot be read', () => {
    expect(saysTheSame(GOOD, GOOD.replace('<base />', '<!-- a note --><base></base>'))).toBe(true);
    expect(saysTheSame(GOOD, GOOD.replace('delete', 'override'))).toBe(false);
    expect(saysTheSame(GOOD, inbound('<base />', NO_KEY, IDENTITY))).toBe(false);
    expect(saysTheSame('<a', '<a')).toBe(false);
    expect(saysTheSame('text', 'text')).toBe(false);
  });

  test.each([
    ['<set-header name="x-functions-key"><value>abc</value></set-header>', ['x-functions-key']],
    ['<set-header name="x-functions-key"><value>{{named}}</value></set-header>', []],
    ['<set-header name="Authorization"><value>@("Bearer " + context)</value></set-header>', []],
    ['<set-header name="x-team"><value>blue</value></set-header>', []],
    ['<set-query-parameter name="code"><value>abc</value></set-query-parameter>', ['code']],
    ['<authentication-basic username="u" password="p" />', ['authentication-basic']],
    [
      '<choose><when condition="@(true)"><set-header name="api-key"><value>a</value></set-header></when></choose>',
      ['api-key'],
    ],
  ])('%s holds these secrets: %j', (policies, expected) => {
    const document = parsePolicyDocument(inbound(policies));
    expect(document && secretsIn(document)).toEqual(expected);
  });
});
