import { asArray, asObjects, asString } from '../../../core/resources/json';
import { connectionsOf, endpointSubnetOf, leadsTo } from '../../../core/resources/privateEndpoints';
import { readPath } from '../../../core/resources/propertyPath';
import { resourceKey, resourceTypeOf, sameResource } from '../../../core/resources/resourceId';
import { TYPES } from '../../../core/resources/resourceTypes';
import type { WireResource } from '../../../core/resources/snapshot';
import { SUBNET_ROLES, type SubnetRole } from '../../../core/setup/checkNetwork';
import { subnetsOf } from '../../../core/setup/roles';
import { privateServicesTo } from '../../../core/steps/privateServices';
import { text } from '../../../core/text';
import type { PictureItem, PictureSubnet } from '../../../protocol/networkPicture';
import type { Localize } from '../../localize';
import { apiManagementItems, applicationGatewayItems, vpnGatewayItems } from './gateways';
import { box, presentAt, stateOf, type PictureInput } from './pictureInput';
import { stepsOfEndpoint, type ServiceRole } from './pictureSteps';

/** A drawn subnet, and the role that it plays; other subnets of the network play none. */
export interface DrawnSubnet {
  readonly role: SubnetRole | undefined;
  readonly subnet: PictureSubnet;
}

/** Subnets without a role that are drawn; more would not be legible. */
const OTHER_SUBNETS = 2;

const SUBNET_STEPS: Readonly<Record<SubnetRole, string>> = {
  privateEndpointSubnet: 'subnet-private-endpoints',
  gatewaySubnet: 'subnet-gateway',
  webAppSubnet: 'subnet-webapp',
  apiManagementSubnet: 'subnet-apim',
  applicationGatewaySubnet: 'subnet-appgw',
};

/** In the order in which a call passes through them. */
const DRAWN_SUBNETS: readonly SubnetRole[] = [
  'gatewaySubnet',
  'webAppSubnet',
  'applicationGatewaySubnet',
  'apiManagementSubnet',
  'privateEndpointSubnet',
];

/** The subnets of the setup, after others that the network has, each with what stands in it. */
export function drawSubnets(
  input: PictureInput,
  services: readonly { readonly role: ServiceRole; readonly id: string }[],
  t: Localize,
): readonly DrawnSubnet[] {
  const { roles } = input.setup;
  const network = roles.virtualNetwork && presentAt(input, roles.virtualNetwork.id);
  const present = network ? subnetsOf(network) : [];
  const isOurs = ({ id }: WireResource): boolean =>
    SUBNET_ROLES.some((role) => sameResource(roles[role]?.id ?? '', id));
  const others = present
    .filter((subnet) => !isOurs(subnet))
    .slice(0, OTHER_SUBNETS)
    .map((subnet) => ({
      role: undefined,
      subnet: { ...box(input, subnet.id, rangeOf(subnet), 'present', []), items: [] },
    }));
  const items: Readonly<Record<SubnetRole, () => readonly PictureItem[]>> = {
    gatewaySubnet: () => vpnGatewayItems(input, t),
    webAppSubnet: () => [],
    apiManagementSubnet: () => apiManagementItems(input, t),
    applicationGatewaySubnet: () => applicationGatewayItems(input, t),
    privateEndpointSubnet: () => endpointItems(input, services, t),
  };
  const ours = DRAWN_SUBNETS.flatMap((role) => {
    const binding = roles[role];
    if (binding === undefined) return [];
    const found = presentAt(input, binding.id) ?? present.find((subnet) => sameResource(subnet.id, binding.id));
    const range = found ? rangeOf(found) : (binding.create?.addressPrefix ?? t(text('not known')));
    const state = found ? 'present' : stateOf(input, binding.id, binding.create);
    return [{ role, subnet: { ...box(input, binding.id, range, state, [SUBNET_STEPS[role]]), items: items[role]() } }];
  });
  return [...others, ...ours];
}

/** Endpoints of the services in the setup's subnet: those that exist, then those that are planned. */
function endpointItems(
  input: PictureInput,
  services: readonly { readonly role: ServiceRole; readonly id: string }[],
  t: Localize,
): readonly PictureItem[] {
  const listing = input.snapshot.list(TYPES.privateEndpoint);
  const listed = listing?.state === 'listed' ? listing.resources : [];
  const subnet = input.setup.roles.privateEndpointSubnet?.id ?? '-';
  const existing = listed.filter((endpoint) => sameResource(endpointSubnetOf(endpoint) ?? '', subnet));
  const known = new Set(existing.map(({ id }) => resourceKey(id)));
  const planned = input.changes
    .filter(({ action, resource }) => action === 'create' && resourceTypeOf(resource) === TYPES.privateEndpoint)
    .filter(({ resource }) => !known.has(resourceKey(resource)))
    .map(({ resource, after }): WireResource => ({ ...after, id: resource }));
  const item = (endpoint: WireResource, isPlanned: boolean): readonly PictureItem[] => {
    const service = services.findIndex(({ id }) => leadsTo(endpoint, id));
    const role = services[service]?.role;
    if (role === undefined) return [];
    const note = isPlanned ? t(text('planned')) : addressOf(endpoint);
    const drawn = box(input, endpoint.id, note, isPlanned ? 'planned' : 'present', stepsFor(endpoint, role));
    return [{ ...drawn, service }];
  };
  return [
    ...existing.flatMap((endpoint) => item(endpoint, false)),
    ...planned.flatMap((endpoint) => item(endpoint, true)),
  ];
}

/** A storage account has an endpoint for each kind of data: which one this is for, its group says. */
function stepsFor(endpoint: WireResource, role: ServiceRole): readonly string[] {
  const groups = connectionsOf(endpoint).flatMap((connection) =>
    asArray(readPath(connection, 'properties.groupIds')).map((group) => String(group).toLowerCase()),
  );
  const ways = privateServicesTo(role);
  const meant = ways.filter(({ groupId }) => groups.includes(groupId.toLowerCase()));
  return (meant.length > 0 ? meant : ways.slice(0, 1)).flatMap(stepsOfEndpoint);
}

function addressOf(endpoint: WireResource): string {
  const addresses = asObjects(readPath(endpoint, 'properties.customDnsConfigs')).flatMap((config) =>
    asArray(readPath(config, 'ipAddresses')).map(String),
  );
  return [...new Set(addresses)].join(', ');
}

function rangeOf(subnet: WireResource): string {
  const several = asArray(readPath(subnet, 'properties.addressPrefixes')).map(String);
  return asString(readPath(subnet, 'properties.addressPrefix')) ?? several.join(', ');
}
