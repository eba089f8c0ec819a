import { text, type Text } from '../text';
import type { ScenarioId } from '../setup/scenarios';
import type { DeveloperExtra } from '../setup/setup';
import type { BuiltInRoleName } from './azureRoles';
import { assigneeOf, roleExpectation } from './roleAssignment';
import type { Source } from './source';
import { defineStep, type Step, type StepContext } from './step';

/** Roles that developers have on the resources. Source: on-your-data.fr, “Affectations de rôles”, second table. */

const FRENCH: Source = { seed: 'on-your-data.fr', section: 'Affectations de rôles' };
const CHINESE: Source = { seed: 'on-your-data.zh-tw', section: '角色指派' };

interface DeveloperRole {
  readonly id: string;
  readonly title: Text;
  readonly why: Text;
  readonly on: 'openAi' | 'search' | 'storage' | 'resourceGroup';
  /** In production there are no keys to list, so the documents' role gives way to one on data. */
  readonly role: BuiltInRoleName | { readonly production: BuiltInRoleName; readonly evaluation: BuiltInRoleName };
  /** On your data, where nothing is said. */
  readonly scenarios?: readonly ScenarioId[];
  readonly after: readonly string[];
  readonly sources: readonly Source[];
  readonly notApplicable?: (context: StepContext) => Text | undefined;
  readonly notes?: readonly Text[];
}

function developerRole({ role, notApplicable, notes, ...words }: DeveloperRole): Step {
  return defineStep({
    scenarios: ['on-your-data'],
    ...words,
    group: 'roles',
    severity: 'low',
    notApplicable: (context) =>
      context.setup.options.developers.length === 0
        ? text('No developer is named in this setup.')
        : notApplicable?.(context),
    ...(notes && { notes: () => notes }),
    expects: (context, target) => {
      const { developers, apiKeys } = context.setup.options;
      const wanted = typeof role === 'string' ? role : apiKeys === 'off' ? role.production : role.evaluation;
      return developers.map((developer) => roleExpectation(context, target, assigneeOf(developer), wanted));
    },
    permissions: [],
    risk: { kind: 'none' },
    typicalSeconds: 5,
  });
}

function unlessExtra(extra: DeveloperExtra) {
  return ({ setup }: StepContext): Text | undefined =>
    setup.options.developerExtras.includes(extra) ? undefined : text('This role is not wanted in this setup.');
}

const developersCallOpenAi = developerRole({
  id: 'rbac-dev-aoai',
  title: text('Developers may call Azure OpenAI'),
  why: text(
    'Ingestion and inference are calls to the data plane, with the developer’s own token. Owner and Contributor manage the account, but may not call it.',
  ),
  on: 'openAi',
  role: 'Cognitive Services OpenAI Contributor',
  after: ['aoai-custom-subdomain'],
  sources: [
    FRENCH,
    CHINESE,
    { seed: 'on-your-data.fr', section: 'Utilisation de l’API' },
    { seed: 'on-your-data.zh-tw', section: '使用 API' },
    { seed: 'vnet-only.ja', section: '補足 / Azure RBAC で細かな認可は可能か' },
  ],
});

const developersListKeys = developerRole({
  id: 'rbac-dev-aoai-keys',
  title: text('Developers may list the keys of Azure OpenAI'),
  why: text('The studio lists the account’s keys for its pages. Work without keys does not need the role.'),
  on: 'openAi',
  role: 'Cognitive Services User',
  after: ['aoai-account'],
  sources: [FRENCH, CHINESE],
  notApplicable: unlessExtra('listKeys'),
  notes: [text('Microsoft has dropped this row since. It contradicts a setup without keys.')],
});

const developersUseSearch = developerRole({
  id: 'rbac-dev-search',
  title: text('Developers may use Search'),
  why: text(
    'They list and manage indexes. With keys the documents give Contributor, to list them; without keys, the role that manages indexes is enough.',
  ),
  on: 'search',
  role: { production: 'Search Service Contributor', evaluation: 'Contributor' },
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-service'],
  sources: [FRENCH, CHINESE, { seed: 'ai-search-security.fr', section: 'Autoriser le management des services Azure' }],
});

const developersUseIndexes = developerRole({
  id: 'rbac-dev-search-data',
  title: text('Developers may read and write documents of indexes'),
  why: text('Without keys, only a role on data lets a person look into an index. Contributor does not.'),
  on: 'search',
  role: 'Search Index Data Contributor',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-service'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Autoriser l’accès au contenu' },
    {
      reference: 'Connect to Azure AI Search using roles',
      url: 'https://learn.microsoft.com/azure/search/search-security-rbac',
    },
  ],
  notApplicable: ({ setup }) =>
    setup.options.apiKeys === 'keep' && setup.options.documentAccess === undefined
      ? text('Keys are kept in this setup, and open the indexes.')
      : undefined,
});

const developersUseStorage = developerRole({
  id: 'rbac-dev-storage',
  title: text('Developers may upload documents'),
  why: text(
    'The documents give Contributor, to list account signatures for uploads from the studio. Without shared keys, a role on blobs does the same.',
  ),
  on: 'storage',
  role: { production: 'Storage Blob Data Contributor', evaluation: 'Contributor' },
  after: ['storage-account'],
  sources: [FRENCH, CHINESE],
});

const developersDeployWebApp = developerRole({
  id: 'rbac-dev-webapp',
  title: text('Developers may deploy the web app'),
  why: text('Publishing an app writes to its resource group.'),
  on: 'resourceGroup',
  role: 'Contributor',
  after: ['resource-group'],
  sources: [FRENCH, CHINESE],
  notApplicable: ({ setup }) => (setup.roles.webApp === undefined ? text('This setup has no web app.') : undefined),
});

const developersAssignRoles = developerRole({
  id: 'rbac-dev-rbac-admin',
  title: text('Developers may assign roles on Azure OpenAI'),
  why: text(
    'Who deploys a web app gives it its role on the account. The role is powerful: it can give any role there.',
  ),
  on: 'openAi',
  role: 'Role Based Access Control Administrator',
  after: ['aoai-account'],
  sources: [FRENCH],
  notApplicable: unlessExtra('assignRoles'),
  notes: [
    text(
      'The documents disagree: on-your-data.zh-tw has no such row. Ringfence gives the web app its role itself, so nobody else needs this.',
    ),
  ],
});

export const DEVELOPER_ROLE_STEPS: readonly Step[] = [
  developersCallOpenAi,
  developersListKeys,
  developersUseSearch,
  developersUseIndexes,
  developersUseStorage,
  developersDeployWebApp,
  developersAssignRoles,
];
