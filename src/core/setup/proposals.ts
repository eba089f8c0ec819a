import { addressSpaceOf, subnetPrefixes } from '../resources/addressPrefixes';
import { freeName } from '../resources/freeName';
import { asString } from '../resources/json';
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
import { SUBNET_ROLES, type SubnetRole } from './checkNetwork';
import { GATEWAY_SUBNET_NAME, subnetsOf } from './roles';
import type { RoleId, Roles, Setup } from './setup';

/** The region of new resources where nothing suggests another. */
export const DEFAULT_LOCATION = 'eastus';

/** What subnets are called that Ringfence creates. */
export const NEW_SUBNET_NAMES: Readonly<Record<SubnetRole, string>> = {
  privateEndpointSubnet: 'snet-private-endpoints',
  gatewaySubnet: GATEWAY_SUBNET_NAME,
  webAppSubnet: 'snet-webapp',
  apiManagementSubnet: 'snet-apim',
  applicationGatewaySubnet: 'snet-appgw',
};

/** Prefix lengths that Azure recommends for these subnets. */
const SUBNET_SIZES: Readonly<Record<SubnetRole, number>> = {
  privateEndpointSubnet: 27,
  gatewaySubnet: 27,
  webAppSubnet: 26,
  apiManagementSubnet: 27,
  applicationGatewaySubnet: 24,
};

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
  openAi: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'openAi', `oai-ringfence-${uniquePart(setup)}`), inventory),
    create: { location: nearbyLocation(setup, inventory, location), kind: 'OpenAI' },
  }),
  search: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'search', `srch-ringfence-${uniquePart(setup)}`), inventory),
    create: { location: serviceLocation(setup, inventory, location), sku: 'basic' },
  }),
  storage: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'storage', `stringfence${uniquePart(setup)}`), inventory),
    create: { location: serviceLocation(setup, inventory, location) },
  }),
  virtualNetwork: (setup, inventory, location) => {
    const id = newId(setup, 'virtualNetwork', 'vnet-ringfence');
    const taken = listed(inventory, TYPES.virtualNetwork).flatMap(addressSpaceOf);
    const range = findFreeRange(PRIVATE_NETWORKS, taken, 22);
    const addressPrefixes = range === undefined ? [] : [range];
    return {
      id: freeId(id, inventory),
      create: { location: nearbyLocation(setup, inventory, location), addressPrefixes },
    };
  },
  privateEndpointSubnet: newSubnet('privateEndpointSubnet'),
  gatewaySubnet: newSubnet('gatewaySubnet'),
  vpnGateway: (setup, inventory, location) => {
    const network = setup.roles.virtualNetwork?.id ?? 'vnet-ringfence';
    const id = newId(setup, 'vpnGateway', `vpngw-${resourceName(network)}`);
    return { id: freeId(id, inventory), create: { location: nearbyLocation(setup, inventory, location) } };
  },
  webAppSubnet: newSubnet('webAppSubnet'),
  webApp: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'webApp', `app-ringfence-${uniquePart(setup)}`), inventory),
    create: { location: nearbyLocation(setup, inventory, location) },
  }),
  apiManagementSubnet: newSubnet('apiManagementSubnet'),
  apiManagement: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'apiManagement', `apim-ringfence-${uniquePart(setup)}`), inventory),
    create: {
      location: nearbyLocation(setup, inventory, location),
      sku: 'Developer',
      publisherEmail: 'api@example.com',
      publisherName: 'Ringfence',
    },
  }),
  applicationGatewaySubnet: newSubnet('applicationGatewaySubnet'),
  applicationGateway: (setup, inventory, location) => {
    const network = setup.roles.virtualNetwork?.id ?? 'vnet-ringfence';
    const id = newId(setup, 'applicationGateway', `agw-${resourceName(network)}`);
    return { id: freeId(id, inventory), create: { location: nearbyLocation(setup, inventory, location) } };
  },
  keyVault: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'keyVault', `kv-ringfence-${uniquePart(setup)}`), inventory),
    create: { location: nearbyLocation(setup, inventory, location) },
  }),
  logAnalyticsWorkspace: (setup, inventory, location) => ({
    id: freeId(newId(setup, 'logAnalyticsWorkspace', 'log-ringfence'), inventory),
    create: { location: nearbyLocation(setup, inventory, location) },
  }),
};

function newSubnet(role: SubnetRole) {
  return (setup: Setup, inventory: Snapshot, location: string) => {
    const network = setup.roles.virtualNetwork ?? proposeNew('virtualNetwork', setup, inventory, location);
    const present = listed(inventory, TYPES.virtualNetwork).find(({ id }) => sameResource(id, network.id));
    const subnets = present ? subnetsOf(present) : [];
    const names = subnets.map(({ id }) => resourceName(id).toLowerCase());
    const spaces = present ? addressSpaceOf(present) : (network.create?.addressPrefixes ?? []);
    const planned = SUBNET_ROLES.filter((other) => other !== role).flatMap(
      (other) => setup.roles[other]?.create?.addressPrefix ?? [],
    );
    const addressPrefix =
      findFreeRange(spaces, [...subnets.flatMap(subnetPrefixes), ...planned], SUBNET_SIZES[role]) ?? '';
    const wanted = NEW_SUBNET_NAMES[role];
    const name = role === 'gatewaySubnet' ? wanted : freeName(wanted, (candidate) => names.includes(candidate));
    return { id: childId(network.id, 'subnets', name), create: { addressPrefix } };
  };
}

/** A range for VPN clients that lies over no network of the subscription. */
export function proposeClientAddressPool({ roles }: Setup, inventory: Snapshot): string | undefined {
  const taken = [
    ...listed(inventory, TYPES.virtualNetwork).flatMap(addressSpaceOf),
    ...(roles.virtualNetwork?.create?.addressPrefixes ?? []),
  ];
  return findFreeRange(['172.16.201.0/24', '172.16.0.0/12', ...PRIVATE_NETWORKS], taken, 24);
}

/**
 * The setup after a role was decided anew: what was to be created beside it or inside it moves along, and a subnet of
 * another network is let go.
 */
export function withRole<R extends RoleId>(setup: Setup, role: R, binding: Roles[R], inventory: Snapshot): Setup {
  const decided: Setup = { ...setup, roles: { ...setup.roles, [role]: binding } };
  if (role === 'resourceGroup') return movedIntoGroup(decided, inventory);
  return role === 'virtualNetwork' ? withSubnetsOfNetwork(decided, inventory) : decided;
}

/** What is created in the resource group of the setup, by the type that its id is made of. */
const IN_GROUP = {
  openAi: 'Microsoft.CognitiveServices/accounts',
  search: 'Microsoft.Search/searchServices',
  storage: 'Microsoft.Storage/storageAccounts',
  virtualNetwork: 'Microsoft.Network/virtualNetworks',
  vpnGateway: 'Microsoft.Network/virtualNetworkGateways',
  webApp: 'Microsoft.Web/sites',
  apiManagement: 'Microsoft.ApiManagement/service',
  applicationGateway: 'Microsoft.Network/applicationGateways',
  keyVault: 'Microsoft.KeyVault/vaults',
  logAnalyticsWorkspace: 'Microsoft.OperationalInsights/workspaces',
} as const satisfies Readonly<Partial<Record<RoleId, string>>>;

function movedIntoGroup(setup: Setup, inventory: Snapshot): Setup {
  const group = setup.roles.resourceGroup;
  if (group === undefined) return setup;
  const moved = Object.entries(IN_GROUP).flatMap(([role, type]) => {
    const binding = setup.roles[role as keyof typeof IN_GROUP];
    if (binding?.create === undefined) return [];
    return [[role, { ...binding, id: resourceIdIn(group.id, type, resourceName(binding.id)) }]];
  });
  return withSubnetsOfNetwork({ ...setup, roles: { ...setup.roles, ...Object.fromEntries(moved) } }, inventory);
}

function withSubnetsOfNetwork(setup: Setup, inventory: Snapshot): Setup {
  return SUBNET_ROLES.reduce((decided, role) => withSubnetOfNetwork(decided, role, inventory), setup);
}

function withSubnetOfNetwork(setup: Setup, role: SubnetRole, inventory: Snapshot): Setup {
  const { virtualNetwork, [role]: subnet, ...others } = setup.roles;
  if (virtualNetwork === undefined || subnet === undefined) return setup;
  const parent = parentResourceId(subnet.id);
  if (parent !== undefined && sameResource(parent, virtualNetwork.id)) return setup;
  const without: Setup = { ...setup, roles: { ...others, virtualNetwork } };
  if (subnet.create === undefined) return without;
  return { ...without, roles: { ...without.roles, [role]: proposeNew(role, without, inventory) } };
}

function newId(setup: Setup, role: keyof typeof IN_GROUP, name: string): string {
  return resourceIdIn(groupFor(setup), IN_GROUP[role], name);
}

/** Names of accounts are host names, which are unique in the whole cloud. */
function uniquePart({ subscription }: Setup): string {
  return subscription.replaceAll('-', '').slice(0, 6).toLowerCase();
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

/** Beside the account, because the services call each other; the network may be elsewhere. */
function serviceLocation(setup: Setup, inventory: Snapshot, otherwise: string): string {
  const { openAi } = setup.roles;
  const entry = openAi && inventory.get(openAi.id);
  const location = entry?.state === 'present' ? asString(entry.resource['location']) : openAi?.create?.location;
  return location ?? nearbyLocation(setup, inventory, otherwise);
}

function freeId(id: string, inventory: Snapshot): string {
  const isTaken = (candidate: string): boolean => inventory.get(candidate)?.state === 'present';
  const parent = id.slice(0, id.lastIndexOf('/'));
  return childId(
    parent,
    freeName(resourceName(id), (name) => isTaken(childId(parent, name))),
  );
}

function listed(inventory: Snapshot, type: string): readonly WireResource[] {
  const listing = inventory.list(type);
  return listing?.state === 'listed' ? listing.resources : [];
}
