import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { notProvisioned } from './errors';

export const STORAGE_ACCOUNT_TYPE = 'Microsoft.Storage/storageAccounts';

export const STORAGE_VERSIONS = [
  '2018-11-01',
  '2019-06-01',
  '2021-04-01',
  '2022-09-01',
  '2023-01-01',
  '2023-05-01',
  '2024-01-01',
  '2025-01-01',
  '2025-06-01',
  '2025-08-01',
] as const;

/** @throws Refusal while the account is being made: nothing can be done with it until then. */
export function requireProvisioned(azure: Azure, account: StoredResource): void {
  if (azure.operations.holding(account.id)) throw notProvisioned();
}

/** The two keys. They say what they are and stay the same in every run until they are regenerated. */
export function storageKeysOf(account: StoredResource): { readonly key1: string; readonly key2: string } {
  const generations = objectOf(account.body['keyGenerations']);
  const key = (name: string): string =>
    Buffer.from(`sandbox-storage-${name}-${String(generations[name] ?? 0)}-${account.name}`).toString('base64');
  return { key1: key('key1'), key2: key('key2') };
}

export function isAccountName(name: string): boolean {
  return /^[a-z0-9]{3,24}$/.test(name);
}

/** Account names are host names: nobody else may have them. */
export function isNameTaken(azure: Azure, name: string): boolean {
  return azure.store.named(STORAGE_ACCOUNT_TYPE, name) !== undefined;
}
