import type { CloudId } from '../../core/clouds';
import { resourceName } from '../../core/resources/resourceId';
import { INVENTORY_TYPES } from '../../core/resources/resourceTypes';
import type { Snapshot } from '../../core/resources/snapshot';
import { findRoles } from '../../core/setup/discover';
import { proposeClientAddressPool, proposeNew } from '../../core/setup/proposals';
import { isOnlyAdopted, isOptional, rolesOf } from '../../core/setup/roles';
import type { ScenarioId } from '../../core/setup/scenarios';
import { DEFAULT_OPTIONS, type RoleId, type Setup } from '../../core/setup/setup';

/** The name of a setup before its account is known. */
const UNNAMED = 'ringfence';

/** A setup in which nothing is decided yet but where to look. */
export function emptySetup(where: { cloud: CloudId; subscription: string; tenant?: string | undefined }): Setup {
  return {
    version: 1,
    name: UNNAMED,
    cloud: where.cloud,
    subscription: where.subscription,
    ...(where.tenant === undefined ? {} : { tenant: where.tenant }),
    scenarios: ['private-access'],
    roles: {},
    options: DEFAULT_OPTIONS,
    skip: {},
  };
}

function neededRoles(scenarios: readonly ScenarioId[]): readonly RoleId[] {
  return rolesOf(scenarios).flatMap((role) => (isOptional(role, scenarios) ? [] : [role.id]));
}

/** Every role of the scenarios, also those that a setup can do without. */
export function allRoles(scenarios: readonly ScenarioId[]): readonly RoleId[] {
  return rolesOf(scenarios).map(({ id }) => id);
}

/** What to fill in by itself: everything while nothing is decided; later, what is left out is left out on purpose. */
export function rolesToFill({ scenarios, roles }: Setup): readonly RoleId[] {
  const isFresh = Object.entries(roles).every(([role, binding]) => role === 'openAi' || binding === undefined);
  return isFresh ? allRoles(scenarios) : neededRoles(scenarios);
}

/** The subnet that a role comes into the network through: it comes and goes with the role. */
export const SUBNET_OF = {
  vpnGateway: 'gatewaySubnet',
  webApp: 'webAppSubnet',
  apiManagement: 'apiManagementSubnet',
  applicationGateway: 'applicationGatewaySubnet',
} as const;

/** What a new resource stands in or beside: it has to be known first. */
const BESIDE: Readonly<Partial<Record<RoleId, RoleId>>> = {
  privateEndpointSubnet: 'virtualNetwork',
  gatewaySubnet: 'virtualNetwork',
  webAppSubnet: 'virtualNetwork',
  apiManagementSubnet: 'virtualNetwork',
  applicationGatewaySubnet: 'virtualNetwork',
  ...SUBNET_OF,
};

/**
 * The setup with the wanted roles filled in, as far as what the subscription has leaves no choice: with the one resource
 * that suits, or a new one where none does. What somebody has decided stays; where several resources could be meant,
 * the role stays open, and so does what depends on it.
 */
export function withProposals(setup: Setup, inventory: Snapshot, wanted: readonly RoleId[]): Setup {
  if (INVENTORY_TYPES.some((type) => inventory.list(type)?.state !== 'listed')) return setup;
  const { found, open } = findIn(setup, inventory);
  const undecided = wanted.filter((role) => setup.roles[role] === undefined && !open.includes(role));
  const existing = undecided.flatMap((role) => (found[role] === undefined ? [] : [[role, { id: found[role] }]]));
  const known: Setup = { ...setup, roles: { ...setup.roles, ...Object.fromEntries(existing) } };
  const adopted = rolesOf(setup.scenarios).flatMap((role) => (isOnlyAdopted(role, setup.scenarios) ? [role.id] : []));
  const filled = creationOrder(undecided).reduce((decided, role) => {
    const beside = BESIDE[role];
    if (decided.roles[role] !== undefined || adopted.includes(role)) return decided;
    if (beside !== undefined && decided.roles[beside] === undefined) return decided;
    return { ...decided, roles: { ...decided.roles, [role]: proposeNew(role, decided, inventory) } };
  }, known);
  const name = filled.roles.openAi === undefined ? UNNAMED : resourceName(filled.roles.openAi.id);
  return withClientAddresses(setup.name === UNNAMED ? { ...filled, name } : filled, inventory);
}

/** Addresses for VPN clients, where the setup has a gateway and nobody has chosen any. */
export function withClientAddresses(setup: Setup, inventory: Snapshot): Setup {
  if (setup.roles.vpnGateway === undefined || setup.options.vpnClientAddressPool !== undefined) return setup;
  const vpnClientAddressPool = proposeClientAddressPool(setup, inventory);
  return vpnClientAddressPool === undefined ? setup : { ...setup, options: { ...setup.options, vpnClientAddressPool } };
}

/** The one existing resource that suits a role; undefined where there is none, or more than one. */
export function existingRole(role: RoleId, setup: Setup, inventory: Snapshot): { readonly id: string } | undefined {
  const id = findIn(setup, inventory).found[role];
  return id === undefined ? undefined : { id };
}

/** New resources go into the group, so it comes first. */
function creationOrder(roles: readonly RoleId[]): readonly RoleId[] {
  return [...roles].sort((left, right) => Number(right === 'resourceGroup') - Number(left === 'resourceGroup'));
}

function findIn(setup: Setup, inventory: Snapshot) {
  const chosen: Partial<Record<RoleId, string>> = {};
  for (const role of allRoles(setup.scenarios)) {
    const binding = setup.roles[role];
    if (binding) chosen[role] = binding.id;
  }
  const all = setup.scenarios.map((scenario) => findRoles({ scenario, chosen }, inventory));
  const found: Readonly<Partial<Record<RoleId, string>>> = Object.assign({}, ...all.map((each) => each.found));
  return { found, open: all.flatMap(({ ambiguous }) => ambiguous.map(({ role }) => role)) };
}
