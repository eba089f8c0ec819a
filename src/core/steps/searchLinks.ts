import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, parseResourceId, resourceName, sameResource } from '../resources/resourceId';
import { ROLE_TITLES } from '../setup/roles';
import { SEARCH_SKUS, type SearchLink, type SearchSku, type SetupOptions } from '../setup/setup';
import { text, type Text } from '../text';
import { holds, type Assertion } from './matcher';
import { CONNECTION_STATUS, freeId } from './privateLink';
import type { Source } from './source';
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

/** One thing that Search reaches through a private link of its own: what the two steps of such a link need to know of it. */
interface OutboundLink {
  readonly role: 'openAi' | SearchLink;
  /** Ids of its steps: `search-shared-private-link{suffix}`. */
  readonly suffix: '' | '-storage' | '-key-vault' | '-web-app';
  readonly title: Text;
  readonly approvalTitle: Text;
  readonly why: Text;
  /** The sub-resource that Search asks for. */
  readonly groupId: string;
  /** Tiers that may use such a link, where not all that have private endpoints may. */
  readonly tiers?: readonly SearchSku[];
  readonly wanted: (options: SetupOptions) => boolean;
  readonly notWanted: Text;
  readonly approvalAction: string;
  readonly after: readonly string[];
  /** Where another scenario makes what the link leads to. */
  readonly preferAfter?: readonly string[];
  readonly sources: readonly Source[];
  readonly notes: readonly Text[];
}

const OUTBOUND: Source = { seed: 'ai-search-security.fr', section: 'Trafic sortant' };
const SHARED_LINKS: Source = {
  reference: 'Make outbound connections through a shared private link',
  url: 'https://learn.microsoft.com/azure/search/search-indexer-howto-access-private',
};
const ON_YOUR_DATA: readonly Source[] = [
  { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Créer une liaison privée partagée' },
  { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / [建立共用私人連結]' },
];
const PRIVATE_EXECUTION = text(
  'Every indexer that is to use the link needs the setting “executionEnvironment” with the value “private”. Ringfence changes no indexers.',
);

const LINKS: readonly OutboundLink[] = [
  {
    role: 'openAi',
    suffix: '',
    title: text('Shared private link from Search to Azure OpenAI'),
    approvalTitle: text('Shared private link approved on the other side'),
    why: text(
      'Search then calls Azure OpenAI through a private endpoint of its own instead of as a trusted service. Both are documented; this one costs more and needs a higher tier.',
    ),
    groupId: 'openai_account',
    wanted: ({ sharedPrivateLink }) => sharedPrivateLink,
    notWanted: text('Search calls Azure OpenAI as a trusted service in this setup.'),
    approvalAction: 'Microsoft.CognitiveServices/accounts/privateEndpointConnections/write',
    after: ['aoai-custom-subdomain'],
    sources: [...ON_YOUR_DATA, OUTBOUND, SHARED_LINKS],
    notes: [
      text(
        'The documents ask for the S2 tier. By now skillsets may use a shared private link from S1 on, and embedding skills from Basic on.',
      ),
    ],
  },
  {
    role: 'storage',
    suffix: '-storage',
    title: text('Shared private link from Search to Blob Storage'),
    approvalTitle: text('Shared private link to Blob Storage approved'),
    why: text(
      'Indexers then read documents, and write caches and knowledge stores, through a private endpoint of the service’s own. Storage needs no exception for trusted services for that.',
    ),
    groupId: 'blob',
    wanted: ({ searchLinks }) => searchLinks.includes('storage'),
    notWanted: text('Search calls Storage as a trusted service in this setup.'),
    approvalAction: 'Microsoft.Storage/storageAccounts/privateEndpointConnections/write',
    after: ['storage-account'],
    sources: [OUTBOUND, SHARED_LINKS],
    notes: [
      PRIVATE_EXECUTION,
      text('Tables and file shares of the account need links of their own, which Ringfence does not create.'),
    ],
  },
  {
    role: 'keyVault',
    suffix: '-key-vault',
    title: text('Shared private link from Search to Key Vault'),
    approvalTitle: text('Shared private link to Key Vault approved'),
    why: text(
      'Search then fetches keys that encrypt its indexes through a private endpoint of its own. A vault that is closed to the internet needs that, or trusts services.',
    ),
    groupId: 'vault',
    wanted: ({ searchLinks }) => searchLinks.includes('keyVault'),
    notWanted: text('Search needs no private link to Key Vault in this setup.'),
    approvalAction: 'Microsoft.KeyVault/vaults/privateEndpointConnections/write',
    after: [],
    preferAfter: ['key-vault'],
    sources: [OUTBOUND, SHARED_LINKS],
    notes: [],
  },
  {
    role: 'webApp',
    suffix: '-web-app',
    title: text('Shared private link from Search to the web app'),
    approvalTitle: text('Shared private link to the web app approved'),
    why: text(
      'Custom skills that run in the app are then called through a private endpoint of the service’s own, so that the app can be closed to the internet.',
    ),
    groupId: 'sites',
    tiers: SEARCH_SKUS.filter((sku) => sku !== 'basic'),
    wanted: ({ searchLinks }) => searchLinks.includes('webApp'),
    notWanted: text('Search calls no custom skill through a private link in this setup.'),
    approvalAction: 'Microsoft.Web/sites/privateEndpointConnections/write',
    after: [],
    preferAfter: ['webapp'],
    sources: [OUTBOUND, SHARED_LINKS],
    notes: [
      PRIVATE_EXECUTION,
      text(
        'Skillsets use a shared private link from the S1 tier on, with services made since April 2024. A service of the Basic tier has to be moved up first.',
      ),
    ],
  },
];

/** What the two steps of a link have in common. */
function commonTo(link: OutboundLink) {
  return {
    group: 'search',
    on: 'search',
    scenarios: ['on-your-data', 'ai-search'],
    severity: 'medium',
    sources: link.sources,
    notApplicable: ({ setup }: StepContext): Text | undefined => {
      if (!link.wanted(setup.options)) return link.notWanted;
      return setup.roles[link.role] === undefined
        ? text('No resource is chosen for “{0}”.', ROLE_TITLES[link.role])
        : undefined;
    },
  } as const satisfies Partial<Step>;
}

function linkStep(link: OutboundLink): Step {
  return defineStep({
    ...commonTo(link),
    id: `search-shared-private-link${link.suffix}`,
    title: link.title,
    why: link.why,
    after: ['search-managed-identity', ...link.after],
    ...(link.preferAfter && { preferAfter: link.preferAfter }),
    notes: () => link.notes,
    expects: (context, search) => {
      const target = context.role(link.role).id;
      const tier = tierFor(context, search, link);
      if (tier !== undefined) return [tier];
      return [
        ...(context.read(target) === undefined ? [{ resource: target, assertions: [] }] : []),
        {
          resource: sharedLinkId(context, search, link),
          assertions: [{ at: 'properties.privateLinkResourceId', must: { kind: 'refersTo', id: target } }],
          create: {
            properties: {
              groupId: link.groupId,
              privateLinkResourceId: target,
              // Owners of a resource see only this of who asks.
              requestMessage: `Ringfence: link of ${resourceName(search)}`,
            },
          },
        },
      ];
    },
    permissions: ['Microsoft.Search/searchServices/sharedPrivateLinkResources/write'],
    risk: { kind: 'cost', note: text('A shared private link is billed by the hour and by traffic.') },
    typicalSeconds: 180,
  });
}

/** The tier that the link needs, where the service is of a smaller one; undefined where it will do. */
function tierFor(context: StepContext, search: string, { tiers }: OutboundLink): Expectation | undefined {
  const service = context.read(search);
  if (tiers === undefined || service === undefined) return undefined;
  const high: Assertion = { at: 'sku.name', must: { kind: 'oneOf', values: tiers, prefer: 'standard' } };
  return holds(service, high) ? undefined : { resource: search, assertions: [high], observed: true };
}

function approvalStep(link: OutboundLink): Step {
  return defineStep({
    ...commonTo(link),
    id: `search-spl-approval${link.suffix}`,
    title: link.approvalTitle,
    why: text(
      'The link waits as a pending connection on the resource at its other end until somebody with rights there approves it.',
    ),
    after: [`search-shared-private-link${link.suffix}`],
    expects: (context, search) => [
      {
        resource: sharedLinkId(context, search, link),
        assertions: [{ at: 'properties.status', absentMeans: 'Pending', must: { kind: 'equals', value: 'Approved' } }],
        operation: 'approve',
        undoUpdate: { kind: 'none', reason: text('The approval goes with the shared private link.') },
        permissions: [{ action: link.approvalAction, scope: context.role(link.role).id }],
      },
    ],
    permissions: [],
    risk: { kind: 'none' },
    typicalSeconds: 60,
  });
}

/** The link that leads there already, else the one to create. */
function sharedLinkId(context: StepContext, search: string, { role, groupId }: OutboundLink): string {
  const target = context.role(role).id;
  const links = asObjects(context.read(childId(search, 'sharedPrivateLinkResources'))?.['value']);
  const leadsThere = (link: JsonObject): boolean =>
    sameResource(asString(readPath(link, 'properties.privateLinkResourceId')) ?? '', target) &&
    asString(readPath(link, 'properties.groupId'))?.toLowerCase() === groupId;
  const name = asString(links.find(leadsThere)?.['name']);
  if (name !== undefined) return childId(search, 'sharedPrivateLinkResources', name);
  return freeId(context, childId(search, 'sharedPrivateLinkResources', `spl-${resourceName(target)}`), leadsThere);
}

export const SEARCH_LINK_STEPS: readonly Step[] = [
  searchManagedConnections,
  ...LINKS.flatMap((link) => [linkStep(link), approvalStep(link)]),
];
