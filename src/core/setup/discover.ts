import type { CloudId } from '../clouds';
import { asArray, asObjects, asString } from '../resources/json';
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
import { INVENTORY_TYPES, TYPES } from '../resources/resourceTypes';
import type { Snapshot, WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import { findFreeRange, PRIVATE_NETWORKS } from './addresses';
import { holdsPrivateEndpoints, isOpenAiAccount, subnetsOf } from './roles';
import type { ScenarioId } from './scenarios';
import { DEFAULT_OPTIONS, type RoleId, type Roles, type Setup } from './setup';

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

const DEFAULT_LOCATION = 'eastus';

/**
 * Fills the roles of a scenario from what the subscription has: a resource that exists where there is exactly one
 * candidate, a new one with a sensible name and a free address range where there is none.
 */
export function discoverSetup(request: DiscoveryRequest, snapshot: Snapshot): DiscoveryResult {
  const unreadable = DISCOVERY_TYPES.flatMap((type) => unreadableListing(snapshot, type))[0];
  if (unreadable !== undefined) return { ok: false, unreadable };
  const finder = new RoleFinder(request, snapshot);
  const account = finder.pick('openAi', finder.accounts());
  const network = finder.pick('virtualNetwork', finder.networks(account));
  const subnet = finder.pick('privateEndpointSubnet', finder.endpointSubnets(network));
  if (finder.ambiguous.length > 0) return { ok: false, ambiguous: finder.ambiguous };
  const roles = finder.roles(account, network, subnet);
  return {
    ok: true,
    setup: {
      version: 1,
      name: roles.openAi ? resourceName(roles.openAi.id) : 'ringfence',
      cloud: request.cloud,
      subscription: request.subscription,
      ...(request.tenant === undefined ? {} : { tenant: request.tenant }),
      scenarios: [request.scenario],
      roles,
      options: DEFAULT_OPTIONS,
      skip: {},
    },
  };
}

function unreadableListing(snapshot: Snapshot, type: string): readonly Text[] {
  const listing = snapshot.list(type);
  if (listing?.state === 'listed') return [];
  return [text('The resources of type {0} could not be listed: {1}', type, listing?.detail ?? 'not read')];
}

class RoleFinder {
  readonly ambiguous: AmbiguousRole[] = [];

  constructor(
    private readonly request: DiscoveryRequest,
    private readonly snapshot: Snapshot,
  ) {}

  accounts(): readonly string[] {
    return this.listed(TYPES.cognitiveAccount).filter(isOpenAiAccount).map(idOf);
  }

  /** Networks that already hold an endpoint of the account win over all others. */
  networks(account: string | undefined): readonly string[] {
    const withEndpoint = account === undefined ? [] : this.networksWithEndpointOf(account);
    return withEndpoint.length > 0 ? withEndpoint : this.listed(TYPES.virtualNetwork).map(idOf);
  }

  endpointSubnets(network: string | undefined): readonly string[] {
    return this.subnets(network).filter(holdsPrivateEndpoints).map(idOf);
  }

  /** The user's choice, or the only candidate; undefined where there is none or where a person has to choose. */
  pick(role: RoleId, candidates: readonly string[]): string | undefined {
    const chosen = this.request.chosen[role];
    if (chosen !== undefined) return chosen;
    if (candidates.length > 1) this.ambiguous.push({ role, candidates: [...candidates].sort() });
    return candidates.length === 1 ? candidates[0] : undefined;
  }

  /** Bindings for what was found, and creations for what was not. */
  roles(account: string | undefined, network: string | undefined, subnet: string | undefined): Roles {
    const chosenGroup = this.request.chosen.resourceGroup;
    const existingGroup = chosenGroup ?? resourceGroupIdOf(network ?? account ?? '');
    const group = existingGroup ?? resourceGroupId(this.request.subscription, 'rg-ringfence');
    const location = this.locationOf(network ?? account) ?? this.request.location ?? DEFAULT_LOCATION;
    const networkId = network ?? resourceIdIn(group, 'Microsoft.Network/virtualNetworks', 'vnet-ringfence');
    const addressPrefixes = this.freeNetworkRanges();
    return {
      resourceGroup: { id: group, ...(existingGroup === undefined ? { create: { location } } : {}) },
      openAi:
        account === undefined
          ? { id: this.newAccountId(group), create: { location, kind: 'OpenAI' } }
          : { id: account },
      virtualNetwork: { id: networkId, ...(network === undefined ? { create: { location, addressPrefixes } } : {}) },
      privateEndpointSubnet: subnet === undefined ? this.newSubnet(networkId, addressPrefixes) : { id: subnet },
    };
  }

  private newSubnet(network: string, prefixesOfNewNetwork: readonly string[]): Roles['privateEndpointSubnet'] {
    const existing = this.resource(TYPES.virtualNetwork, network);
    const spaces = existing ? addressPrefixesOf(existing) : prefixesOfNewNetwork;
    const taken = this.subnets(network).flatMap(rangesOfSubnet);
    const addressPrefix = findFreeRange(spaces, taken, 27);
    return {
      id: childId(network, 'subnets', 'snet-private-endpoints'),
      ...(addressPrefix === undefined ? {} : { create: { addressPrefix } }),
    };
  }

  /** Account names are subdomains, which are unique in the whole cloud. */
  private newAccountId(group: string): string {
    const suffix = this.request.subscription.replaceAll('-', '').slice(0, 6).toLowerCase();
    return resourceIdIn(group, 'Microsoft.CognitiveServices/accounts', `oai-ringfence-${suffix}`);
  }

  private freeNetworkRanges(): readonly string[] {
    const taken = this.listed(TYPES.virtualNetwork).flatMap(addressPrefixesOf);
    const range = findFreeRange(PRIVATE_NETWORKS, taken, 22);
    return range === undefined ? [] : [range];
  }

  private networksWithEndpointOf(account: string): readonly string[] {
    const networks = this.listed(TYPES.privateEndpoint)
      .filter((endpoint) =>
        ['properties.privateLinkServiceConnections', 'properties.manualPrivateLinkServiceConnections']
          .flatMap((path) => asObjects(readPath(endpoint, path)))
          .some((connection) =>
            sameResource(asString(readPath(connection, 'properties.privateLinkServiceId')) ?? '', account),
          ),
      )
      .flatMap((endpoint) => parentResourceId(asString(readPath(endpoint, 'properties.subnet.id')) ?? '') ?? []);
    return this.listed(TYPES.virtualNetwork)
      .map(idOf)
      .filter((id) => networks.some((network) => sameResource(network, id)));
  }

  private subnets(network: string | undefined): readonly WireResource[] {
    const resource = network === undefined ? undefined : this.resource(TYPES.virtualNetwork, network);
    return resource ? subnetsOf(resource) : [];
  }

  private locationOf(id: string | undefined): string | undefined {
    const entry = id === undefined ? undefined : this.snapshot.get(id);
    return entry?.state === 'present' ? asString(entry.resource['location']) : undefined;
  }

  private resource(type: string, id: string): WireResource | undefined {
    return this.listed(type).find((resource) => sameResource(resource.id, id));
  }

  private listed(type: string): readonly WireResource[] {
    const listing = this.snapshot.list(type);
    return listing?.state === 'listed' ? listing.resources : [];
  }
}

function idOf(resource: WireResource): string {
  return resource.id;
}

function addressPrefixesOf(network: WireResource): readonly string[] {
  return asArray(readPath(network, 'properties.addressSpace.addressPrefixes')).flatMap((cidr) => asString(cidr) ?? []);
}

function rangesOfSubnet(subnet: WireResource): readonly string[] {
  const several = asArray(readPath(subnet, 'properties.addressPrefixes')).flatMap((cidr) => asString(cidr) ?? []);
  return [...several, ...[asString(readPath(subnet, 'properties.addressPrefix')) ?? []].flat()];
}
