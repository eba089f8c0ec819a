import type { ScenarioId } from '../../../src/core/setup/scenarios';
import type { Setup } from '../../../src/core/setup/setup';
import { TENANT_ID } from '../../../src/sandbox/azure';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../../src/sandbox/directory/people';
import { childId } from '../../../src/core/resources/resourceId';
import { account, keyVault, put, searchService } from '../../../src/sandbox/worlds/builders';
import { documentIndex } from '../../../src/sandbox/worlds/documents';
import { apiManagement, serviceId } from '../../../src/sandbox/worlds/edgeBuilders';
import { EMPTY } from '../../../src/sandbox/worlds/empty';
import {
  EXPOSED,
  EXPOSED_INDEX,
  INDEX,
  NETWORK_GROUP,
  NETWORK_LOCATION,
  OPENAI,
  SEARCH,
  STORAGE,
  VAULT,
} from '../../../src/sandbox/worlds/exposed';
import type { SeedStep, WorldSeed } from '../../../src/sandbox/worlds/seed';

/** An estate before anything is applied, and what is meant for it. */
export interface Estate {
  readonly world: WorldSeed;
  readonly scenario: ScenarioId;
  readonly change: (setup: Setup) => Setup;
}

export type HardenedName = keyof typeof ESTATES;

const VAULT_WITH_POLICIES = keyVault(VAULT, 'eastus', {
  enableRbacAuthorization: false,
  accessPolicies: [{ tenantId: TENANT_ID, objectId: PIPELINE_ID, permissions: { secrets: ['get'] } }],
});

const asItIs = (setup: Setup): Setup => setup;

function exposedWith(name: string, replace: (step: SeedStep) => SeedStep): WorldSeed {
  return { ...EXPOSED, name, steps: EXPOSED.steps.map(replace) };
}

const withResource = (name: string, id: string, made: SeedStep): WorldSeed =>
  exposedWith(name, (step) => (step.kind === 'put' && step.id === id ? made : step));

/** All of the documents: file shares, a project, developers with every role, documents for some, keys off. */
const everything: Estate = {
  world: exposedWith('everything', (step) =>
    step === EXPOSED_INDEX ? documentIndex(SEARCH, INDEX, 'everyDocument') : step,
  ),
  scenario: 'on-your-data',
  change: (setup) => ({
    ...setup,
    options: {
      ...setup.options,
      fileEndpoint: true,
      developers: [{ id: DEVELOPERS_ID, type: 'Group' }],
      developerExtras: ['listKeys', 'assignRoles'],
      project: { id: PIPELINE_ID, type: 'ServicePrincipal' },
      documentAccess: { index: INDEX, field: 'group_ids' },
    },
  }),
};

/** The documented alternatives: a shared private link, and selected networks. Who is signed in is the developer. */
const otherWays: Estate = {
  world: withResource('otherWays', SEARCH, searchService(SEARCH, { tier: 'standard' })),
  scenario: 'on-your-data',
  change: (setup) => ({
    ...setup,
    options: {
      ...setup.options,
      sharedPrivateLink: true,
      publicAccess: 'selectedNetworks',
      allowedAddresses: ['203.0.113.77'],
    },
  }),
};

/** Application Gateway and API Management in front of Azure OpenAI. Locks would only be in the way of what is done by hand. */
const gateway: Estate = {
  world: exposedWith('gateway', (step) => step),
  scenario: 'api-gateway',
  change: (setup) => ({ ...setup, options: { ...setup.options, locks: false } }),
};

/** AI Search hardened with every choice that the document has. */
const search: Estate = {
  world: exposedWith('search', (step) => {
    if (step === EXPOSED_INDEX) return documentIndex(SEARCH, INDEX, 'everyDocument');
    return step.kind === 'put' && step.id === SEARCH ? searchService(SEARCH, { tier: 'standard' }) : step;
  }),
  scenario: 'ai-search',
  change: (setup) => ({
    ...setup,
    options: {
      ...setup.options,
      locks: false,
      alertEmail: 'aiko.tanaka@contoso.com',
      searchPublicAccess: 'selectedNetworks',
      allowedAddresses: ['203.0.113.77'],
      searchLinks: ['storage', 'keyVault', 'webApp'],
      indexReaders: [{ index: INDEX, principal: { id: PIPELINE_ID, type: 'ServicePrincipal' } }],
      documentAccess: { index: INDEX, field: 'group_ids' },
      defenderForServices: true,
    },
  }),
};

/** AI Search hardened, its resources locked. */
const locked: Estate = { world: exposedWith('locked', (step) => step), scenario: 'ai-search', change: asItIs };

/** Everything is encrypted with keys in the vault, which goes by access policies: somebody has one already. */
const ownKeys: Estate = {
  world: {
    ...EXPOSED,
    name: 'ownKeys',
    // An index without a key stays without one.
    steps: EXPOSED.steps
      .filter((step) => step !== EXPOSED_INDEX)
      .map((step) => (step.kind === 'put' && step.id === VAULT ? VAULT_WITH_POLICIES : step)),
  },
  scenario: 'ai-search',
  change: (setup) => ({ ...setup, options: { ...setup.options, locks: false, customerManagedKeys: true } }),
};

const OLD_STORAGE: SeedStep = {
  kind: 'exists',
  resource: {
    id: STORAGE,
    type: 'Microsoft.Storage/storageAccounts',
    location: 'eastus',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    properties: { keyCreationTime: { key1: '2024-11-22T00:00:00.0000000Z', key2: '2024-11-22T00:00:00.0000000Z' } },
  },
};

/** Keys of the services are kept, and are old, or nobody knows how old. */
export const OLD_KEYS: Estate = {
  world: { ...EXPOSED, name: 'oldKeys', steps: [...EXPOSED.steps, OLD_STORAGE] },
  scenario: 'ai-search',
  change: (setup) => ({ ...setup, options: { ...setup.options, apiKeys: 'keep' } }),
};

const SERVICE = serviceId(NETWORK_GROUP, 'contoso-apim');

/** Callers outside have had their keys of API Management for long. */
export const OLD_SUBSCRIPTION: Estate = {
  world: {
    ...EXPOSED,
    name: 'oldSubscription',
    steps: [
      ...EXPOSED.steps,
      apiManagement(SERVICE, NETWORK_LOCATION),
      put(childId(SERVICE, 'apis', 'chat'), {
        properties: {
          displayName: 'Chat',
          path: 'chat',
          protocols: ['https'],
          serviceUrl: 'https://contoso-openai.openai.azure.com/openai',
        },
      }),
      {
        kind: 'exists',
        resource: {
          id: childId(SERVICE, 'subscriptions', 'partner'),
          type: 'Microsoft.ApiManagement/service/subscriptions',
          properties: {
            displayName: 'Partner',
            scope: childId(SERVICE, 'apis', 'chat'),
            state: 'active',
            createdDate: '2024-11-22T00:00:00Z',
          },
        },
      },
    ],
  },
  scenario: 'api-gateway',
  change: (setup) => ({ ...setup, roles: { ...setup.roles, apiManagement: { id: SERVICE } } }),
};

/** The estates that are hardened by an apply: each step applies in one of them. */
export const ESTATES: Readonly<
  Record<'everything' | 'otherWays' | 'gateway' | 'search' | 'locked' | 'ownKeys', Estate>
> = {
  everything,
  otherWays,
  gateway,
  search,
  locked,
  ownKeys,
};

/** Nothing is there. */
export const NOTHING: Estate = { world: EMPTY, scenario: 'on-your-data', change: asItIs };

/** Nothing is there, and the subscription may have no application gateway. */
export const FULL: Estate = {
  world: { ...EMPTY, name: 'full', limits: { ApplicationGateways: 0 } },
  scenario: 'api-gateway',
  change: asItIs,
};

/** The account answers at the region’s endpoint only. */
export const NAMELESS: Estate = {
  world: withResource('nameless', OPENAI, account(OPENAI)),
  scenario: 'on-your-data',
  change: asItIs,
};

/** The search service is a free one. */
export const FREE: Estate = {
  world: withResource('free', SEARCH, searchService(SEARCH, { tier: 'free' })),
  scenario: 'on-your-data',
  change: asItIs,
};
