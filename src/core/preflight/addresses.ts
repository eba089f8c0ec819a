import type { Change } from '../plan/change';
import { addressSpaceOf, subnetPrefixes } from '../resources/addressPrefixes';
import { asObjects, asString, asStrings, type Json, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import {
  childId,
  parentResourceId,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
} from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { mergePatch } from '../resources/wireEquality';
import { parseIpv4Range, rangeContains, rangesOverlap } from '../setup/addresses';
import { text, type Text } from '../text';
import { groupBy, idsOf, lastSeen, setsProperties, type PreflightInput } from './input';
import type { PreflightFinding } from './report';

/** A range in use, and what people know it by. */
interface Taken {
  readonly cidr: string;
  readonly by: string;
}

/** A range that the plan wants, and what it must not lie over. */
interface Wanted {
  readonly cidr: string;
  readonly change: Change;
  readonly taken: readonly Taken[];
  /** The address space that it has to be in. */
  readonly inside?: readonly string[];
}

const POOL = 'properties.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes';

/** Ranges of the plan that lie over others: subnets, peered networks, clients of the VPN. */
export async function addressFindings(input: PreflightInput): Promise<readonly PreflightFinding[]> {
  const networks = await networksAfter(input);
  return input.changes
    .filter(setsProperties)
    .flatMap((change) => rangesWantedBy(change, networks, input.changes))
    .flatMap(findingsFor);
}

/** The virtual networks that the plan writes to or stands in, by key, as they will be: what it creates is in them. */
async function networksAfter(input: PreflightInput): Promise<ReadonlyMap<string, JsonObject>> {
  const { changes } = input;
  const ids = [...groupBy(changes.flatMap(networksOf), resourceKey).values()].map(([id]) => id);
  const networks = await Promise.all(
    ids.map(async (id): Promise<[string, JsonObject]> => {
      const entry = await lastSeen(input, id);
      const created = changes.find(({ action, resource }) => action === 'create' && sameResource(resource, id));
      return [resourceKey(id), mergePatch(entry.state === 'present' ? entry.resource : {}, created?.body ?? {})];
    }),
  );
  return new Map(networks);
}

function networksOf(change: Change): readonly string[] {
  switch (resourceTypeOf(change.resource)) {
    case TYPES.virtualNetwork:
      return [change.resource];
    case TYPES.subnet:
      return [parentResourceId(change.resource) ?? ''];
    case TYPES.virtualNetworkGateway:
      return gatewayNetworks(change.body);
    default:
      return [];
  }
}

function gatewayNetworks(body: Json | undefined): readonly string[] {
  return asObjects(readPath(body, 'properties.ipConfigurations')).flatMap((configuration) => {
    const subnet = asString(readPath(configuration, 'properties.subnet.id'));
    return subnet === undefined ? [] : [parentResourceId(subnet) ?? ''];
  });
}

function rangesWantedBy(
  change: Change,
  networks: ReadonlyMap<string, JsonObject>,
  changes: readonly Change[],
): readonly Wanted[] {
  const [id = ''] = networksOf(change);
  const network = networks.get(resourceKey(id));
  switch (resourceTypeOf(change.resource)) {
    case TYPES.virtualNetwork:
      return addressSpaceOf(change.body).map((cidr) => ({ cidr, change, taken: peersOf(network) }));
    case TYPES.subnet:
      return subnetPrefixes(change.body).map((cidr) => ({
        cidr,
        change,
        taken: [...subnetsOf(network, id), ...createdBefore(change, id, changes)].filter(
          ({ by }) => !sameResource(by, change.resource),
        ),
        inside: addressSpaceOf(network),
      }));
    case TYPES.virtualNetworkGateway:
      return asStrings(readPath(change.body, POOL)).map((cidr) => ({
        cidr,
        change,
        taken: [...spaceOf(network, id), ...peersOf(network)],
      }));
    default:
      return [];
  }
}

function spaceOf(network: JsonObject | undefined, id: string): readonly Taken[] {
  return addressSpaceOf(network).map((cidr) => ({ cidr, by: id }));
}

function subnetsOf(network: JsonObject | undefined, id: string): readonly Taken[] {
  return asObjects(readPath(network, 'properties.subnets')).flatMap((subnet) => {
    const by = asString(subnet['id']) ?? childId(id, 'subnets', asString(subnet['name']) ?? '');
    return subnetPrefixes(subnet).map((cidr) => ({ cidr, by }));
  });
}

/** Of two creations that lie over each other, the later one is told. */
function createdBefore(change: Change, network: string, changes: readonly Change[]): readonly Taken[] {
  return changes
    .slice(0, changes.indexOf(change))
    .filter(({ resource }) => sameResource(parentResourceId(resource) ?? '', network))
    .filter(({ action, resource }) => action === 'create' && resourceTypeOf(resource) === TYPES.subnet)
    .flatMap(({ resource, body }) => subnetPrefixes(body).map((cidr) => ({ cidr, by: resource })));
}

/** Azure shows the space of a peered network in the peering. */
function peersOf(network: JsonObject | undefined): readonly Taken[] {
  return asObjects(readPath(network, 'properties.virtualNetworkPeerings')).flatMap((peering) => {
    const by = asString(readPath(peering, 'properties.remoteVirtualNetwork.id')) ?? asString(peering['name']) ?? '';
    const space = ['remoteAddressSpace', 'remoteVirtualNetworkAddressSpace'].flatMap((name) =>
      asStrings(readPath(peering, `properties.${name}.addressPrefixes`)),
    );
    return [...new Set(space)].map((cidr) => ({ cidr, by }));
  });
}

function findingsFor({ cidr, change, taken, inside }: Wanted): readonly PreflightFinding[] {
  const range = parseIpv4Range(cidr);
  if (range === undefined) return [];
  const name = resourceName(change.resource);
  const over = taken.find((other) => {
    const present = parseIpv4Range(other.cidr);
    return present !== undefined && rangesOverlap(range, present);
  });
  if (over) {
    return [
      finding(change, text('The range {0} of {1} lies over {2} of {3}.', cidr, name, over.cidr, resourceName(over.by))),
    ];
  }
  const spaces = inside?.flatMap((outer) => parseIpv4Range(outer) ?? []) ?? [];
  if (spaces.length === 0 || spaces.some((space) => rangeContains(space, range))) return [];
  return [
    finding(change, text('The range {0} of {1} is not inside the address space of its virtual network.', cidr, name)),
  ];
}

function finding(change: Change, title: Text): PreflightFinding {
  return {
    kind: 'address',
    verdict: 'blocks',
    title,
    remedy: text('Choose another range for it in the setup.'),
    changes: idsOf([change]),
    resource: change.resource,
  };
}
