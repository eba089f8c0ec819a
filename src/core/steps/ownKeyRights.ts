import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text, type Text } from '../text';
import { VAULT_WRITE } from './keyVault';
import { withoutOwnKeys } from './ownKeys';
import { broaderThanNeeded, identityOf, NEW_ROLE, roleExpectation, type Assignee } from './roleAssignment';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';
import { lackingIn, policiesFor, type VaultRight } from './vaultAccess';
import { goesByRoles } from './vaultFacts';

/**
 * The right of each service to use the key in the vault: a role, or an access policy where those decide about the
 * vault. Source: https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys
 */

const USE_KEYS: VaultRight = {
  role: 'Key Vault Crypto Service Encryption User',
  objects: 'keys',
  permissions: ['get', 'wrapKey', 'unwrapKey'],
};

interface KeyUser {
  readonly id: string;
  readonly title: Text;
  readonly service: 'search' | 'storage' | 'openAi';
  readonly scenarios: Step['scenarios'];
  readonly after: readonly string[];
  readonly preferAfter: readonly string[];
  readonly sources: readonly Source[];
  readonly notApplicable?: (context: StepContext) => Text | undefined;
}

function keyUser({ service, notApplicable, ...words }: KeyUser): Step {
  const assignee = (context: StepContext): Assignee => identityOf(context, context.role(service).id);
  return defineStep({
    ...words,
    why: text(
      'The service wraps and unwraps its own keys with yours. It needs no other right to the vault, and gets none.',
    ),
    group: 'roles',
    on: 'keyVault',
    severity: 'medium',
    notApplicable: (context) =>
      withoutOwnKeys(context) ??
      (context.optionalRole(service) === undefined
        ? text('This setup has no such service.')
        : notApplicable?.(context)),
    manual: (context, vault) => {
      const missing = lacking(context, vault, assignee(context));
      return missing.length === 0
        ? undefined
        : text(
            'The access policy of {0} lacks permissions on keys: {1}. Add them in the portal, because the policy is somebody’s.',
            assignee(context).name,
            missing.join(', '),
          );
    },
    notes: (context, vault) =>
      goesByRoles(context.read(vault)) ? broaderThanNeeded(context, vault, assignee(context), USE_KEYS.role) : [],
    expects: (context, vault) => [
      goesByRoles(context.read(vault))
        ? roleExpectation(context, vault, assignee(context), USE_KEYS.role)
        : policyExpectation(context, vault, assignee(context)),
    ],
    permissions: VAULT_WRITE,
    risk: NEW_ROLE,
    typicalSeconds: 5,
  });
}

/** Permissions that an access policy which is there does not give. */
function lacking(context: StepContext, vault: string, assignee: Assignee): readonly string[] {
  if (goesByRoles(context.read(vault))) return [];
  const [policy] = policiesFor(context, vault, assignee);
  return policy === undefined ? [] : lackingIn(policy, USE_KEYS);
}

function policyExpectation(
  context: StepContext,
  vault: string,
  { principal, principalId, name }: Assignee,
): Expectation {
  const tenantId = asString(readPath(context.read(vault), 'properties.tenantId')) ?? '';
  return {
    resource: vault,
    assertions: [
      {
        at: 'properties.accessPolicies',
        must: {
          kind: 'someItem',
          where: [{ at: 'objectId', must: { kind: 'equals', value: principalId ?? '' } }],
          add: { tenantId, objectId: principal, permissions: { keys: USE_KEYS.permissions } },
          what: text('an access policy for {0}', name),
        },
        absentMeans: [],
      },
    ],
  };
}

const searchUsesKey = keyUser({
  id: 'rbac-search-key-user',
  title: text('Search may use the key'),
  service: 'search',
  scenarios: ['ai-search'],
  after: ['search-managed-identity', 'key-vault-encryption-key'],
  preferAfter: ['key-vault-role-based-access'],
  sources: [{ seed: 'ai-search-security.fr', section: 'Clés gérées par le client (CMK)' }],
});

const storageUsesKey = keyUser({
  id: 'rbac-storage-key-user',
  title: text('Storage may use the key'),
  service: 'storage',
  scenarios: ['ai-search'],
  after: ['storage-managed-identity', 'key-vault-encryption-key'],
  preferAfter: ['key-vault-role-based-access', 'rbac-search-key-user'],
  sources: [{ seed: 'ai-search-security.fr', section: 'Données au repos' }],
});

const openAiUsesKey = keyUser({
  id: 'rbac-aoai-key-user',
  title: text('Azure OpenAI may use the key'),
  service: 'openAi',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['aoai-managed-identity', 'key-vault-encryption-key'],
  preferAfter: ['rbac-search-key-user', 'rbac-storage-key-user'],
  sources: [
    {
      reference: 'Azure OpenAI encryption of data at rest',
      url: 'https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest',
    },
  ],
  notApplicable: (context) =>
    goesByRoles(context.read(context.role('keyVault').id))
      ? text('The documents of Azure OpenAI want an access policy on the vault, and roles decide about this one.')
      : undefined,
});

export const OWN_KEY_RIGHTS_STEPS: readonly Step[] = [searchUsesKey, storageUsesKey, openAiUsesKey];
