import { asArray, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import {
  childId,
  parentResourceId,
  resourceGroupId,
  resourceGroupIdOf,
  resourceIdIn,
  resourceName,
  sameResource,
} from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { Snapshot, WireResource } from '../resources/snapshot';
import { findFreeRange, PRIVATE_NETWORKS } from './addresses';
import { subnetsOf } from './roles';
import type { RoleId, Roles, Setup } from './setup';

/** The region of new resources where nothing suggests another. */
export const DEFAULT_LOCATION = 'eastus';

export const NEW_SUBNET_NAME = 'snet-private-endpoints';

/**
 * What Ringfence would create for a role: a name that nothing in the subscription has, beside what is chosen already,
 * and a range that nothing uses, left empty where every range is in use. A proposal only: the user sees it in the form
 * and can change every part of it.
 * @param location Region where nothing that is chosen suggests one.
 */
export function proposeNew<R extends RoleId>(
  role: R,
  setup: Setup,
  inventory: Snapshot,
  location = DEFAULT_LOCATION,
): NonNullable<Roles[R]> {
  return PROPOSALS[role](setup, inventory, location);
}

type Proposals = {
  readonly [R in RoleId]: (setup: Setup, inventory: Snapshot, location: string) => NonNullable<Roles[R]>;
};

const PROPOSALS: Proposals = {
  resourceGroup: (setup, inventory, location) => ({
    id: freeId(resourceGroupId(setup.subscription, 'rg-ringfence'), inventory),
    create: { location: nearbyLocation(setup, inventory, location) },
  }),
  openAi: (setup, inventory, location) => {
    // Account names are subdomains, which are unique in the whole cloud.
    const suffix = setup.subscription.replaceAll('-', '').slice(0, 6).toLowerCase();
    const id = resourceIdIn(groupFor(setup), 'Microsoft.CognitiveServices/accounts', `oai-ringfence-${suffix}`);
    return {
      id: freeId(id, inventory),
      create: { location: nearbyLocation(setup, inventory, location), kind: 'OpenAI' },
    };
  },
  virtualNetwork: (setup, inventory, location) => {
    const id = resourceIdIn(groupFor(setup), 'Microsoft.Network/virtualNetworks', 'vnet-ringfence');
    const taken = listed(inventory, TYPES.virtualNetwork).flatMap(prefixesOf);
    const range = findFreeRange(PRIVATE_NETWORKS, taken, 22);
    const addressPrefixes = range === undefined ? [] : [range];
    return {
      id: freeId(id, inventory),
      create: { location: nearbyLocation(setup, inventory, location), addressPrefixes },
    };
  },
  privateEndpointSubnet: (setup, inventory, location) => {
    const network = setup.roles.virtualNetwork ?? proposeNew('virtualNetwork', setup, inventory, location);
    const present = listed(inventory, TYPES.virtualNetwork).find(({ id }) => sameResource(id, network.id));
    const subnets = present ? subnetsOf(present) : [];
    const names = subnets.map(({ id }) => resourceName(id).toLowerCase());
    const spaces = present ? prefixesOf(present) : (network.create?.addressPrefixes ?? []);
    const addressPrefix = findFreeRange(spaces, subnets.flatMap(subnetRanges), 27) ?? '';
    const name = freeName(NEW_SUBNET_NAME, (candidate) => names.includes(candidate));
    return { id: childId(network.id, 'subnets', name), create: { addressPrefix } };
  },
};

/**
 * The setup after a role was decided anew: what was to be created beside it or inside it moves along, and a subnet of
 * another network is let go.
 */
export function withRole<R extends RoleId>(setup: Setup, role: R, binding: Roles[R], inventory: Snapshot): Setup {
  const decided: Setup = { ...setup, roles: { ...setup.roles, [role]: binding } };
  if (role === 'resourceGroup') return movedIntoGroup(decided, inventory);
  return role === 'virtualNetwork' ? withSubnetOfNetwork(decided, inventory) : decided;
}

function movedIntoGroup(setup: Setup, inventory: Snapshot): Setup {
  const { resourceGroup, openAi, virtualNetwork } = setup.roles;
  if (resourceGroup === undefined) return setup;
  const moved = <B extends { id: string; create?: unknown }>(binding: B | undefined, type: string): B | undefined =>
    binding?.create === undefined
      ? binding
      : { ...binding, id: resourceIdIn(resourceGroup.id, type, resourceName(binding.id)) };
  const roles = {
    ...setup.roles,
    openAi: moved(openAi, 'Microsoft.CognitiveServices/accounts'),
    virtualNetwork: moved(virtualNetwork, 'Microsoft.Network/virtualNetworks'),
  };
  return withSubnetOfNetwork({ ...setup, roles }, inventory);
}

function withSubnetOfNetwork(setup: Setup, inventory: Snapshot): Setup {
  const { virtualNetwork, privateEndpointSubnet } = setup.roles;
  if (virtualNetwork === undefined || privateEndpointSubnet === undefined) return setup;
  const parent = parentResourceId(privateEndpointSubnet.id);
  if (parent !== undefined && sameResource(parent, virtualNetwork.id)) return setup;
  const roles = { ...setup.roles };
  delete roles.privateEndpointSubnet;
  const without: Setup = { ...setup, roles };
  return privateEndpointSubnet.create === undefined
    ? without
    : { ...setup, roles: { ...roles, privateEndpointSubnet: proposeNew('privateEndpointSubnet', without, inventory) } };
}

function groupFor({ roles, subscription }: Setup): string {
  const beside = roles.virtualNetwork?.id ?? roles.openAi?.id ?? '';
  return roles.resourceGroup?.id ?? resourceGroupIdOf(beside) ?? resourceGroupId(subscription, 'rg-ringfence');
}

/** The region of what is chosen already, so that new things come to stand beside it. */
function nearbyLocation({ roles }: Setup, inventory: Snapshot, otherwise: string): string {
  for (const id of [roles.virtualNetwork?.id, roles.openAi?.id, roles.resourceGroup?.id]) {
    const entry = id === undefined ? undefined : inventory.get(id);
    const location = entry?.state === 'present' ? asString(entry.resource['location']) : undefined;
    if (location !== undefined) return location;
  }
  return roles.virtualNetwork?.create?.location ?? roles.resourceGroup?.create?.location ?? otherwise;
}

function freeId(id: string, inventory: Snapshot): string {
  const isTaken = (candidate: string): boolean => inventory.get(candidate)?.state === 'present';
  const parent = id.slice(0, id.lastIndexOf('/'));
  return childId(
    parent,
    freeName(resourceName(id), (name) => isTaken(childId(parent, name))),
  );
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

function listed(inventory: Snapshot, type: string): readonly WireResource[] {
  const listing = inventory.list(type);
  return listing?.state === 'listed' ? listing.resources : [];
}

function prefixesOf(network: WireResource): readonly string[] {
  return asArray(readPath(network, 'properties.addressSpace.addressPrefixes')).flatMap((cidr) => asString(cidr) ?? []);
}

function subnetRanges(subnet: WireResource): readonly string[] {
  const several = asArray(readPath(subnet, 'properties.addressPrefixes')).flatMap((cidr) => asString(cidr) ?? []);
  return [...several, ...[asString(readPath(subnet, 'properties.addressPrefix')) ?? []].flat()];
}
