import { resourceName } from '../../core/resources/resourceId';
import type { Azure } from '../azure';
import { servedAt, servedBehind, type ServedHost } from '../providers/network/hostNames';
import { hasApprovedConnection } from '../providers/network/linkConnections';
import { privateLinkName } from '../providers/network/privateLinkService';
import { linkedZones } from '../providers/privateDns/links';
import { addressesOf } from '../providers/privateDns/recordSets';
import { findRegion, REGIONS, regionName } from '../providers/resources/regions';
import { asString } from '../../core/resources/json';
import { networkAt, type Origin } from './position';
import { publicEdgeAddress } from './publicEdge';

/** Common endpoints of regions, under which Cognitive Services accounts without a subdomain answer. */
export const REGIONAL_SUFFIX = 'api.cognitive.microsoft.com';
const LONGEST_CHAIN = 8;

/** What a resolver answers for a name. `refused`: the sandbox knows nothing about such names. */
export interface Resolution {
  readonly status: 'found' | 'noSuchName' | 'refused';
  /** The aliases on the way: name and what it stands for. */
  readonly aliases: readonly { readonly name: string; readonly target: string }[];
  /** IPv4 addresses of the last name. */
  readonly addresses: readonly string[];
}

type Answer =
  | { readonly kind: 'alias'; readonly target: string }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'noSuchName' | 'refused' };

/** Resolves a name as a resolver at this position would. */
export function resolveName(azure: Azure, position: Origin, name: string): Resolution {
  const aliases: { name: string; target: string }[] = [];
  let current = name.toLowerCase().replace(/\.$/, '');
  for (;;) {
    const answer = fromLinkedZone(azure, position, current) ?? fromInternet(azure, current);
    if (answer.kind === 'alias' && aliases.length < LONGEST_CHAIN) {
      aliases.push({ name: current, target: answer.target });
      current = answer.target;
      continue;
    }
    if (answer.kind === 'addresses') return { status: 'found', aliases, addresses: answer.addresses };
    return { status: answer.kind === 'refused' ? 'refused' : 'noSuchName', aliases, addresses: [] };
  }
}

/** The address under which the internet reaches the services of a region. */
export function regionalAddress(location: string): string {
  const index = REGIONS.findIndex((region) => region.name === regionName(location));
  return `198.51.100.${String(index + 10)}`;
}

/** A linked zone has the last word on every name under it: what it does not have does not exist in the network. */
function fromLinkedZone(azure: Azure, position: Origin, name: string): Answer | undefined {
  const network = networkAt(azure, position);
  if (network === undefined) return undefined;
  const [zone] = linkedZones(azure, network.id)
    .map(({ zoneId, fallsBack }) => ({ zoneId, fallsBack, suffix: resourceName(zoneId).toLowerCase() }))
    .filter(({ suffix }) => name === suffix || name.endsWith(`.${suffix}`))
    .sort((left, right) => right.suffix.length - left.suffix.length);
  if (zone === undefined) return undefined;
  const record = name === zone.suffix ? '@' : name.slice(0, -zone.suffix.length - 1);
  const addresses = addressesOf(azure, zone.zoneId, record);
  if (addresses !== undefined) return { kind: 'addresses', addresses };
  return zone.fallsBack ? undefined : { kind: 'noSuchName' };
}

/** Public DNS. A name goes by its `privatelink` alias once a private endpoint of its group is approved. */
function fromInternet(azure: Azure, name: string): Answer {
  const served = servedAt(azure, name);
  if (served) {
    return isLinked(azure, served)
      ? { kind: 'alias', target: privateLinkName(name) }
      : { kind: 'addresses', addresses: [addressOf(served)] };
  }
  const behindAlias = servedBehind(azure, name);
  if (behindAlias && isLinked(azure, behindAlias)) {
    return { kind: 'addresses', addresses: [addressOf(behindAlias)] };
  }
  const edge = publicEdgeAddress(azure, name);
  if (edge !== undefined) return edge === null ? { kind: 'noSuchName' } : { kind: 'addresses', addresses: [edge] };
  if (name.endsWith(`.${REGIONAL_SUFFIX}`)) {
    const region = findRegion(name.slice(0, -REGIONAL_SUFFIX.length - 1));
    return region ? { kind: 'addresses', addresses: [regionalAddress(region.name)] } : { kind: 'noSuchName' };
  }
  const isOurs = azure.privateLink.suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  return { kind: isOurs ? 'noSuchName' : 'refused' };
}

function addressOf({ resource }: ServedHost): string {
  return regionalAddress(asString(resource.body['location']) ?? '');
}

function isLinked(azure: Azure, { resource, groupId }: ServedHost): boolean {
  return hasApprovedConnection(azure, resource, groupId);
}
