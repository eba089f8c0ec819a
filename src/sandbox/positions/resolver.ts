import { resourceName } from '../../core/resources/resourceId';
import type { StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import { accountByHost, inForce } from '../providers/cognitiveServices/accountState';
import { connectionStateOf, CONNECTION } from '../providers/cognitiveServices/connections';
import { PUBLIC_SUFFIXES } from '../providers/cognitiveServices/kinds';
import { privateLinkName } from '../providers/network/privateLinkService';
import { linkedZones } from '../providers/privateDns/links';
import { addressesOf } from '../providers/privateDns/recordSets';
import { findRegion, REGIONS, regionName } from '../providers/resources/regions';
import { asString } from '../../core/resources/json';
import type { Position } from './position';

const REGIONAL_SUFFIX = 'api.cognitive.microsoft.com';
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
export function resolveName(azure: Azure, position: Position, name: string): Resolution {
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
function fromLinkedZone(azure: Azure, position: Position, name: string): Answer | undefined {
  if (position.kind !== 'virtualNetwork') return undefined;
  const [zone] = linkedZones(azure, position.virtualNetwork)
    .map(({ zoneId, fallsBack }) => ({ zoneId, fallsBack, suffix: resourceName(zoneId).toLowerCase() }))
    .filter(({ suffix }) => name === suffix || name.endsWith(`.${suffix}`))
    .sort((left, right) => right.suffix.length - left.suffix.length);
  if (zone === undefined) return undefined;
  const record = name === zone.suffix ? '@' : name.slice(0, -zone.suffix.length - 1);
  const addresses = addressesOf(azure, zone.zoneId, record);
  if (addresses !== undefined) return { kind: 'addresses', addresses };
  return zone.fallsBack ? undefined : { kind: 'noSuchName' };
}

/** Public DNS. A name goes by its `privatelink` alias once a private endpoint of its account is approved. */
function fromInternet(azure: Azure, name: string): Answer {
  const account = accountByHost(azure, name);
  if (account) {
    return hasApprovedEndpoint(azure, account)
      ? { kind: 'alias', target: privateLinkName(name) }
      : { kind: 'addresses', addresses: [addressOf(account)] };
  }
  const behindAlias = accountByHost(azure, name.replace('.privatelink.', '.'));
  if (behindAlias && hasApprovedEndpoint(azure, behindAlias)) {
    return { kind: 'addresses', addresses: [addressOf(behindAlias)] };
  }
  if (name.endsWith(`.${REGIONAL_SUFFIX}`)) {
    const region = findRegion(name.slice(0, -REGIONAL_SUFFIX.length - 1));
    return region ? { kind: 'addresses', addresses: [regionalAddress(region.name)] } : { kind: 'noSuchName' };
  }
  const isOurs = PUBLIC_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  return { kind: isOurs ? 'noSuchName' : 'refused' };
}

function addressOf(account: StoredResource): string {
  return regionalAddress(asString(inForce(account).body['location']) ?? '');
}

function hasApprovedEndpoint(azure: Azure, account: StoredResource): boolean {
  return azure.store
    .children(account.id, CONNECTION.type)
    .some((connection) => connectionStateOf(connection)['status'] === 'Approved');
}
