import {
  childId,
  parentResourceId,
  resourceGroupId,
  resourceGroupIdOf,
  resourceIdIn,
  resourceName,
  parseResourceId,
} from '../../core/resources/resourceId';
import type { Snapshot } from '../../core/resources/snapshot';
import { proposeNew, withRole } from '../../core/setup/proposals';
import { findScenario } from '../../core/setup/scenarios';
import type { NewOpenAiAccount, RoleId, Setup, SetupOptions } from '../../core/setup/setup';

/** What the form calls a role that is to be created. */
export const NEW_RESOURCE = 'new';

/**
 * Edits of the setup form. Each gives a candidate: what the user has typed so far, valid or not. Only a candidate that
 * `checkSetup` accepts becomes the setup. An edit that names nothing known leaves the candidate as it is.
 */
export function chooseScenario(candidate: Setup, id: string): Setup {
  const scenario = findScenario(id);
  return scenario === undefined ? candidate : { ...candidate, scenarios: [scenario.id] };
}

/** @param value The id of an existing resource, `new`, or empty for none. */
export function chooseRole(candidate: Setup, role: string, value: string, inventory: Snapshot): Setup {
  if (!isRole(role)) return candidate;
  if (value === '') {
    const { [role]: _former, ...roles } = candidate.roles;
    return { ...candidate, roles };
  }
  const binding = value === NEW_RESOURCE ? proposeNew(role, candidate, inventory) : { id: value };
  return withRole(candidate, role, binding, inventory);
}

/** Changes one property of a resource that is to be created. */
export function setRoleField(candidate: Setup, role: string, name: string, value: string, inventory: Snapshot): Setup {
  const { resourceGroup, openAi, virtualNetwork, privateEndpointSubnet } = candidate.roles;
  if (role === 'resourceGroup' && resourceGroup?.create) {
    const id = name === 'name' ? resourceGroupId(candidate.subscription, value) : resourceGroup.id;
    const create = name === 'location' ? { location: value } : resourceGroup.create;
    return withRole(candidate, 'resourceGroup', { id, create }, inventory);
  }
  if (role === 'openAi' && openAi?.create) {
    const create = name === 'name' ? openAi.create : changedAccount(openAi.create, name, value);
    return withRole(candidate, 'openAi', { id: renamed(openAi.id, name, value), create }, inventory);
  }
  if (role === 'virtualNetwork' && virtualNetwork?.create) {
    const { location, addressPrefixes } = virtualNetwork.create;
    const create = {
      location: name === 'location' ? value : location,
      addressPrefixes: name === 'addressPrefixes' ? wordsOf(value) : addressPrefixes,
    };
    return withRole(candidate, 'virtualNetwork', { id: renamed(virtualNetwork.id, name, value), create }, inventory);
  }
  if (role === 'privateEndpointSubnet' && privateEndpointSubnet?.create) {
    const create = name === 'addressPrefix' ? { addressPrefix: value } : privateEndpointSubnet.create;
    const id = renamed(privateEndpointSubnet.id, name, value);
    return withRole(candidate, 'privateEndpointSubnet', { id, create }, inventory);
  }
  return candidate;
}

function changedAccount(create: NewOpenAiAccount, name: string, value: string): NewOpenAiAccount {
  if (name === 'location') return { ...create, location: value };
  // The type says which kinds there are; the check says so where somebody types another.
  return name === 'kind' ? { ...create, kind: value as NewOpenAiAccount['kind'] } : create;
}

/** The id with another last name, where it is the name that was changed. */
function renamed(id: string, field: string, name: string): string {
  if (field !== 'name') return id;
  const parent = parentResourceId(id);
  const type = parseResourceId(id)?.type ?? '';
  return parent === undefined
    ? resourceIdIn(resourceGroupIdOf(id) ?? '', type, name)
    : childId(parent, type.split('/').at(-1) ?? '', name);
}

export function setOption(candidate: Setup, option: string, value: string): Setup {
  const { options } = candidate;
  switch (option) {
    case 'publicAccess':
      return { ...candidate, options: { ...options, publicAccess: value as SetupOptions['publicAccess'] } };
    case 'apiKeys':
      return { ...candidate, options: { ...options, apiKeys: value as SetupOptions['apiKeys'] } };
    case 'allowedAddresses':
      return { ...candidate, options: { ...options, allowedAddresses: wordsOf(value) } };
    case 'customSubdomain': {
      const { customSubdomain: _former, ...others } = options;
      const trimmed = value.trim();
      return { ...candidate, options: trimmed === '' ? others : { ...others, customSubdomain: trimmed } };
    }
    default:
      return candidate;
  }
}

export function skipStep(candidate: Setup, step: string, reason: string): Setup {
  return { ...candidate, skip: { ...candidate.skip, [step]: reason } };
}

export function unskipStep(candidate: Setup, step: string): Setup {
  const { [step]: _reason, ...skip } = candidate.skip;
  return { ...candidate, skip };
}

export function isRole(role: string): role is RoleId {
  return ['resourceGroup', 'openAi', 'virtualNetwork', 'privateEndpointSubnet'].includes(role);
}

function wordsOf(value: string): readonly string[] {
  return value.split(/[\s,;]+/).filter((word) => word !== '');
}

/** Names the resource `''` while its name is being typed anew. */
export function nameInForm(id: string): string {
  return id.endsWith('/') ? '' : resourceName(id);
}
