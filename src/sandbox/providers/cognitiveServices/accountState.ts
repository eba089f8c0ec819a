import { isJsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { newEtag, subdomainOf } from './accountBody';
import { requestConflict } from './errors';

export const ACCOUNT_TYPE = 'Microsoft.CognitiveServices/accounts';
export const DELETED_ACCOUNT_TYPE = 'Microsoft.CognitiveServices/deletedAccounts';

export const ACCOUNT_VERSIONS = [
  '2021-04-30',
  '2021-10-01',
  '2022-03-01',
  '2022-10-01',
  '2022-12-01',
  '2023-05-01',
  '2024-10-01',
  '2025-06-01',
  '2025-09-01',
] as const;

/** @throws Refusal while another operation is going on: an account takes one at a time. */
export function requireIdle(azure: Azure, account: StoredResource): void {
  if (azure.operations.holding(account.id)) throw requestConflict(account.id);
}

/** Changes an account, which gives it a new etag. */
export function touch(azure: Azure, id: string, changes: Partial<StoredResource> = {}): StoredResource | undefined {
  return azure.store.change(id, { ...changes, etag: newEtag(azure, id) });
}

/** The two keys. They say what they are and stay the same in every run until they are regenerated. */
export function keysOf(account: StoredResource): { readonly key1: string; readonly key2: string } {
  const generations = account.body['keyGenerations'];
  const generation = (name: string): string => (isJsonObject(generations) ? String(generations[name] ?? 0) : '0');
  const id = String(propertiesOf(account)['internalId']);
  return { key1: `sandbox-key1-${generation('Key1')}-${id}`, key2: `sandbox-key2-${generation('Key2')}-${id}` };
}

export function isSubdomain(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i.test(name);
}

/** Also by a soft-deleted account, until it is purged. */
export function isSubdomainTaken(azure: Azure, name: string, exceptFor?: string): boolean {
  return [ACCOUNT_TYPE, DELETED_ACCOUNT_TYPE]
    .flatMap((type) => azure.store.ofType(type))
    .some((account) => subdomainOf(account) === name.toLowerCase() && account.id !== exceptFor);
}
