import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, parseResourceId, resourceName, sameResource } from '../resources/resourceId';
import { SEARCH_SKUS } from '../setup/setup';
import { text, type Text } from '../text';
import type { Assertion, Surrounding } from './matcher';
import { presenceOf } from './presence';
import { privatePathSteps } from './privateServices';
import { publicAccessOff, refusePerimeter } from './publicAccess';
import { defineStep, type Expectation, type StepContext } from './step';

/** Steps on the Azure AI Search service itself. Source of the properties: Microsoft.Search/searchServices 2025-05-01. */

/** What every write to the service needs; Search Service Contributor has it. */
const SERVICE_WRITE = ['Microsoft.Search/searchServices/write'];

const networkRuleSet: Surrounding = {
  at: 'properties.networkRuleSet',
  absentMeans: { ipRules: [], bypass: 'None' },
};

/** How the service answers a caller with a bad token. Source: on-your-data.zh-tw, 啟用角色型訪問控制. */
const AAD_OR_KEY = { aadOrApiKey: { aadAuthFailureMode: 'http401WithBearerChallenge' } } as const;

const keysOff: Assertion = {
  at: 'properties.disableLocalAuth',
  absentMeans: false,
  must: { kind: 'equals', value: true },
};

export const searchService = defineStep({
  id: 'search-service',
  title: text('AI Search service'),
  why: text(
    'The service that holds the indexes of your data. It is created reachable, and closed once the private path answers.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const create = context.optionalRole('search')?.create;
    return presenceOf(
      context,
      target,
      create
        ? {
            create: {
              location: create.location,
              sku: { name: create.sku },
              identity: { type: 'SystemAssigned' },
              properties: { replicaCount: 1, partitionCount: 1, authOptions: AAD_OR_KEY },
            },
          }
        : {},
    );
  },
  permissions: SERVICE_WRITE,
  risk: { kind: 'cost', note: text('A service of the Basic tier costs about 75 US dollars a month, used or not.') },
  typicalSeconds: 420,
});

export const searchTier = defineStep({
  id: 'search-tier-supports-private-link',
  title: text('Tier with private endpoints'),
  why: text(
    'Private endpoints and managed identities begin with the Basic tier. A free service cannot be moved up: it has to be created anew.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-service'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋' },
    { policy: 'a049bf77-880b-470f-ba6d-9f21c530cf83' },
  ],
  severity: 'high',
  expects: (_, target) => [
    {
      resource: target,
      assertions: [{ at: 'sku.name', must: { kind: 'oneOf', values: SEARCH_SKUS, prefer: 'basic' } }],
      observed: true,
    },
  ],
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 0,
});

export const searchManagedIdentity = defineStep({
  id: 'search-managed-identity',
  title: text('System-assigned identity of Search'),
  why: text(
    'Azure OpenAI and Storage recognize the service by its own identity, without keys. Only the system-assigned kind is accepted for that.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-tier-supports-private-link'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Activer une identité managée' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 啟用受控識別' },
  ],
  severity: 'medium',
  desired: [
    {
      at: 'identity.type',
      absentMeans: 'None',
      must: { kind: 'includesWord', word: 'SystemAssigned', insteadOf: ['None'] },
      within: { at: 'identity', absentMeans: { type: 'None' }, readOnly: ['principalId', 'tenantId'] },
    },
  ],
  permissions: SERVICE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 30,
});

export const searchRoleBasedAccess = defineStep({
  id: 'search-rbac-auth',
  title: text('Role-based access to Search'),
  why: text(
    'By default the service knows only keys and refuses every token. Azure OpenAI comes with a token of its identity.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-service'],
  sources: [
    {
      seed: 'on-your-data.fr',
      section: 'Configurer Recherche Azure AI / Activer le contrôle d’accès en fonction du rôle',
    },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 啟用角色型訪問控制' },
    {
      reference: 'Enable role-based access in Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/search-security-enable-roles',
    },
  ],
  severity: 'high',
  desired: (context, target) => {
    const tokensOnly = readPath(context.read(target), 'properties.disableLocalAuth') === true;
    if (tokensOnly) return [keysOff];
    return [
      {
        at: 'properties.authOptions.aadOrApiKey.aadAuthFailureMode',
        must: {
          kind: 'oneOf',
          values: ['http401WithBearerChallenge', 'http403'],
          prefer: AAD_OR_KEY.aadOrApiKey.aadAuthFailureMode,
        },
      },
      { at: 'properties.authOptions.apiKeyOnly', must: { kind: 'unset' }, implied: true },
    ];
  },
  undoUpdate: { kind: 'restore', body: { properties: { authOptions: { apiKeyOnly: {} } } } },
  permissions: SERVICE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 15,
});

export const searchTrustedServices = defineStep({
  id: 'search-trusted-services',
  title: text('Trusted services may call Search'),
  why: text(
    'Azure OpenAI queries the index from Microsoft’s network, not from yours. The exception lets it in while public access is off, and only with a role.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-tier-supports-private-link'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Activer le service approuvé' },
    {
      reference: 'Grant access to trusted Azure services for Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/service-configure-firewall',
    },
  ],
  severity: 'high',
  notes: () => [
    text(
      'The documents disagree: on-your-data.zh-tw asks for a private endpoint that Microsoft manages, by a form. That way was closed in June 2024, and this exception is what replaces it.',
    ),
  ],
  desired: [
    {
      at: 'properties.networkRuleSet.bypass',
      absentMeans: 'None',
      must: { kind: 'equals', value: 'AzureServices' },
      within: networkRuleSet,
    },
  ],
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'none',
    note: text('Every trusted service of Azure that has a role on the service gets in by its network rules.'),
  },
  typicalSeconds: 60,
});

export const searchPublicAccessDisabled = defineStep({
  id: 'search-public-access-disabled',
  title: text('Public access to Search disabled'),
  why: text(
    'The service answers through its private endpoint only. It comes last, because until the private path works it would cut everyone off.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: [...privatePathSteps('search'), 'search-trusted-services'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Désactiver l’accès au réseau public' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 停用公用網路存取' },
    { seed: 'ai-search-security.fr', section: 'Connexion entrante à un point de terminaison privé' },
    { policy: 'ee980b6d-0eca-4501-8d54-f6290fd512c3' },
  ],
  severity: 'high',
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [publicAccessOff];
  },
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Nothing outside the virtual network reaches the indexes any more. Management stays possible, so it can always be switched back.',
    ),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 420,
});

export const searchLocalAuthDisabled = defineStep({
  id: 'search-disable-local-auth',
  title: text('API keys of Search off'),
  why: text(
    'A key of the service reads or changes every index, for whoever holds it. Without keys, every caller is a named identity with a role.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-rbac-auth', 'rbac-aoai-search-index-reader', 'rbac-aoai-search-contributor'],
  preferAfter: ['search-public-access-disabled', 'rbac-dev-search', 'rbac-dev-search-data'],
  sources: [
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 啟用角色型訪問控制' },
    { seed: 'ai-search-security.fr', section: 'Authentification' },
    { policy: '6300012e-e9a4-4649-b41f-a85f5c43be91' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.apiKeys === 'keep' ? text('Keys are to be kept in this setup.') : undefined,
  desired: [keysOff, { at: 'properties.authOptions', must: { kind: 'unset' } }],
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'The studio calls Search from the browser with keys, so its “on your data” pages stop working. Keep the keys for an evaluation.',
    ),
  },
  typicalSeconds: 30,
});

export const searchManagedConnections = defineStep({
  id: 'search-managed-connections-removed',
  title: text('No connection of Microsoft’s managed network left'),
  why: text(
    'Before June 2024, Microsoft put a private endpoint of its own on the service. It no longer serves anything, and an approved connection is a way in that nobody watches.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data'],
  after: ['search-service'],
  preferAfter: ['search-trusted-services'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Remarque' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 停用公用網路存取' },
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

const CONNECTION_STATUS = 'properties.privateLinkServiceConnectionState.status';

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

export const searchSharedPrivateLink = defineStep({
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
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 建立共用私人連結' },
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

export const searchSharedLinkApproved = defineStep({
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
    { seed: 'on-your-data.zh-tw', section: '設定 Azure AI 搜尋 / 建立共用私人連結' },
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
  const existing = links.find((link) =>
    sameResource(asString(readPath(link, 'properties.privateLinkResourceId')) ?? '', account),
  );
  const name = asString(existing?.['name']) ?? `spl-${resourceName(account)}`;
  return childId(target, 'sharedPrivateLinkResources', name);
}
