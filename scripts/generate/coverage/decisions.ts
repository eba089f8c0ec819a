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
      'on-your-data.zh-tw: “both”; keys cannot go while the studio is used, and should go in production. on-your-data.fr: “both” or roles only. ai-search-security.fr: either or both, and keys are the default.',
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
      'Both on-your-data documents: not supported, because the services’ addresses change. vnet-only.ja and ai-search-security.fr: fine, for clients that cannot take the private path.',
    today: 'Both are true: addresses can let clients in, and cannot let services in.',
    decision:
      'Azure OpenAI and Search may each stay open to listed clients while that is needed. Services always come in as trusted services, and Storage has no such choice.',
  },
  sharedLinkTier: {
    topic: 'The tier for a shared private link',
    documents:
      'Both on-your-data documents: S2 only; others should skip the topic. ai-search-security.fr names no tier.',
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
  firewallOptional: {
    topic: 'The web application firewall',
    documents: 'apim-app-gateway.fr: an option.',
    today: 'Azure’s own policies ask for it, and the older kind, without a policy of its own, is on its way out.',
    decision:
      'A new gateway has the tier WAF_v2 and a firewall policy. It blocks; an option lets it only log at first, because prompts can look like attacks.',
    url: 'https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview',
  },
  endToEndTls: {
    topic: 'Where TLS ends',
    documents: 'apim-app-gateway.fr: at the gateway, where that is needed.',
    today: 'A gateway without a policy for TLS may accept old versions, and calls behind it need TLS as much.',
    decision:
      'TLS from the caller to the gateway, from there to API Management, and from there to Azure OpenAI, with 1.2 as the least and host names checked.',
    url: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-ssl-policy-overview',
  },
  managementTier: {
    topic: 'The tier of API Management',
    documents: 'apim-app-gateway.fr: internal mode, and no tier.',
    today:
      'Of the classic tiers only Developer and Premium stand inside a network. The v2 tiers are joined to networks in other ways.',
    decision:
      'A new service is of the tier Developer or Premium, as the setup says. Existing ones are adopted, and the step says where their tier cannot follow.',
    url: 'https://learn.microsoft.com/azure/api-management/virtual-network-concepts',
  },
  managementAddress: {
    topic: 'A public IP address for API Management',
    documents: 'apim-app-gateway.fr says nothing of it; guides of its time ask for one.',
    today: 'Optional in internal mode since May 2024.',
    decision: 'None is created. One that is there stays.',
    url: 'https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet',
  },
  contributor: {
    topic: 'The rights to deploy it',
    documents: 'apim-app-gateway.fr: Contributor or Owner.',
    today: 'Contributor cannot assign roles, which the identity of API Management needs.',
    decision: 'The plan asks for what its changes need: for roles, Role Based Access Control Administrator.',
    url: 'https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged',
  },
  sameRegion: {
    topic: 'Search and Storage in one region',
    documents: 'ai-search-security.fr: neither a firewall nor a private endpoint can be set up between them.',
    today:
      'A trusted service or a rule for the instance is the way. A shared private link is good where the account has private endpoints already, and is refused where it has none.',
    decision:
      'Search comes in as a trusted service with its identity. A step finds out whether both are in one region and judges rules for addresses by that.',
    url: 'https://learn.microsoft.com/azure/search/search-indexer-howto-access-trusted-service-exception',
  },
  documentPermissions: {
    topic: 'Permissions on single documents',
    documents: 'ai-search-security.fr: not supported natively; use a filter.',
    today: 'Permissions can be indexed and checked with the caller’s token, as a preview.',
    decision: 'The filter, which works for every source and is no preview.',
    url: 'https://learn.microsoft.com/azure/search/search-document-level-access-overview',
  },
  searchTls: {
    topic: 'TLS of Azure AI Search',
    documents: 'ai-search-security.fr: 1.2.',
    today: '1.3 as well, and nothing older than 1.2.',
    decision: 'Nothing to do. What has a version to choose gets 1.2 as the least: Storage, web apps, both gateways.',
    url: 'https://learn.microsoft.com/azure/search/search-security-overview',
  },
  vaultSubscription: {
    topic: 'Where the key vault is',
    documents: 'ai-search-security.fr: in whatever region, but in the same subscription.',
    today: 'It may be in another subscription as well.',
    decision: 'In the subscription of the setup, as everything else that Ringfence writes to.',
    url: 'https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys',
  },
  keysPerIndex: {
    topic: 'What is encrypted with your keys',
    documents: 'ai-search-security.fr: only the indexes that need it, because queries get slower.',
    today:
      'A key is given to an index when it is created, and never later. Enforcement refuses what is created without one.',
    decision:
      'Ringfence prepares the vault, the key and the role, and switches enforcement on where the setup says so. Existing indexes have to be made again, which the step says.',
    url: 'https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys',
  },
  policyCount: {
    topic: 'Built-in policies for Azure AI Search',
    documents: 'ai-search-security.fr: one, for resource logs.',
    today: 'More than ten: network, private endpoints, keys, encryption, tier and logs.',
    decision: 'Those that match steps are assigned as one initiative, which reports first.',
    url: 'https://learn.microsoft.com/azure/search/policy-reference',
  },
} as const satisfies Readonly<Record<string, Decision>>;

export type DecisionId = keyof typeof DECISIONS;
