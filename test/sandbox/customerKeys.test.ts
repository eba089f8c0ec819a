import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { TENANT_ID } from '../../src/sandbox/azure';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { account, keyVault, put, REGISTERED, resourceGroup } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, EXPOSED, INDEX, OPENAI, SEARCH, STORAGE, VAULT } from '../../src/sandbox/worlds/exposed';
import { roleAssignment } from '../../src/sandbox/worlds/roles';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received } from './client';
import { HOSTS, inDataPlanes, type DataRequest } from './dataPlane';

const policyFor = (resource: string): JsonObject => ({
  tenantId: TENANT_ID,
  objectId: firstPrincipalOf(resource),
  permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
});
const fittingFor = (resource: string): JsonObject => ({
  enableRbacAuthorization: false,
  enablePurgeProtection: true,
  accessPolicies: [policyFor(resource)],
});
const fitting = fittingFor(OPENAI);
const byRoles = { enablePurgeProtection: true };
const closed = { networkAcls: { defaultAction: 'Deny', bypass: 'None' } };
const URI = 'https://contoso-kv.vault.azure.net/';

const vaultWithKey = (vault: JsonObject, keySize: number): readonly SeedStep[] => [
  keyVault(VAULT, 'eastus', vault),
  put(childId(VAULT, 'keys', 'cmk'), { properties: { kty: 'RSA', keySize } }),
];

/** The answer to a write that wants Azure OpenAI to encrypt with the key `cmk` of a vault with these properties. */
function encryptedWith(vault: JsonObject, { identity = 'SystemAssigned', keySize = 2048 } = {}) {
  const steps = [
    resourceGroup(AI_GROUP, 'eastus'),
    account(OPENAI, { identity: { type: identity }, properties: { customSubDomainName: 'contoso-openai' } }),
    ...vaultWithKey(vault, keySize),
  ];
  return withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, async (client) => {
    const encryption = { keySource: 'Microsoft.KeyVault', keyVaultProperties: { keyVaultUri: URI, keyName: 'cmk' } };
    const answer = await client.patch(`${OPENAI}?api-version=2025-06-01`, { properties: { encryption } });
    return [answer.status, at(answer.body, 'properties', 'encryption', 'keySource')];
  });
}

describe('encryption of Azure OpenAI with a key of the customer’s', () => {
  it('is taken where the vault is protected and its access policies let the account’s identity use the key', async () => {
    expect(await encryptedWith(fitting)).toEqual([202, 'Microsoft.KeyVault']);
  });

  it.each<[string, JsonObject, Parameters<typeof encryptedWith>[1]?]>([
    ['an account without an identity', fitting, { identity: 'None' }],
    ['a vault that can be purged', { ...fitting, enablePurgeProtection: undefined }],
    ['a vault without the access policy', { ...fitting, accessPolicies: [] }],
    ['a vault that goes by roles', { ...fitting, enableRbacAuthorization: true }],
    ['a vault that keeps trusted services out', { ...fitting, ...closed }],
    ['a key of another size', fitting, { keySize: 4096 }],
  ])('is refused for %s', async (_, vault, settings) => {
    expect((await encryptedWith(vault, settings))[0]).toBe(400);
  });
});

const STORAGE_URL = `${STORAGE}?api-version=2025-06-01`;
const toKeyVault = { keySource: 'Microsoft.Keyvault', keyvaultproperties: { keyname: 'cmk', keyvaulturi: URI } };

/** An account of storage that is told to encrypt with the key `cmk`, and then to do without it again. */
function encryptedStorage(vault: JsonObject, others: readonly SeedStep[] = [], identity = 'SystemAssigned') {
  const steps: readonly SeedStep[] = [
    resourceGroup(AI_GROUP, 'eastus'),
    put(STORAGE, {
      location: 'eastus',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      identity: { type: identity },
    }),
    ...vaultWithKey(vault, 3072),
    ...others,
  ];
  return withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, async (client) => {
    const seen: Received[] = [];
    for (const encryption of [toKeyVault, { keySource: 'Microsoft.Storage' }]) {
      seen.push(await client.patch(STORAGE_URL, { properties: { encryption } }));
    }
    return seen;
  });
}

describe('encryption of a storage account with a key of the customer’s', () => {
  const encryptionOf = ({ body }: Received) => at(body, 'properties', 'encryption') as JsonObject;

  it.each<[string, JsonObject, readonly SeedStep[]]>([
    ['an access policy', fittingFor(STORAGE), []],
    [
      'a role',
      byRoles,
      [
        roleAssignment(
          VAULT,
          'Key Vault Crypto Service Encryption User',
          firstPrincipalOf(STORAGE),
          'ServicePrincipal',
        ),
      ],
    ],
  ])('is taken where %s lets its identity use the key, and gone with Azure’s own', async (_, vault, others) => {
    const [taken, back] = await encryptedStorage(vault, others);
    expect(taken && encryptionOf(taken)).toMatchObject(toKeyVault);
    expect(back && encryptionOf(back)).toMatchObject({ keySource: 'Microsoft.Storage' });
    expect(back && encryptionOf(back)).not.toHaveProperty('keyvaultproperties');
  });

  it.each<[string, JsonObject, number, string, string?]>([
    ['an account without an identity', fittingFor(STORAGE), 403, 'KeyVaultAuthenticationFailure', 'None'],
    ['nobody’s right to the key', byRoles, 403, 'KeyVaultAuthenticationFailure'],
    [
      'a vault that keeps trusted services out',
      { ...fittingFor(STORAGE), ...closed },
      403,
      'KeyVaultAuthenticationFailure',
    ],
    [
      'a vault that can be purged',
      { ...fittingFor(STORAGE), enablePurgeProtection: undefined },
      400,
      'KeyVaultPolicyError',
    ],
  ])('is refused for %s', async (_, vault, status, code, identity) => {
    const [refused] = await encryptedStorage(vault, [], identity);
    expect([refused?.status, at(refused?.body, 'error', 'code')]).toEqual([status, code]);
  });
});

const SEARCH_URL = `${SEARCH}?api-version=2025-05-01`;
const insist: SeedStep = {
  kind: 'patch',
  id: SEARCH,
  body: {
    identity: { type: 'SystemAssigned' },
    properties: {
      encryptionWithCmk: { enforcement: 'Enabled' },
      authOptions: { aadOrApiKey: { aadAuthFailureMode: 'http403' } },
    },
  },
};
const encryptionKey = { keyVaultUri: URI, keyVaultKeyName: 'cmk', keyVaultKeyVersion: '' };
const newIndex = (name: string, body: JsonObject = {}): DataRequest => ({
  method: 'PUT',
  host: HOSTS.search,
  path: `/indexes('${name}')?api-version=2024-07-01`,
  body: { name, fields: [{ name: 'id', type: 'Edm.String', key: true }], ...body },
});

describe('AI Search that insists on keys', () => {
  const world = (vault: JsonObject) => ({
    ...EXPOSED,
    steps: [
      ...EXPOSED.steps.filter((step) => !('id' in step && step.id === VAULT)),
      ...vaultWithKey(vault, 3072),
      insist,
    ],
  });

  it('does not comply while it holds an index without one, and takes no other', () =>
    inDataPlanes(world(fittingFor(SEARCH)), async (ask, client) => {
      const encryption = async () => at((await client.get(SEARCH_URL)).body, 'properties', 'encryptionWithCmk');
      expect(await encryption()).toEqual({ enforcement: 'Enabled', encryptionComplianceStatus: 'NonCompliant' });
      expect((await ask('internet', newIndex('plain'))).status).toBe(400);
      expect((await ask('internet', newIndex('sealed', { encryptionKey }))).status).toBe(201);
      expect((await ask('internet', newIndex('sealed'))).status).toBe(400);
      expect((await ask('internet', newIndex(INDEX, { encryptionKey }))).status).toBe(400);
      await ask('internet', { ...newIndex(INDEX), method: 'DELETE' });
      expect(await encryption()).toEqual({ enforcement: 'Enabled', encryptionComplianceStatus: 'Compliant' });
      await client.patch(SEARCH_URL, { properties: { encryptionWithCmk: { enforcement: 'Disabled' } } });
      expect((await ask('internet', newIndex('plain'))).status).toBe(201);
      expect(await encryption()).toEqual({ enforcement: 'Disabled', encryptionComplianceStatus: 'Compliant' });
    }));

  it('takes no key that its identity may not use', () =>
    inDataPlanes(world(byRoles), async (ask) => {
      expect((await ask('internet', newIndex('sealed', { encryptionKey }))).status).toBe(400);
    }));
});
