import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { TENANT_ID } from '../../src/sandbox/azure';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { account, keyVault, REGISTERED, resourceGroup } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, OPENAI, VAULT } from '../../src/sandbox/worlds/exposed';
import { at, withSandbox } from './client';

const policy = {
  tenantId: TENANT_ID,
  objectId: firstPrincipalOf(OPENAI),
  permissions: { keys: ['get', 'wrapKey', 'unwrapKey'] },
};
const fitting = { enableRbacAuthorization: false, enablePurgeProtection: true, accessPolicies: [policy] };

/** The answer to a write that wants Azure OpenAI to encrypt with the key `cmk` of a vault with these properties. */
function encryptedWith(vault: JsonObject, { identity = 'SystemAssigned', keySize = 2048 } = {}) {
  const steps = [
    resourceGroup(AI_GROUP, 'eastus'),
    account(OPENAI, { identity: { type: identity }, properties: { customSubDomainName: 'contoso-openai' } }),
    keyVault(VAULT, 'eastus', vault),
    { kind: 'put', id: childId(VAULT, 'keys', 'cmk'), body: { properties: { kty: 'RSA', keySize } } } as const,
  ];
  return withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, async (client) => {
    const keyVaultProperties = { keyVaultUri: 'https://contoso-kv.vault.azure.net/', keyName: 'cmk' };
    const encryption = { keySource: 'Microsoft.KeyVault', keyVaultProperties };
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
    ['a vault that keeps trusted services out', { ...fitting, networkAcls: { defaultAction: 'Deny', bypass: 'None' } }],
    ['a key of another size', fitting, { keySize: 4096 }],
  ])('is refused for %s', async (_, vault, settings) => {
    expect((await encryptedWith(vault, settings))[0]).toBe(400);
  });
});
