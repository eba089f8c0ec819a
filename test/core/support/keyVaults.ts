import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup, SetupOptions } from '../../../src/core/setup/setup';
import { roleAssignment, searchService, storageAccount } from './dataResources';
import { DATA, ID, inGroup } from './ids';
import { built, hardenedAccount } from './resources';
import { setup } from './setups';
import { World } from './world';

export const VAULT = inGroup('rg-contoso', 'Microsoft.KeyVault/vaults', 'kv-contoso');
export const VAULT_URI = 'https://kv-contoso.vault.azure.net/';
export const VERSION = '0123456789abcdef0123456789abcdef';

/** A vault that is protected and goes by roles. */
export function keyVault(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: VAULT,
      location: 'eastus',
      properties: {
        tenantId: DATA.tenant,
        enableSoftDelete: true,
        enablePurgeProtection: true,
        enableRbacAuthorization: true,
        accessPolicies: [],
        provisioningState: 'Succeeded',
      },
    },
    patch,
  );
}

export function encryptionKey(name: string): WireResource {
  return {
    id: `${VAULT}/keys/${name}`,
    properties: { kty: 'RSA', keyUriWithVersion: `${VAULT_URI}keys/${name}/${VERSION}` },
  };
}

export function accessPolicy(objectId: string, keys: readonly string[] = ['get', 'wrapKey', 'unwrapKey']): JsonObject {
  return { tenantId: DATA.tenant, objectId, permissions: { keys } };
}

/** The principals of the services' own identities. */
export const PRINCIPALS = {
  search: 'principal-of-contoso-search',
  storage: 'principal-of-contosodata',
  openAi: 'principal-of-contoso-openai',
} as const;

const identity = (principalId: string): JsonObject => ({ type: 'SystemAssigned', principalId, tenantId: 't' });
const ownKey = (patch: JsonObject): JsonObject => ({ properties: { encryption: patch } });

/** Everything that encrypts with keys of the customer's, and the vault that goes by access policies for all of them. */
export function ownKeysWorld(...others: readonly WireResource[]): World {
  return new World([
    searchService({
      properties: { encryptionWithCmk: { enforcement: 'Enabled', encryptionComplianceStatus: 'Compliant' } },
    }),
    storageAccount({ identity: identity(PRINCIPALS.storage), ...ownKey({ keySource: 'Microsoft.Keyvault' }) }),
    hardenedAccount({ identity: identity(PRINCIPALS.openAi), ...ownKey({ keySource: 'Microsoft.KeyVault' }) }),
    keyVault({
      properties: {
        enableRbacAuthorization: false,
        accessPolicies: Object.values(PRINCIPALS).map((id) => accessPolicy(id)),
      },
    }),
    encryptionKey('ringfence-cmk'),
    encryptionKey('ringfence-cmk-openai'),
    ...others,
  ]);
}

/** The role that a service has on the vault. */
export function keyUserRole(principal: string): WireResource {
  return roleAssignment({ scope: VAULT, role: 'Key Vault Crypto Service Encryption User', to: principal });
}

/** AI Search hardened with keys of the customer's own; what differs is given. */
export function ownKeysSetup(options: Partial<SetupOptions> = {}, roles: Partial<Setup['roles']> = {}): Setup {
  return setup({
    scenarios: ['ai-search'],
    roles: {
      ...setup().roles,
      openAi: { id: ID.account },
      search: { id: DATA.search },
      storage: { id: DATA.storage },
      keyVault: { id: VAULT },
      ...roles,
    },
    options: { customerManagedKeys: true, ...options },
  });
}
