import { childId } from '../../../src/core/resources/resourceId';
import { OPENAI, SEARCH, STORAGE, VAULT } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { ESTATES, OLD_KEYS, OLD_SUBSCRIPTION } from './estates';
import type { Fate, Removal, Unremovable } from './removal';

/** Takes away the access policy that a resource's identity has on the vault. */
const withoutPolicy = (resource: string) => async (hand: ByHand) => {
  const policy = { tenantId: '', objectId: await hand.principalOf(resource), permissions: {} };
  await hand.put(childId(VAULT, 'accessPolicies', 'remove'), { properties: { accessPolicies: [policy] } });
};

const onVault = (properties: Parameters<ByHand['patch']>[1]) => (hand: ByHand) => hand.patch(VAULT, { properties });

const ownKeys = (when: string, remove: Removal['remove'], nonCompliant: Removal['nonCompliant']): Removal => ({
  in: 'ownKeys',
  when,
  remove,
  nonCompliant,
});

const rotation: Unremovable = {
  because: 'a key grows old by itself',
  never: OLD_KEYS,
  planned: false,
  byHand: true,
};

export const KEY_STEPS: Readonly<Record<string, Fate>> = {
  'key-vault-protected': {
    because: 'Azure never takes the protection away',
    never: ESTATES.search,
    planned: true,
  },
  'key-vault-role-based-access': {
    in: 'search',
    when: 'the vault goes by access policies again',
    remove: onVault({ enableRbacAuthorization: false }),
    nonCompliant: ['key-vault-role-based-access'],
  },
  'key-vault-trusted-services': ownKeys(
    'the vault’s firewall trusts nobody',
    onVault({ networkAcls: { defaultAction: 'Deny', bypass: 'None' } }),
    ['key-vault-trusted-services'],
  ),
  'key-vault-encryption-key': {
    because: 'Azure Resource Manager deletes no keys',
    never: ESTATES.ownKeys,
    planned: true,
  },
  'rbac-search-key-user': ownKeys('its access policy is taken away', withoutPolicy(SEARCH), ['rbac-search-key-user']),
  'rbac-storage-key-user': ownKeys('its access policy is taken away', withoutPolicy(STORAGE), [
    'rbac-storage-key-user',
  ]),
  'rbac-aoai-key-user': ownKeys('its access policy is taken away', withoutPolicy(OPENAI), ['rbac-aoai-key-user']),
  'search-cmk-enforcement': ownKeys(
    'the service takes indexes without a key again',
    (hand) => hand.patch(SEARCH, { properties: { encryptionWithCmk: { enforcement: 'Disabled' } } }),
    ['search-cmk-enforcement'],
  ),
  'aoai-cmk': ownKeys(
    'the account goes back to Microsoft’s key',
    (hand) => hand.patch(OPENAI, { properties: { encryption: { keySource: 'Microsoft.CognitiveServices' } } }),
    ['aoai-cmk'],
  ),
  'storage-managed-identity': ownKeys(
    'the identity is switched off',
    (hand) => hand.patch(STORAGE, { identity: { type: 'None' } }),
    ['storage-managed-identity', 'rbac-storage-key-user'],
  ),
  'storage-cmk': ownKeys(
    'the account goes back to Microsoft’s key',
    (hand) => hand.patch(STORAGE, { properties: { encryption: { keySource: 'Microsoft.Storage' } } }),
    ['storage-cmk'],
  ),
  'search-key-rotation': rotation,
  'aoai-key-rotation': rotation,
  'storage-key-rotation': rotation,
  'apim-key-rotation': { ...rotation, never: OLD_SUBSCRIPTION },
};
