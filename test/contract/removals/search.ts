import { asObjects, type JsonObject } from '../../../src/core/resources/json';
import { childId, resourceName } from '../../../src/core/resources/resourceId';
import { managedConnectionId } from '../../../src/sandbox/worlds/builders';
import { INDEX, NETWORK, OPENAI, SEARCH } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { FREE } from './estates';
import { deleted, INFERENCE_FAILS, INGESTION_FAILS, NOT_PROVED, type Fate } from './removal';

const service = (properties: JsonObject) => (hand: ByHand) => hand.patch(SEARCH, { properties });

const state = (status: string): JsonObject => ({ properties: { privateLinkServiceConnectionState: { status } } });

export const SEARCH_STEPS: Readonly<Record<string, Fate>> = {
  'search-service': deleted('the service is deleted', (hand) => hand.delete(SEARCH), {
    nonCompliant: [
      'search-service',
      'search-tier-supports-private-link',
      'search-managed-identity',
      'search-rbac-auth',
      'search-trusted-services',
      'search-private-endpoint',
      'search-managed-connections-removed',
      'search-public-access-disabled',
      'search-disable-local-auth',
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'rbac-search-aoai-contributor',
      'rbac-search-blob-reader',
      'rbac-dev-search',
      'rbac-dev-search-data',
    ],
    // Only the service says which zones it needs, and nobody else knows of its indexes.
    unknown: [
      'search-private-dns-zone',
      'search-private-dns-link',
      'search-private-dns-records',
      'search-document-acl',
    ],
    probes: {
      ...NOT_PROVED,
      'internet-refused/search': 'gone',
      'resolves/virtualNetwork/search': 'gone',
      'answers/virtualNetwork/search': 'gone',
    },
  }),
  'search-tier-supports-private-link': {
    because: 'Azure makes no free service of another one, nor the other way round',
    attempt: (hand) => hand.patch(SEARCH, { sku: { name: 'free' } }),
    refusal: /Cannot update sku/,
    never: FREE,
    planned: false,
  },
  'search-managed-identity': {
    when: 'the identity is switched off',
    remove: (hand) => hand.patch(SEARCH, { identity: { type: 'None' } }),
    nonCompliant: ['search-managed-identity', 'rbac-search-aoai-contributor', 'rbac-search-blob-reader'],
    // At inference, Search asks nobody.
    probes: INGESTION_FAILS,
  },
  'search-rbac-auth': {
    when: 'keys alone are taken again',
    remove: service({ disableLocalAuth: false, authOptions: { apiKeyOnly: {} } }),
    nonCompliant: ['search-rbac-auth', 'search-disable-local-auth'],
    // The index is read with a token too.
    unknown: ['search-document-acl'],
    probes: { ...INGESTION_FAILS, ...INFERENCE_FAILS },
  },
  'search-trusted-services': {
    when: 'nobody is trusted any more',
    remove: service({ networkRuleSet: { bypass: 'None', ipRules: [] } }),
    nonCompliant: ['search-trusted-services'],
    probes: { ...INGESTION_FAILS, ...INFERENCE_FAILS },
  },
  'search-public-access-disabled': {
    when: 'public access is on again',
    remove: service({ publicNetworkAccess: 'Enabled' }),
    nonCompliant: ['search-public-access-disabled'],
    probes: { 'internet-refused/search': 'fail' },
  },
  'search-disable-local-auth': {
    when: 'keys are taken beside tokens again',
    remove: service({ disableLocalAuth: false, authOptions: { aadOrApiKey: { aadAuthFailureMode: 'http403' } } }),
    nonCompliant: ['search-disable-local-auth'],
  },
  'search-managed-connections-removed': {
    when: 'the connection of Microsoft’s managed network is approved again',
    remove: (hand) => hand.put(managedConnectionId(SEARCH), state('Approved')),
    nonCompliant: ['search-managed-connections-removed'],
  },
  'search-document-acl': {
    when: 'a document loses its groups',
    remove: async (hand) => {
      const document = { '@search.action': 'merge', id: '1', group_ids: [] };
      await hand.ask(NETWORK, {
        service: 'search',
        host: 'contoso-search.search.windows.net',
        method: 'POST',
        path: `/indexes('${INDEX}')/docs/search.index?api-version=2024-07-01`,
        body: { value: [document] },
      });
    },
    nonCompliant: ['search-document-acl'],
    notMended: { steps: ['search-document-acl'], because: 'only who indexes the documents knows their groups' },
  },
  'search-shared-private-link': {
    in: 'otherWays',
    when: 'the link is deleted',
    remove: (hand) => hand.delete(childId(SEARCH, 'sharedPrivateLinkResources', 'spl-contoso-openai')),
    nonCompliant: ['search-shared-private-link', 'search-spl-approval'],
    probes: INGESTION_FAILS,
  },
  'search-spl-approval': {
    in: 'otherWays',
    when: 'the account rejects the link’s connection',
    remove: async (hand) => {
      const connections = asObjects((await hand.get(childId(OPENAI, 'privateEndpointConnections')))['value']);
      const ofLink = connections.find(({ id }) => resourceName(String(id)).startsWith('spl-contoso-openai.'));
      await hand.put(String(ofLink?.['id']), state('Rejected'));
    },
    nonCompliant: ['search-spl-approval'],
    probes: INGESTION_FAILS,
  },
};
