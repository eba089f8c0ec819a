import { decision, description, nonGoal, note, option, statement, steps, tools } from '../statement';

/** What the on-your-data documents say about role assignments. */
export const permissions = {
  intro: description(
    'The services are set up by themselves so far; next they are allowed to call each other, as the rows that follow say.',
  ),
  openAiReadsIndexes: statement(
    'Search Index Data Reader for Azure OpenAI on Search: inference queries the index.',
    steps('rbac-aoai-search-index-reader'),
  ),
  openAiManagesIndexes: statement(
    'Search Service Contributor for Azure OpenAI on Search: inference reads fields; ingestion creates index, data source, skillset and indexer.',
    steps('rbac-aoai-search-contributor'),
  ),
  openAiWritesBlobs: statement(
    'Storage Blob Data Contributor for Azure OpenAI on Storage: it reads documents and writes what it prepares.',
    steps('rbac-aoai-blob-contributor'),
  ),
  searchCallsOpenAi: statement(
    'Cognitive Services OpenAI Contributor for Search on Azure OpenAI: the custom skill.',
    steps('rbac-search-aoai-contributor'),
  ),
  searchReadsBlobs: statement(
    'Storage Blob Data Reader for Search on Storage: it reads documents and chunks.',
    steps('rbac-search-blob-reader'),
    option('searchWritesToStorage'),
    decision('searchOnStorage'),
  ),
  searchWritesBlobs: statement(
    'Storage Blob Data Contributor for Search on Storage: it reads documents and writes a knowledge store.',
    steps('rbac-search-blob-reader'),
    option('searchWritesToStorage'),
    decision('searchOnStorage'),
  ),
  projectReadsEndpoints: statement(
    'Reader for an AI Studio project on the storage account’s private endpoints, for blobs and for files.',
    steps(
      'rbac-project-pe-reader',
      'storage-private-dns-zone-file',
      'storage-private-dns-link-file',
      'storage-private-endpoint-file',
      'storage-private-dns-records-file',
    ),
    option('project'),
    option('fileEndpoint'),
    decision('projectRole'),
  ),
  webAppCallsOpenAi: statement(
    'Cognitive Services OpenAI User for the web app on Azure OpenAI: inference.',
    steps('rbac-webapp-aoai-user'),
    decision('webAppRole'),
  ),
  assignees: statement(
    'The assignee is always the resource’s system-assigned identity.',
    steps('aoai-managed-identity', 'search-managed-identity'),
  ),
  assigneesWithWebApp: statement(
    'The assignee is always the resource’s system-assigned identity.',
    steps('aoai-managed-identity', 'search-managed-identity', 'webapp-managed-identity'),
  ),
  administrator: statement(
    'Who assigns the roles has to be Owner of the resources.',
    nonGoal(
      'Ringfence gives its user no rights. It shows which permissions a plan needs and which of them are missing.',
    ),
    decision('administrator'),
  ),
  assigningRoles: statement(
    'How to assign roles in the portal, or with a script.',
    steps(
      'rbac-aoai-search-index-reader',
      'rbac-aoai-search-contributor',
      'rbac-aoai-blob-contributor',
      'rbac-search-aoai-contributor',
      'rbac-search-blob-reader',
    ),
    note('Applying the steps does what the script does.'),
  ),
  developers: statement('Give developers their roles on the resources.', option('developers')),
  developersCallOpenAi: statement(
    'Cognitive Services OpenAI Contributor on Azure OpenAI: to call the ingestion API. Contributor does not do, and tokens are required.',
    steps('rbac-dev-aoai', 'aoai-disable-local-auth'),
  ),
  developersListKeys: statement(
    'Cognitive Services User on Azure OpenAI: to list its keys in the studio.',
    steps('rbac-dev-aoai-keys'),
    option('developerExtras'),
    decision('developerKeys'),
  ),
  developersUseSearch: statement(
    'Contributor on Search: to list keys, and so indexes, in the studio.',
    steps('rbac-dev-search', 'rbac-dev-search-data'),
    option('apiKeys'),
    decision('developersWithoutKeys'),
  ),
  developersUseStorage: statement(
    'Contributor on Storage: to list account signatures, for uploads from the studio.',
    steps('rbac-dev-storage', 'storage-disable-shared-key'),
    option('apiKeys'),
    decision('developersWithoutKeys'),
  ),
  developersDeployWebApp: statement(
    'Contributor on the resource group or subscription that the web app goes into.',
    steps('rbac-dev-webapp'),
    note('On the resource group of the setup: the narrower of the two.'),
  ),
  developersAssignRoles: statement(
    'Role Based Access Control Administrator on Azure OpenAI: to give the web app its role.',
    steps('rbac-dev-rbac-admin'),
    option('developerExtras'),
    decision('developersAssignRoles'),
  ),

  signedInRole: statement(
    'Whoever calls the API needs Cognitive Services OpenAI Contributor on Azure OpenAI, and runs `az login` first.',
    steps('rbac-dev-aoai'),
    tools('ingestion', 'inference'),
    note('The scripts take their token from the Azure CLI.'),
  ),
} as const;
