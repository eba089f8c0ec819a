import type { JsonObject } from '../../../src/core/resources/json';
import { childId } from '../../../src/core/resources/resourceId';
import { OPENAI } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { NAMELESS } from './estates';
import { deleted, INFERENCE_FAILS, INGESTION_FAILS, NOT_PROVED, type Failures, type Fate } from './removal';

const account = (properties: JsonObject) => (hand: ByHand) => hand.patch(OPENAI, { properties });

/** Azure replaces the rules as a whole. */
const rules = (changed: JsonObject): JsonObject => ({
  networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [], ...changed },
});

const INTERNET_GETS_IN: Failures = {
  'internet-refused/openAi': 'fail',
  'ingestion/internet': 'fail',
  'inference/internet': 'fail',
};

export const OPENAI_STEPS: Readonly<Record<string, Fate>> = {
  'aoai-account': deleted('the account is deleted', (hand) => hand.delete(OPENAI), {
    nonCompliant: [
      'aoai-account',
      'aoai-custom-subdomain',
      'aoai-managed-identity',
      'aoai-model-deployments',
      'aoai-trusted-services',
      'aoai-private-endpoint',
      'aoai-network-default-deny',
      'aoai-public-access-disabled',
      'aoai-disable-local-auth',
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'rbac-aoai-blob-contributor',
      'rbac-search-aoai-contributor',
      'rbac-webapp-aoai-user',
      'rbac-dev-aoai',
      'rbac-dev-aoai-keys',
      'rbac-dev-rbac-admin',
    ],
    // Only the account says which zones it needs.
    unknown: ['aoai-private-dns-zone', 'aoai-private-dns-link', 'aoai-private-dns-records'],
    probes: {
      ...NOT_PROVED,
      'internet-refused/openAi': 'gone',
      'resolves/virtualNetwork/openAi': 'gone',
      'answers/virtualNetwork/openAi': 'gone',
      'resolves/webApp/openAi': 'gone',
      'answers/webApp/openAi': 'gone',
    },
  }),
  'aoai-custom-subdomain': {
    because: 'Azure never takes a subdomain away',
    attempt: account({ customSubDomainName: null }),
    refusal: /cannot be changed or removed/,
    never: NAMELESS,
    planned: true,
  },
  'aoai-managed-identity': {
    when: 'the identity is switched off',
    remove: (hand) => hand.patch(OPENAI, { identity: { type: 'None' } }),
    nonCompliant: [
      'aoai-managed-identity',
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'rbac-aoai-blob-contributor',
    ],
    probes: { ...INGESTION_FAILS, ...INFERENCE_FAILS },
  },
  'aoai-model-deployments': {
    when: 'the model that answers is deleted',
    remove: (hand) => hand.delete(childId(OPENAI, 'deployments', 'gpt-4o')),
    nonCompliant: ['aoai-model-deployments'],
    probes: NOT_PROVED,
  },
  'aoai-trusted-services': {
    when: 'nobody is trusted any more',
    remove: account(rules({ bypass: 'None' })),
    nonCompliant: ['aoai-trusted-services'],
    // Inference goes the other way: Azure OpenAI asks Search.
    probes: INGESTION_FAILS,
  },
  'aoai-network-default-deny': {
    when: 'public access is on again and the rules let everybody in',
    remove: account({ publicNetworkAccess: 'Enabled', ...rules({ defaultAction: 'Allow' }) }),
    nonCompliant: ['aoai-network-default-deny', 'aoai-public-access-disabled'],
    probes: INTERNET_GETS_IN,
  },
  'aoai-ip-allowlist': {
    in: 'otherWays',
    when: 'the rules let everybody in',
    remove: account(rules({ defaultAction: 'Allow', bypass: 'None' })),
    nonCompliant: ['aoai-ip-allowlist'],
    // An answer alone does not tell whether the caller is listed.
    probes: { 'internet-refused/openAi': 'unknown', 'ingestion/internet': 'unknown', 'inference/internet': 'unknown' },
  },
  'aoai-public-access-disabled': {
    when: 'public access is on again',
    remove: account({ publicNetworkAccess: 'Enabled' }),
    nonCompliant: ['aoai-public-access-disabled'],
    // The second lock holds: the rules deny by default.
    probes: {},
  },
  'aoai-disable-local-auth': {
    when: 'keys are on again',
    remove: account({ disableLocalAuth: false }),
    nonCompliant: ['aoai-disable-local-auth'],
  },
};
