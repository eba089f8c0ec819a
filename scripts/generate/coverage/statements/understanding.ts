import {
  decision,
  description,
  measured,
  nonGoal,
  note,
  option,
  statement,
  steps,
  stepsOfSection,
  tools,
} from '../statement';

/** What the on-your-data documents say about the feature, how it works, and who may see which document. */
export const understanding = {
  formEnded: description(
    'Since June 2024 nobody has to ask, with a form, for a private endpoint that Microsoft manages.',
    decision('managedEndpoint'),
  ),
  enableTrustSoon: statement(
    'Managed endpoints are deleted in July 2025; who has one enables the trusted services of Search before that.',
    stepsOfSection,
    decision('managedEndpoint'),
  ),
  aim: description(
    'How to use On Your Data securely: with roles of Microsoft Entra ID, virtual networks and private endpoints.',
    decision('retirement'),
  ),
  textOnly: statement(
    'All of it is for On Your Data with text, and not with images.',
    nonGoal('On Your Data with images: the documents exclude it.'),
  ),

  ingestionSources: statement(
    'Data comes from Blob Storage, from local files or from addresses of web pages.',
    steps('storage-container'),
    measured('ingestion'),
    note(
      'Files and web pages are uploaded by the studio into a container, and are documents in a container from then on.',
    ),
  ),
  ingestionFlow: description(
    'What happens during ingestion, in the numbered steps of a diagram.',
    decision('pipeline'),
  ),
  ingestionObjects: description(
    'Two indexers, two indexes, two data sources and a custom skill come into being in Search, a container for chunks in Storage.',
    decision('pipeline'),
    note('Azure OpenAI makes them by itself, with its roles on both.'),
  ),
  scheduledRefresh: description('A scheduled refresh starts later in the diagram.'),
  skillProtocol: description(
    'The `preprocessing-jobs` API is a custom skill, and works through a queue.',
    decision('pipeline'),
  ),
  chunking: description('Azure OpenAI opens the documents and cuts them into chunks along their layout.'),
  vectorSearch: statement(
    'Where vector search is chosen, the selected embedding deployment turns chunks into vectors.',
    steps('aoai-model-deployments'),
    tools('ingestion'),
  ),
  secondIndexer: description('A second indexer then stores the result in Search.'),
  systemIdentitiesOnly: statement(
    'Calls between the services support system-assigned identities only, not user-assigned ones.',
    steps('aoai-managed-identity', 'search-managed-identity'),
  ),

  contributorAtInference: statement(
    'At inference too, Azure OpenAI reads the index’s fields, and needs Search Service Contributor for that.',
    steps('rbac-aoai-search-contributor'),
  ),
  embeddingAtInference: statement(
    'Where the request names an embedding, the question goes to Search as a vector as well.',
    steps('aoai-model-deployments'),
    note('The request that Ringfence makes searches by words; `embedding_dependency` is yours to add.'),
  ),

  searchOnly: description('Document-level access control is for Azure AI Search only.'),
  offersFilters: statement(
    'Security filters can limit which documents answer whom, by the groups of who asks.',
    option('documentAccess'),
    stepsOfSection,
  ),
  existingIndexOnly: statement('It can be enabled on an index that exists, only.', option('documentAccess')),
  registerApplication: statement(
    'Register your application, and create users and groups.',
    nonGoal(
      'Ringfence creates nobody and nothing in Microsoft Entra ID: who belongs to which group is for you to decide.',
    ),
  ),
  fieldSchema: statement(
    'Index documents with their groups, in a field of type `Collection(Edm.String)` that is filterable.',
    steps('search-document-acl'),
  ),
  fieldName: statement('The field is called `group_ids`, or as you like, with a mapping.', option('documentAccess')),
  everyDocument: statement(
    'Every sensitive document has the groups that may see it in that field.',
    steps('search-document-acl'),
    note(
      'It counts documents without groups. Filling them in is up to whoever indexes: only they know who may see what.',
    ),
  ),
  mapInStudio: statement(
    'In the studio, add the data source and map the field to “permitted groups”; unmapped means disabled.',
    nonGoal(
      'The mapping is made in a form of the studio, and is no property of a resource. Calls to the API carry the filter instead.',
    ),
    tools('document-filter'),
  ),
  studioTrims: description('In the studio, answers then depend on who is signed in.'),
  redeployWebApp: statement(
    'Redeploy a published web app to get its latest version, which fetches, caches and sends the groups of its users.',
    nonGoal('Ringfence secures the app’s network and identity. Its code is yours to deploy.'),
  ),
  filterInEachRequest: statement(
    'With the API, pass `filter` in every request.',
    tools('document-filter', 'inference'),
  ),
  keysOutOfCode: statement(
    'If you use an API key, keep it in a safe place such as Key Vault, and never in code or in public.',
    stepsOfSection,
    note('Every snippet asks for a token instead, so there is no key to keep.'),
  ),
  filterExample: statement('A sample request with a filter.', tools('inference'), decision('requestShape')),
  fieldInFilter: statement(
    'The filter names the field that was mapped.',
    tools('document-filter'),
    option('documentAccess'),
  ),
  groupsInFilter: statement(
    'The filter lists the groups of who is signed in; the client can fetch and cache them.',
    tools('document-filter'),
    note('The command takes the groups with `--group`. Looking them up for each user is the client’s part.'),
  ),
} as const;
