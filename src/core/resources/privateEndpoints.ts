import { asObjects, asString, type Json, type JsonObject } from './json';
import { readPath } from './propertyPath';
import { sameResource } from './resourceId';

/** What a private endpoint's wire JSON says of its connections: those that Azure approves by itself, and those that somebody has to approve. */
export function connectionsOf(endpoint: Json | undefined): readonly JsonObject[] {
  return ['properties.privateLinkServiceConnections', 'properties.manualPrivateLinkServiceConnections'].flatMap(
    (path) => asObjects(readPath(endpoint, path)),
  );
}

/** The ids of the resources that the endpoint leads to. */
export function targetsOf(endpoint: Json | undefined): readonly string[] {
  return connectionsOf(endpoint).flatMap(
    (connection) => asString(readPath(connection, 'properties.privateLinkServiceId')) ?? [],
  );
}

export function leadsTo(endpoint: Json | undefined, target: string): boolean {
  return targetsOf(endpoint).some((id) => sameResource(id, target));
}

/** The id of the subnet that the endpoint takes its addresses from. */
export function endpointSubnetOf(endpoint: Json | undefined): string | undefined {
  return asString(readPath(endpoint, 'properties.subnet.id'));
}
