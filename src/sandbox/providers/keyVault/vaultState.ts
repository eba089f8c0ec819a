import { asString } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';

export const VAULT_TYPE = 'Microsoft.KeyVault/vaults';
export const DELETED_VAULT_TYPE = 'Microsoft.KeyVault/deletedVaults';

export const VAULT_VERSIONS = [
  '2019-09-01',
  '2022-07-01',
  '2023-02-01',
  '2023-07-01',
  '2024-11-01',
  '2025-05-01',
] as const;

export const VAULT_SUFFIX = 'vault.azure.net';

/** The public host name of a vault. */
export const vaultHost = (name: string): string => `${name.toLowerCase()}.${VAULT_SUFFIX}`;

/** Three to 24 letters, digits and dashes; a letter first, no dash at the end or twice. */
export function isVaultName(name: string): boolean {
  return /^(?=.{3,24}$)[a-z](-?[a-z0-9])*$/i.test(name);
}

/** The vault that a URI such as `https://contoso-kv.vault.azure.net/keys/x` leads to. */
export function vaultAt(azure: Azure, uri: string): StoredResource | undefined {
  const host = /^https:\/\/([^/:]+)/i.exec(uri)?.[1]?.toLowerCase();
  return azure.store.ofType(VAULT_TYPE).find(({ name }) => vaultHost(name) === host);
}

/** Soft delete and purge protection: what services want before they encrypt with a key of the vault. */
export function isProtected(vault: StoredResource): boolean {
  const { enableSoftDelete, enablePurgeProtection } = propertiesOf(vault);
  return enableSoftDelete !== false && enablePurgeProtection === true;
}

/** Documented: trusted services get through the vault's firewall where it says so, or where there is none. */
export function letsTrustedServicesIn(vault: StoredResource): boolean {
  const { publicNetworkAccess, networkAcls } = propertiesOf(vault);
  const acls = typeof networkAcls === 'object' && networkAcls !== null ? (networkAcls as Record<string, unknown>) : {};
  const bypasses = /AzureServices/i.test(asString(acls['bypass']) ?? 'AzureServices');
  const isOpen = acls['defaultAction'] !== 'Deny' && !/^disabled$/i.test(asString(publicNetworkAccess) ?? '');
  return isOpen || bypasses;
}
