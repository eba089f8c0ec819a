import { asObjects, asString, type JsonObject } from '../resources/json';
import { childId, resourceName } from '../resources/resourceId';
import { text } from '../text';
import { whereKeysAreKept } from './keysKept';
import { presenceOf } from './presence';
import { defineStep, type Step } from './step';

/** Steps on the storage account. Source of the properties: Microsoft.Storage/storageAccounts 2025-06-01. */

/** What every write to the account needs; Storage Account Contributor has it. */
export const ACCOUNT_WRITE = ['Microsoft.Storage/storageAccounts/write'];

/** What a container is called that Ringfence creates. */
const CONTAINER = 'documents';

const storageAccount = defineStep({
  id: 'storage-account',
  title: text('Storage account'),
  why: text(
    'The account that holds your documents. It is created reachable, and closed once the private path answers.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data', 'ai-search'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
  ],
  severity: 'medium',
  expects: (context) =>
    presenceOf(context, 'storage', ({ location }) => ({
      create: {
        location,
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
        properties: {
          minimumTlsVersion: 'TLS1_2',
          supportsHttpsTrafficOnly: true,
          allowBlobPublicAccess: false,
          allowCrossTenantReplication: false,
        },
      },
    })),
  permissions: ACCOUNT_WRITE,
  risk: { kind: 'cost', note: text('Storage is billed by what is kept in it.') },
  typicalSeconds: 25,
});

const storageContainer = defineStep({
  id: 'storage-container',
  title: text('Container for the documents'),
  why: text(
    'Ingestion reads your documents from a container of the account. Put into it what may be answered from, and nothing else.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: ['storage-account'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Architecture d’ingestion des données' },
    { seed: 'on-your-data.zh-tw', section: '數據擷取架構' },
  ],
  severity: 'low',
  expects: (context, target) => {
    const [present] = containersIn(asObjects(context.read(containersId(target))?.['value']));
    const id = childId(containersId(target), present ?? CONTAINER);
    return [{ resource: id, assertions: [], create: { properties: { publicAccess: 'None' } } }];
  },
  permissions: ['Microsoft.Storage/storageAccounts/blobServices/containers/write'],
  risk: { kind: 'none' },
  typicalSeconds: 3,
});

/** Id of the list of an account's containers. */
export function containersId(account: string): string {
  return childId(account, 'blobServices', 'default', 'containers');
}

/** Names of the listed containers in their order, without those that Azure keeps for itself. */
export function containersIn(list: readonly JsonObject[]): readonly string[] {
  return list
    .flatMap((container) => asString(container['name']) ?? resourceName(asString(container['id']) ?? ''))
    .filter((name) => name !== '' && !name.startsWith('$'))
    .sort();
}

const isFalse = { kind: 'equals', value: false } as const;

const storageSecureBaseline = defineStep({
  id: 'storage-secure-baseline',
  title: text('Storage accepts safe traffic only'),
  why: text(
    'TLS 1.2 or later, HTTPS, and nothing that can be read without signing in or copied to another tenant. Older accounts still allow all of that.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: ['storage-account'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Données en transit' },
    { policy: 'fe83a0eb-a853-422d-aac2-1bffd182c5d0' },
    { policy: '404c3081-a854-4457-ae30-26a93ef643f9' },
    { policy: '4fa4b6c0-31ca-4c0d-b10d-24b96f62a751' },
    { policy: '92a89a79-6c52-4a7e-a03f-61306fc49312' },
  ],
  severity: 'high',
  desired: [
    {
      at: 'properties.minimumTlsVersion',
      absentMeans: 'TLS1_0',
      must: { kind: 'oneOf', values: ['TLS1_2', 'TLS1_3'], prefer: 'TLS1_2' },
    },
    {
      at: 'properties.supportsHttpsTrafficOnly',
      absentMeans: true,
      must: { kind: 'equals', value: true },
    },
    // What leaving it out means has changed over the years, so it has to be written; undoing never opens the account.
    { at: 'properties.allowBlobPublicAccess', must: isFalse, restoreAbsentAs: false },
    { at: 'properties.allowCrossTenantReplication', must: isFalse, restoreAbsentAs: false },
  ],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text('Clients that speak TLS 1.0 or 1.1, or read blobs without signing in, are refused from then on.'),
  },
  typicalSeconds: 5,
});

const storageSharedKeyDisabled = defineStep({
  id: 'storage-disable-shared-key',
  title: text('Shared keys of Storage off'),
  why: text(
    'A shared key, or a signature made with one, opens the whole account for whoever holds it. Without keys, every caller is a named identity with a role.',
  ),
  group: 'storage',
  on: 'storage',
  scenarios: ['on-your-data'],
  after: ['storage-account', 'rbac-aoai-blob-contributor', 'rbac-search-blob-reader'],
  preferAfter: ['storage-public-access-disabled', 'rbac-dev-storage'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Affectations de rôles' },
    { seed: 'on-your-data.zh-tw', section: '角色指派' },
    { policy: '8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54' },
  ],
  severity: 'high',
  notes: () => [
    text(
      'The documents give developers a role to list account signatures for uploads from the studio. That needs shared keys: keep them for an evaluation, and upload with a role in production.',
    ),
  ],
  notApplicable: whereKeysAreKept,
  desired: [{ at: 'properties.allowSharedKeyAccess', absentMeans: true, must: isFalse }],
  permissions: ACCOUNT_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Callers that use an account key or a signature made with one are refused from then on, uploads from the studio among them.',
    ),
  },
  typicalSeconds: 5,
});

export const STORAGE_STEPS: readonly Step[] = [
  storageAccount,
  storageContainer,
  storageSecureBaseline,
  storageSharedKeyDisabled,
];
