import { asArray, asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, resourceName, sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { isSettled, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import {
  anotherOperationInProgress,
  badRequest,
  childNotFound,
  invalidReference,
  networkError,
  retryableError,
} from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  NETWORK_VERSIONS,
  newTag,
  putNetworkResource,
  weakTag,
} from './networkResource';
import { linksIn, showLink } from './serviceAssociationLinks';
import { checkRanges, prefixesOf, type NamedPrefixes } from './subnetRules';
import { gatewayInstancesIn } from './applicationGatewayUse';
import { keepGatewaysManaged } from './applicationGatewayPlaces';
import { checkChange, endpointsIn, inUse, ipConfigurationsIn, stillLeaving } from './subnetUse';

/** A subnet. It shares the etag of its virtual network, and a PUT replaces all of it. */
export const SUBNET: ResourceType = {
  type: 'Microsoft.Network/virtualNetworks/subnets',
  apiVersions: NETWORK_VERSIONS,
  inGraph: false,
  show: showSubnet,
  getHeaders: (subnet, azure) => etagHeader(azure.parentOf(subnet) ?? subnet),
  put,
  remove,
  missing: childNotFound,
  blocked: (subnet, azure, going) => inUse(azure, subnet, going),
  isSettled: (subnet, azure) => [subnet, ...linksIn(azure, subnet.id)].every(isSettled),
};

/** Delegation gives a service these actions; `join` where it is not one of the services that get `action`. */
const DELEGATED_ACTIONS: Readonly<Record<string, string>> = {
  'microsoft.web/serverfarms': 'Microsoft.Network/virtualNetworks/subnets/action',
};

export function showSubnet(subnet: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, state } = subnet;
  const etag = weakTag(azure.parentOf(subnet) ?? subnet);
  const { delegations, privateEndpointNetworkPolicies, privateLinkServiceNetworkPolicies, ...sent } =
    propertiesOf(subnet);
  const configurations = ipConfigurationsIn(azure, id);
  const instances = gatewayInstancesIn(azure, id);
  const endpoints = endpointsIn(azure, id);
  const links = linksIn(azure, id);
  return {
    name,
    id,
    etag,
    properties: {
      provisioningState: state,
      ...sent,
      ...(configurations.length === 0 ? {} : { ipConfigurations: configurations.map((each) => ({ id: each })) }),
      ...(instances.length === 0
        ? {}
        : { applicationGatewayIPConfigurations: instances.map((each) => ({ id: each })) }),
      ...(endpoints.length === 0 ? {} : { privateEndpoints: endpoints.map((each) => ({ id: each.id })) }),
      ...(links.length === 0 ? {} : { serviceAssociationLinks: links.map((link) => showLink(link, azure)) }),
      delegations: asObjects(delegations).map((delegation) => showDelegation(id, etag, delegation)),
      ...(endpoints.length === 0 ? {} : { purpose: 'PrivateEndpoints' }),
      privateEndpointNetworkPolicies,
      privateLinkServiceNetworkPolicies,
    },
    type,
  };
}

/** What a PUT leaves of a subnet: what was sent, and Azure's defaults for the rest. */
export function subnetProperties(azure: Azure, id: string, sent: Json | undefined): JsonObject {
  const properties = isJsonObject(sent) ? sent : {};
  if (prefixesOf(properties).length === 0) throw badRequest(`Subnet ${id} needs an address prefix.`);
  const taken: Record<string, Json> = {};
  for (const name of ['addressPrefix', 'addressPrefixes', 'defaultOutboundAccess'] as const) {
    const value = properties[name];
    if (value !== undefined && value !== null) taken[name] = value;
  }
  for (const name of ['networkSecurityGroup', 'routeTable', 'natGateway'] as const) {
    const reference = properties[name];
    const referenced = isJsonObject(reference) ? asString(reference['id']) : undefined;
    if (referenced === undefined) continue;
    const existing = azure.store.get(referenced);
    if (existing === undefined) throw invalidReference(referenced, id);
    const own = { action: `${SUBNET.type}/write`, scope: id };
    azure.authorizeLinked(own, `${existing.type}/join/action`, existing.id);
    taken[name] = { id: existing.id };
  }
  if (asArray(properties['serviceEndpoints']).length > 0) {
    taken['serviceEndpoints'] = asObjects(properties['serviceEndpoints']).map((endpoint) => ({
      provisioningState: 'Succeeded',
      service: endpoint['service'],
      locations: endpoint['locations'] ?? ['*'],
    }));
  }
  return {
    ...taken,
    delegations: delegationsOf(id, properties),
    privateEndpointNetworkPolicies: properties['privateEndpointNetworkPolicies'] ?? 'Disabled',
    privateLinkServiceNetworkPolicies: properties['privateLinkServiceNetworkPolicies'] ?? 'Enabled',
  };
}

function delegationsOf(id: string, sent: JsonObject): readonly JsonObject[] {
  const delegations = asObjects(sent['delegations']).map(({ name, properties }) => ({
    name,
    serviceName: isJsonObject(properties) ? properties['serviceName'] : undefined,
  }));
  if (delegations.length > 1) throw badRequest(`Subnet ${id} can be delegated to one service only.`);
  if (delegations.length > 0 && resourceName(id).toLowerCase() === 'gatewaysubnet') {
    throw badRequest(`Subnet ${id} is the one of gateways and cannot be delegated.`);
  }
  return delegations;
}

export function namedPrefixes(subnet: Pick<StoredResource, 'id' | 'name' | 'body'>): NamedPrefixes {
  return { id: subnet.id, name: subnet.name, prefixes: prefixesOf((subnet.body['properties'] ?? {}) as JsonObject) };
}

export function addressSpaceOf(network: StoredResource): NamedPrefixes {
  const space = propertiesOf(network)['addressSpace'];
  const prefixes = isJsonObject(space) ? asArray(space['addressPrefixes']).flatMap((each) => asString(each) ?? []) : [];
  return { id: network.id, name: network.name, prefixes };
}

function showDelegation(subnetId: string, etag: string, { name, serviceName }: JsonObject): JsonObject {
  return {
    name,
    id: `${subnetId}/delegations/${String(name)}`,
    etag,
    properties: {
      provisioningState: 'Succeeded',
      serviceName,
      actions: [
        DELEGATED_ACTIONS[String(serviceName).toLowerCase()] ?? 'Microsoft.Network/virtualNetworks/subnets/join/action',
      ],
    },
    type: 'Microsoft.Network/virtualNetworks/subnets/delegations',
  };
}

function put(call: PutCall): Answer {
  const { azure, id, body, parent, resource } = call;
  if (parent === undefined) throw childNotFound(id);
  requireNetworkFree(call, parent);
  const properties = subnetProperties(azure, id, body['properties']);
  if (resource) checkChange(azure, resource, properties);
  keepGatewaysManaged(azure, { id, body: { properties } });
  const others = azure.store.children(parent.id, SUBNET.type).filter((other) => !sameResource(other.id, id));
  checkRanges(addressSpaceOf(parent), [
    ...others.map(namedPrefixes),
    namedPrefixes({ id, name: call.name, body: { properties } }),
  ]);
  const answer = putNetworkResource(
    call,
    SUBNET,
    { properties },
    {
      label: 'PutSubnetOperation',
      seconds: DURATIONS.subnet,
      retryAfter: 3,
      location: asString(parent.body['location']) ?? '',
      holds: [parent.id],
      finish: () => azure.store.change(parent.id, { etag: newTag(azure, parent.id) }),
    },
  );
  azure.store.change(parent.id, { etag: newTag(azure, parent.id) });
  return answer;
}

function remove(call: ExistingCall): Answer {
  const { azure, resource, parent } = call;
  const failure = inUse(azure, resource);
  if (failure) throw networkError(failure, stillLeaving(azure, resource));
  if (parent) requireNetworkFree(call, parent);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteSubnetOperation',
    location: asString(parent?.body['location']) ?? '',
    holds: parent ? [parent.id] : [],
    finish: () => parent && azure.store.change(parent.id, { etag: newTag(azure, parent.id) }),
  });
}

/** One writer per virtual network: busy with a subnet it is retryable, busy with itself it is a conflict. */
function requireNetworkFree({ azure, request, id }: Call, network: StoredResource): void {
  const operation = azure.operations.holding(network.id) ?? azure.operations.holding(id);
  if (operation === undefined) return;
  const isSubnetOperation = !sameResource(operation.target, network.id);
  throw isSubnetOperation
    ? retryableError(operation, parentResourceId(operation.target) ?? network.id)
    : anotherOperationInProgress(azure, request, operation);
}
