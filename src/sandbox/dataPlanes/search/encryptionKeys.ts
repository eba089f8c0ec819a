import type { JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { keyObstacle } from '../../providers/keyVault/customerKey';
import { hasKey, insistsOnKeys } from '../../providers/search/encryption';
import { invalidRequest } from './searchErrors';

/**
 * That the key of an index is one that the service can use, and that there is one where the service insists on it.
 * Documented: an index gets its key when it is created, and keeps it. UNVERIFIED wording.
 * @throws ServiceRefusal.
 */
export function checkEncryptionKey(
  azure: Azure,
  service: StoredResource,
  sent: JsonObject,
  before: JsonObject | undefined,
): void {
  if (before !== undefined && hasKey(before) !== hasKey(sent)) {
    throw invalidRequest('The encryption key of an index can be set at its creation only.');
  }
  if (!hasKey(sent)) {
    if (before === undefined && insistsOnKeys(service)) {
      throw invalidRequest('The service requires a customer-managed encryption key for new objects.');
    }
    return;
  }
  const { keyVaultUri, keyVaultKeyName, keyVaultKeyVersion } = objectOf(sent['encryptionKey']);
  const obstacle = keyObstacle(azure, {
    uri: keyVaultUri,
    name: keyVaultKeyName,
    version: keyVaultKeyVersion,
    principalId: principalOf(service),
  });
  if (obstacle !== undefined) throw invalidRequest(`The encryption key could not be used (${obstacle}).`);
}
