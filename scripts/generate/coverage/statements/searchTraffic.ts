import {
  decision,
  description,
  measured,
  nonGoal,
  note,
  option,
  roles,
  statement,
  steps,
  stepsOfSection,
} from '../statement';

/** What ai-search-security.fr says of the traffic to and from the service. */
export const searchTraffic = {
  aim: description('The features of Azure AI Search that protect data and operations.'),
  publicByDefault: description('Clients mostly come over public networks. Every way in and out has to be understood.'),
  threePatterns: description('Three patterns: calls to the service, calls by the service, and calls within Microsoft.'),

  inboundOperations: description('Calls to the service create, fill, query and delete its objects.'),
  inboundAuthenticated: statement('Every call to the service has to be authenticated.', stepsOfSection),
  keyAuthentication: statement(
    'By key, which is the default: a call with a valid API key.',
    option('apiKeys'),
    steps('search-disable-local-auth'),
  ),
  roleAuthentication: statement(
    'By role: identities of Microsoft Entra ID, and role assignments on the service.',
    steps('search-rbac-auth', 'rbac-dev-search', 'rbac-dev-search-data'),
  ),
  networkOnTop: statement(
    'On top of that, a firewall for addresses or private endpoints restrict who reaches the endpoint.',
    steps('search-ip-allowlist', 'search-private-endpoint', 'search-public-access-disabled'),
    option('searchPublicAccess'),
  ),

  internalIsMicrosofts: statement(
    'Calls within Microsoft are Microsoft’s business. There is nothing to configure or to do.',
    nonGoal('The document says that nobody can configure them.'),
  ),
  internalCalls: description(
    'They are: authentication, diagnostic logs, private links, built-in skills, and models for semantic ranking.',
  ),

  outboundIsYours: statement(
    'Calls by the service to others can be secured by you. They come of indexers, skills and vectorizers.',
    stepsOfSection,
    roles('search'),
  ),
  indexersRead: statement(
    'Indexers read external sources of data.',
    steps('rbac-search-blob-reader', 'storage-trusted-services', 'search-shared-private-link-storage'),
    option('searchLinks'),
    note('The setup’s source is the storage account. Others are yours to open for the identity of the service.'),
  ),
  indexersWrite: statement(
    'Indexers write to Storage: knowledge stores, enrichment caches, debug sessions.',
    steps('rbac-search-blob-reader', 'search-data-residency'),
    option('searchWritesToStorage'),
  ),
  customSkills: statement(
    'Custom skills call functions, web apps and others.',
    steps('search-shared-private-link-web-app', 'search-spl-approval-web-app'),
    option('searchLinks'),
    roles('webApp'),
  ),
  embeddingWhileIndexing: statement(
    'Indexers call Azure OpenAI, or a model of your own, to embed text.',
    steps('rbac-search-aoai-user', 'aoai-trusted-services', 'search-shared-private-link', 'search-spl-approval'),
    option('sharedPrivateLink'),
    roles('openAi'),
  ),
  embeddingWhileAsking: statement(
    'Vectorizers call Azure OpenAI with every question.',
    steps('rbac-search-aoai-user', 'aoai-trusted-services', 'search-shared-private-link'),
  ),
  keysFromVault: statement(
    'The service calls a key vault for keys of your own.',
    steps('rbac-search-key-user', 'search-shared-private-link-key-vault', 'search-spl-approval-key-vault'),
    roles('keyVault'),
  ),
  howItConnects: statement(
    'It connects with a connection string with a key, or with a managed identity and roles.',
    steps('search-managed-identity', 'rbac-search-blob-reader', 'rbac-search-aoai-user'),
    note('Ringfence gives the identity its roles. Connection strings in data sources are yours to replace.'),
  ),
  behindFirewall: statement(
    'To reach resources behind a firewall, let the calls of the service in there.',
    steps('storage-trusted-services', 'aoai-trusted-services'),
  ),
  behindPrivateLink: statement(
    'To reach resources behind a private endpoint, create a shared private link that indexers use.',
    steps('search-shared-private-link', 'search-shared-private-link-storage'),
    option('searchLinks'),
    decision('sharedLinkTier'),
  ),

  sameRegion: statement(
    'In one region, Search reaches Storage by private addresses, so neither a firewall nor a private endpoint can be set up for it.',
    stepsOfSection,
    decision('sameRegion'),
  ),
  sameRegionWays: statement(
    'Use one of the ways for a connection within a region: a trusted service, or a rule for the instance.',
    steps('storage-trusted-services', 'search-same-region-storage'),
  ),

  networkFirst: description('Controls on the network are the first line of defence.'),
  allowAddresses: statement(
    'A new service has a public endpoint. A rule for addresses lets only these in.',
    stepsOfSection,
    option('searchPublicAccess'),
    option('allowedAddresses'),
    decision('ipRules'),
  ),
  anyTool: description('The portal or the management API sets such rules.'),
  endpointIsStricter: statement(
    'More strictly, a private endpoint lets clients in a virtual network in.',
    stepsOfSection,
    measured('resolves', 'answers'),
  ),
  endpointAddress: statement(
    'It has an address of the network, and calls stay on it and on Microsoft’s backbone.',
    steps('search-private-dns-zone', 'search-private-dns-link', 'search-private-dns-records'),
    measured('refused'),
  ),
  endpointCosts: statement(
    'It is the safest and costs more: know what you get for it.',
    nonGoal('Whether it is worth its price, you decide. The plan says what costs money, and not how much.'),
  ),
};
