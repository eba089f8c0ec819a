import ipaddr from 'ipaddr.js';

/** IPv4 arithmetic on ranges in CIDR notation. Addresses are unsigned 32-bit numbers inside. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/** Azure keeps five addresses of every subnet for itself. */
export const RESERVED_ADDRESSES = 5;

/** The private networks of RFC 1918, where virtual networks have their addresses. */
export const PRIVATE_NETWORKS: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Most of what security rules name are service tags, and the parser refuses them by throwing. */
const STARTS_LIKE_AN_ADDRESS = /^\d/;

/** The range, or undefined where the text is no IPv4 CIDR, or has bits set behind its prefix. */
export function parseIpv4Range(cidr: string): Ipv4Range | undefined {
  if (!STARTS_LIKE_AN_ADDRESS.test(cidr) || !ipaddr.IPv4.isValidCIDRFourPartDecimal(cidr)) return undefined;
  const [address, prefixLength] = ipaddr.IPv4.parseCIDR(cidr);
  const first = toNumber(address);
  const size = 2 ** (32 - prefixLength);
  return first % size === 0 ? { first, last: first + size - 1, prefixLength } : undefined;
}

export function rangesOverlap(left: Ipv4Range, right: Ipv4Range): boolean {
  return left.first <= right.last && right.first <= left.last;
}

export function rangeContains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Addresses that a subnet of this range offers to its users. */
export function usableAddresses(range: Ipv4Range): number {
  return Math.max(0, range.last - range.first + 1 - RESERVED_ADDRESSES);
}

/**
 * The first free range of the wanted size inside one of the outer ranges.
 * @returns CIDR notation, or undefined where nothing is free.
 */
export function findFreeRange(
  outer: readonly string[],
  taken: readonly string[],
  prefixLength: number,
): string | undefined {
  const size = 2 ** (32 - prefixLength);
  const obstacles = taken.flatMap((cidr) => parseIpv4Range(cidr) ?? []);
  for (const space of outer.flatMap((cidr) => parseIpv4Range(cidr) ?? [])) {
    let first = space.first;
    while (first + size - 1 <= space.last) {
      const candidate = { first, last: first + size - 1, prefixLength };
      const obstacle = obstacles.find((range) => rangesOverlap(range, candidate));
      if (!obstacle) return formatRange(candidate);
      first = Math.ceil((obstacle.last + 1) / size) * size;
    }
  }
  return undefined;
}

function formatRange(range: Ipv4Range): string {
  return `${formatAddress(range.first)}/${range.prefixLength}`;
}

function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

function toNumber(address: ipaddr.IPv4): number {
  return address.octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** True for an IPv4 address of a private network (RFC 1918), which is where private endpoints live. */
export function isPrivateIpv4(address: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(address) && ipaddr.IPv4.parse(address).range() === 'private';
}

/** True for an IPv4 range that lies within one private network (RFC 1918). */
export function isPrivateIpv4Range(cidr: string): boolean {
  const range = parseIpv4Range(cidr);
  return (
    range !== undefined &&
    PRIVATE_NETWORKS.some((network) => {
      const outer = parseIpv4Range(network);
      return outer !== undefined && rangeContains(outer, range);
    })
  );
}

/**
 * True for a public IPv4 address or range, which is what an Azure OpenAI network rule accepts. Addresses set aside for
 * documentation pass: they harm nobody, and examples are written with them.
 */
export function isPublicIpv4Range(value: string): boolean {
  const range = parseIpv4Range(value.includes('/') ? value : `${value}/32`);
  if (range === undefined || PRIVATE_NETWORKS.some((network) => overlaps(network, range))) return false;
  return isPublic(range.first) && isPublic(range.last);
}

function overlaps(cidr: string, range: Ipv4Range): boolean {
  const other = parseIpv4Range(cidr);
  return other !== undefined && rangesOverlap(other, range);
}

function isPublic(address: number): boolean {
  const kind = ipaddr.IPv4.parse(formatAddress(address)).range();
  return kind === 'unicast' || (kind === 'reserved' && address < MULTICAST);
}

/** 224.0.0.0: from here on, addresses belong to nobody. */
const MULTICAST = 224 * 2 ** 24;
