import { parseIpv4Range } from '../setup/addresses';
import { cut, type Interval } from './intervals';
import {
  addressesWithin,
  INTERNET,
  KNOWN_SERVICES,
  parseServiceTag,
  serviceWithin,
  VIRTUAL_NETWORK,
  type Relation,
} from './serviceTags';

/** Some of the addresses at one end of a flow. */
export type Place =
  /** IPv4 addresses that are known, all of them in the network or all of them public. */
  | {
      readonly kind: 'addresses';
      readonly within: typeof VIRTUAL_NETWORK | typeof INTERNET;
      readonly ranges: readonly Interval[];
    }
  /** The addresses of a service, in one region or in all but some. */
  | {
      readonly kind: 'service';
      readonly service: string;
      readonly region?: string | undefined;
      readonly without: readonly string[];
    };

/** How one end of a flow lies to what a rule says. */
export type SplitPlaces = Readonly<Record<Relation, readonly Place[]>>;

/** Addresses of a subnet, or of clients that are connected to the network, in CIDR notation. */
export function inNetwork(...cidrs: readonly string[]): Place {
  return { kind: 'addresses', within: VIRTUAL_NETWORK, ranges: cidrs.flatMap((cidr) => rangeOf(cidr) ?? []) };
}

/** A service of Azure, by its tag. */
export function azureService(tag: string): Place {
  const { service, region } = parseServiceTag(tag);
  return { kind: 'service', service, region, without: [] };
}

/** Addresses that no caller on the internet has. Source: IANA's special-purpose registry; Azure’s host address. */
const NOT_PUBLIC = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'],
];

const PUBLIC = NOT_PUBLIC.flatMap((cidr) => parseIpv4Range(cidr) ?? []).reduce<readonly Interval[]>(
  (ranges, range) => cut(ranges, range).outside,
  [{ first: 0, last: 2 ** 32 - 1 }],
);

/** Public addresses of anybody but the services of Azure. */
export const PUBLIC_ADDRESSES: Place = { kind: 'addresses', within: INTERNET, ranges: PUBLIC };

/** Everybody on the internet: public addresses, and the services of Azure among them, which rules name by their tags. */
export const ON_INTERNET: readonly Place[] = [PUBLIC_ADDRESSES, ...KNOWN_SERVICES.map(azureService)];

/** Splits places by the address prefixes of a rule: addresses, ranges and tags, of which any may hold. */
export function splitPlaces(places: readonly Place[], prefixes: readonly string[]): SplitPlaces {
  const start: SplitPlaces = { inside: [], unsure: [], outside: places };
  return prefixes.reduce<SplitPlaces>((split, prefix) => {
    const ofUnsure = splitAll(split.unsure, prefix);
    const ofOutside = splitAll(split.outside, prefix);
    return {
      inside: [...split.inside, ...ofUnsure.inside, ...ofOutside.inside],
      // What an earlier prefix may have covered is no more certain for this one.
      unsure: [...ofUnsure.unsure, ...ofUnsure.outside, ...ofOutside.unsure],
      outside: ofOutside.outside,
    };
  }, start);
}

/** Splits places by application security groups, whose members are machines of the network that nothing here names. */
export function splitByGroups(places: readonly Place[]): SplitPlaces {
  const isMachine = (place: Place): boolean => place.kind === 'addresses' && place.within === VIRTUAL_NETWORK;
  return { inside: [], unsure: places.filter(isMachine), outside: places.filter((place) => !isMachine(place)) };
}

function splitAll(places: readonly Place[], prefix: string): SplitPlaces {
  const parts = places.map((place) => splitPlace(place, prefix));
  const all = (relation: Relation): readonly Place[] => parts.flatMap((part) => part[relation]);
  return { inside: all('inside'), unsure: all('unsure'), outside: all('outside') };
}

function splitPlace(place: Place, prefix: string): SplitPlaces {
  if (isEverything(prefix)) return whole(place, 'inside');
  if (prefix.includes(':')) return whole(place, 'outside');
  const range = rangeOf(prefix);
  if (place.kind === 'service') return splitService(place, prefix, range);
  if (range === undefined) return whole(place, addressesWithin(place.within, parseServiceTag(prefix)));
  const { inside, outside } = cut(place.ranges, range);
  return { inside: addressesOf(place, inside), unsure: [], outside: addressesOf(place, outside) };
}

function splitService(
  place: Extract<Place, { kind: 'service' }>,
  prefix: string,
  range: Interval | undefined,
): SplitPlaces {
  // Services have public addresses, and which ones changes.
  if (range !== undefined) return whole(place, cut(PUBLIC, range).inside.length > 0 ? 'unsure' : 'outside');
  const tag = parseServiceTag(prefix);
  if (tag.service !== place.service) return whole(place, serviceWithin(place.service, tag));
  if (tag.region === undefined || tag.region === place.region) return whole(place, 'inside');
  if (place.region !== undefined || place.without.includes(tag.region)) return whole(place, 'outside');
  return {
    inside: [{ ...place, region: tag.region }],
    unsure: [],
    outside: [{ ...place, without: [...place.without, tag.region] }],
  };
}

function isEverything(prefix: string): boolean {
  return ['*', 'any', '0.0.0.0/0'].includes(prefix.trim().toLowerCase());
}

/** The addresses of `10.0.0.4` or `10.0.0.0/24`; undefined for a tag. */
function rangeOf(prefix: string): Interval | undefined {
  return parseIpv4Range(prefix.includes('/') ? prefix.trim() : `${prefix.trim()}/32`);
}

function whole(place: Place, relation: Relation): SplitPlaces {
  return { inside: [], unsure: [], outside: [], [relation]: [place] };
}

function addressesOf(place: Extract<Place, { kind: 'addresses' }>, ranges: readonly Interval[]): readonly Place[] {
  return ranges.length === 0 ? [] : [{ ...place, ranges }];
}
