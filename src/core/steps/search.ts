import { readPath } from '../resources/propertyPath';
import { SEARCH_SKUS } from '../setup/setup';
import { text } from '../text';
import type { Assertion, Surrounding } from './matcher';
import { whereKeysAreKept } from './keysKept';
import { presenceOf } from './presence';
import { privatePathSteps } from './privateServices';
import { publicAccessOff, refusePerimeter } from './publicAccess';
import { defineStep, type Step } from './step';
import { systemIdentityOn } from './systemIdentity';

/** Steps on the Azure AI Search service itself. Source of the properties: Microsoft.Search/searchServices 2025-05-01. */

/** What every write to the service needs; Search Service Contributor has it. */
export const SERVICE_WRITE = ['Microsoft.Search/searchServices/write'];

/** Azure replaces the network rules as a whole. */
export const networkRuleSet: Surrounding = {
  at: 'properties.networkRuleSet',
  absentMeans: { ipRules: [], bypass: 'None' },
};

/** How the service answers a caller with a bad token. Source: on-your-data.zh-tw, 啟用角色型訪問控制. */
const AAD_OR_KEY = { aadOrApiKey: { aadAuthFailureMode: 'http401WithBearerChallenge' } } as const;

const keysOff: Assertion = {
  at: 'properties.disableLocalAuth',
  absentMeans: false,
  must: { kind: 'equals', value: true },
};

const searchService = defineStep({
  id: 'search-service',
  title: text('AI Search service'),
  why: text(
    'The service that holds the indexes of your data. It is created reachable, and closed once the private path answers.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
    { seed: 'ai-search-security.fr', section: 'Résidence des données' },
  ],
  severity: 'medium',
  expects: (context) =>
    presenceOf(context, 'search', ({ location, sku }) => ({
      create: {
        location,
        sku: { name: sku },
        identity: { type: 'SystemAssigned' },
        properties: { replicaCount: 1, partitionCount: 1, authOptions: AAD_OR_KEY },
      },
    })),
  permissions: SERVICE_WRITE,
  risk: { kind: 'cost', note: text('A service of the Basic tier costs about 75 US dollars a month, used or not.') },
  typicalSeconds: 420,
});

const searchTier = defineStep({
  id: 'search-tier-supports-private-link',
  title: text('Tier with private endpoints'),
  why: text(
    'Private endpoints and managed identities begin with the Basic tier. A free service cannot be moved up: it has to be created anew.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-service'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋]' },
    { policy: 'a049bf77-880b-470f-ba6d-9f21c530cf83' },
  ],
  severity: 'high',
  expects: (_, target) => [
    {
      resource: target,
      assertions: [{ at: 'sku.name', must: { kind: 'oneOf', values: SEARCH_SKUS, prefer: 'basic' } }],
      observed: true,
    },
  ],
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 0,
});

const searchManagedIdentity = defineStep({
  id: 'search-managed-identity',
  title: text('System-assigned identity of Search'),
  why: text(
    'Azure OpenAI and Storage recognize the service by its own identity, without keys. Only the system-assigned kind is accepted for that.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-tier-supports-private-link'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Activer une identité managée' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 啟用受控識別' },
    { seed: 'on-your-data.fr', section: 'Architecture d’ingestion des données' },
    { seed: 'on-your-data.zh-tw', section: '數據擷取架構' },
    { seed: 'ai-search-security.fr', section: 'Trafic sortant' },
  ],
  severity: 'medium',
  desired: [systemIdentityOn],
  permissions: SERVICE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 30,
});

const searchRoleBasedAccess = defineStep({
  id: 'search-rbac-auth',
  title: text('Role-based access to Search'),
  why: text(
    'By default the service knows only keys and refuses every token. People and services that have a role come with a token.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-service'],
  sources: [
    {
      seed: 'on-your-data.fr',
      section: 'Configurer Recherche Azure AI / Activer le contrôle d’accès en fonction du rôle',
    },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 啟用角色型訪問控制' },
    { seed: 'ai-search-security.fr', section: 'Trafic entrant' },
    { seed: 'ai-search-security.fr', section: 'Authentification' },
    {
      reference: 'Enable role-based access in Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/search-security-enable-roles',
    },
  ],
  severity: 'high',
  desired: (context, target) => {
    const tokensOnly = readPath(context.read(target), 'properties.disableLocalAuth') === true;
    if (tokensOnly) return [keysOff];
    return [
      { at: 'properties.authOptions.aadOrApiKey', must: { kind: 'present', propose: AAD_OR_KEY.aadOrApiKey } },
      { at: 'properties.authOptions.apiKeyOnly', must: { kind: 'unset' }, implied: true },
    ];
  },
  undoUpdate: { kind: 'restore', body: { properties: { authOptions: { apiKeyOnly: {} } } } },
  permissions: SERVICE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 15,
});

const searchTrustedServices = defineStep({
  id: 'search-trusted-services',
  title: text('Trusted services may call Search'),
  why: text(
    'Azure OpenAI queries the index from Microsoft’s network, not from yours. The exception lets it in while public access is off, and only with a role.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-tier-supports-private-link'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Remarque' },
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Activer le service approuvé' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 停用公用網路存取' },
    {
      reference: 'Grant access to trusted Azure services for Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/service-configure-firewall',
    },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.roles.openAi === undefined && !setup.scenarios.includes('on-your-data')
      ? text('No service of Azure queries Search in this setup.')
      : undefined,
  notes: () => [
    text(
      'The documents disagree: on-your-data.zh-tw asks for a private endpoint that Microsoft manages, by a form. That way was closed in June 2024, and this exception is what replaces it.',
    ),
  ],
  desired: [
    {
      at: 'properties.networkRuleSet.bypass',
      absentMeans: 'None',
      must: { kind: 'equals', value: 'AzureServices' },
      within: networkRuleSet,
    },
  ],
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'none',
    note: text('Every trusted service of Azure that has a role on the service gets in by its network rules.'),
  },
  typicalSeconds: 60,
});

const searchPublicAccessDisabled = defineStep({
  id: 'search-public-access-disabled',
  title: text('Public access to Search disabled'),
  why: text(
    'The service answers through its private endpoint only. It comes last, because until the private path works it would cut everyone off.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: [...privatePathSteps('search'), 'search-trusted-services'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Configurer Recherche Azure AI / Désactiver l’accès au réseau public' },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 停用公用網路存取' },
    { seed: 'ai-search-security.fr', section: 'Connexion entrante à un point de terminaison privé' },
    { policy: 'ee980b6d-0eca-4501-8d54-f6290fd512c3' },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.searchPublicAccess === 'selectedNetworks'
      ? text('Search stays open to the listed addresses in this setup.')
      : undefined,
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [publicAccessOff];
  },
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Nothing outside the virtual network reaches the indexes any more. Management stays possible, so it can always be switched back.',
    ),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 420,
});

const searchLocalAuthDisabled = defineStep({
  id: 'search-disable-local-auth',
  title: text('API keys of Search off'),
  why: text(
    'A key of the service reads or changes every index, for whoever holds it. Without keys, every caller is a named identity with a role.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-rbac-auth', 'rbac-aoai-search-index-reader', 'rbac-aoai-search-contributor'],
  preferAfter: ['search-public-access-disabled', 'rbac-dev-search', 'rbac-dev-search-data', 'rbac-index-reader'],
  sources: [
    {
      seed: 'on-your-data.fr',
      section: 'Configurer Recherche Azure AI / Activer le contrôle d’accès en fonction du rôle',
    },
    { seed: 'on-your-data.zh-tw', section: '[設定 Azure AI 搜尋] / 啟用角色型訪問控制' },
    { seed: 'on-your-data.fr', section: 'Contrôle d’accès au niveau du document / API' },
    { seed: 'ai-search-security.fr', section: 'Authentification' },
    { policy: '6300012e-e9a4-4649-b41f-a85f5c43be91' },
  ],
  severity: 'high',
  notApplicable: whereKeysAreKept,
  desired: [keysOff, { at: 'properties.authOptions', must: { kind: 'unset' } }],
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'The studio calls Search from the browser with keys, so its “on your data” pages stop working. Keep the keys for an evaluation.',
    ),
  },
  typicalSeconds: 30,
});

export const SEARCH_STEPS: readonly Step[] = [
  searchService,
  searchTier,
  searchManagedIdentity,
  searchRoleBasedAccess,
  searchTrustedServices,
  searchPublicAccessDisabled,
  searchLocalAuthDisabled,
];
