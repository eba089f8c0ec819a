import type { Snapshot } from '../../../core/resources/snapshot';
import { proposeNew, withRole } from '../../../core/setup/proposals';
import { ROLES, rolesOf } from '../../../core/setup/roles';
import type { RoleId, Roles, Setup } from '../../../core/setup/setup';
import { existingRole, SUBNET_OF, withClientAddresses } from '../../setups/proposeRoles';
import { CREATION_FIELDS } from './creationFields';

/** What the form calls a role that is to be created, and one that the setup does without. */
export const NEW_RESOURCE = 'new';
export const LEFT_OUT = 'none';

type WithSubnet = keyof typeof SUBNET_OF;

/** @param value The id of an existing resource, `new`, `none`, or empty for nothing decided. */
export function chooseRole(candidate: Setup, role: string, value: string, inventory: Snapshot): Setup {
  if (!isRole(role)) return candidate;
  if (value === '' || value === LEFT_OUT) return withoutRole(candidate, role);
  const prepared = needsSubnet(role, candidate) ? withSubnetFor(role, candidate, inventory) : candidate;
  const binding = value === NEW_RESOURCE ? proposeNew(role, prepared, inventory) : { id: value };
  return withClientAddresses(withRole(prepared, role, binding, inventory), inventory);
}

function withoutRole(candidate: Setup, role: RoleId): Setup {
  const { [role]: _former, ...roles } = candidate.roles;
  const { vpnClientAddressPool: _pool, ...options } = candidate.options;
  const without: Setup = { ...candidate, roles, options: role === 'vpnGateway' ? options : candidate.options };
  return hasSubnet(role) ? withoutRole(without, SUBNET_OF[role]) : without;
}

/** The setup with a subnet for the role. */
function withSubnetFor(role: WithSubnet, candidate: Setup, inventory: Snapshot): Setup {
  const subnet = SUBNET_OF[role];
  const binding =
    candidate.roles[subnet] ?? existingRole(subnet, candidate, inventory) ?? proposeNew(subnet, candidate, inventory);
  return { ...candidate, roles: { ...candidate.roles, [subnet]: binding } };
}

/** Changes one property of a resource that is to be created. */
export function setRoleField(candidate: Setup, role: string, name: string, value: string, inventory: Snapshot): Setup {
  if (!isRole(role)) return candidate;
  const field = CREATION_FIELDS[role].find((known) => known === name);
  const binding = candidate.roles[role];
  if (field === undefined || binding?.create === undefined) return candidate;
  const changed =
    field === 'name'
      ? { ...binding, id: renamed(binding.id, value) }
      : { ...binding, create: { ...binding.create, [field]: field === 'addressPrefixes' ? wordsOf(value) : value } };
  // Which values there are, the check says where somebody types another.
  return withRole(candidate, role, changed as Roles[typeof role], inventory);
}

/** The id with another last name: an empty one as well, while a name is being typed. */
function renamed(id: string, name: string): string {
  return id.slice(0, id.lastIndexOf('/') + 1) + name;
}

export function wordsOf(value: string): readonly string[] {
  return value.split(/[\s,;]+/).filter((word) => word !== '');
}

function isRole(role: string): role is RoleId {
  return ROLES.some(({ id }) => id === role);
}

/** Whether the scenarios have the subnet of the role: an app that is only called needs none. */
function needsSubnet(role: RoleId, { scenarios }: Setup): role is WithSubnet {
  return hasSubnet(role) && rolesOf(scenarios).some(({ id }) => id === SUBNET_OF[role]);
}

function hasSubnet(role: RoleId): role is WithSubnet {
  return Object.hasOwn(SUBNET_OF, role);
}
