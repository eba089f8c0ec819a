import { text } from '../text';
import { holds, type Assertion } from './matcher';
import { encryptionKeyId, keyVersion, OPENAI_KEY, SHARED_KEY, vaultUri, withoutOwnKeys } from './ownKeys';
import { ACCOUNT_WRITE } from './openAi';
import { SERVICE_WRITE as SEARCH_WRITE } from './search';
import type { Source } from './source';
import { defineStep, type Step, type StepContext } from './step';
import { ACCOUNT_WRITE as STORAGE_WRITE } from './storage';
import { systemIdentityOn } from './systemIdentity';
import { goesByRoles } from './vaultFacts';

/** Services that encrypt what they keep with a key of the customer's own, as well as with their own. */

const OWN_KEYS: Source = { seed: 'ai-search-security.fr', section: 'Clés gérées par le client (CMK)' };

const enforced: Assertion = {
  at: 'properties.encryptionWithCmk.enforcement',
  absentMeans: 'Unspecified',
  must: { kind: 'equals', value: 'Enabled' },
};

const nothingWithoutKey: Assertion = {
  at: 'properties.encryptionWithCmk.encryptionComplianceStatus',
  absentMeans: 'Compliant',
  must: { kind: 'equals', value: 'Compliant' },
};

const searchEnforcement = defineStep({
  id: 'search-cmk-enforcement',
  title: text('Search encrypts with your key only'),
  why: text(
    'Every index gets its key when it is created, and never afterwards. With this on, Search refuses to create one without a key, so that none is forgotten.',
  ),
  group: 'search',
  on: 'search',
  scenarios: ['ai-search'],
  after: ['rbac-search-key-user'],
  preferAfter: ['key-vault-trusted-services'],
  sources: [
    OWN_KEYS,
    { policy: '76a56461-9dc0-40f0-82f5-2453283afa2f' },
    { policy: '356da939-f20a-4bb9-86f8-5db445b0e354' },
    {
      reference: 'Configure customer-managed keys for data encryption in Azure AI Search',
      url: 'https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys',
    },
  ],
  severity: 'medium',
  notApplicable: withoutOwnKeys,
  notes: (context, target) => [
    text(
      'Name the key in the “encryptionKey” of each index and synonym map that you create: key {0} in the vault {1}.',
      SHARED_KEY.name,
      vaultUri(context, context.role('keyVault').id),
    ),
    ...(holds(context.read(target) ?? {}, nothingWithoutKey)
      ? []
      : [
          text(
            'Search says that it holds objects without a key. No key can be added to them: create each of them anew with an “encryptionKey”, move your callers, and delete the old one.',
          ),
        ]),
  ],
  expects: (context, target) => {
    // Without a vault there is no key, and nobody could create an index any more.
    context.role('keyVault');
    return [
      { resource: target, assertions: [enforced] },
      { resource: target, assertions: [nothingWithoutKey], observed: true },
    ];
  },
  permissions: SEARCH_WRITE,
  risk: {
    kind: 'cost',
    note: text(
      'Queries take 30 to 60 % longer on what is encrypted with your key. Whoever creates an index without one is refused from then on, Azure OpenAI On Your Data among them.',
    ),
  },
  typicalSeconds: 30,
});

function hasOwnKey(context: StepContext, target: string, keySource: Assertion): boolean {
  return holds(context.read(target) ?? {}, keySource);
}

/** Whoever has a key of their own already keeps it. */
function encryptedBy(
  context: StepContext,
  target: string,
  keySource: Assertion,
  others: () => readonly Assertion[],
): readonly Assertion[] {
  return hasOwnKey(context, target, keySource) ? [keySource] : [keySource, ...others()];
}

const openAiKeySource: Assertion = {
  at: 'properties.encryption.keySource',
  absentMeans: 'Microsoft.CognitiveServices',
  must: { kind: 'equals', value: 'Microsoft.KeyVault' },
};

const openAiEncryption = defineStep({
  id: 'aoai-cmk',
  title: text('Azure OpenAI encrypts with your key'),
  why: text(
    'What the account keeps, such as training data and fine-tuned models, is encrypted with a key that you can take away again.',
  ),
  group: 'openAi',
  on: 'openAi',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['aoai-managed-identity', 'rbac-aoai-key-user'],
  preferAfter: ['key-vault-trusted-services'],
  sources: [
    OWN_KEYS,
    { policy: '67121cc7-ff39-4ab8-b7e3-95b84dab487d' },
    {
      reference: 'Azure OpenAI encryption of data at rest',
      url: 'https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest',
    },
  ],
  severity: 'medium',
  notApplicable: withoutOwnKeys,
  manual: (context, target) =>
    hasOwnKey(context, target, openAiKeySource) || !goesByRoles(context.read(context.role('keyVault').id))
      ? undefined
      : text(
          'The documents disagree: those of Azure OpenAI want a vault with access policies, those of AI Search one with roles, and roles decide about this one. Give Azure OpenAI a key in a vault of its own, in the portal under “Encryption”.',
        ),
  desired: (context, target) =>
    encryptedBy(context, target, openAiKeySource, () => {
      const vault = context.role('keyVault').id;
      const at = 'properties.encryption.keyVaultProperties';
      const version = keyVersion(context, encryptionKeyId(vault, OPENAI_KEY.name));
      return [
        { at: `${at}.keyVaultUri`, must: { kind: 'equals', value: vaultUri(context, vault) } },
        { at: `${at}.keyName`, must: { kind: 'equals', value: OPENAI_KEY.name } },
        { at: `${at}.keyVersion`, must: { kind: 'equals', value: version } },
      ];
    }),
  undoUpdate: {
    kind: 'restore',
    body: { properties: { encryption: { keySource: 'Microsoft.CognitiveServices' } } },
  },
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Whoever disables the key, or takes the account’s right to it away, stops fine-tuning and fine-tuned models within the hour.',
    ),
  },
  typicalSeconds: 60,
});

const storageIdentity = defineStep({
  id: 'storage-managed-identity',
  title: text('System-assigned identity of Storage'),
  why: text('The key vault recognizes the account by its own identity before it lets it use a key.'),
  group: 'storage',
  on: 'storage',
  scenarios: ['ai-search'],
  after: ['storage-account'],
  sources: [{ seed: 'ai-search-security.fr', section: 'Données au repos' }],
  severity: 'medium',
  notApplicable: withoutOwnKeys,
  desired: [systemIdentityOn],
  permissions: STORAGE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 10,
});

const storageKeySource: Assertion = {
  at: 'properties.encryption.keySource',
  absentMeans: 'Microsoft.Storage',
  must: { kind: 'equals', value: 'Microsoft.Keyvault' },
};

const storageEncryption = defineStep({
  id: 'storage-cmk',
  title: text('Storage encrypts with your key'),
  why: text(
    'Enriched documents, caches and knowledge stores of Search are in the storage account. It encrypts them with a key that you can take away again.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['ai-search'],
  after: ['storage-managed-identity', 'rbac-storage-key-user'],
  preferAfter: ['key-vault-trusted-services'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Données au repos' },
    {
      reference: 'Customer-managed keys for Azure Storage encryption',
      url: 'https://learn.microsoft.com/azure/storage/common/customer-managed-keys-overview',
    },
  ],
  severity: 'medium',
  notApplicable: withoutOwnKeys,
  desired: (context, target) =>
    encryptedBy(context, target, storageKeySource, () => {
      const at = 'properties.encryption.keyvaultproperties';
      return [
        // Without a version, Storage follows the key when it is rotated.
        { at: `${at}.keyvaulturi`, must: { kind: 'equals', value: vaultUri(context, context.role('keyVault').id) } },
        { at: `${at}.keyname`, must: { kind: 'equals', value: SHARED_KEY.name } },
      ];
    }),
  undoUpdate: { kind: 'restore', body: { properties: { encryption: { keySource: 'Microsoft.Storage' } } } },
  permissions: STORAGE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Whoever disables the key, or takes the account’s right to it away, makes every document unreadable within the hour.',
    ),
  },
  typicalSeconds: 10,
});

export const OWN_KEY_ENCRYPTION_STEPS: readonly Step[] = [
  searchEnforcement,
  openAiEncryption,
  storageIdentity,
  storageEncryption,
];
