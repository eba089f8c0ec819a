import type { ScenarioId } from '../../../src/core/setup/scenarios';
import type { Setup } from '../../../src/core/setup/setup';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../../src/sandbox/directory/people';
import { account, searchService } from '../../../src/sandbox/worlds/builders';
import { documentIndex } from '../../../src/sandbox/worlds/documents';
import { EMPTY } from '../../../src/sandbox/worlds/empty';
import { EXPOSED, EXPOSED_INDEX, INDEX, OPENAI, SEARCH } from '../../../src/sandbox/worlds/exposed';
import type { SeedStep, WorldSeed } from '../../../src/sandbox/worlds/seed';

/** An estate before anything is applied, and what is meant for it. */
export interface Estate {
  readonly seed: WorldSeed;
  /** On your data, where nothing is said. */
  readonly scenario?: ScenarioId;
  readonly change: (setup: Setup) => Setup;
}

export type HardenedName = keyof typeof ESTATES;

const asItIs = (setup: Setup): Setup => setup;

function exposedWith(name: string, replace: (step: SeedStep) => SeedStep): WorldSeed {
  return { ...EXPOSED, name, steps: EXPOSED.steps.map(replace) };
}

const withResource = (name: string, id: string, made: SeedStep): WorldSeed =>
  exposedWith(name, (step) => (step.kind === 'put' && step.id === id ? made : step));

/** All of the documents: file shares, a project, developers with every role, documents for some, keys off. */
const everything: Estate = {
  seed: exposedWith('everything', (step) =>
    step === EXPOSED_INDEX ? documentIndex(SEARCH, INDEX, 'everyDocument') : step,
  ),
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
  seed: withResource('otherWays', SEARCH, searchService(SEARCH, { tier: 'standard' })),
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
  seed: exposedWith('gateway', (step) => step),
  scenario: 'api-gateway',
  change: (setup) => ({ ...setup, options: { ...setup.options, locks: false } }),
};

/** AI Search hardened with every choice that the document has. */
const search: Estate = {
  seed: exposedWith('search', (step) =>
    step === EXPOSED_INDEX ? documentIndex(SEARCH, INDEX, 'everyDocument') : step,
  ),
  scenario: 'ai-search',
  change: (setup) => ({ ...setup, options: { ...setup.options, locks: false, alertEmail: 'aiko.tanaka@contoso.com' } }),
};

/** AI Search hardened, its resources locked. */
const locked: Estate = { seed: exposedWith('locked', (step) => step), scenario: 'ai-search', change: asItIs };

/** The estates that are hardened by an apply: each step applies in one of them. */
export const ESTATES: Readonly<Record<'everything' | 'otherWays' | 'gateway' | 'search' | 'locked', Estate>> = {
  everything,
  otherWays,
  gateway,
  search,
  locked,
};

/** Nothing is there. */
export const NOTHING: Estate = { seed: EMPTY, change: asItIs };

/** The account answers at the region’s endpoint only. */
export const NAMELESS: Estate = { seed: withResource('nameless', OPENAI, account(OPENAI)), change: asItIs };

/** The search service is a free one. */
export const FREE: Estate = {
  seed: withResource('free', SEARCH, searchService(SEARCH, { tier: 'free' })),
  change: asItIs,
};
