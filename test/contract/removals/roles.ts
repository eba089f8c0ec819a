import type { BuiltInRoleName } from '../../../src/core/steps/azureRoles';
import { PRINCIPAL_ID } from '../../../src/sandbox/azure';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../../src/sandbox/directory/people';
import { OPENAI, SEARCH, SITE, STORAGE } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { BLOB_ENDPOINT, NETWORK_RESOURCES } from './ids';
import { INFERENCE_FAILS, INGESTION_FAILS, type Fate, type Removal } from './removal';

type Followed = Partial<Pick<Removal, 'in' | 'unknown' | 'probes'>>;

/** A role is taken away, and its own step is the only one that is not compliant. */
function roleTaken(
  step: string,
  principal: (hand: ByHand) => Promise<string>,
  role: BuiltInRoleName,
  scope: string,
  followed: Followed = {},
): Readonly<Record<string, Fate>> {
  return {
    [step]: {
      when: `the role “${role}” is taken away`,
      remove: async (hand) => hand.unassign(await principal(hand), role, scope),
      nonCompliant: [step],
      ...followed,
    },
  };
}

const known = (principal: string) => () => Promise.resolve(principal);
const identityOf = (resource: string) => (hand: ByHand) => hand.principalOf(resource);
const developers = known(DEVELOPERS_ID);

/** Which call needs which role. Source: on-your-data.fr, “Architecture d’ingestion” and “Architecture d’inférence”. */
export const ROLE_STEPS: Readonly<Record<string, Fate>> = {
  ...roleTaken('rbac-aoai-search-index-reader', identityOf(OPENAI), 'Search Index Data Reader', SEARCH, {
    probes: INFERENCE_FAILS,
  }),
  ...roleTaken('rbac-aoai-search-contributor', identityOf(OPENAI), 'Search Service Contributor', SEARCH, {
    probes: { ...INGESTION_FAILS, ...INFERENCE_FAILS },
  }),
  ...roleTaken('rbac-aoai-blob-contributor', identityOf(OPENAI), 'Storage Blob Data Contributor', STORAGE, {
    probes: INGESTION_FAILS,
  }),
  ...roleTaken('rbac-search-aoai-contributor', identityOf(SEARCH), 'Cognitive Services OpenAI Contributor', OPENAI, {
    probes: INGESTION_FAILS,
  }),
  ...roleTaken('rbac-search-blob-reader', identityOf(SEARCH), 'Storage Blob Data Reader', STORAGE, {
    probes: INGESTION_FAILS,
  }),
  ...roleTaken('rbac-webapp-aoai-user', identityOf(SITE), 'Cognitive Services OpenAI User', OPENAI, {
    probes: { 'inference/webApp': 'fail' },
  }),
  ...roleTaken('rbac-project-pe-reader', known(PIPELINE_ID), 'Reader', BLOB_ENDPOINT),
  // Who is signed in may still infer there, by a role on the subscription.
  ...roleTaken('rbac-dev-aoai', known(PRINCIPAL_ID), 'Cognitive Services OpenAI Contributor', OPENAI, {
    in: 'otherWays',
    probes: INGESTION_FAILS,
  }),
  ...roleTaken('rbac-dev-aoai-keys', developers, 'Cognitive Services User', OPENAI),
  ...roleTaken('rbac-dev-search', developers, 'Search Service Contributor', SEARCH),
  // Documents without groups are counted with the developer’s own role.
  ...roleTaken('rbac-dev-search-data', developers, 'Search Index Data Contributor', SEARCH, {
    unknown: ['search-document-acl'],
  }),
  ...roleTaken('rbac-dev-storage', developers, 'Storage Blob Data Contributor', STORAGE),
  ...roleTaken('rbac-dev-webapp', developers, 'Contributor', NETWORK_RESOURCES),
  ...roleTaken('rbac-dev-rbac-admin', developers, 'Role Based Access Control Administrator', OPENAI),
};
