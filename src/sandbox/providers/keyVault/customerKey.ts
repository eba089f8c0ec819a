import { asString, type JsonObject } from '../../../core/resources/json';
import { propertiesOf } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { usesRoles, vaultGrant } from './vaultAccess';
import { objectAt } from './vaultObjects';
import { isProtected, letsTrustedServicesIn, vaultAt } from './vaultState';

/**
 * Why Azure OpenAI cannot encrypt with a key; undefined where it can. Documented: the vault is protected from purging,
 * lets trusted services in, and has an access policy for the account's system-assigned identity: not roles.
 * Source: https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest
 */
export function whyNotEncryptable(
  azure: Azure,
  { keyVaultUri, keyName, keyVersion }: JsonObject,
  principalId: string | undefined,
): string | undefined {
  if (principalId === undefined) return 'The account needs a system-assigned identity.';
  const uri = (asString(keyVaultUri) ?? '').replace(/\/$/, '');
  const vault = vaultAt(azure, uri);
  if (vault === undefined) return `The key vault '${uri}' was not found.`;
  if (!isProtected(vault)) return 'Soft delete and purge protection must be enabled on the key vault.';
  if (!letsTrustedServicesIn(vault)) return 'The firewall of the key vault must allow trusted Microsoft services.';
  const key = objectAt(azure, `${uri}/keys/${asString(keyName) ?? ''}/${asString(keyVersion) ?? ''}`);
  if (key === undefined) return `The key '${String(keyName)}' was not found in the key vault.`;
  if (propertiesOf(key)['kty'] !== 'RSA' || propertiesOf(key)['keySize'] !== 2048) return 'The key must be RSA 2048.';
  if (usesRoles(vault)) return 'The key vault must use access policies.';
  const grant = vaultGrant(azure, vault, principalId, 'keys', ['get', 'wrapKey', 'unwrapKey']);
  return grant === 'granted' ? undefined : 'The identity of the account lacks get, wrapKey or unwrapKey on keys.';
}
