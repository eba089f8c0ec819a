import { readPath } from '../resources/propertyPath';
import type { WireResource } from '../resources/snapshot';
import type { KeyedRole } from '../setup/setup';

/** The two keys that a service has, as Azure calls them: one is used while the other one is made anew. */
export const KEY_SLOTS: Readonly<Record<KeyedRole, readonly [string, string]>> = {
  openAi: ['Key1', 'Key2'],
  search: ['primary', 'secondary'],
  storage: ['key1', 'key2'],
  apiManagement: ['primary', 'secondary'],
};

/** Slot of a role by its name, in any casing. */
export function findSlot(role: KeyedRole, name: string): string | undefined {
  return KEY_SLOTS[role].find((slot) => slot.toLowerCase() === name.toLowerCase());
}

export function otherSlot(role: KeyedRole, slot: string): string {
  const [first, second] = KEY_SLOTS[role];
  return slot === first ? second : first;
}

/** How long a key may be used. Source: https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage */
export const KEY_LIFETIME_DAYS = 90;

/** Where a service says that it accepts no key. Absent, it accepts them; API Management always does. */
const KEYS_OFF: Readonly<Partial<Record<KeyedRole, { readonly at: string; readonly value: boolean }>>> = {
  openAi: { at: 'properties.disableLocalAuth', value: true },
  search: { at: 'properties.disableLocalAuth', value: true },
  storage: { at: 'properties.allowSharedKeyAccess', value: false },
};

/** Whether the service of a role says that it accepts no key. */
export function keysAreOff(role: KeyedRole, service: WireResource | undefined): boolean {
  const off = KEYS_OFF[role];
  return off !== undefined && readPath(service, off.at) === off.value;
}
