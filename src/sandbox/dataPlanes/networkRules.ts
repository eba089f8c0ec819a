import { asObjects, asString, type Json } from '../../core/resources/json';
import { addressRange, within } from '../addresses';

/** True where a caller's address is in one of the `{"value": CIDR}` rules. */
export function isListed(rules: Json | undefined, caller: string): boolean {
  const address = addressRange(caller);
  return asObjects(rules).some((rule) => {
    const range = addressRange(asString(rule['value']) ?? '');
    return range !== undefined && address !== undefined && within(address, range);
  });
}

/** True for a setting with this value, in any casing. */
export function isSetTo(setting: Json | undefined, value: string): boolean {
  return asString(setting)?.toLowerCase() === value.toLowerCase();
}
