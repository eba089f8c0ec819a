import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { addressRange, canonicalCidr, overlap, within, type AddressRange } from '../../addresses';
import { invalidCidr, subnetOutside, subnetOverlaps } from './errors';

export interface NamedPrefixes {
  readonly name: string;
  readonly id: string;
  readonly prefixes: readonly string[];
}

/** The address prefixes of a subnet, sent in either form. */
export function prefixesOf(subnet: JsonObject): readonly string[] {
  const single = asString(subnet['addressPrefix']);
  const several = asArray(subnet['addressPrefixes']).flatMap((prefix) => asString(prefix) ?? []);
  return single === undefined ? several : [single];
}

/** @throws Refusal where a prefix is malformed, outside the virtual network, or taken by another of its subnets. */
export function checkRanges(network: NamedPrefixes, subnets: readonly NamedPrefixes[]): void {
  const space = rangesOf(network);
  const placed: { readonly name: string; readonly range: AddressRange }[] = [];
  for (const subnet of subnets) {
    for (const range of rangesOf(subnet)) {
      if (!space.some((outer) => within(range, outer))) throw subnetOutside(subnet.name, network.name);
      const taken = placed.find((other) => overlap(range, other.range));
      if (taken) throw subnetOverlaps(subnet.name, taken.name, network.name);
      placed.push({ name: subnet.name, range });
    }
  }
}

function rangesOf({ id, prefixes }: NamedPrefixes): readonly AddressRange[] {
  return prefixes.map((prefix) => {
    const range = prefix.includes('/') ? addressRange(prefix) : undefined;
    if (range === undefined) throw invalidCidr(prefix, id, undefined);
    if (canonicalCidr(prefix) !== prefix) throw invalidCidr(prefix, id, canonicalCidr(prefix));
    return range;
  });
}
