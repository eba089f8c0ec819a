import { resourceName } from '../resources/resourceId';
import { text } from '../text';
import { holds, type Assertion, type Surrounding } from './matcher';
import { presenceOf } from './presence';
import { privatePathSteps } from './privateServices';
import { publicAccessOff, refusePerimeter } from './publicAccess';
import { defineStep, type StepContext } from './step';

/** Azure replaces the network rules as a whole; leaving them out lets everybody in. */
const networkAcls: Surrounding = {
  at: 'properties.networkAcls',
  absentMeans: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
};

const denyByDefault: Assertion = {
  at: 'properties.networkAcls.defaultAction',
  absentMeans: 'Allow',
  must: { kind: 'equals', value: 'Deny' },
  within: networkAcls,
};

/** The chosen name, or the account's own as far as a subdomain can have it: letters, digits and hyphens. */
function subdomainFor(context: StepContext, account: string): string {
  const own = resourceName(account).toLowerCase();
  return context.setup.options.customSubdomain ?? own.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/** What has to hold before anybody is kept out. */
const PRIVATE_PATH: readonly string[] = ['aoai-custom-subdomain', ...privatePathSteps('openAi')];

/** What every write to the account needs; Cognitive Services Contributor has it. */
const ACCOUNT_WRITE = ['Microsoft.CognitiveServices/accounts/write'];

export const openAiAccount = defineStep({
  id: 'aoai-account',
  title: text('Azure OpenAI account'),
  why: text(
    'The account that the scenario protects. It is created reachable, and closed once the private path answers.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'vnet-only.ja', section: '前提' },
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const create = context.optionalRole('openAi')?.create;
    if (create === undefined) return presenceOf(context, target, {});
    return presenceOf(context, target, {
      create: {
        location: create.location,
        kind: create.kind,
        sku: { name: 'S0' },
        identity: { type: 'SystemAssigned' },
        properties: { customSubDomainName: subdomainFor(context, target) },
      },
      undoCreate: {
        kind: 'delete',
        note: text('Azure keeps a deleted account for 48 hours, and its subdomain is taken for as long.'),
      },
    });
  },
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'cost', note: text('The account itself is free; calls to models are billed by use.') },
  typicalSeconds: 40,
});

export const openAiCustomSubdomain = defineStep({
  id: 'aoai-custom-subdomain',
  title: text('Custom subdomain'),
  why: text(
    'Tokens of Microsoft Entra ID, private endpoints and private DNS all need a name of the account’s own. The regional endpoint has none.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: ['aoai-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Sous-domaine personnalisé activé' },
    { seed: 'on-your-data.zh-tw', section: '已啟用自定義子域' },
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

export const openAiManagedIdentity = defineStep({
  id: 'aoai-managed-identity',
  title: text('System-assigned identity'),
  why: text(
    'Other services recognize the account by its own identity, without keys. Only the system-assigned kind is accepted for that.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: ['aoai-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Activer une identité managée' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 啟用受控識別' },
    { policy: 'fe3fd216-4f83-4fc1-8984-2bbec80a3418' },
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
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 30,
});

export const openAiTrustedServices = defineStep({
  id: 'aoai-trusted-services',
  title: text('Trusted services may call Azure OpenAI'),
  why: text(
    'While you ingest data, Search calls back into the account with its own identity. The exception lets such calls in, and only from services of Azure that also have a role.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['on-your-data'],
  after: ['aoai-custom-subdomain'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Activer le service approuvé' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 啟用信任的服務' },
    {
      reference: 'Grant access to trusted Azure services for Azure OpenAI',
      url: 'https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks',
    },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.sharedPrivateLink ? text('Search comes in through a shared private link in this setup.') : undefined,
  desired: [
    {
      at: 'properties.networkAcls.bypass',
      absentMeans: 'None',
      must: { kind: 'equals', value: 'AzureServices' },
      // Undoing has to say it: Azure keeps what a patch of the rules leaves out.
      within: { ...networkAcls, absentMeans: { ...networkAcls.absentMeans, bypass: 'None' } },
    },
  ],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'none',
    note: text('Every trusted service of Azure that has a role on the account gets in by its network rules.'),
  },
  typicalSeconds: 60,
});

export const openAiNetworkDefaultDeny = defineStep({
  id: 'aoai-network-default-deny',
  preferAfter: ['aoai-trusted-services'],
  title: text('Network rules deny by default'),
  why: text(
    'If public access is ever switched on again, nobody gets in until an address is listed. It is the second lock behind the first.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: PRIVATE_PATH,
  sources: [
    {
      seed: 'vnet-only.ja',
      section: '許可するアクセス元 は 無効 ではなく 選択したネットワークとプライベートエンドポイントでもよいのか',
    },
    { policy: '037eea7a-bd0a-46c5-9a66-03aea78705d3' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.publicAccess === 'selectedNetworks'
      ? text('“Selected networks” is chosen, and that step denies by default as well.')
      : undefined,
  desired: (context, target) => {
    const account = context.read(target);
    // The built-in policy is content with either: rules have no effect while public access is off.
    return [account && holds(account, publicAccessOff) ? publicAccessOff : denyByDefault];
  },
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'lockout', note: text('Callers from the internet are refused from then on.') },
  guards: ['privatePathAnswers'],
  typicalSeconds: 60,
});

export const openAiSelectedNetworks = defineStep({
  id: 'aoai-ip-allowlist',
  preferAfter: ['aoai-trusted-services'],
  title: text('Selected networks'),
  why: text(
    'The account stays public, but only for the addresses that you list. Use it while clients or the studio cannot take the private path yet.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: PRIVATE_PATH,
  sources: [
    {
      seed: 'vnet-only.ja',
      section: '許可するアクセス元 は 無効 ではなく 選択したネットワークとプライベートエンドポイントでもよいのか',
    },
    { seed: 'on-your-data.fr', section: 'Configuration des ressources' },
    { policy: '037eea7a-bd0a-46c5-9a66-03aea78705d3' },
  ],
  severity: 'high',
  notes: () => [
    text(
      'The documents disagree: vnet-only.ja allows listed addresses for clients; on-your-data says that calls between services cannot go by address, because those change. They go as trusted services here.',
    ),
  ],
  notApplicable: ({ setup }) =>
    setup.options.publicAccess === 'selectedNetworks' ? undefined : text('Public access is to be disabled altogether.'),
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [
      denyByDefault,
      {
        at: 'properties.networkAcls.ipRules',
        absentMeans: [],
        must: { kind: 'addressRules', allowed: context.setup.options.allowedAddresses },
        within: networkAcls,
      },
      { at: 'properties.publicNetworkAccess', absentMeans: 'Enabled', must: { kind: 'equals', value: 'Enabled' } },
    ];
  },
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text('Callers from the internet are refused from then on, unless their address is listed.'),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 60,
});

export const openAiPublicAccessDisabled = defineStep({
  id: 'aoai-public-access-disabled',
  title: text('Public access disabled'),
  why: text(
    'The account answers through its private endpoint only. It comes last, because until the private path works it would cut everyone off.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: PRIVATE_PATH,
  preferAfter: ['aoai-network-default-deny', 'aoai-trusted-services'],
  sources: [
    { seed: 'vnet-only.ja', section: '1. Azure OpenAI Service のネットワークを無効にする' },
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Désactiver l’accès au réseau public' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 停用公用網路存取' },
    { policy: '47ba1dd7-28d9-4b07-a8d5-9813bed64e0c' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.publicAccess === 'selectedNetworks' ? text('“Selected networks” is chosen instead.') : undefined,
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [publicAccessOff];
  },
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Nothing outside the virtual network reaches the account any more. Management stays possible, so it can always be switched back.',
    ),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 60,
});

/** Roles without which callers that used a key would be left with nothing. */
const ROLES_ON_OPENAI = ['rbac-search-aoai-contributor', 'rbac-webapp-aoai-user', 'rbac-dev-aoai'];

export const openAiLocalAuthDisabled = defineStep({
  id: 'aoai-disable-local-auth',
  title: text('API keys off'),
  why: text(
    'A key works for whoever holds it and from wherever they are let in. Without keys, every caller is a named identity with a role.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data'],
  after: ['aoai-custom-subdomain'],
  preferAfter: ['aoai-public-access-disabled', 'aoai-ip-allowlist', ...ROLES_ON_OPENAI],
  sources: [
    { seed: 'vnet-only.ja', section: 'Before' },
    { seed: 'on-your-data.fr', section: 'Affectations de rôles' },
    { policy: '71ef260a-8f18-47b7-abcb-62d0673d94dc' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.apiKeys === 'keep' ? text('Keys are to be kept in this setup.') : undefined,
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
