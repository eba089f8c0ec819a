import { endpointSubnetOf, leadsTo } from '../resources/privateEndpoints';
import type { CloudId } from '../clouds';
import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { parentResourceId, resourceGroupIdOf, resourceName, sameResource } from '../resources/resourceId';
import { INVENTORY_TYPES, TYPES } from '../resources/resourceTypes';
import type { Snapshot, WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import { SUBNET_ROLES } from './checkNetwork';
import { DEFAULT_LOCATION, NEW_SUBNET_NAMES, proposeClientAddressPool, proposeNew } from './proposals';
import { findRole, isOnlyAdopted, rolesOf, subnetsOf, type Role } from './roles';
import type { ScenarioId } from './scenarios';
import { DEFAULT_OPTIONS, type Principal, type RoleId, type Roles, type Setup } from './setup';

/** Where to look, and what the user has said already. */
export interface DiscoveryRequest {
  readonly cloud: CloudId;
  readonly subscription: string;
  readonly tenant?: string | undefined;
  readonly scenario: ScenarioId;
  /** Ids that the user chose for a role; they are not questioned. */
  readonly chosen: Readonly<Partial<Record<RoleId, string>>>;
  /** Region for new resources, where nothing that exists suggests one. */
  readonly location?: string | undefined;
  /** Who is signed in: the first developer, where roles for developers are part of the scenario. */
  readonly signedIn?: Principal | undefined;
}

/** A role that several resources could play, so that a person has to choose. */
export interface AmbiguousRole {
  readonly role: RoleId;
  readonly candidates: readonly string[];
}

export type DiscoveryResult =
  | { readonly ok: true; readonly setup: Setup }
  | { readonly ok: false; readonly ambiguous: readonly AmbiguousRole[] }
  /** What exists could not be read: to guess that nothing does would create it a second time. */
  | { readonly ok: false; readonly unreadable: Text };

/** Types that have to be listed before anything can be discovered. */
export const DISCOVERY_TYPES: readonly string[] = INVENTORY_TYPES;

/**
 * Fills the roles of a scenario from what the subscription has: a resource that exists where there is exactly one
 * candidate, a new one with a sensible name and a free address range where there is none.
 */
export function discoverSetup(request: DiscoveryRequest, snapshot: Snapshot): DiscoveryResult {
  const unreadable = DISCOVERY_TYPES.flatMap((type) => unreadableListing(snapshot, type))[0];
  if (unreadable !== undefined) return { ok: false, unreadable };
  const { found, ambiguous } = findRoles(request, snapshot);
  if (ambiguous.length > 0) return { ok: false, ambiguous };
  const setup = withNewResources(setupOf(request, found), snapshot, request.location ?? DEFAULT_LOCATION);
  return {
    ok: true,
    setup: { ...setup, name: resourceName((setup.roles.openAi ?? setup.roles.search)?.id ?? 'ringfence') },
  };
}

/** Scenarios in which people look into a service themselves, so that who is signed in needs a role on it. */
const WITH_DEVELOPERS: readonly ScenarioId[] = ['on-your-data', 'api-gateway', 'ai-search'];

/** What exists for the roles of a scenario. A role that nothing suits is neither found nor ambiguous. */
export interface FoundRoles {
  readonly found: Readonly<Partial<Record<RoleId, string>>>;
  readonly ambiguous: readonly AmbiguousRole[];
}

/** Finds, role by role, what the user chose or the only candidate; new resources go where the network or the account is. */
export function findRoles(request: Pick<DiscoveryRequest, 'scenario' | 'chosen'>, snapshot: Snapshot): FoundRoles {
  const finder = new RoleFinder(request, snapshot);
  const found: Partial<Record<RoleId, string>> = {};
  for (const { id } of rolesOf([request.scenario])) {
    const role = id === 'resourceGroup' ? request.chosen.resourceGroup : finder.pick(id, finder.candidates(id, found));
    if (role !== undefined) found[id] = role;
  }
  const group = found.resourceGroup ?? resourceGroupIdOf(found.virtualNetwork ?? found.openAi ?? '');
  return { found: group === undefined ? found : { resourceGroup: group, ...found }, ambiguous: finder.ambiguous };
}

function setupOf(request: DiscoveryRequest, found: Readonly<Partial<Record<RoleId, string>>>): Setup {
  const { cloud, subscription, tenant, scenario, signedIn } = request;
  const roles = Object.entries(found).map(([role, id]) => [role, { id }]);
  return {
    version: 1,
    name: '',
    cloud,
    subscription,
    ...(tenant === undefined ? {} : { tenant }),
    scenarios: [scenario],
    roles: Object.fromEntries(roles) as Roles,
    options: {
      ...DEFAULT_OPTIONS,
      developers: WITH_DEVELOPERS.includes(scenario) && signedIn !== undefined ? [signedIn] : [],
    },
    skip: {},
  };
}

function withNewResources(found: Setup, inventory: Snapshot, location: string): Setup {
  const chosen = rolesOf(found.scenarios)
    .filter((role) => found.roles[role.id] !== undefined || !isOnlyAdopted(role, found.scenarios))
    .map(({ id }) => id);
  const groupFirst = chosen.toSorted(
    (left, right) => Number(right === 'resourceGroup') - Number(left === 'resourceGroup'),
  );
  const filled = groupFirst.reduce((setup, role) => {
    if (setup.roles[role] !== undefined) return setup;
    const proposed = proposeNew(role, setup, inventory, location);
    const binding = hasRange(proposed) ? proposed : { id: proposed.id };
    return { ...setup, roles: { ...setup.roles, [role]: binding } };
  }, found);
  const pool = filled.roles.vpnGateway && proposeClientAddressPool(filled, inventory);
  return pool === undefined ? filled : { ...filled, options: { ...filled.options, vpnClientAddressPool: pool } };
}

/** Nothing is created without a range: then the missing resource is reported, and a person finds room for it. */
function hasRange({ create }: NonNullable<Roles[RoleId]>): boolean {
  if (create === undefined) return false;
  if ('addressPrefixes' in create) return create.addressPrefixes.length > 0;
  return !('addressPrefix' in create) || create.addressPrefix !== '';
}

function unreadableListing(snapshot: Snapshot, type: string): readonly Text[] {
  const listing = snapshot.list(type);
  if (listing?.state === 'listed') return [];
  return [text('The resources of type {0} could not be listed: {1}', type, listing?.detail ?? 'not read')];
}

class RoleFinder {
  readonly ambiguous: AmbiguousRole[] = [];

  constructor(
    private readonly request: Pick<DiscoveryRequest, 'chosen'>,
    private readonly snapshot: Snapshot,
  ) {}

  /** Ids of the resources that could play a role beside those that are found already. */
  candidates(role: RoleId, found: Readonly<Partial<Record<RoleId, string>>>): readonly string[] {
    const facts = findRole(role);
    if (facts === undefined) return [];
    if (facts.type === TYPES.subnet) return this.subnets(facts, found.virtualNetwork);
    if (role === 'virtualNetwork') return this.networks(found.openAi);
    const suitable = this.listed(facts.type).filter(facts.suits);
    return (role === 'vpnGateway' ? suitable.filter((gateway) => isIn(gateway, found.gatewaySubnet)) : suitable).map(
      idOf,
    );
  }

  /** The network of a chosen subnet; else those that already hold an endpoint of the account; else all. */
  private networks(account: string | undefined): readonly string[] {
    const { chosen } = this.request;
    const around = SUBNET_ROLES.flatMap((role) => parentResourceId(chosen[role] ?? '') ?? [])[0];
    if (around !== undefined) return [around];
    const withEndpoint = account === undefined ? [] : this.networksWithEndpointOf(account);
    return withEndpoint.length > 0 ? withEndpoint : this.listed(TYPES.virtualNetwork).map(idOf);
  }

  /** Subnets that are used so already; else the one that Ringfence itself would make, which an earlier run may have left. */
  private subnets({ id, suits }: Role, network: string | undefined): readonly string[] {
    const all = this.listed(TYPES.virtualNetwork)
      .filter((candidate) => network !== undefined && sameResource(candidate.id, network))
      .flatMap(subnetsOf);
    const used = all.filter(suits);
    const names: Readonly<Partial<Record<RoleId, string>>> = NEW_SUBNET_NAMES;
    return (used.length > 0 ? used : all.filter((subnet) => resourceName(subnet.id) === names[id])).map(idOf);
  }

  /** The user's choice, or the only candidate; undefined where there is none or where a person has to choose. */
  pick(role: RoleId, candidates: readonly string[]): string | undefined {
    const chosen = this.request.chosen[role];
    if (chosen !== undefined) return chosen;
    if (candidates.length > 1) this.ambiguous.push({ role, candidates: [...candidates].sort() });
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  private networksWithEndpointOf(account: string): readonly string[] {
    const networks = this.listed(TYPES.privateEndpoint)
      .filter((endpoint) => leadsTo(endpoint, account))
      .flatMap((endpoint) => parentResourceId(endpointSubnetOf(endpoint) ?? '') ?? []);
    return this.listed(TYPES.virtualNetwork)
      .map(idOf)
      .filter((id) => networks.some((network) => sameResource(network, id)));
  }

  private listed(type: string): readonly WireResource[] {
    const listing = this.snapshot.list(type);
    return listing?.state === 'listed' ? listing.resources : [];
  }
}

/** Whether a gateway stands in this subnet. */
function isIn(gateway: WireResource, subnet: string | undefined): boolean {
  return asObjects(readPath(gateway, 'properties.ipConfigurations')).some((configuration) =>
    sameResource(asString(readPath(configuration, 'properties.subnet.id')) ?? '', subnet ?? '-'),
  );
}

function idOf(resource: WireResource): string {
  return resource.id;
}
