import type { Risk } from '../plan/change';
import type { JsonObject } from '../resources/json';
import { text } from '../text';
import type { Assertion } from './matcher';

/** Public addresses of gateways: that of the VPN, and the one that callers outside use. */

/** What gateways take: nothing but Standard, and that stays the same. */
export const STANDARD_ADDRESS: readonly Assertion[] = [
  { at: 'sku.name', must: { kind: 'equals', value: 'Standard' } },
  { at: 'properties.publicIPAllocationMethod', must: { kind: 'equals', value: 'Static' } },
];

/** Such an address, in all availability zones. */
export function newAddress(location: string, properties: JsonObject = {}): JsonObject {
  return {
    location,
    sku: { name: 'Standard' },
    zones: ['1', '2', '3'],
    properties: { publicIPAllocationMethod: 'Static', ...properties },
  };
}

export const ADDRESS_COST: Risk = {
  kind: 'cost',
  note: text('A Standard public IP address costs about 4 US dollars a month.'),
};
