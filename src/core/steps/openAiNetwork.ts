import { text } from '../text';
import type { Surrounding } from './matcher';
import { ACCOUNT_WRITE } from './openAi';
import { privatePathSteps } from './privateServices';
import { denyByDefault, isClosed, publicAccessOff, publicAccessOn, refusePerimeter } from './publicAccess';
import { defineStep, type Step } from './step';

/** Who may reach the Azure OpenAI account, and from where. */

/** Azure replaces the network rules as a whole; leaving them out lets everybody in. */
const networkAcls: Surrounding = {
  at: 'properties.networkAcls',
  absentMeans: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
};

/** What has to hold before anybody is kept out. */
const PRIVATE_PATH: readonly string[] = privatePathSteps('openAi');

const openAiTrustedServices = defineStep({
  id: 'aoai-trusted-services',
  title: text('Trusted services may call Azure OpenAI'),
  why: text(
    'While you ingest data, Search calls back into the account with its own identity. The exception lets such calls in, and only from services of Azure that also have a role.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['aoai-custom-subdomain'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Azure OpenAI / Activer le service approuvé' },
    { seed: 'on-your-data.zh-tw', section: '設定 Azure OpenAI / 啟用信任的服務' },
    { seed: 'ai-search-security.fr', section: 'Trafic sortant' },
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

const openAiNetworkDefaultDeny = defineStep({
  id: 'aoai-network-default-deny',
  preferAfter: ['aoai-trusted-services'],
  title: text('Network rules deny by default'),
  why: text(
    'If public access is ever switched on again, nobody gets in until an address is listed. It is the second lock behind the first.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data', 'api-gateway'],
  after: PRIVATE_PATH,
  sources: [
    {
      seed: 'vnet-only.ja',
      section:
        '補足 / 許可するアクセス元 は 無効 ではなく 選択したネットワークとプライベート エンドポイントでもよいのか',
    },
    { policy: '037eea7a-bd0a-46c5-9a66-03aea78705d3' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.publicAccess === 'selectedNetworks'
      ? text('“Selected networks” is chosen, and that step denies by default as well.')
      : undefined,
  // The built-in policy is content with either: rules have no effect while public access is off.
  desired: (context, target) => [isClosed(context.read(target)) ? publicAccessOff : denyByDefault(networkAcls)],
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'lockout', note: text('Callers from the internet are refused from then on.') },
  guards: ['privatePathAnswers'],
  typicalSeconds: 60,
});

const openAiSelectedNetworks = defineStep({
  id: 'aoai-ip-allowlist',
  preferAfter: ['aoai-trusted-services'],
  title: text('Selected networks'),
  why: text(
    'The account stays public, but only for the addresses that you list. Use it while clients or the studio cannot take the private path yet.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data', 'api-gateway'],
  after: PRIVATE_PATH,
  sources: [
    {
      seed: 'vnet-only.ja',
      section:
        '補足 / 許可するアクセス元 は 無効 ではなく 選択したネットワークとプライベート エンドポイントでもよいのか',
    },
    { seed: 'on-your-data.fr', section: 'Configuration des ressources' },
    { seed: 'on-your-data.zh-tw', section: '資源設定' },
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
      denyByDefault(networkAcls),
      {
        at: 'properties.networkAcls.ipRules',
        absentMeans: [],
        must: { kind: 'addressRules', allowed: context.setup.options.allowedAddresses },
        within: networkAcls,
      },
      publicAccessOn,
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

const openAiPublicAccessDisabled = defineStep({
  id: 'aoai-public-access-disabled',
  title: text('Public access disabled'),
  why: text(
    'The account answers through its private endpoint only. It comes last, because until the private path works it would cut everyone off.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['private-access', 'on-your-data', 'api-gateway'],
  after: PRIVATE_PATH,
  preferAfter: ['aoai-network-default-deny', 'aoai-trusted-services'],
  sources: [
    { seed: 'vnet-only.ja', section: '手順 / 1. Azure OpenAI Service のネットワークを無効にする' },
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

export const OPENAI_NETWORK_STEPS: readonly Step[] = [
  openAiTrustedServices,
  openAiNetworkDefaultDeny,
  openAiSelectedNetworks,
  openAiPublicAccessDisabled,
];
