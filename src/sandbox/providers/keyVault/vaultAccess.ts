import { asArray, asObjects } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { dataAction, grantOf, type Grant } from '../authorization/grants';

export type VaultObject = 'keys' | 'secrets' | 'certificates';

/** The data action that stands for a permission of an access policy. */
const DATA_ACTIONS: Readonly<Record<VaultObject, Readonly<Record<string, string>>>> = {
  keys: { get: 'keys/read', list: 'keys/read', wrapKey: 'keys/wrap/action', unwrapKey: 'keys/unwrap/action' },
  secrets: { get: 'secrets/getSecret/action', list: 'secrets/readMetadata/action' },
  certificates: {
    get: 'certificates/read',
    list: 'certificates/read',
    create: 'certificates/create/action',
    import: 'certificates/import/action',
    delete: 'certificates/delete',
    recover: 'certificates/recover/action',
  },
};

export const usesRoles = (vault: StoredResource): boolean => propertiesOf(vault)['enableRbacAuthorization'] === true;

/**
 * Whether a principal has permissions such as `get` and `wrapKey` on what is in a vault: by roles, or by the vault's
 * access policies, never by both.
 */
export function vaultGrant(
  azure: Azure,
  vault: StoredResource,
  principalId: string,
  object: VaultObject,
  permissions: readonly string[],
): Grant {
  if (!usesRoles(vault)) return hasPolicy(azure, vault, principalId, object, permissions) ? 'granted' : 'missing';
  const grants = permissions.map((permission) => {
    const need = dataAction(
      `Microsoft.KeyVault/vaults/${DATA_ACTIONS[object][permission] ?? `${object}/${permission}`}`,
    );
    return grantOf(azure, principalId, need, vault.id);
  });
  return grants.find((grant) => grant !== 'granted') ?? 'granted';
}

function hasPolicy(
  azure: Azure,
  vault: StoredResource,
  principalId: string,
  object: VaultObject,
  wanted: readonly string[],
): boolean {
  const everybody = azure.directory.selfAndGroups(principalId);
  const permissions = asObjects(propertiesOf(vault)['accessPolicies'])
    .filter(({ objectId }) => everybody.has(String(objectId).toLowerCase()))
    .flatMap((policy) => asArray(objectOf(policy['permissions'])[object]).map((each) => String(each).toLowerCase()));
  return wanted.every((each) => permissions.includes('all') || permissions.includes(each.toLowerCase()));
}
