import { childId } from '../resources/resourceId';
import { text } from '../text';
import { privatePathSteps } from './privateServices';
import { publicAccessOn, refusePerimeter } from './publicAccess';
import { assigneeOf, broaderThanNeeded, NEW_ROLE, roleExpectation } from './roleAssignment';
import { networkRuleSet, SERVICE_WRITE } from './search';
import { defineStep, type Step } from './step';

/** Who may reach Azure AI Search by address, and who may read a single index. */

const searchSelectedNetworks = defineStep({
  id: 'search-ip-allowlist',
  title: text('Search for listed addresses only'),
  why: text(
    'The service stays public, but only for the addresses that you list. Use it while clients cannot take the private path yet.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: [...privatePathSteps('search'), 'search-trusted-services'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Connexion entrante via des pare-feu IP' },
    { seed: 'ai-search-security.fr', section: 'Trafic entrant' },
    {
      reference: 'Configure network access and firewall rules for Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/service-configure-firewall',
    },
  ],
  severity: 'high',
  notApplicable: ({ setup }) =>
    setup.options.searchPublicAccess === 'selectedNetworks'
      ? undefined
      : text('Public access to Search is to be disabled altogether.'),
  notes: () => [
    text(
      'Calls of the portal come from an address of its own: look stamp2.ext.search.windows.net up and list it as well, where people use the portal’s pages for indexes.',
    ),
  ],
  desired: (context, target) => {
    refusePerimeter(context, target);
    return [
      {
        at: 'properties.networkRuleSet.ipRules',
        absentMeans: [],
        must: { kind: 'addressRules', allowed: context.setup.options.allowedAddresses },
        within: networkRuleSet,
      },
      publicAccessOn,
    ];
  },
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text('Callers from the internet are refused from then on, unless their address is listed.'),
  },
  guards: ['privatePathAnswers'],
  typicalSeconds: 420,
});

const indexReaders = defineStep({
  id: 'rbac-index-reader',
  title: text('Readers of a single index'),
  why: text(
    'A role on the service opens every index of it. Given on one index, it opens that one alone, for the people and apps that need it.',
  ),
  group: 'roles',
  on: 'search',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['search-rbac-auth'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Restriction de l’accès aux index' },
    { seed: 'ai-search-security.fr', section: 'Autoriser l’accès au contenu' },
    {
      reference: 'Connect to Azure AI Search using roles',
      url: 'https://learn.microsoft.com/azure/search/search-security-rbac',
    },
  ],
  severity: 'medium',
  notApplicable: ({ setup }) =>
    setup.options.indexReaders.length === 0
      ? text('Nobody is named in this setup who may read one index only.')
      : undefined,
  notes: (context, target) =>
    context.setup.options.indexReaders.flatMap(({ index, principal }) =>
      broaderThanNeeded(context, childId(target, 'indexes', index), assigneeOf(principal), 'Search Index Data Reader'),
    ),
  expects: (context, target) =>
    context.setup.options.indexReaders.map(({ index, principal }) =>
      roleExpectation(context, childId(target, 'indexes', index), assigneeOf(principal), 'Search Index Data Reader'),
    ),
  permissions: [],
  risk: NEW_ROLE,
  typicalSeconds: 5,
});

export const SEARCH_ACCESS_STEPS: readonly Step[] = [searchSelectedNetworks, indexReaders];
