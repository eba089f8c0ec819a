import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, parseResourceId, resourceName, sameResource } from '../resources/resourceId';
import { text, type Text } from '../text';
import { CONNECTION_STATUS, freeId } from './privateLink';
import { defineStep, type Expectation, type StepContext, type Step } from './step';

/** Connections of Azure AI Search that are not of your network: Microsoft's own, and those that Search itself makes. */

const searchManagedConnections = defineStep({
  id: 'search-managed-connections-removed',
  title: text('No connection of Microsoft’s managed network left'),
  why: text(
    'Before June 2024, Microsoft put a private endpoint of its own on the service. It no longer serves anything, and an approved connection is a way in that nobody watches.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-service'],
  preferAfter: ['search-trusted-services'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Remarque' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 停用公用網路存取' },
  ],
  severity: 'low',
  expects: (context, target) => {
    const left = managedConnections(context, target);
    if (left.length === 0) return [{ resource: target, assertions: [], observed: true }];
    return left.map((id): Expectation => ({
      resource: id,
      assertions: [
        { at: CONNECTION_STATUS, must: { kind: 'oneOf', values: ['Rejected', 'Disconnected'], prefer: 'Rejected' } },
      ],
    }));
  },
  permissions: ['Microsoft.Search/searchServices/privateEndpointConnections/write'],
  risk: { kind: 'none' },
  typicalSeconds: 30,
});

/** Ids of connections whose endpoint stands in a subscription other than the setup's and says that Microsoft manages it. */
function managedConnections(context: StepContext, target: string): readonly string[] {
  return asObjects(readPath(context.read(target), 'properties.privateEndpointConnections'))
    .filter((connection) => {
      const endpoint = asString(readPath(connection, 'properties.privateEndpoint.id')) ?? '';
      const description = asString(readPath(connection, 'properties.privateLinkServiceConnectionState.description'));
      const owner = parseResourceId(endpoint)?.subscriptionId.toLowerCase();
      return (
        owner !== context.setup.subscription.toLowerCase() && /managed|azure openai/i.test(`${description} ${endpoint}`)
      );
    })
    .flatMap((connection) => asString(connection['name']) ?? resourceName(asString(connection['id']) ?? ''))
    .map((name) => childId(target, 'privateEndpointConnections', name));
}

/** Azure OpenAI as a sub-resource that Search can have a private link to. */
const OPENAI_LINK_GROUP = 'openai_account';

const searchSharedPrivateLink = defineStep({
  id: 'search-shared-private-link',
  title: text('Shared private link from Search to Azure OpenAI'),
  why: text(
    'Search then calls Azure OpenAI through a private endpoint of its own instead of as a trusted service. Both are documented; this one costs more and needs a higher tier.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-managed-identity', 'aoai-custom-subdomain'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Créer une liaison privée partagée' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / [建立共用私人連結]' },
    { seed: 'ai-search-security.fr', section: 'Trafic sortant' },
    {
      reference: 'Make outbound connections through a shared private link',
      url: 'https://learn.microsoft.com/azure/search/search-indexer-howto-access-private',
    },
  ],
  severity: 'medium',
  notApplicable: noSharedLink,
  notes: () => [
    text(
      'The documents ask for the S2 tier. By now skillsets may use a shared private link from S1 on, and embedding skills from Basic on.',
    ),
  ],
  expects: (context, target) => {
    const account = context.role('openAi').id;
    return [
      {
        resource: sharedLinkId(context, target),
        assertions: [{ at: 'properties.privateLinkResourceId', must: { kind: 'refersTo', id: account } }],
        create: {
          properties: {
            groupId: OPENAI_LINK_GROUP,
            privateLinkResourceId: account,
            requestMessage: 'Ringfence: Search calls Azure OpenAI',
          },
        },
      },
    ];
  },
  permissions: ['Microsoft.Search/searchServices/sharedPrivateLinkResources/write'],
  risk: { kind: 'cost', note: text('A shared private link is billed by the hour and by traffic.') },
  typicalSeconds: 180,
});

const searchSharedLinkApproved = defineStep({
  id: 'search-spl-approval',
  title: text('Shared private link approved on the other side'),
  why: text(
    'The link waits as a pending connection on the Azure OpenAI account until somebody with rights there approves it.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-shared-private-link'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Créer une liaison privée partagée' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / [建立共用私人連結]' },
  ],
  severity: 'medium',
  notApplicable: noSharedLink,
  expects: (context, target) => [
    {
      resource: sharedLinkId(context, target),
      assertions: [{ at: 'properties.status', absentMeans: 'Pending', must: { kind: 'equals', value: 'Approved' } }],
      operation: 'approve',
      undoUpdate: { kind: 'none', reason: text('The approval goes with the shared private link.') },
      permissions: [
        {
          action: 'Microsoft.CognitiveServices/accounts/privateEndpointConnections/write',
          scope: context.role('openAi').id,
        },
      ],
    },
  ],
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 60,
});

function noSharedLink({ setup }: StepContext): Text | undefined {
  return setup.options.sharedPrivateLink
    ? undefined
    : text('Search calls Azure OpenAI as a trusted service in this setup.');
}

/** The link that leads to the account already, else the one to create. */
function sharedLinkId(context: StepContext, target: string): string {
  const account = context.role('openAi').id;
  const links = asObjects(context.read(childId(target, 'sharedPrivateLinkResources'))?.['value']);
  const leadsThere = (link: JsonObject): boolean =>
    sameResource(asString(readPath(link, 'properties.privateLinkResourceId')) ?? '', account);
  const existing = links.find(leadsThere);
  const name = asString(existing?.['name']);
  if (name !== undefined) return childId(target, 'sharedPrivateLinkResources', name);
  return freeId(context, childId(target, 'sharedPrivateLinkResources', `spl-${resourceName(account)}`), leadsThere);
}

export const SEARCH_LINK_STEPS: readonly Step[] = [
  searchManagedConnections,
  searchSharedPrivateLink,
  searchSharedLinkApproved,
];
