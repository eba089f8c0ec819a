import { asArray, asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text, type Text } from '../text';
import { VAULT_WRITE } from './keyVault';
import { goesByRoles, withoutOwnKeys } from './ownKeys';
import { broaderThanNeeded, identityOf, roleExpectation, type Assignee } from './roleAssignment';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/**
 * The right of each service to use the key in the vault: a role, or an access policy where those decide about the
 * vault. Source: https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys
 */

const ROLE = 'Key Vault Crypto Service Encryption User';

/** What an access policy has to allow. */
const KEY_PERMISSIONS = ['get', 'wrapKey', 'unwrapKey'];

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
    manual: (context, vault) =>
      lacking(context, vault, assignee(context)).length === 0
        ? undefined
        : text(
            'The access policy of {0} lacks permissions on keys: {1}. Add them in the portal, because the policy is somebody’s.',
            assignee(context).name,
            lacking(context, vault, assignee(context)).join(', '),
          ),
    notes: (context, vault) =>
      goesByRoles(context.read(vault)) ? broaderThanNeeded(context, vault, assignee(context), ROLE) : [],
    expects: (context, vault) => [
      goesByRoles(context.read(vault))
        ? roleExpectation(context, vault, assignee(context), ROLE)
        : policyExpectation(context, vault, assignee(context)),
    ],
    permissions: VAULT_WRITE,
    risk: { kind: 'none', note: text('A new role can take up to ten minutes until every service knows of it.') },
    typicalSeconds: 5,
  });
}

/** Permissions that an access policy which is there does not give. */
function lacking(context: StepContext, vault: string, { principalId }: Assignee): readonly string[] {
  const present = context.read(vault);
  if (goesByRoles(present)) return [];
  const policy = asObjects(readPath(present, 'properties.accessPolicies')).find((each) => isFor(each, principalId));
  if (policy === undefined) return [];
  const given = asArray(readPath(policy, 'permissions.keys')).map((each) => String(each).toLowerCase());
  return given.includes('all') ? [] : KEY_PERMISSIONS.filter((each) => !given.includes(each.toLowerCase()));
}

function isFor(policy: JsonObject, principalId: string | undefined): boolean {
  return asString(policy['objectId'])?.toLowerCase() === principalId?.toLowerCase();
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
          add: { tenantId, objectId: principal, permissions: { keys: [...KEY_PERMISSIONS] } },
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
