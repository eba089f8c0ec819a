import type { ScenarioId } from '../setup/scenarios';
import { text, type Text } from '../text';
import { BUILT_IN_ROLE_IDS, type BuiltInRoleName } from './azureRoles';
import { endpointIdFor } from './privateLink';
import { privateServicesOf } from './privateServices';
import { assigneeOf, broaderThanNeeded, identityOf, NEW_ROLE, roleExpectation } from './roleAssignment';
import type { Source } from './source';
import { defineStep, type Step, type StepContext } from './step';

/** Roles that the services have on each other. Source: on-your-data.fr, “Affectations de rôles”, first table. */

const FRENCH: Source = { seed: 'on-your-data.fr', section: 'Affectations de rôles' };
const CHINESE: Source = { seed: 'on-your-data.zh-tw', section: '角色指派' };

interface ServiceRole {
  readonly id: string;
  readonly title: Text;
  readonly why: Text;
  /** Who gets it: the system-assigned identity of the resource in this role. */
  readonly assignee: 'openAi' | 'search' | 'webApp' | 'apiManagement';
  readonly on: 'openAi' | 'search' | 'storage';
  readonly role: BuiltInRoleName | ((context: StepContext) => BuiltInRoleName);
  /** On your data, where nothing is said. */
  readonly scenarios?: readonly ScenarioId[];
  readonly after: readonly string[];
  readonly sources: readonly Source[];
  readonly notes?: (context: StepContext) => readonly Text[];
}

function serviceRole({ assignee, role, notes, ...words }: ServiceRole): Step {
  const wanted = (context: StepContext): BuiltInRoleName => (typeof role === 'string' ? role : role(context));
  return defineStep({
    scenarios: ['on-your-data'],
    ...words,
    group: 'roles',
    severity: 'high',
    ...(assignee === 'webApp' && {
      notApplicable: ({ setup }: StepContext) =>
        setup.roles.webApp === undefined ? text('This setup has no web app.') : undefined,
    }),
    notes: (context, target) => [
      ...(notes?.(context) ?? []),
      ...broaderThanNeeded(context, target, identityOf(context, context.role(assignee).id), wanted(context)),
    ],
    expects: (context, target) => [
      roleExpectation(context, target, identityOf(context, context.role(assignee).id), wanted(context)),
    ],
    permissions: [],
    risk: NEW_ROLE,
    typicalSeconds: 5,
  });
}

const openAiReadsIndexes = serviceRole({
  id: 'rbac-aoai-search-index-reader',
  title: text('Azure OpenAI may read the indexes'),
  why: text(
    'At inference, Azure OpenAI queries the index with its own identity. Without the role, every question about your data fails.',
  ),
  assignee: 'openAi',
  on: 'search',
  role: 'Search Index Data Reader',
  after: ['aoai-managed-identity', 'search-service'],
  sources: [FRENCH, CHINESE],
});

const openAiManagesIndexes = serviceRole({
  id: 'rbac-aoai-search-contributor',
  title: text('Azure OpenAI may manage indexes'),
  why: text(
    'It reads the index’s fields at inference, and creates index, data source, skillset and indexer at ingestion.',
  ),
  assignee: 'openAi',
  on: 'search',
  role: 'Search Service Contributor',
  after: ['aoai-managed-identity', 'search-service'],
  sources: [
    FRENCH,
    CHINESE,
    { seed: 'on-your-data.fr', section: 'Architecture d’inférence' },
    { seed: 'on-your-data.zh-tw', section: '推斷架構' },
  ],
});

const openAiWritesBlobs = serviceRole({
  id: 'rbac-aoai-blob-contributor',
  title: text('Azure OpenAI may read and write documents'),
  why: text('It reads the container that you name, and writes what it has prepared beside it.'),
  assignee: 'openAi',
  on: 'storage',
  role: 'Storage Blob Data Contributor',
  after: ['aoai-managed-identity', 'storage-account'],
  sources: [FRENCH, CHINESE],
});

const searchCallsOpenAi = serviceRole({
  id: 'rbac-search-aoai-contributor',
  title: text('Search may call Azure OpenAI'),
  why: text('At ingestion, Search calls Azure OpenAI to cut documents into chunks and to embed them.'),
  assignee: 'search',
  on: 'openAi',
  role: 'Cognitive Services OpenAI Contributor',
  after: ['search-managed-identity', 'aoai-custom-subdomain'],
  sources: [FRENCH, CHINESE],
});

const searchReadsBlobs = serviceRole({
  id: 'rbac-search-blob-reader',
  title: text('Search may read documents'),
  why: text('The indexer reads documents and chunks from the storage account with the service’s own identity.'),
  assignee: 'search',
  on: 'storage',
  role: ({ setup }) =>
    setup.options.searchWritesToStorage ? 'Storage Blob Data Contributor' : 'Storage Blob Data Reader',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-managed-identity', 'storage-account'],
  sources: [FRENCH, CHINESE, { seed: 'ai-search-security.fr', section: 'Trafic sortant' }],
  notes: () => [
    text(
      'The documents disagree: on-your-data.zh-tw asks for Storage Blob Data Contributor, for a knowledge store; on-your-data.fr for Storage Blob Data Reader. The setup says whether Search writes.',
    ),
  ],
});

const searchEmbeds = defineStep({
  id: 'rbac-search-aoai-user',
  title: text('Search may embed with Azure OpenAI'),
  why: text(
    'Skills and vectorizers call an embedding model, while documents are indexed and with every question. With the service’s own identity that takes no key.',
  ),
  group: 'roles',
  on: 'openAi',
  scenarios: ['ai-search'],
  after: ['search-managed-identity', 'aoai-custom-subdomain'],
  sources: [{ seed: 'ai-search-security.fr', section: 'Trafic sortant' }],
  severity: 'medium',
  notes: (context, target) =>
    isForOnYourData(context)
      ? []
      : broaderThanNeeded(context, target, identityOf(context, context.role('search').id), EMBEDS),
  expects: (context, target) => {
    const search = identityOf(context, context.role('search').id);
    // What “On your data” gives goes when that is taken back, so it does not count there.
    const sufficient = isForOnYourData(context) ? [BUILT_IN_ROLE_IDS[EMBEDS]] : undefined;
    return [roleExpectation(context, target, search, EMBEDS, sufficient)];
  },
  permissions: [],
  risk: NEW_ROLE,
  typicalSeconds: 5,
});

const EMBEDS = 'Cognitive Services OpenAI User';

function isForOnYourData({ setup }: StepContext): boolean {
  return setup.scenarios.includes('on-your-data');
}

const webAppCallsOpenAi = serviceRole({
  id: 'rbac-webapp-aoai-user',
  title: text('The web app may call Azure OpenAI'),
  why: text('The app asks with its own identity, so that no key has to be kept in its settings.'),
  assignee: 'webApp',
  on: 'openAi',
  role: 'Cognitive Services OpenAI User',
  after: ['webapp-managed-identity', 'aoai-custom-subdomain'],
  sources: [FRENCH],
  notes: () => [
    text('The documents disagree: on-your-data.zh-tw has no such row. Without it the app would need a key.'),
  ],
});

const apiManagementCallsOpenAi = serviceRole({
  id: 'rbac-apim-aoai-user',
  title: text('API Management may call Azure OpenAI'),
  why: text('The gateway asks with its own identity, so that neither it nor its callers need a key of the account.'),
  assignee: 'apiManagement',
  on: 'openAi',
  role: 'Cognitive Services OpenAI User',
  scenarios: ['api-gateway'],
  after: ['apim-managed-identity', 'aoai-custom-subdomain'],
  sources: [
    { seed: 'apim-app-gateway.fr', section: 'Services requis pour cette intégration' },
    {
      reference: 'Authenticate and authorize access to Azure OpenAI APIs with API Management',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-authenticate-authorize-azure-openai',
    },
  ],
});

const projectReadsEndpoints = defineStep({
  id: 'rbac-project-pe-reader',
  title: text('The project may see the storage endpoints'),
  why: text(
    'A project of AI Studio reads indexes that were created in the storage account, and looks up its private endpoints for that.',
  ),
  group: 'roles',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: ['storage-private-endpoint-blob', 'storage-private-endpoint-file'],
  sources: [FRENCH],
  severity: 'low',
  notApplicable: ({ setup }) => (setup.options.project === undefined ? text('This setup has no project.') : undefined),
  expects: (context, target) => {
    const { project } = context.setup.options;
    if (project === undefined) return [];
    return storageEndpoints(context, target).map((endpoint) =>
      roleExpectation(context, endpoint, assigneeOf(project), 'Reader'),
    );
  },
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** The private endpoints of the account that this setup has: for blobs, and for files where they are wanted. */
function storageEndpoints(context: StepContext, account: string): readonly string[] {
  return privateServicesOf(context.setup)
    .filter(({ role }) => role === 'storage')
    .map((service) => endpointIdFor(context, service, account));
}

export const SERVICE_ROLE_STEPS: readonly Step[] = [
  openAiReadsIndexes,
  openAiManagesIndexes,
  openAiWritesBlobs,
  searchCallsOpenAi,
  searchEmbeds,
  searchReadsBlobs,
  webAppCallsOpenAi,
  apiManagementCallsOpenAi,
  projectReadsEndpoints,
];
