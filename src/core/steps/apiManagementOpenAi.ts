import { asString } from '../resources/json';
import { parsePolicyDocument, writePolicyDocument, type PolicyElement } from '../resources/policyDocument';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import { text, type Text } from '../text';
import { inboundOf, newDocument, secretsIn, signInOf, withSignIn } from './callerPolicy';
import type { Assertion } from './matcher';
import { apiIdsFor, apisOf, backendIdFor, freePath, listed, openAiUrl, policyOf } from './openAiApis';
import { openAiDefinition } from './openAiDefinition';
import type { Source } from './source';
import { defineStep, Unsettled, type Expectation, type Step, type StepContext } from './step';

/** Steps that put Azure OpenAI behind API Management. Source: apim-app-gateway.fr, “Services requis”. */

export const IN_FRONT: Source = { seed: 'apim-app-gateway.fr', section: 'Services requis pour cette intégration' };

const AUTHENTICATE: Source = {
  reference: 'Authenticate and authorize access to Azure OpenAI APIs with API Management',
  url: 'https://learn.microsoft.com/azure/api-management/api-management-authenticate-authorize-azure-openai',
};

const openAiBackend = defineStep({
  id: 'apim-openai-backend',
  title: text('Azure OpenAI as a backend'),
  why: text(
    'API Management calls the account by its own name, which the private zone answers. It checks the certificate, so nobody can stand in between.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-service', 'aoai-custom-subdomain'],
  preferAfter: ['apim-internal-vnet', 'apim-hardening'],
  sources: [
    IN_FRONT,
    { policy: '92bb331d-ac71-416a-8c91-02f2cb734ce4' },
    { policy: 'c15dcc82-b93c-4dcb-9332-fbf121685b54' },
    {
      reference: 'Backends in API Management',
      url: 'https://learn.microsoft.com/azure/api-management/backends',
    },
  ],
  severity: 'high',
  expects: (context, target) => [
    {
      resource: backendIdFor(context, target),
      assertions: [validated('validateCertificateChain'), validated('validateCertificateName')],
      create: {
        properties: {
          protocol: 'http',
          url: openAiUrl(context),
          tls: { validateCertificateChain: true, validateCertificateName: true },
        },
      },
      permissions: [{ action: 'Microsoft.ApiManagement/service/backends/write', scope: target }],
    },
  ],
  permissions: ['Microsoft.ApiManagement/service/backends/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

function validated(name: string): Assertion {
  return { at: `properties.tls.${name}`, absentMeans: true, must: { kind: 'equals', value: true } };
}

const openAiApi = defineStep({
  id: 'apim-openai-api',
  title: text('Azure OpenAI as an API'),
  why: text(
    'Callers outside find the inference operations of Azure OpenAI here, over HTTPS and with a subscription of their own. Everything else about the account stays hidden.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-openai-backend'],
  sources: [
    IN_FRONT,
    { policy: 'ee7495e7-3ba7-40b6-bfee-c29e22cc75d4' },
    {
      reference: 'Import an Azure OpenAI API to Azure API Management',
      url: 'https://learn.microsoft.com/azure/api-management/azure-openai-api-from-specification',
    },
  ],
  severity: 'high',
  expects: (context, target) =>
    apiIdsFor(context, target).map((resource) => ({
      resource,
      assertions: [
        { at: 'properties.protocols', must: { kind: 'exactly', values: ['https'] } },
        { at: 'properties.subscriptionRequired', absentMeans: true, must: { kind: 'equals', value: true } },
      ],
      create: {
        properties: {
          displayName: 'Azure OpenAI',
          path: freePath(context, target),
          protocols: ['https'],
          serviceUrl: openAiUrl(context),
          subscriptionRequired: true,
          format: 'openapi+json',
          value: JSON.stringify(openAiDefinition(openAiUrl(context))),
        },
      },
      notShown: ['properties.format', 'properties.value'],
      permissions: [{ action: 'Microsoft.ApiManagement/service/apis/write', scope: target }],
    })),
  permissions: ['Microsoft.ApiManagement/service/apis/write'],
  risk: {
    kind: 'lockout',
    note: text(
      'Callers of an existing API that come without a subscription key, or over HTTP, are refused from then on.',
    ),
  },
  typicalSeconds: 15,
});

const openAiPolicy = defineStep({
  id: 'apim-openai-policy',
  title: text('Azure OpenAI called with the managed identity'),
  why: text(
    'The policy of the API signs in with the service’s own identity and takes a caller’s key away. So no key of Azure OpenAI is kept anywhere.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-openai-api', 'apim-openai-backend', 'rbac-apim-aoai-user'],
  sources: [IN_FRONT, AUTHENTICATE, { policy: 'd5448c98-e503-4fdd-bcd2-784960c00d04' }],
  severity: 'high',
  notes: (context, target) => policiesFor(context, target).flatMap(({ secrets }) => secrets.map(inPlainText)),
  expects: (context, target) =>
    policiesFor(context, target).map((policy) => policyExpectation(context, target, policy)),
  permissions: ['Microsoft.ApiManagement/service/apis/policies/write'],
  risk: {
    kind: 'none',
    note: text(
      'Whoever calls the API is served with the identity from then on, and no longer with a key of their own.',
    ),
  },
  typicalSeconds: 5,
});

function inPlainText(name: string): Text {
  return text(
    'A policy holds a secret in plain text, under “{0}”. Take it out yourself, and replace the secret: whoever may read the policy has seen it. Ringfence does not write such a policy, because it would have to keep it.',
    name,
  );
}

/** A policy document that has its say in calls of Azure OpenAI. */
interface JudgedPolicy {
  readonly id: string;
  readonly document: PolicyElement | undefined;
  /** Callers are signed in with the managed identity, as far as this document says. */
  readonly isGood: boolean;
  readonly secrets: readonly string[];
}

/** The documents of the APIs and of their operations; that of the service counts where they build on it. */
function policiesFor(context: StepContext, service: string): readonly JudgedPolicy[] {
  const common = documentAt(context, policyOf(service));
  const aboveAll = common === undefined ? [] : inboundOf(common, []);
  const shared: readonly JudgedPolicy[] =
    common !== undefined && secretsIn(common).length > 0
      ? [{ id: policyOf(service), document: common, isGood: true, secrets: secretsIn(common) }]
      : [];
  const own = apiIdsFor(context, service).flatMap((api) => {
    const document = documentAt(context, policyOf(api));
    const inbound = inboundOf(document, aboveAll);
    const operations = listed(context, api, 'operations').flatMap(({ id }) => {
      const ofOperation = documentAt(context, policyOf(id));
      return ofOperation === undefined ? [] : [judged(policyOf(id), ofOperation, inboundOf(ofOperation, inbound))];
    });
    // An operation that builds on the API's document is right once that is.
    const isOnlyInherited = (policy: JudgedPolicy): boolean => policy.isGood || policy.secrets.length > 0;
    const judgedApi = judged(policyOf(api), document, inbound);
    return [judgedApi, ...(judgedApi.isGood ? operations : operations.filter(isOnlyInherited))];
  });
  return [...shared, ...own];
}

/** @throws Unsettled where the document does not say how callers are signed in. */
function judged(id: string, document: PolicyElement | undefined, inbound: readonly PolicyElement[]): JudgedPolicy {
  const signIn = signInOf(inbound);
  if (signIn === 'unsure') {
    throw new Unsettled(
      { kind: 'resource', id },
      text(
        'A policy signs in under a condition or in a fragment, which Ringfence does not judge. Look at it yourself.',
      ),
    );
  }
  const secrets = document === undefined ? [] : secretsIn(document);
  return { id, document, isGood: signIn === 'identity', secrets };
}

/** @throws Unsettled where there is a document that cannot be understood. */
function documentAt(context: StepContext, id: string): PolicyElement | undefined {
  const value = asString(readPath(context.read(id), 'properties.value'));
  if (value === undefined) return undefined;
  const document = parsePolicyDocument(value);
  if (document !== undefined) return document;
  throw new Unsettled({ kind: 'resource', id }, text('The policy of {0} cannot be understood.', resourceName(id)));
}

const SIGNED_IN = text('a sign-in with the managed identity, and no key');

function policyExpectation(
  context: StepContext,
  service: string,
  { id, document, isGood, secrets }: JudgedPolicy,
): Expectation {
  const audience = new URL(context.cloud.dataScopes.openAi).origin;
  if (secrets.length > 0) {
    const must = { kind: 'document', value: '<policies />', what: text('no secret in plain text') } as const;
    return { resource: id, assertions: [{ at: 'properties.value', must }], observed: true };
  }
  if (isGood) {
    // Where the API has no document, it is that of the service which says so.
    const resource = document === undefined ? policyOf(service) : id;
    const value = asString(readPath(context.read(resource), 'properties.value')) ?? '';
    const must = { kind: 'document', value, what: SIGNED_IN } as const;
    return { resource, assertions: [{ at: 'properties.value', must }], observed: true };
  }
  const wanted = document
    ? writePolicyDocument(withSignIn(document, audience))
    : writePolicyDocument(newDocument(resourceName(backendIdFor(context, service)), audience));
  return {
    resource: id,
    assertions: [{ at: 'properties.value', must: { kind: 'document', value: wanted, what: SIGNED_IN } }],
    create: { properties: { format: 'xml', value: wanted } },
    permissions: [{ action: 'Microsoft.ApiManagement/service/apis/policies/write', scope: service }],
  };
}

const callerSubscription = defineStep({
  id: 'apim-subscription',
  title: text('Subscription for callers outside'),
  why: text(
    'Callers outside of Azure show who they are with a key of this subscription, which opens this API and nothing else. It can be replaced without anybody else noticing.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-openai-api'],
  sources: [
    IN_FRONT,
    { policy: '3aa03346-d8c5-4994-a5bc-7652c2a2aef1' },
    {
      reference: 'Subscriptions in Azure API Management',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    },
  ],
  severity: 'medium',
  notes: (context, target) => [
    ...(subscriptionFor(context, target)?.isForAll
      ? [text('The subscription opens every API of the service, which is more than this step needs.')]
      : []),
    text(
      'Whoever needs a key finds it in the portal, under the subscription. Ringfence reads one for a measurement of its own only, and keeps it nowhere.',
    ),
  ],
  expects: (context, target) => {
    const present = subscriptionFor(context, target);
    const [api = ''] = apiIdsFor(context, target);
    return [
      {
        resource: present?.id ?? childId(target, 'subscriptions', 'outside-callers'),
        assertions: [{ at: 'properties.state', must: { kind: 'equals', value: 'active' } }],
        create: { properties: { displayName: 'Callers outside', scope: api, state: 'active', allowTracing: false } },
        permissions: [{ action: 'Microsoft.ApiManagement/service/subscriptions/write', scope: target }],
      },
    ];
  },
  permissions: ['Microsoft.ApiManagement/service/subscriptions/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** A subscription that opens one of the APIs: by itself, by a product that it is in, or with all others. */
export function subscriptionFor(
  context: StepContext,
  service: string,
): { readonly id: string; readonly isForAll: boolean } | undefined {
  const apis = apisOf(context, service).map(({ id }) => id);
  const products = apis.flatMap((api) => listed(context, api, 'products')).map(({ id }) => resourceName(id));
  const endings = [
    ...apis.map((api) => `/apis/${resourceName(api)}`),
    ...products.map((product) => `/products/${product}`),
  ];
  const active = listed(context, service, 'subscriptions').flatMap((subscription) => {
    const scope = asString(readPath(subscription, 'properties.scope'))?.toLowerCase() ?? '';
    const state = asString(readPath(subscription, 'properties.state'))?.toLowerCase();
    const isForAll = scope.endsWith('/apis') || scope.endsWith('/apis/');
    const opens = isForAll || endings.some((ending) => scope.endsWith(ending.toLowerCase()));
    // Azure's own, for whoever manages the service.
    return state === 'active' && opens && resourceName(subscription.id) !== 'master'
      ? [{ id: subscription.id, isForAll }]
      : [];
  });
  return active.find(({ isForAll }) => !isForAll) ?? active[0];
}

export const API_MANAGEMENT_OPENAI_STEPS: readonly Step[] = [
  openAiBackend,
  openAiApi,
  openAiPolicy,
  callerSubscription,
];
