import ipaddr from 'ipaddr.js';

/** A range of IPv4 addresses, both ends included, as numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Azure keeps the first four addresses of a subnet and the last one. */
const RESERVED_AT_START = 4;
const RESERVED_AT_END = 1;

/** The range of an IPv4 CIDR or a single IPv4 address; undefined for anything else. Host bits are ignored. */
export function addressRange(text: string): AddressRange | undefined {
  const cidr = text.includes('/') ? text : `${text}/32`;
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) return undefined;
  return {
    first: toNumber(ipaddr.IPv4.networkAddressFromCIDR(cidr)),
    last: toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(cidr)),
  };
}

/** The CIDR without host bits: `10.0.3.5/24` becomes `10.0.3.0/24`. */
export function canonicalCidr(cidr: string): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${cidr.split('/')[1] ?? '32'}`;
}

export function within(inner: AddressRange, outer: AddressRange): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

export function overlap(left: AddressRange, right: AddressRange): boolean {
  return left.first <= right.last && right.first <= left.last;
}

/** The lowest `count` addresses of a subnet that are neither reserved nor used; undefined where there are not so many. */
export function freeAddresses(subnet: AddressRange, used: ReadonlySet<string>, count: number): string[] | undefined {
  const found: string[] = [];
  for (let address = subnet.first + RESERVED_AT_START; address <= subnet.last - RESERVED_AT_END; address += 1) {
    if (found.length === count) break;
    const text = addressText(address);
    if (!used.has(text)) found.push(text);
  }
  return found.length === count ? found : undefined;
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** `10.0.0.4` for the number that an address is in a range. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
