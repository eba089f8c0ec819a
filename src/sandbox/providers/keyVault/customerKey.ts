import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { usesRoles, vaultGrant } from './vaultAccess';
import { KEY_SIZES, objectAt } from './vaultObjects';
import { isProtected, letsTrustedServicesIn, vaultAt } from './vaultState';

/** A key that a service is told to encrypt with, as it is told, and who asks the vault for it. */
export interface CustomerKey {
  /** The vault's address. */
  readonly uri: Json | undefined;
  readonly name: Json | undefined;
  /** The present one, where it is empty. */
  readonly version: Json | undefined;
  readonly principalId: string | undefined;
  /** Sizes that the service takes; all that a vault has, where not given. */
  readonly keySizes?: readonly number[];
}

/** Why a service cannot encrypt with a key. `onItsWay`: it has been given a role that is not in force yet. */
export type KeyObstacle = 'identity' | 'vault' | 'unprotected' | 'firewall' | 'key' | 'keySize' | 'right' | 'onItsWay';

/**
 * What is in the way of a service that wants to encrypt with a key of the customer's. Documented for all of them: an
 * identity, a vault that cannot be purged and lets trusted services in, an RSA key, and the right to wrap with it.
 */
export function keyObstacle(
  azure: Azure,
  { uri, name, version, principalId, keySizes = KEY_SIZES }: CustomerKey,
): KeyObstacle | undefined {
  if (principalId === undefined) return 'identity';
  const address = textOf(uri);
  const vault = vaultAt(azure, address);
  if (vault === undefined) return 'vault';
  if (!isProtected(vault)) return 'unprotected';
  if (!letsTrustedServicesIn(vault)) return 'firewall';
  const key = objectAt(azure, `${address.replace(/\/$/, '')}/keys/${textOf(name)}/${textOf(version)}`);
  if (key === undefined) return 'key';
  const { kty, keySize } = propertiesOf(key);
  if (!String(kty).startsWith('RSA') || !keySizes.includes(Number(keySize))) return 'keySize';
  const grant = vaultGrant(azure, vault, principalId, 'keys', ['get', 'wrapKey', 'unwrapKey']);
  if (grant === 'granted') return undefined;
  return grant === 'onItsWay' ? 'onItsWay' : 'right';
}

const textOf = (value: Json | undefined): string => asString(value) ?? '';

const OPENAI_WORDS: Readonly<Record<KeyObstacle, string>> = {
  identity: 'The account needs a system-assigned identity.',
  vault: 'The key vault was not found.',
  unprotected: 'Soft delete and purge protection must be enabled on the key vault.',
  firewall: 'The firewall of the key vault must allow trusted Microsoft services.',
  key: 'The key was not found in the key vault.',
  keySize: 'The key must be RSA 2048.',
  right: 'The identity of the account lacks get, wrapKey or unwrapKey on keys.',
  onItsWay: 'The identity of the account lacks get, wrapKey or unwrapKey on keys.',
};

/**
 * Why Azure OpenAI cannot encrypt with a key; undefined where it can. Documented: the vault has an access policy for the
 * account's system-assigned identity, not roles, and the key has 2048 bits. UNVERIFIED wording.
 * Source: https://learn.microsoft.com/azure/ai-services/openai/encrypt-data-at-rest
 */
export function whyNotEncryptable(
  azure: Azure,
  { keyVaultUri, keyName, keyVersion }: JsonObject,
  principalId: string | undefined,
): string | undefined {
  const wanted = { uri: keyVaultUri, name: keyName, version: keyVersion, principalId, keySizes: [2048] };
  const obstacle = keyObstacle(azure, wanted);
  if (obstacle !== undefined) return OPENAI_WORDS[obstacle];
  const vault = vaultAt(azure, textOf(keyVaultUri));
  return vault && usesRoles(vault) ? 'The key vault must use access policies.' : undefined;
}
