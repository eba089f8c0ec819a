import { OPENAI_KINDS } from '../../core/clouds';
import { resourceGroupIdOf, resourceKey, resourceName, sameResource } from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { Snapshot, WireResource } from '../../core/resources/snapshot';
import type { SetupFault } from '../../core/setup/setupFault';
import { ROLES, subnetsOf, type Role } from '../../core/setup/roles';
import { SCENARIOS } from '../../core/setup/scenarios';
import type { RoleId, Setup } from '../../core/setup/setup';
import { text, type Text } from '../../core/text';
import type { Choice, OptionField, RoleField, SetupForm, TextField } from '../../protocol/wizardState';
import type { Localize } from '../localize';
import { nameInForm, NEW_RESOURCE } from './setupEdits';

export interface FormInput {
  /** What the user has typed so far, valid or not. */
  readonly candidate: Setup;
  /** What is wrong with it. */
  readonly faults: readonly SetupFault[];
  /** What the subscription has, for the choices. */
  readonly inventory: Snapshot;
  readonly file: string | null;
  readonly unsaved: boolean;
}

export function presentForm(input: FormInput, t: Localize): SetupForm {
  return {
    scenarios: SCENARIOS.map(({ id, title, goal }) => ({ value: id, label: t(title), description: t(goal) })),
    scenario: input.candidate.scenarios[0] ?? '',
    roles: ROLES.map((role) => presentRole(role, input, t)),
    options: presentOptions(input, t),
    file: input.file,
    unsaved: input.unsaved,
  };
}

function presentRole(role: Role, input: FormInput, t: Localize): RoleField {
  const binding = input.candidate.roles[role.id];
  const existing = candidatesFor(role, input);
  const listed = existing.some(({ value }) => binding !== undefined && sameResource(value, binding.id));
  const isNew = binding?.create !== undefined && !listed;
  const unlisted = binding === undefined || isNew || listed ? [] : [choiceFor(binding.id)];
  return {
    role: role.id,
    label: t(role.title),
    help: t(role.help),
    choices: [...existing, ...unlisted, { value: NEW_RESOURCE, label: t(text('Create a new one')) }],
    value: binding === undefined ? '' : isNew ? NEW_RESOURCE : (matching(existing, binding.id) ?? binding.id),
    fields: isNew ? newFields(role.id, input, t) : [],
    error: roleError(role, input, existing.length, t),
  };
}

/** The id in the casing of the choices: the page compares them letter by letter. */
function matching(choices: readonly Choice[], id: string): string | undefined {
  return choices.find(({ value }) => sameResource(value, id))?.value;
}

function roleError(role: Role, input: FormInput, candidates: number, t: Localize): string | null {
  const { id } = role;
  const fault = faultAt(input, ['roles', id, 'id']);
  if (fault) return t(fault);
  const listing = input.inventory.list(listedTypeOf(role));
  if (listing?.state === 'unreadable') {
    return t(text('What there is to choose from could not be listed: {0}', listing.detail));
  }
  if (input.candidate.roles[id] !== undefined) return null;
  return candidates > 1 ? t(text('Several could be meant: choose one.')) : t(text('Choose one.'));
}

function candidatesFor(role: Role, { inventory, candidate }: FormInput): readonly Choice[] {
  return idsFor(role, inventory, candidate.roles.virtualNetwork?.id)
    .map(choiceFor)
    .sort((left, right) => left.label.localeCompare(right.label));
}

function idsFor(role: Role, inventory: Snapshot, network: string | undefined): readonly string[] {
  if (role.type === TYPES.resourceGroup) return groupsWithResources(inventory);
  const listing = inventory.list(listedTypeOf(role));
  const listed = listing?.state === 'listed' ? listing.resources : [];
  if (role.type !== TYPES.subnet) return listed.filter(role.suits).map(({ id }) => id);
  const inNetwork = listed.filter(({ id }) => network !== undefined && sameResource(id, network)).flatMap(subnetsOf);
  return inNetwork.filter(canHold).map(({ id }) => id);
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

/** Every subnet without a delegation can take a private endpoint in. */
function canHold(subnet: WireResource): boolean {
  const properties = subnet['properties'];
  const delegations = typeof properties === 'object' && properties !== null && 'delegations' in properties;
  return !delegations || !Array.isArray(properties.delegations) || properties.delegations.length === 0;
}

function choiceFor(id: string): Choice {
  const group = resourceGroupIdOf(id);
  const isGroup = group !== undefined && resourceKey(group) === resourceKey(id);
  return { value: id, label: resourceName(id), ...(group && !isGroup ? { description: resourceName(group) } : {}) };
}

function newFields(role: RoleId, input: FormInput, t: Localize): readonly TextField[] {
  const { resourceGroup, openAi, virtualNetwork, privateEndpointSubnet } = input.candidate.roles;
  const field = (name: string, label: Text, value: string, placeholder: string): TextField => ({
    name,
    label: t(label),
    value,
    placeholder,
    error: fieldError(input, role, name, value, t),
  });
  const named = (id: string): TextField => field('name', text('Name'), nameInForm(id), '');
  const located = (location: string): TextField => field('location', text('Region'), location, 'japaneast');
  switch (role) {
    case 'resourceGroup':
      return resourceGroup?.create ? [named(resourceGroup.id), located(resourceGroup.create.location)] : [];
    case 'openAi':
      return openAi?.create
        ? [
            named(openAi.id),
            located(openAi.create.location),
            field('kind', text('Kind'), openAi.create.kind, OPENAI_KINDS.join(', ')),
          ]
        : [];
    case 'virtualNetwork': {
      if (!virtualNetwork?.create) return [];
      const { location, addressPrefixes } = virtualNetwork.create;
      const ranges = field('addressPrefixes', text('Address space'), addressPrefixes.join(', '), '10.3.0.0/16');
      return [named(virtualNetwork.id), located(location), ranges];
    }
    case 'privateEndpointSubnet': {
      if (!privateEndpointSubnet?.create) return [];
      const { addressPrefix } = privateEndpointSubnet.create;
      return [
        named(privateEndpointSubnet.id),
        field('addressPrefix', text('Address range'), addressPrefix, '10.3.1.0/27'),
      ];
    }
    default:
      return [];
  }
}

function fieldError(input: FormInput, role: RoleId, name: string, value: string, t: Localize): string | null {
  if (name === 'name') return value === '' ? t(text('A name is needed.')) : null;
  const fault = faultAt(input, ['roles', role, 'create', name]);
  return fault === undefined ? null : t(fault);
}

function presentOptions(input: FormInput, t: Localize): readonly OptionField[] {
  const { options } = input.candidate;
  const limited = options.publicAccess === 'selectedNetworks';
  return [
    {
      option: 'publicAccess',
      label: t(text('Public access')),
      help: t(text('“Disabled” is what the scenario is for. “Selected networks” is the documented alternative.')),
      kind: 'choice',
      choices: [
        { value: 'disabled', label: t(text('Disabled')) },
        { value: 'selectedNetworks', label: t(text('Selected networks')) },
      ],
      value: options.publicAccess,
      error: null,
    },
    ...(limited
      ? [
          textOption(
            input,
            'allowedAddresses',
            text('Addresses that may still call'),
            text('Public IPv4 addresses and ranges, separated by commas.'),
            options.allowedAddresses.join(', '),
            t,
          ),
        ]
      : []),
    {
      option: 'apiKeys',
      label: t(text('API keys')),
      help: t(text('Without keys, every caller is a named identity with a role.')),
      kind: 'choice',
      choices: [
        { value: 'off', label: t(text('Turn off')) },
        { value: 'keep', label: t(text('Leave as they are')) },
      ],
      value: options.apiKeys,
      error: null,
    },
    textOption(
      input,
      'customSubdomain',
      text('Custom subdomain'),
      text('For an account that has none yet; its own name where this is empty. It can never be changed.'),
      options.customSubdomain ?? '',
      t,
    ),
  ];
}

function textOption(
  input: FormInput,
  option: string,
  label: Text,
  help: Text,
  value: string,
  t: Localize,
): OptionField {
  const fault = faultAt(input, ['options', option]);
  const error = fault === undefined ? null : t(fault);
  return { option, label: t(label), help: t(help), kind: 'text', choices: [], value, error };
}

/** The first fault at the path or below it. */
function faultAt({ faults }: FormInput, path: readonly (string | number)[]): Text | undefined {
  return faults.find((fault) => path.every((part, index) => fault.path[index] === part))?.message;
}
