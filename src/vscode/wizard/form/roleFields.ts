import { asArray, asObjects, asString } from '../../../core/resources/json';
import { readPath } from '../../../core/resources/propertyPath';
import {
  parentResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  sameResource,
} from '../../../core/resources/resourceId';
import { TYPES } from '../../../core/resources/resourceTypes';
import type { Snapshot, WireResource } from '../../../core/resources/snapshot';
import { GATEWAY_SUBNET_NAME, isOptional, subnetsOf, type Role } from '../../../core/setup/roles';
import type { RoleId, Setup } from '../../../core/setup/setup';
import { text } from '../../../core/text';
import type { Choice, CreationField, RoleField } from '../../../protocol/setupForm';
import { CREATION_FIELDS, CREATION_FIELD_WORDS, creationChoices, type CreationFieldName } from './creationFields';
import type { FormContext } from './formInput';
import { LEFT_OUT, NEW_RESOURCE } from './roleEdits';

/** The field of a role: what could play it, what is chosen, and what a new resource would be. */
export function presentRole(role: Role, context: FormContext): RoleField {
  const { t, candidate } = context;
  const binding = candidate.roles[role.id];
  const existing = candidatesFor(role, context);
  const listed = existing.find(({ value }) => binding !== undefined && sameResource(value, binding.id));
  const isNew = binding?.create !== undefined && !listed;
  const unlisted = binding === undefined || isNew || listed ? [] : [choiceFor(binding.id)];
  const leaveOut: readonly Choice[] = isOptional(role, candidate.scenarios)
    ? [{ value: LEFT_OUT, label: t(text('Leave out')) }]
    : [];
  const chosen = isNew ? NEW_RESOURCE : (listed?.value ?? binding?.id ?? '');
  return {
    kind: 'role',
    role: role.id,
    label: t(role.title),
    help: t(role.help),
    choices: [...existing, ...unlisted, { value: NEW_RESOURCE, label: t(text('Create a new one')) }, ...leaveOut],
    value: binding === undefined && isOptional(role, candidate.scenarios) ? LEFT_OUT : chosen,
    fields: isNew ? CREATION_FIELDS[role.id].map((name) => presentCreation(role.id, name, context)) : [],
    error: roleError(role, context, existing.length),
  };
}

function roleError(role: Role, { shown, inventory, candidate, t }: FormContext, candidates: number): string | null {
  const faults = [shown.at(['roles', role.id]), shown.within(['roles', role.id, 'id'])];
  const fault = faults.find((message) => message !== undefined);
  const isUnnamed = creationValue(candidate, role.id, 'name') === '' && candidate.roles[role.id] !== undefined;
  if (fault && !isUnnamed) return t(fault);
  const listing = inventory.list(listedTypeOf(role));
  if (listing?.state === 'unreadable') {
    return t(text('What there is to choose from could not be listed: {0}', listing.detail));
  }
  if (candidate.roles[role.id] !== undefined || isOptional(role, candidate.scenarios)) return null;
  return candidates > 1 ? t(text('Several could be meant: choose one.')) : t(text('Choose one.'));
}

function candidatesFor(role: Role, { inventory, candidate }: FormContext): readonly Choice[] {
  return idsFor(role, inventory, candidate)
    .map(choiceFor)
    .sort((left, right) => left.label.localeCompare(right.label));
}

function idsFor(role: Role, inventory: Snapshot, { roles }: Setup): readonly string[] {
  if (role.type === TYPES.resourceGroup) return groupsWithResources(inventory);
  const network = roles.virtualNetwork?.id;
  const listing = inventory.list(listedTypeOf(role));
  const listed = listing?.state === 'listed' ? listing.resources : [];
  if (role.type === TYPES.subnet) {
    const inNetwork = listed.filter(({ id }) => network !== undefined && sameResource(id, network)).flatMap(subnetsOf);
    return inNetwork.filter((subnet) => canHold(role, subnet)).map(({ id }) => id);
  }
  const suitable = listed.filter(role.suits);
  const reachable = role.id === 'vpnGateway' ? suitable.filter((gateway) => leadsInto(gateway, network)) : suitable;
  return reachable.map(({ id }) => id);
}

/** Resource groups are not listed by themselves: those that hold something that was listed are known. */
function groupsWithResources(inventory: Snapshot): readonly string[] {
  const groups = inventory.present().flatMap(({ id }) => resourceGroupIdOf(id) ?? []);
  return [...new Map(groups.map((id) => [resourceKey(id), id])).values()];
}

/** The listing in which candidates for a role are found: subnets stand inside their networks. */
function listedTypeOf({ type }: Role): string {
  return type === TYPES.subnet || type === TYPES.resourceGroup ? TYPES.virtualNetwork : type;
}

/** A subnet that serves its purpose already, or that is free to. */
function canHold(role: Role, subnet: WireResource): boolean {
  const isGateway = resourceName(subnet.id).toLowerCase() === GATEWAY_SUBNET_NAME.toLowerCase();
  if (role.id === 'gatewaySubnet' || isGateway) return role.id === 'gatewaySubnet' && isGateway;
  if (role.suits(subnet)) return true;
  const isDelegated = asArray(readPath(subnet, 'properties.delegations')).length > 0;
  const isInUse = ['ipConfigurations', 'privateEndpoints'].some(
    (list) => asArray(readPath(subnet, `properties.${list}`)).length > 0,
  );
  return !isDelegated && (role.id === 'privateEndpointSubnet' || !isInUse);
}

/** Whether a gateway stands in this network. */
function leadsInto(gateway: WireResource, network: string | undefined): boolean {
  return asObjects(readPath(gateway, 'properties.ipConfigurations')).some((configuration) => {
    const parent = parentResourceId(asString(readPath(configuration, 'properties.subnet.id')) ?? '');
    return network === undefined || (parent !== undefined && sameResource(parent, network));
  });
}

function choiceFor(id: string): Choice {
  const group = resourceGroupIdOf(id);
  const isGroup = group !== undefined && resourceKey(group) === resourceKey(id);
  return { value: id, label: resourceName(id), ...(group && !isGroup ? { description: resourceName(group) } : {}) };
}

function presentCreation(role: RoleId, name: CreationFieldName, { candidate, shown, t }: FormContext): CreationField {
  const { label, placeholder } = CREATION_FIELD_WORDS[name];
  const value = creationValue(candidate, role, name);
  const fault = name === 'name' ? undefined : shown.within(['roles', role, 'create', name]);
  const unnamed = name === 'name' && value === '' ? t(text('A name is needed.')) : null;
  return {
    name,
    label: t(label),
    value,
    placeholder,
    choices: creationChoices(role, name).map((choice) => ({ value: choice, label: choice })),
    error: fault === undefined ? unnamed : t(fault),
  };
}

/** What a role is to be created with, as it stands in a field. A name that is being typed anew is empty. */
export function creationValue({ roles }: Setup, role: RoleId, name: CreationFieldName): string {
  const binding = roles[role];
  if (binding === undefined) return '';
  if (name === 'name') return binding.id.endsWith('/') ? '' : resourceName(binding.id);
  const properties: Readonly<Record<string, unknown>> = { ...binding.create };
  const value = properties[name];
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}
