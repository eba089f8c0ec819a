import { resourceName } from '../resources/resourceId';
import { SCENARIO_IDS } from '../setup/scenarios';
import { text } from '../text';
import { whereKeysAreKept } from './keysKept';
import { presenceOf } from './presence';
import { defineStep, type StepContext, type Step } from './step';
import { systemIdentityOn } from './systemIdentity';

/** The chosen name, or the account's own as far as a subdomain can have it: letters, digits and hyphens. */
export function subdomainFor(context: StepContext, account: string): string {
  const own = resourceName(account).toLowerCase();
  return context.setup.options.customSubdomain ?? own.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** What every write to the account needs; Cognitive Services Contributor has it. */
export const ACCOUNT_WRITE = ['Microsoft.CognitiveServices/accounts/write'];

const openAiAccount = defineStep({
  id: 'aoai-account',
  title: text('Azure OpenAI account'),
  why: text(
    'The account that the scenario protects. It is created reachable, and closed once the private path answers.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: SCENARIO_IDS,
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'vnet-only.ja', section: '前提' },
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
  ],
  severity: 'medium',
  expects: (context, target) =>
    presenceOf(context, 'openAi', ({ location, kind }) => ({
      create: {
        location,
        kind,
        sku: { name: 'S0' },
        identity: { type: 'SystemAssigned' },
        properties: { customSubDomainName: subdomainFor(context, target) },
      },
      undoCreate: {
        kind: 'delete',
        note: text('Azure keeps a deleted account for 48 hours, and its subdomain is taken for as long.'),
      },
    })),
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'cost', note: text('The account itself is free; calls to models are billed by use.') },
  typicalSeconds: 40,
});

const openAiCustomSubdomain = defineStep({
  id: 'aoai-custom-subdomain',
  title: text('Custom subdomain'),
  why: text(
    'Tokens of Microsoft Entra ID, private endpoints and private DNS all need a name of the account’s own. The regional endpoint has none.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: SCENARIO_IDS,
  after: ['aoai-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Sous-domaine personnalisé activé' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 已啟用自定義子域' },
    {
      reference: 'Custom subdomain names',
      url: 'https://learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains',
    },
  ],
  severity: 'high',
  desired: (context, target) => [
    {
      at: 'properties.customSubDomainName',
      must: { kind: 'present', propose: subdomainFor(context, target) },
    },
  ],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'irreversible',
    note: text(
      'A custom subdomain can never be changed or removed, and callers of the regional endpoint must move to the new name.',
    ),
  },
  undoUpdate: { kind: 'none', reason: text('Azure cannot remove or change a custom subdomain.') },
  typicalSeconds: 30,
});

const openAiManagedIdentity = defineStep({
  id: 'aoai-managed-identity',
  title: text('System-assigned identity'),
  why: text(
    'Other services recognize the account by its own identity, without keys. Only the system-assigned kind is accepted for that.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data', 'api-gateway', 'ai-search'],
  after: ['aoai-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Activer une identité managée' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 啟用受控識別' },
    { seed: 'on-your-data.fr', section: 'Architecture d’ingestion des données' },
    { seed: 'on-your-data.zh-tw', section: '數據擷取架構' },
    { policy: 'fe3fd216-4f83-4fc1-8984-2bbec80a3418' },
  ],
  severity: 'medium',
  notApplicable: ({ setup: { scenarios, options } }) =>
    scenarios.every((scenario) => scenario === 'ai-search') && !options.customerManagedKeys
      ? text('Nobody in this setup asks who the account is.')
      : undefined,
  desired: [systemIdentityOn],
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 30,
});

/** Roles without which callers that used a key would be left with nothing. */
const ROLES_ON_OPENAI = [
  'rbac-search-aoai-contributor',
  'rbac-webapp-aoai-user',
  'rbac-dev-aoai',
  'apim-openai-policy',
];

const openAiLocalAuthDisabled = defineStep({
  id: 'aoai-disable-local-auth',
  title: text('API keys off'),
  why: text(
    'A key works for whoever holds it and from wherever they are let in. Without keys, every caller is a named identity with a role.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data', 'api-gateway'],
  after: ['aoai-custom-subdomain'],
  preferAfter: ['aoai-public-access-disabled', 'aoai-ip-allowlist', ...ROLES_ON_OPENAI],
  sources: [
    { seed: 'vnet-only.ja', section: '構成 / Before' },
    { seed: 'vnet-only.ja', section: '補足 / API キー で細かな認可は可能か' },
    { seed: 'on-your-data.fr', section: 'Contrôle d’accès au niveau du document / API' },
    { seed: 'on-your-data.fr', section: 'Affectations de rôles' },
    { seed: 'on-your-data.zh-tw', section: '角色指派' },
    { policy: '71ef260a-8f18-47b7-abcb-62d0673d94dc' },
  ],
  severity: 'high',
  notApplicable: whereKeysAreKept,
  desired: [{ at: 'properties.disableLocalAuth', absentMeans: false, must: { kind: 'equals', value: true } }],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Callers that use an API key are refused from then on; they need a token and a role such as Cognitive Services OpenAI User.',
    ),
  },
  typicalSeconds: 60,
});

export const OPENAI_STEPS: readonly Step[] = [
  openAiAccount,
  openAiCustomSubdomain,
  openAiManagedIdentity,
  openAiLocalAuthDisabled,
];
