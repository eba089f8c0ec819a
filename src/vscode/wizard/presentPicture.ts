import { endpointSubnetOf, leadsTo } from '../../core/resources/privateEndpoints';
import { asArray, asString } from '../../core/resources/json';
import { readPath } from '../../core/resources/propertyPath';
import {
  parentResourceId,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
} from '../../core/resources/resourceId';
import { TYPES } from '../../core/resources/resourceTypes';
import type { Snapshot, WireResource } from '../../core/resources/snapshot';
import { subnetsOf } from '../../core/setup/roles';
import type { RoleBinding, Setup } from '../../core/setup/setup';
import { text, type Text } from '../../core/text';
import type { NetworkPicture, PictureBox, PictureService, PictureSubnet } from '../../protocol/wizardState';
import type { Localize } from '../localize';

/** Subnets beside the one for endpoints that are drawn; more would not be legible. */
const OTHER_SUBNETS = 2;

/**
 * The network of the setup as boxes, and the same as sentences. Null while no account and no network are chosen.
 * @param endpoints Ids of the private endpoints that the plan would create.
 */
export function presentPicture(
  setup: Setup,
  snapshot: Snapshot,
  endpoints: readonly string[],
  t: Localize,
): NetworkPicture | null {
  const { openAi, virtualNetwork, privateEndpointSubnet } = setup.roles;
  if (openAi === undefined || virtualNetwork === undefined) return null;
  const account = presentAt(snapshot, openAi.id);
  const reach = reachabilityOf(snapshot, openAi, account);
  const placed = endpointBoxes(setup, snapshot, endpoints, t);
  const network = presentAt(snapshot, virtualNetwork.id);
  const subnets: PictureSubnet[] = [
    ...(network ? otherSubnets(network, privateEndpointSubnet?.id) : []),
    ...(privateEndpointSubnet
      ? [{ ...subnetBox(snapshot, privateEndpointSubnet, network, t), endpoints: placed }]
      : []),
  ];
  const service: PictureService = {
    ...box(resourceName(openAi.id), location(account, openAi), stateOf(snapshot, openAi.id, openAi.create)),
    reachable: reach.reachable,
    reachableLabel: t(reach.label),
  };
  return {
    description: t(text('The network of {0} and how {1} is reached.', resourceName(virtualNetwork.id), service.label)),
    facts: factsOf(service, subnets, resourceName(virtualNetwork.id), reach).map(t),
    internet: { label: t(text('Internet')), note: t(reach.note), open: reach.reachable === 'open' },
    virtualNetwork: {
      ...box(
        resourceName(virtualNetwork.id),
        networkNote(network, virtualNetwork),
        stateOf(snapshot, virtualNetwork.id, virtualNetwork.create),
      ),
      subnets,
    },
    services: [service],
  };
}

interface Reach {
  readonly reachable: PictureService['reachable'];
  readonly label: Text;
  readonly note: Text;
  readonly fact: (service: string) => Text;
}

function reachabilityOf(snapshot: Snapshot, { id, create }: RoleBinding<unknown>, account?: WireResource): Reach {
  if (account === undefined) {
    const planned = stateOf(snapshot, id, create) === 'planned';
    return {
      reachable: 'unknown',
      label: planned ? text('planned') : text('not known'),
      note: planned ? text('the account is not there yet') : text('cannot tell'),
      fact: (service) => text('Whether the internet reaches {0} is not known.', service),
    };
  }
  if (asString(readPath(account, 'properties.publicNetworkAccess'))?.toLowerCase() === 'disabled') {
    return {
      reachable: 'closed',
      label: text('public access off'),
      note: text('is refused'),
      fact: (service) => text('The internet does not reach {0}.', service),
    };
  }
  if (asString(readPath(account, 'properties.networkAcls.defaultAction'))?.toLowerCase() === 'deny') {
    const addresses = asArray(readPath(account, 'properties.networkAcls.ipRules')).length;
    return {
      reachable: 'limited',
      label: text('selected networks only, rules: {0}', addresses),
      note: text('listed addresses only'),
      fact: (service) => text('Only listed addresses reach {0} from the internet.', service),
    };
  }
  return {
    reachable: 'open',
    label: text('public access on'),
    note: text('reaches it today'),
    fact: (service) => text('The whole internet reaches {0}.', service),
  };
}

/** Endpoints of the account in the setup's subnet: those that exist, then those that are planned. */
function endpointBoxes(setup: Setup, snapshot: Snapshot, planned: readonly string[], t: Localize) {
  const { openAi, privateEndpointSubnet } = setup.roles;
  const listing = snapshot.list(TYPES.privateEndpoint);
  const listed = listing?.state === 'listed' ? listing.resources : [];
  const existing = listed.filter(
    (endpoint) =>
      sameResource(endpointSubnetOf(endpoint) ?? '', privateEndpointSubnet?.id ?? '-') &&
      leadsTo(endpoint, openAi?.id ?? '-'),
  );
  const present = new Set(existing.map(({ id }) => resourceKey(id)));
  return [
    ...existing.map(({ id }) => ({ ...box(resourceName(id), '', 'present'), service: 0 })),
    ...planned
      .filter((id) => !present.has(resourceKey(id)))
      .map((id) => ({ ...box(resourceName(id), t(text('planned')), 'planned'), service: 0 })),
  ];
}

function otherSubnets(network: WireResource, endpointSubnet: string | undefined): readonly PictureSubnet[] {
  return subnetsOf(network)
    .filter(({ id }) => endpointSubnet === undefined || !sameResource(id, endpointSubnet))
    .slice(0, OTHER_SUBNETS)
    .map((subnet) => ({ ...box(resourceName(subnet.id), rangeOf(subnet), 'present'), endpoints: [] }));
}

function subnetBox(
  snapshot: Snapshot,
  { id, create }: RoleBinding<{ readonly addressPrefix: string }>,
  network: WireResource | undefined,
  t: Localize,
): PictureBox {
  const inNetwork = network && subnetsOf(network).find((subnet) => sameResource(subnet.id, id));
  const subnet = presentAt(snapshot, id) ?? inNetwork;
  if (subnet) return box(resourceName(id), rangeOf(subnet), 'present');
  const state = stateOf(snapshot, id, create);
  return box(resourceName(id), create?.addressPrefix ?? t(text('not known')), state);
}

function rangeOf(subnet: WireResource): string {
  const several = asArray(readPath(subnet, 'properties.addressPrefixes')).map(String);
  return asString(readPath(subnet, 'properties.addressPrefix')) ?? several.join(', ');
}

function networkNote(
  network: WireResource | undefined,
  { create }: RoleBinding<{ addressPrefixes: readonly string[] }>,
) {
  const ranges = network
    ? asArray(readPath(network, 'properties.addressSpace.addressPrefixes')).map(String)
    : (create?.addressPrefixes ?? []);
  const region = asString(network?.['location']);
  return [...ranges, ...(region === undefined ? [] : [region])].join(' · ');
}

function location(resource: WireResource | undefined, { create }: RoleBinding<{ readonly location: string }>): string {
  return asString(resource?.['location']) ?? create?.location ?? '';
}

function stateOf(snapshot: Snapshot, id: string, create: unknown): PictureBox['state'] {
  const entry = snapshot.get(id);
  if (entry?.state === 'present') return 'present';
  return create !== undefined && entry?.state !== 'unreadable' ? 'planned' : 'unknown';
}

function presentAt(snapshot: Snapshot, id: string): WireResource | undefined {
  const entry = snapshot.get(id);
  return entry?.state === 'present' ? entry.resource : undefined;
}

function box(label: string, note: string, state: PictureBox['state']) {
  return { label, note, state };
}

function factsOf(
  service: PictureService,
  subnets: readonly PictureSubnet[],
  network: string,
  reach: Reach,
): readonly Text[] {
  const inside = subnets.flatMap((subnet) =>
    subnet.endpoints.map((endpoint) =>
      endpoint.state === 'present'
        ? text('{0} in {1} leads to {2}.', endpoint.label, subnet.label, service.label)
        : text('{0} is planned in {1}, to lead to {2}.', endpoint.label, subnet.label, service.label),
    ),
  );
  const none = text('Nothing in {0} leads to {1} yet.', network, service.label);
  return [reach.fact(service.label), ...(inside.length > 0 ? inside : [none])];
}

/** Private endpoints that a plan would create, by id. */
export function plannedEndpoints(changes: readonly { readonly action: string; readonly resource: string }[]): string[] {
  return changes
    .filter(({ action, resource }) => action === 'create' && resourceTypeOf(resource) === TYPES.privateEndpoint)
    .map(({ resource }) => resource)
    .filter((id) => parentResourceId(id) === undefined);
}
