import { freeName } from '../resources/freeName';
import { asArray, asObjects, asString, asStrings, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { connectionsOf, endpointSubnetOf } from '../resources/privateEndpoints';
import { childId, isWithin, parentResourceId, resourceIdIn, resourceName, sameResource } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import type { PrivateService } from './privateServices';
import { Unsettled, type StepContext } from './step';

/** Which private endpoint, zones and links serve a resource: those that are there, else those to create. */

export const ENDPOINT_ID = 'properties.privateEndpoint.id';
export const CONNECTION_STATUS = 'properties.privateLinkServiceConnectionState.status';

/** The resource's private endpoint in the virtual network of the setup, existing or to be created. */
export function endpointIdFor(context: StepContext, service: PrivateService, target: string): string {
  const existing = findEndpoint(context, service, target);
  if (existing) return existing.id;
  const group = context.role('resourceGroup').id;
  const network = context.role('virtualNetwork').id;
  const id = resourceIdIn(group, 'Microsoft.Network/privateEndpoints', `pe-${resourceName(target)}${service.suffix}`);
  return freeId(context, id, (endpoint) => serves(endpoint, service, target) && isInNetwork(endpoint, network));
}

/**
 * The id, or the next one with a number behind it, under which there is nothing yet or what we mean. Read one by one,
 * because a listing can be minutes behind.
 */
export function freeId(
  context: StepContext,
  wanted: string,
  isMeant: (resource: WireResource) => boolean,
  numbered?: (number: number) => string,
): string {
  const isTaken = (id: string): boolean => {
    const present = context.read(id);
    return present !== undefined && !isMeant(present);
  };
  return freeName(wanted, isTaken, numbered);
}

/** An endpoint of the resource, for the sub-resource that is meant. */
function serves(endpoint: WireResource, { groupId }: PrivateService, target: string): boolean {
  return connectionsOf(endpoint).some((connection) => {
    const id = asString(readPath(connection, 'properties.privateLinkServiceId'));
    const groups = asArray(readPath(connection, 'properties.groupIds')).map(String);
    const isMeant = groups.length === 0 || groups.some((group) => group.toLowerCase() === groupId.toLowerCase());
    return id !== undefined && sameResource(id, target) && isMeant;
  });
}

function findEndpoint(context: StepContext, service: PrivateService, target: string): WireResource | undefined {
  const network = context.role('virtualNetwork').id;
  const candidates = context
    .list(TYPES.privateEndpoint)
    .filter((endpoint) => serves(endpoint, service, target) && isInNetwork(endpoint, network));
  const approved = candidates.find((endpoint) => connectionsOf(endpoint).some((connection) => isApproved(connection)));
  return approved ?? candidates.sort((left, right) => left.id.localeCompare(right.id))[0];
}

function isInNetwork(endpoint: WireResource, network: string): boolean {
  const subnet = endpointSubnetOf(endpoint);
  const parent = subnet === undefined ? undefined : parentResourceId(subnet);
  return parent !== undefined && sameResource(parent, network);
}

function isApproved(connection: JsonObject): boolean {
  return asString(readPath(connection, CONNECTION_STATUS))?.toLowerCase() === 'approved';
}

/** The resource's own record of its connection to an endpoint; undefined before there is one. */
export function connectionOn(target: WireResource, endpoint: string): JsonObject | undefined {
  return asObjects(readPath(target, 'properties.privateEndpointConnections')).find((connection) => {
    const id = asString(readPath(connection, ENDPOINT_ID));
    return id !== undefined && sameResource(id, endpoint);
  });
}

/**
 * The private DNS zones that the resource needs: what the service itself lists, or, for one that is still to be
 * created, what its kind is expected to list.
 */
export function zoneNamesFor(context: StepContext, service: PrivateService, target: string): readonly string[] {
  const list = childId(target, 'privateLinkResources');
  const resources = context.read(list);
  if (resources === undefined && context.optionalRole(service.role)?.create) return service.zonesOfNew(context);
  const names = asObjects(resources?.['value'])
    .filter((item) => isGroup(item, service.groupId))
    .flatMap((item) => asArray(readPath(item, 'properties.requiredZoneNames')))
    .flatMap((name) => asString(name)?.toLowerCase() ?? []);
  if (names.length > 0) return [...new Set(names)];
  const reason = text('Azure did not say which private DNS zones {0} needs.', resourceName(target));
  throw new Unsettled({ kind: 'resource', id: list }, reason);
}

function isGroup(item: JsonObject, groupId: string): boolean {
  const own = asString(readPath(item, 'properties.groupId')) ?? asString(item['name']);
  return own?.toLowerCase() === groupId.toLowerCase();
}

/** The link between a zone and the virtual network, existing or to be created. */
export function linkIdFor(context: StepContext, zone: string, network: string): string {
  const existing = findLink(context, zone, network);
  if (existing) return existing.id;
  const id = childId(zone, 'virtualNetworkLinks', `link-${resourceName(network)}`);
  return freeId(context, id, (link) => linksTo(link, network));
}

/** The link between a zone and a virtual network, where there is one. */
export function findLink(context: StepContext, zone: string, network: string): WireResource | undefined {
  return context.list(TYPES.virtualNetworkLink).find((link) => {
    const parent = parentResourceId(link.id);
    return parent !== undefined && sameResource(parent, zone) && linksTo(link, network);
  });
}

function linksTo(link: WireResource, network: string): boolean {
  const linked = asString(readPath(link, 'properties.virtualNetwork.id'));
  return linked !== undefined && sameResource(linked, network);
}

/**
 * The zone of this name to use. A virtual network can be linked to one zone of a name only, so the one that is already
 * linked comes first, then one that exists, then a new one.
 */
export function zoneIdFor(context: StepContext, name: string): string {
  const network = context.role('virtualNetwork').id;
  const zones = context
    .list(TYPES.privateDnsZone)
    .filter((zone) => resourceName(zone.id).toLowerCase() === name.toLowerCase())
    .sort((left, right) => left.id.localeCompare(right.id));
  const group = context.role('resourceGroup').id;
  const linked = zones.find((zone) => findLink(context, zone.id, network));
  const near = zones.find((zone) => isWithin(zone.id, group));
  return (linked ?? near ?? zones[0])?.id ?? resourceIdIn(group, 'Microsoft.Network/privateDnsZones', name);
}

/** A host name of a service and the private address behind it. */
export interface PrivateHost {
  readonly host: string;
  readonly address: string;
}

/**
 * The names that a private endpoint serves, with their addresses, as its network interfaces say.
 * Empty where the endpoint has none yet.
 */
export function privateHostsOf(context: StepContext, endpoint: WireResource): readonly PrivateHost[] {
  return asObjects(readPath(endpoint, 'properties.networkInterfaces'))
    .flatMap((reference) => asString(reference['id']) ?? [])
    .flatMap((id) => context.read(id) ?? [])
    .flatMap((networkInterface) => asObjects(readPath(networkInterface, 'properties.ipConfigurations')))
    .flatMap((configuration) => {
      const address = asString(readPath(configuration, 'properties.privateIPAddress'));
      const names = asStrings(readPath(configuration, 'properties.privateLinkConnectionProperties.fqdns'));
      return address === undefined ? [] : names.map((host) => ({ host, address }));
    });
}
