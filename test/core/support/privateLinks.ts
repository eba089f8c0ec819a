import { CLOUDS, expectedPrivateZones } from '../../../src/core/clouds';
import { asArray, asObjects, asString, type JsonObject } from '../../../src/core/resources/json';
import { readPath, withPath } from '../../../src/core/resources/propertyPath';
import { resourceKey, resourceName, resourceTypeOf } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';

const CONNECTION_STATE = 'properties.privateLinkServiceConnectionState';

/** A sub-resource that private endpoints lead to: the public names that it serves, and the zones that they need. */
export interface LinkGroup {
  readonly group: string;
  readonly hosts: readonly string[];
  readonly zones: readonly string[];
}

export function linkGroupsOf(resource: WireResource | undefined): readonly LinkGroup[] {
  if (resource === undefined) return [];
  const name = resourceName(resource.id).toLowerCase();
  const { openAiSuffixes, searchSuffix, storageSuffix } = CLOUDS.public;
  const group = (id: string, suffix: string): LinkGroup => ({
    group: id,
    hosts: [`${name}.${suffix}`],
    zones: [`privatelink.${suffix}`],
  });
  switch (resourceTypeOf(resource.id)) {
    case TYPES.cognitiveAccount: {
      const subdomain = asString(readPath(resource, 'properties.customSubDomainName'))?.toLowerCase();
      const kind = kindOf(resource);
      const hosts = subdomain === undefined ? [] : openAiSuffixes[kind].map((suffix) => `${subdomain}.${suffix}`);
      return [{ group: 'account', hosts, zones: expectedPrivateZones(CLOUDS.public, kind) }];
    }
    case TYPES.searchService:
      return [group('searchService', searchSuffix)];
    case TYPES.storageAccount:
      return ['blob', 'file'].map((id) => group(id, `${id}.${storageSuffix}`));
    default:
      return [];
  }
}

function kindOf(account: JsonObject): 'OpenAI' | 'AIServices' {
  return asString(account['kind'])?.toLowerCase() === 'aiservices' ? 'AIServices' : 'OpenAI';
}

export function subnetOf(endpoint: WireResource): string {
  return resourceKey(asString(readPath(endpoint, 'properties.subnet.id')) ?? '');
}

export function targetOf(endpoint: WireResource): string {
  return resourceKey(asString(readPath(connectionOf(endpoint), 'properties.privateLinkServiceId')) ?? '');
}

export function groupOf(endpoint: WireResource): string | undefined {
  return asString(asArray(readPath(connectionOf(endpoint), 'properties.groupIds'))[0]);
}

/** What the endpoint's target says of it. */
export function connectionSeen(target: string, endpoint: WireResource): JsonObject {
  return {
    id: `${target}/privateEndpointConnections/${resourceName(endpoint.id)}.1`,
    properties: {
      privateEndpoint: { id: endpoint.id },
      privateLinkServiceConnectionState: readPath(connectionOf(endpoint), CONNECTION_STATE) ?? null,
    },
  };
}

function connectionOf(endpoint: WireResource): JsonObject | undefined {
  return ['properties.privateLinkServiceConnections', 'properties.manualPrivateLinkServiceConnections'].flatMap(
    (path) => asObjects(readPath(endpoint, path)),
  )[0];
}

/** The endpoint with its connection in another state. */
export function withConnectionState(endpoint: WireResource, state: JsonObject): WireResource {
  const path =
    asObjects(readPath(endpoint, 'properties.privateLinkServiceConnections')).length > 0
      ? 'properties.privateLinkServiceConnections'
      : 'properties.manualPrivateLinkServiceConnections';
  const connection = withPath(connectionOf(endpoint) ?? {}, CONNECTION_STATE, state);
  return { ...withPath(endpoint, path, [connection]), id: endpoint.id };
}

export function interfaceId(endpoint: WireResource): string {
  return endpoint.id.replace(/\/privateEndpoints\/([^/]+)$/i, '/networkInterfaces/$1.nic');
}
