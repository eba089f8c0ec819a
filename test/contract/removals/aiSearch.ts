import { asObjects } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { childId, resourceName } from '../../../src/core/resources/resourceId';
import { PIPELINE_ID } from '../../../src/sandbox/directory/people';
import { storageAccountId } from '../../../src/sandbox/worlds/builders';
import { AI_GROUP, INDEX, NETWORK, OPENAI, SEARCH, SITE, STORAGE, VAULT } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import type { Fate } from './removal';

const ABROAD = storageAccountId(AI_GROUP, 'contosoabroad');

/** A link of Search and its approval, each taken away by hand. */
function outboundLink(suffix: string, target: string): Readonly<Record<string, Fate>> {
  const name = `spl-${resourceName(target)}`;
  const [link, approval] = [`search-shared-private-link${suffix}`, `search-spl-approval${suffix}`];
  return {
    [link]: {
      in: 'search',
      when: 'the link is deleted',
      remove: (hand) => hand.delete(childId(SEARCH, 'sharedPrivateLinkResources', name)),
      nonCompliant: [link, approval],
    },
    [approval]: {
      in: 'search',
      when: 'the link’s connection is rejected on the other side',
      remove: (hand) => reject(hand, target, name),
      nonCompliant: [approval],
    },
  };
}

async function reject(hand: ByHand, target: string, link: string): Promise<void> {
  const connections = asObjects((await hand.get(childId(target, 'privateEndpointConnections')))['value']);
  const ofLink = connections.find(
    (connection) => resourceName(String(readPath(connection, 'properties.privateEndpoint.id'))) === link,
  );
  await hand.put(String(ofLink?.['id']), {
    properties: { privateLinkServiceConnectionState: { status: 'Rejected', description: 'by hand' } },
  });
}

export const AI_SEARCH_STEPS: Readonly<Record<string, Fate>> = {
  'search-ip-allowlist': {
    in: 'search',
    when: 'everybody may come, listed or not',
    remove: (hand) => hand.patch(SEARCH, { properties: { networkRuleSet: { ipRules: [], bypass: 'AzureServices' } } }),
    nonCompliant: ['search-ip-allowlist'],
    probes: { 'internet-refused/search': 'unknown' },
  },
  'rbac-index-reader': {
    in: 'search',
    when: 'the role on the index is taken away',
    remove: (hand) => hand.unassign(PIPELINE_ID, 'Search Index Data Reader', childId(SEARCH, 'indexes', INDEX)),
    nonCompliant: ['rbac-index-reader'],
  },
  'rbac-search-aoai-user': {
    in: 'search',
    when: 'the role is taken away',
    remove: async (hand) => hand.unassign(await hand.principalOf(SEARCH), 'Cognitive Services OpenAI User', OPENAI),
    nonCompliant: ['rbac-search-aoai-user'],
  },
  ...outboundLink('-storage', STORAGE),
  ...outboundLink('-key-vault', VAULT),
  ...outboundLink('-web-app', SITE),
  'search-same-region-storage': {
    in: 'search',
    when: 'the account trusts no services any more',
    remove: (hand) =>
      hand.patch(STORAGE, {
        properties: { networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [], virtualNetworkRules: [] } },
      }),
    nonCompliant: ['search-same-region-storage', 'storage-trusted-services'],
  },
  'search-data-residency': {
    in: 'search',
    when: 'a skillset writes to an account in another region',
    remove: async (hand) => {
      await hand.put(ABROAD, {
        location: 'westus3',
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
        properties: { minimumTlsVersion: 'TLS1_2' },
      });
      await hand.ask(NETWORK, {
        service: 'search',
        host: 'contoso-search.search.windows.net',
        method: 'PUT',
        path: `/skillsets('enrich')?api-version=2024-07-01`,
        body: { skills: [], knowledgeStore: { storageConnectionString: `ResourceId=${ABROAD};`, projections: [] } },
      });
    },
    nonCompliant: ['search-data-residency'],
    notMended: {
      steps: ['search-data-residency'],
      because: 'only who made the skillset knows where else it may write',
    },
  },
};
