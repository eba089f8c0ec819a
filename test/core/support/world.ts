import fc from 'fast-check';
import { expectedPrivateZones, CLOUDS } from '../../../src/core/clouds';
import { asArray, asObjects, asString, isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { readPath, withPath } from '../../../src/core/resources/propertyPath';
import {
  childId,
  parentResourceId,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
} from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { parseIpv4Range } from '../../../src/core/setup/addresses';

const CONNECTION_STATE = 'properties.privateLinkServiceConnectionState';

/**
 * A subscription in memory. What is put in is stored; what Azure makes of it by itself (interfaces, connections,
 * records, lists) is seen when it is read. Something stored under the same id wins over what would be seen.
 */
export class World {
  private readonly stored = new Map<string, WireResource>();
  /** Types by key: looking them up is most of what a world does. */
  private readonly types = new Map<string, string>();
  /** The first address of each endpoint, by key: it keeps it for as long as it lives. */
  private readonly firstAddress = new Map<string, number>();

  constructor(resources: Iterable<WireResource> = []) {
    for (const resource of resources) this.put(resource);
  }

  /** What a failed property shows of it. */
  [fc.toStringMethod](): string {
    return JSON.stringify([...this.stored.values()]);
  }

  clone(): World {
    const copy = new World();
    for (const [key, resource] of this.stored) copy.stored.set(key, resource);
    for (const [key, type] of this.types) copy.types.set(key, type);
    for (const [key, address] of this.firstAddress) copy.firstAddress.set(key, address);
    return copy;
  }

  put(resource: WireResource): this {
    const key = resourceKey(resource.id);
    this.stored.set(key, resource);
    this.types.set(key, resourceTypeOf(resource.id));
    if (this.types.get(key) === TYPES.privateEndpoint && !this.firstAddress.has(key)) {
      this.firstAddress.set(key, this.freeAddress(resource));
    }
    return this;
  }

  remove(id: string): void {
    for (const key of [...this.stored.keys()]) {
      if (key === resourceKey(id) || key.startsWith(`${resourceKey(id)}/`)) {
        this.stored.delete(key);
        this.types.delete(key);
        this.firstAddress.delete(key);
      }
    }
  }

  /** What was put in, without what Azure makes of it. */
  storedAt(id: string): WireResource | undefined {
    return this.stored.get(resourceKey(id));
  }

  get(id: string): WireResource | undefined {
    const stored = this.storedAt(id);
    return stored ? this.view(stored) : this.derived(id);
  }

  list(type: string): readonly WireResource[] {
    return this.all(type).map((resource) => this.view(resource));
  }

  /** Everything that can be read, by key: two worlds are the same if these are. */
  everything(): Readonly<Record<string, WireResource>> {
    const records = this.all(TYPES.privateDnsZoneGroup).flatMap((group) => this.recordsOf(group));
    const resources = [...this.all(), ...records].map((resource) => this.view(resource));
    return Object.fromEntries(
      resources
        .map((item): [string, WireResource] => [resourceKey(item.id), item])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }

  hostsOf(accountId: string): readonly string[] {
    const account = this.storedAt(accountId);
    const subdomain = asString(readPath(account, 'properties.customSubDomainName'));
    const suffixes = CLOUDS.public.openAiSuffixes[kindOf(account)];
    return subdomain === undefined ? [] : suffixes.map((suffix) => `${subdomain}.${suffix}`.toLowerCase());
  }

  private all(type?: string): readonly WireResource[] {
    if (type === undefined) return [...this.stored.values()];
    return [...this.stored].flatMap(([key, resource]) => (this.types.get(key) === type ? resource : []));
  }

  private childrenOf(parent: string, type: string): readonly WireResource[] {
    return this.all(type).filter(({ id }) => sameResource(parentResourceId(id) ?? '', parent));
  }

  private endpoints(matches: (endpoint: WireResource) => boolean): readonly WireResource[] {
    return this.all(TYPES.privateEndpoint).filter(matches);
  }

  private view(resource: WireResource): WireResource {
    switch (resourceTypeOf(resource.id)) {
      case TYPES.virtualNetwork:
        return shown(resource, { subnets: this.childrenOf(resource.id, TYPES.subnet).map((item) => this.view(item)) });
      case TYPES.subnet: {
        const inside = this.endpoints((item) => subnetOf(item) === resourceKey(resource.id));
        return inside.length === 0
          ? resource
          : shown(resource, { privateEndpoints: inside.map(({ id }) => ({ id })), purpose: 'PrivateEndpoints' });
      }
      case TYPES.cognitiveAccount:
        return shown(resource, this.accountView(resource));
      case TYPES.privateEndpoint:
        return shown(resource, { networkInterfaces: [{ id: interfaceId(resource) }] });
      case TYPES.privateDnsZone:
        return shown(resource, { numberOfRecordSets: 1 + this.recordSets(resource.id).length });
      default:
        return resource;
    }
  }

  private accountView(account: WireResource): JsonObject {
    const hosts = this.hostsOf(account.id).map((host) => `https://${host}/`);
    const connections = this.endpoints((item) => targetOf(item) === resourceKey(account.id)).map((item) => ({
      id: childId(account.id, 'privateEndpointConnections', `${resourceName(item.id)}.1`),
      properties: {
        privateEndpoint: { id: item.id },
        privateLinkServiceConnectionState: readPath(connectionOf(item), CONNECTION_STATE) ?? null,
      },
    }));
    return {
      privateEndpointConnections: connections,
      endpoint: hosts[0] ?? 'https://eastus.api.cognitive.microsoft.com/',
      endpoints: Object.fromEntries(hosts.map((host, index) => [`Endpoint ${index}`, host])),
    };
  }

  /** Resources and lists that Azure makes by itself. */
  private derived(id: string): WireResource | undefined {
    const segment = resourceName(id).toLowerCase();
    const parent = this.storedAt(id.replace(/\/[^/]+\/?$/, ''));
    if (parent && segment === 'privatelinkresources') return this.privateLinkResources(parent);
    if (parent && segment === 'privatednszonegroups')
      return listOf(id, this.childrenOf(parent.id, TYPES.privateDnsZoneGroup));
    if (parent && segment === 'resources') return listOf(id, this.inside(parent.id));
    if (parent && segment === 'deployments')
      return listOf(id, this.childrenOf(parent.id, `${TYPES.cognitiveAccount}/deployments`));
    if (parent && segment === 'all')
      return listOf(id, [{ id: childId(parent.id, 'SOA', '@') }, ...this.recordSets(parent.id)]);
    const owner = this.endpoints((item) => sameResource(interfaceId(item), id))[0];
    if (owner) return this.interfaceOf(owner);
    const account = this.storedAt(id.replace(/\/privateEndpointConnections\/[^/]+$/i, ''));
    const connections = account && asObjects(readPath(this.view(account), 'properties.privateEndpointConnections'));
    const own = connections?.find((item) => sameResource(asString(item['id']) ?? '', id));
    if (own) return { ...own, id };
    const records = this.all(TYPES.privateDnsZoneGroup).flatMap((group) => this.recordsOf(group));
    return records.find((item) => sameResource(item.id, id));
  }

  private inside(group: string): readonly WireResource[] {
    const prefix = `${resourceKey(group)}/providers/`;
    return this.all().filter(({ id }) => resourceKey(id).startsWith(prefix) && parentResourceId(id) === undefined);
  }

  private privateLinkResources(account: WireResource): WireResource {
    const requiredZoneNames = expectedPrivateZones(CLOUDS.public, kindOf(account));
    return listOf(childId(account.id, 'privateLinkResources'), [
      { name: 'account', properties: { groupId: 'account', requiredZoneNames } },
    ]);
  }

  private interfaceOf(owner: WireResource): WireResource {
    const first = this.firstAddress.get(resourceKey(owner.id)) ?? 0;
    return {
      id: interfaceId(owner),
      properties: {
        ipConfigurations: this.hostsOf(targetOf(owner)).map((host, index) => ({
          name: `ip-${index}`,
          properties: { privateIPAddress: dotted(first + index), privateLinkConnectionProperties: { fqdns: [host] } },
        })),
      },
    };
  }

  /** The records that a zone group keeps. */
  private recordsOf(group: WireResource): readonly WireResource[] {
    const owner = this.storedAt(parentResourceId(group.id) ?? '');
    if (owner === undefined) return [];
    const zones = asObjects(readPath(group, 'properties.privateDnsZoneConfigs')).flatMap(
      (configuration) => asString(readPath(configuration, 'properties.privateDnsZoneId')) ?? [],
    );
    return asObjects(readPath(this.interfaceOf(owner), 'properties.ipConfigurations')).flatMap((configuration) => {
      const host =
        asString(asArray(readPath(configuration, 'properties.privateLinkConnectionProperties.fqdns'))[0]) ?? '';
      const ipv4Address = readPath(configuration, 'properties.privateIPAddress') ?? null;
      const [name = '', ...suffix] = host.split('.');
      const home = zones.find((zone) => resourceName(zone).toLowerCase() === `privatelink.${suffix.join('.')}`);
      return home === undefined
        ? []
        : [{ id: childId(home, 'A', name), properties: { ttl: 10, aRecords: [{ ipv4Address }] } }];
    });
  }

  private recordSets(zone: string): readonly WireResource[] {
    const made = this.all(TYPES.privateDnsZoneGroup).flatMap((group) => this.recordsOf(group));
    const kept = this.all(`${TYPES.privateDnsZone}/a`);
    return [...made, ...kept].filter(({ id }) => sameResource(parentResourceId(id) ?? '', zone));
  }

  private freeAddress(endpoint: WireResource): number {
    const subnet = [...this.stored.values()].find(({ id }) => resourceKey(id) === subnetOf(endpoint));
    const range = parseIpv4Range(asString(readPath(subnet, 'properties.addressPrefix')) ?? '10.9.0.0/24');
    return (range?.first ?? 0) + 4 + 3 * this.endpoints((item) => subnetOf(item) === subnetOf(endpoint)).length - 3;
  }
}

function shown(resource: WireResource, seen: JsonObject): WireResource {
  const properties = isJsonObject(resource['properties']) ? resource['properties'] : {};
  return { ...resource, properties: { ...seen, ...properties } };
}

function listOf(id: string, value: readonly JsonObject[]): WireResource {
  return { id, value };
}

export function kindOf(account: JsonObject | undefined): 'OpenAI' | 'AIServices' {
  return asString(account?.['kind'])?.toLowerCase() === 'aiservices' ? 'AIServices' : 'OpenAI';
}

export function subnetOf(endpoint: WireResource): string {
  return resourceKey(asString(readPath(endpoint, 'properties.subnet.id')) ?? '');
}

function targetOf(endpoint: WireResource): string {
  return resourceKey(asString(readPath(connectionOf(endpoint), 'properties.privateLinkServiceId')) ?? '');
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

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
