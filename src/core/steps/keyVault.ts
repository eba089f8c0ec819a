import { asArray } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text } from '../text';
import type { Assertion } from './matcher';
import { encryptionKeyId, keysWanted, withoutOwnKeys } from './ownKeys';
import { networkRules } from './publicAccess';
import type { Source } from './source';
import { defineStep, type Step, type StepContext } from './step';
import { goesByRoles } from './vaultFacts';

/** Steps on the key vault itself. Source of the properties: Microsoft.KeyVault/vaults 2025-05-01. */

/** What every write to the vault needs; Key Vault Contributor has it. */
export const VAULT_WRITE = ['Microsoft.KeyVault/vaults/write'];

const OWN_KEYS: Source = { seed: 'ai-search-security.fr', section: 'Clés gérées par le client (CMK)' };

const isTrue = { kind: 'equals', value: true } as const;

const keyVaultProtected = defineStep({
  id: 'key-vault-protected',
  title: text('Key vault protected from being purged'),
  why: text(
    'What is deleted in the vault can be brought back, and nobody can purge it before its time. Whoever loses a key loses all that was encrypted with it.',
  ),
  group: 'governance',
  on: 'keyVault',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['key-vault'],
  sources: [
    OWN_KEYS,
    { policy: '0b60c0b2-2dc2-4e1c-b5c9-abbed971de53' },
    { policy: '1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d' },
    {
      reference: 'Azure Key Vault recovery management',
      url: 'https://learn.microsoft.com/azure/key-vault/general/key-vault-recovery',
    },
  ],
  severity: 'high',
  desired: [
    { at: 'properties.enableSoftDelete', must: isTrue },
    { at: 'properties.enablePurgeProtection', absentMeans: false, must: isTrue },
  ],
  undoUpdate: {
    kind: 'none',
    reason: text('Azure cannot switch off the protection from being purged.'),
  },
  permissions: VAULT_WRITE,
  risk: {
    kind: 'irreversible',
    note: text(
      'Purge protection stays for ever: the name of a deleted vault, key or certificate is taken until its time is over.',
    ),
  },
  typicalSeconds: 5,
});

const keyVaultRoles = defineStep({
  id: 'key-vault-role-based-access',
  title: text('Roles decide about the key vault'),
  why: text(
    'A role can be given on one key, is seen where all other roles are, and only who may assign roles can give it. An access policy can be written by everybody who may write the vault.',
  ),
  group: 'governance',
  on: 'keyVault',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['key-vault'],
  sources: [
    OWN_KEYS,
    {
      reference: 'Migrate from vault access policy to an Azure role-based access control permission model',
      url: 'https://learn.microsoft.com/azure/key-vault/general/rbac-migration',
    },
  ],
  severity: 'medium',
  notApplicable: (context) => {
    const { roles, options } = context.setup;
    const wantsPolicies = options.customerManagedKeys && roles.openAi !== undefined;
    return wantsPolicies && !goesByRoles(context.read(context.role('keyVault').id))
      ? text('The documents of Azure OpenAI want access policies on the vault with its key, and this vault has them.')
      : undefined;
  },
  manual: (context, target) => {
    const vault = context.read(target);
    return goesByRoles(vault) || asArray(readPath(vault, 'properties.accessPolicies')).length === 0
      ? undefined
      : text(
          'Access policies decide about this vault, and all of them would be lost. Give everybody in them a role on the vault, then switch it to roles in the portal.',
        );
  },
  desired: [{ at: 'properties.enableRbacAuthorization', absentMeans: false, must: isTrue }],
  permissions: [...VAULT_WRITE, 'Microsoft.Authorization/roleAssignments/write'],
  risk: { kind: 'none', note: text('Nobody has an access policy on the vault, so nobody loses anything.') },
  typicalSeconds: 5,
});

const trustedServices: Assertion = {
  at: 'properties.networkAcls.bypass',
  absentMeans: 'AzureServices',
  must: { kind: 'equals', value: 'AzureServices' },
  within: networkRules,
};

const keyVaultTrustedServices = defineStep({
  id: 'key-vault-trusted-services',
  title: text('Trusted services may reach the key vault'),
  why: text(
    'The services ask the vault for their key from Microsoft’s network. The exception lets them in through the vault’s firewall, and only with a right to the key.',
  ),
  group: 'governance',
  on: 'keyVault',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['key-vault'],
  sources: [
    {
      reference: 'Azure OpenAI encryption of data at rest',
      url: 'https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest',
    },
  ],
  severity: 'medium',
  notApplicable: withoutOwnKeys,
  desired: [trustedServices],
  permissions: VAULT_WRITE,
  risk: { kind: 'none', note: text('Every trusted service of Azure that has a right to the vault gets in.') },
  typicalSeconds: 5,
});

const encryptionKey = defineStep({
  id: 'key-vault-encryption-key',
  title: text('Key for encryption'),
  why: text(
    'Azure encrypts everything that it keeps. A key of your own adds a second lock, which you can take away from the services again.',
  ),
  group: 'governance',
  on: 'keyVault',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['key-vault-protected'],
  sources: [OWN_KEYS, { seed: 'ai-search-security.fr', section: 'Protection des données' }],
  severity: 'medium',
  notApplicable: (context: StepContext) =>
    withoutOwnKeys(context) ??
    (keysWanted(context).length === 0
      ? text('No service of this setup can be encrypted with a key of this vault.')
      : undefined),
  expects: (context, vault) =>
    keysWanted(context).map(({ name, keySize }) => ({
      resource: encryptionKeyId(vault, name),
      assertions: [],
      create: {
        properties: {
          kty: 'RSA',
          keySize,
          keyOps: ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'],
          attributes: { enabled: true },
        },
      },
      undoCreate: {
        kind: 'none',
        reason: text(
          'What is encrypted with a key is lost with it, so Azure Resource Manager deletes none. Delete it in the vault once nothing needs it.',
        ),
      },
    })),
  permissions: ['Microsoft.KeyVault/vaults/keys/write'],
  risk: {
    kind: 'irreversible',
    note: text('The key must never be lost: without it, nobody reads what was encrypted with it, Microsoft included.'),
  },
  typicalSeconds: 5,
});

export const KEY_VAULT_STEPS: readonly Step[] = [
  keyVaultProtected,
  keyVaultRoles,
  keyVaultTrustedServices,
  encryptionKey,
];
