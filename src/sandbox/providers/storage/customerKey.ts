import type { JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { PATIENCE } from '../../durations';
import { keyObstacle } from '../keyVault/customerKey';
import { usesCustomerKey } from './accountBody';
import { keyVaultRefused } from './errors';

/**
 * That an account may encrypt with the key that a write tells it to use, as the account will be.
 * @throws Refusal where the vault or the key is not right. Documented requirements.
 */
export function checkCustomerKey(azure: Azure, sent: JsonObject, account: Pick<StoredResource, 'body'>): void {
  if (objectOf(sent['properties'])['encryption'] === undefined) return;
  const encryption = objectOf(objectOf(account.body['properties'])['encryption']);
  if (!usesCustomerKey(encryption)) return;
  const { keyname, keyvaulturi, keyversion } = objectOf(encryption['keyvaultproperties']);
  const obstacle = keyObstacle(azure, {
    uri: keyvaulturi,
    name: keyname,
    version: keyversion,
    principalId: principalOf(account),
  });
  const wait = obstacle === 'onItsWay' ? { seconds: PATIENCE.roleNotInForce, told: false } : undefined;
  if (obstacle !== undefined) throw keyVaultRefused(obstacle, wait);
}
