import { decision, description, measured, note, option, roles, statement, steps, stepsOfSection } from '../statement';

/** What the on-your-data documents say about Azure AI Search and the storage account. */
export const searchAndStorage = {
  tier: statement('Search may have the Basic tier or a higher one.', stepsOfSection, roles('search')),
  advancedTier: statement(
    'With S2, which is not necessary, there are further options.',
    option('sharedPrivateLink'),
    roles('search'),
    decision('sharedLinkTier'),
  ),
  searchIdentity: statement(
    'Assign an identity to Search, so that other resources recognize it; the system-assigned one is easiest.',
    stepsOfSection,
  ),
  searchRoles: statement(
    'Enable role-based access in Search, because Azure OpenAI comes with its identity: choose “both”, or roles only.',
    stepsOfSection,
    option('apiKeys'),
    decision('searchKeys'),
  ),
  searchBoth: statement(
    'Enable role-based access in Search, because Azure OpenAI comes with its identity: choose “both”.',
    steps('search-rbac-auth'),
    decision('searchKeys'),
  ),
  searchRolesByApi: statement(
    'With the API, set `authOptions` to `aadOrApiKey`; a sample names the answer to bad tokens.',
    steps('search-rbac-auth'),
  ),
  studioNeedsKeys: statement(
    'While you use the studio, keys of Search cannot be disabled: your browser calls Search with them.',
    option('apiKeys'),
    steps('search-disable-local-auth'),
    note('“Evaluation” keeps them, and the step that switches them off warns of this.'),
  ),
  keysOffInProduction: statement(
    'In production, disable the keys.',
    steps('search-disable-local-auth'),
    option('apiKeys'),
    decision('searchKeys'),
  ),
  searchPublicOff: statement(
    'Disable public network access of Search.',
    steps('search-public-access-disabled'),
    measured('refused'),
  ),
  searchEndpoint: statement(
    'Create a private endpoint to Search, for clients such as the studio in your browser.',
    steps('search-private-endpoint'),
    measured('answers'),
  ),
  requestManagedEndpoint: statement(
    'Apply for a managed private endpoint from Azure OpenAI to Search, with a form; the answer takes five working days.',
    steps('search-trusted-services', 'search-managed-connections-removed'),
    decision('managedEndpoint'),
  ),
  approveManagedEndpoint: statement(
    'Approve the connection of that endpoint on the Search service.',
    steps('search-managed-connections-removed'),
    decision('managedEndpoint'),
  ),
  whereManagedEndpointIs: description(
    'The endpoint stands in Microsoft’s tenant; where to click in the portal to approve it, and where to read more.',
    decision('managedEndpoint'),
  ),
  searchTrusts: statement('Enable the trusted services of Search, in the portal.', stepsOfSection),
  searchTrustsAfterClosing: statement(
    'Once public access is disabled, let Azure services on the trusted list in.',
    steps('search-trusted-services'),
    note('Ringfence lets them in first, so that ingestion does not fail in between.'),
  ),
  searchTrustsByApi: statement(
    'A sample does it with the REST API: read the service, set `networkRuleSet.bypass`, write it back whole.',
    steps('search-trusted-services'),
    note('Ringfence writes the network rules alone, and keeps what else is in them.'),
  ),
  skipSharedLink: statement(
    'Skip the shared private link with the Basic and Standard tiers, or if this is your first time.',
    option('sharedPrivateLink'),
    note('It is off unless you choose it.'),
  ),
  sharedLinkOnlyS2: statement(
    'It is for the S2 tier, which supports private endpoints for indexers with skillsets.',
    roles('search'),
    decision('sharedLinkTier'),
  ),
  sharedLink: statement(
    'Create a shared private link from Search to Azure OpenAI, of group `openai_account`.',
    stepsOfSection,
    option('sharedPrivateLink'),
  ),
  sharedLinkPath: description('Ingestion then takes the link instead of the trusted path.'),
  sharedLinkPlace: description(
    'The link is in Microsoft’s managed network too, but you create it yourself.',
    decision('managedEndpoint'),
  ),

  storageTrusts: statement(
    'Let the storage account accept Azure OpenAI and Search as trusted services.',
    stepsOfSection,
  ),
  storageTrustsInPortal: statement(
    'In the portal: selected networks, with the exception for trusted services.',
    steps('storage-trusted-services'),
  ),
  storagePublicOff: statement(
    'Disable public network access of the storage account.',
    steps('storage-public-access-disabled'),
    measured('refused'),
    note('Trusted services still come in, and the step says so.'),
  ),
  storageEndpoint: statement(
    'Create a private endpoint to Blob Storage, for clients such as the studio in your browser.',
    steps('storage-private-endpoint-blob'),
    measured('answers'),
  ),
} as const;
