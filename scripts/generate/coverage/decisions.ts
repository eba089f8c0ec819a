/** Where the documents disagree with each other, or with Azure as it is by now, and what Ringfence does. */
export interface Decision {
  readonly topic: string;
  readonly documents: string;
  readonly today: string;
  readonly decision: string;
  /** A page that says what Azure does today. */
  readonly url?: string;
}

const ROLES_TODAY = 'https://learn.microsoft.com/azure/ai-services/openai/how-to/on-your-data-configuration';

export const DECISIONS = {
  retirement: {
    topic: 'The feature itself',
    documents: 'Both on-your-data documents take it for granted.',
    today:
      'On Your Data is deprecated and ends with the last model that it supports. The services, and how to secure them, stay.',
    decision:
      'Every step is kept. Ingestion and inference are optional proofs, and a refusal that looks like retirement is unknown, with those words, and no failure.',
    url: 'https://learn.microsoft.com/azure/foundry-classic/openai/references/on-your-data',
  },
  pipeline: {
    topic: 'How ingestion works',
    documents: 'Two indexers, two indexes and a custom skill that calls `preprocessing-jobs` of Azure OpenAI.',
    today: 'One indexer and one index with integrated vectorization; Search calls the embedding deployment.',
    decision: 'Nothing depends on it: both ways need the same identities, roles and trusted services.',
    url: ROLES_TODAY,
  },
  managedEndpoint: {
    topic: 'How Azure OpenAI reaches Search',
    documents:
      'on-your-data.zh-tw: request a private endpoint that Microsoft manages with a form, and approve it. on-your-data.fr: the form ended in June 2024; use trusted services.',
    today: 'The managed endpoints were to be deleted in July 2025. Trusted services are the way.',
    decision: 'Search lets trusted services in, and a managed connection that is left over is rejected.',
    url: ROLES_TODAY,
  },
  trustedToggle: {
    topic: 'Where the trusted services of Azure OpenAI are switched on',
    documents: 'on-your-data.zh-tw: with the API only. on-your-data.fr: with the API.',
    today: 'The portal has a switch as well.',
    decision: 'The API, as everything else.',
    url: 'https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks',
  },
  searchKeys: {
    topic: 'API keys of Search',
    documents:
      'on-your-data.zh-tw: “both”; keys cannot go while the studio is used, and should go in production. on-your-data.fr: “both” or roles only.',
    today: 'Either is possible.',
    decision:
      'Two steps. Tokens are always accepted; keys are switched off in production and kept for an evaluation, as the setup says.',
    url: 'https://learn.microsoft.com/azure/search/search-security-enable-roles',
  },
  subnets: {
    topic: 'The three subnets',
    documents:
      'on-your-data.zh-tw: endpoints first, then the gateway’s, which comes “automatically”. on-your-data.fr: the gateway’s first.',
    today: 'Only the portal creates it along with the gateway. Azure accepts only the name GatewaySubnet.',
    decision: 'Each subnet has a role of its own, in any order, and Ringfence creates all three.',
    url: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub',
  },
  ipRules: {
    topic: 'Selected networks with addresses',
    documents:
      'Both on-your-data documents: not supported, because the services’ addresses change. vnet-only.ja: fine, for clients that cannot take the private path.',
    today: 'Both are true: addresses can let clients in, and cannot let services in.',
    decision:
      'Azure OpenAI may stay open to listed clients while that is needed. Services always come in as trusted services, and Search and Storage have no such choice.',
  },
  sharedLinkTier: {
    topic: 'The tier for a shared private link',
    documents: 'Both on-your-data documents: S2 only; others should skip the topic.',
    today:
      'Indexers with a skillset from S1 on, and embedding skills from Basic on, on services created since April 2024.',
    decision: 'An option that is off. The step says which tiers can use the link, and Azure has the last word.',
    url: 'https://learn.microsoft.com/azure/search/search-limits-quotas-capacity#shared-private-link-resource-limits',
  },
  searchOnStorage: {
    topic: 'The role of Search on the storage account',
    documents: 'on-your-data.zh-tw: Storage Blob Data Contributor. on-your-data.fr: Storage Blob Data Reader.',
    today: 'Reader, unless Search writes: a knowledge store, an enrichment cache, debug sessions.',
    decision:
      'Reader, or Contributor where the setup says that Search writes. Contributor satisfies either, with a note.',
    url: ROLES_TODAY,
  },
  webAppRole: {
    topic: 'The web app’s role on Azure OpenAI',
    documents: 'on-your-data.zh-tw has no such row. on-your-data.fr: Cognitive Services OpenAI User.',
    today: 'As in on-your-data.fr.',
    decision: 'Required wherever the setup has a web app; without it the app would need a key.',
    url: ROLES_TODAY,
  },
  projectRole: {
    topic: 'The project’s role on the storage endpoints',
    documents: 'on-your-data.zh-tw has no such row. on-your-data.fr: Reader, on the endpoints for blobs and files.',
    today: 'As in on-your-data.fr; the project is called a Foundry project by now.',
    decision: 'Only where the setup names a project. The endpoint for files is an option of its own.',
    url: ROLES_TODAY,
  },
  developerKeys: {
    topic: 'Developers who list the keys of Azure OpenAI',
    documents: 'Both on-your-data documents: Cognitive Services User.',
    today: 'The row has been removed.',
    decision: 'An option that is off, since it contradicts a setup without keys.',
    url: ROLES_TODAY,
  },
  developersWithoutKeys: {
    topic: 'Developers on Search and Storage',
    documents: 'Both on-your-data documents: Contributor on each, to list keys and account signatures for the studio.',
    today: 'Still so; but Contributor opens no data once keys are off.',
    decision:
      'In an evaluation, Contributor as documented. In production, roles on data instead: Search Service Contributor with Search Index Data Contributor, and Storage Blob Data Contributor.',
    url: 'https://learn.microsoft.com/azure/search/search-security-rbac',
  },
  developersAssignRoles: {
    topic: 'Developers who assign roles on Azure OpenAI',
    documents: 'on-your-data.zh-tw has no such row. on-your-data.fr: Role Based Access Control Administrator.',
    today: 'As in on-your-data.fr.',
    decision: 'An option that is off: Ringfence gives the web app its role, so nobody else needs to.',
    url: ROLES_TODAY,
  },
  administrator: {
    topic: 'The administrator’s own role',
    documents: 'Both on-your-data documents: Owner on every resource.',
    today: 'Role Based Access Control Administrator is enough to assign roles.',
    decision: 'Each step names the permissions that its changes need, and the plan names those that you lack.',
    url: 'https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged',
  },
  vpn: {
    topic: 'The VPN gateway and how clients sign in',
    documents: 'Both on-your-data documents link to guides of their time.',
    today:
      'Gateways without availability zones can no longer be created, and Microsoft registers the client application itself.',
    decision:
      'A new gateway has an AZ size and a zoned public IP address. Clients sign in with Microsoft Entra ID and Microsoft’s own registration; an existing registration is left alone.',
    url: 'https://learn.microsoft.com/azure/vpn-gateway/point-to-site-entra-gateway',
  },
  zones: {
    topic: 'Names of Search and Storage',
    documents:
      'Both on-your-data documents: one private DNS zone, for Azure OpenAI, so that the web app finds it; a hosts file for everybody else.',
    today: 'Each service has zones of its own.',
    decision:
      'Zone, link and records for all three, so that everything in the network resolves them. The hosts-file block is for machines that cannot use that DNS.',
    url: 'https://learn.microsoft.com/azure/private-link/private-endpoint-dns',
  },
  requestShape: {
    topic: 'The request with a filter',
    documents:
      'on-your-data.zh-tw: `dataSources`, `AzureCognitiveSearch`, `indexName`. on-your-data.fr: `data_sources`, `azure_search`, `index_name`. Both with a key of Search.',
    today: 'As in on-your-data.fr; the identity of Azure OpenAI does without the key.',
    decision: 'As in on-your-data.fr, with the system-assigned identity in place of the key.',
    url: 'https://learn.microsoft.com/azure/foundry-classic/openai/references/on-your-data',
  },
  ingestionApi: {
    topic: 'The ingestion API',
    documents:
      'on-your-data.zh-tw: `extensions/on-your-data/ingestion-jobs` of 2023-10-01-preview, with headers. on-your-data.fr only links to the reference.',
    today: '`openai/ingestion/jobs` of 2025-03-01-preview, with a body.',
    decision:
      'The newer one. What the document asks of the headers is in the body: managed identities for Search and Storage, the account’s resource id, an embedding deployment, no key.',
    url: 'https://learn.microsoft.com/rest/api/azureopenai/ingestion-jobs/create',
  },
  defenderForm: {
    topic: 'Access to Defender for AI',
    documents: 'Both on-your-data documents: a preview, with a form to apply.',
    today: 'A plan of the subscription that is switched on without a form.',
    decision: 'A step switches the plan on.',
    url: 'https://learn.microsoft.com/azure/defender-for-cloud/ai-onboarding',
  },
  order: {
    topic: 'What comes first',
    documents:
      'vnet-only.ja disables public access first, so that mistakes are found more easily, and says that either order works.',
    today: 'Either order works; the first cuts every caller off in between.',
    decision: 'The private path first. Public access goes when a client was seen to arrive there.',
  },
  keysCanGo: {
    topic: 'Authentication methods that are not used',
    documents: 'vnet-only.ja: Azure OpenAI cannot disable one.',
    today: 'It can: `disableLocalAuth`.',
    decision: 'A step disables keys in production.',
  },
  azureRbac: {
    topic: 'Fine-grained permissions on Azure OpenAI',
    documents: 'vnet-only.ja: impossible with keys, and with Azure RBAC.',
    today: 'Still impossible with keys; Azure RBAC has Cognitive Services OpenAI User and Contributor.',
    decision: 'Roles for callers, and no keys in production.',
    url: 'https://learn.microsoft.com/azure/ai-services/openai/how-to/role-based-access-control',
  },
} as const satisfies Readonly<Record<string, Decision>>;

export type DecisionId = keyof typeof DECISIONS;
