import fc from 'fast-check';
import { asArray, asObjects, asString, isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import {
  childId,
  parentResourceId,
  resourceKey,
  resourceName,
  resourceTypeOf,
  sameResource,
  topLevelResourceId,
} from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { parseIpv4Range } from '../../../src/core/setup/addresses';
import { connectionSeen, groupOf, interfaceId, linkGroupsOf, subnetOf, targetOf } from './privateLinks';

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

  /** The public names of a resource; of one of its sub-resources, where that is given. */
  hostsOf(id: string, group?: string): readonly string[] {
    return linkGroupsOf(this.storedAt(id)).flatMap((item) =>
      group === undefined || item.group === group ? item.hosts : [],
    );
  }

  /** Whether anything that was put in, other than what has the id itself, names it. */
  refersTo(id: string): boolean {
    const key = resourceKey(id);
    return [...this.stored].some(
      ([other, resource]) => other !== key && JSON.stringify(resource).toLowerCase().includes(`"${key}"`),
    );
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
        return shown(resource, { ...this.connections(resource.id), ...this.urlsOf(resource) });
      case TYPES.searchService:
      case TYPES.storageAccount:
        return shown(resource, this.connections(resource.id));
      case TYPES.provider:
        return { ...resource, resourceTypes: resource['resourceTypes'] ?? offeredBy(resourceName(resource.id)) };
      case TYPES.privateEndpoint:
        return shown(resource, { networkInterfaces: [{ id: interfaceId(resource) }] });
      case TYPES.privateDnsZone:
        return shown(resource, { numberOfRecordSets: 1 + this.recordSets(resource.id).length });
      default:
        return resource;
    }
  }

  private connections(id: string): JsonObject {
    const inside = this.endpoints((item) => targetOf(item) === resourceKey(id));
    return { privateEndpointConnections: inside.map((item) => connectionSeen(id, item)) };
  }

  private urlsOf(account: WireResource): JsonObject {
    const urls = this.hostsOf(account.id).map((host) => `https://${host}/`);
    return {
      endpoint: urls[0] ?? 'https://eastus.api.cognitive.microsoft.com/',
      endpoints: Object.fromEntries(urls.map((url, index) => [`Endpoint ${index}`, url])),
    };
  }

  /** Resources and lists that Azure makes by itself. */
  private derived(id: string): WireResource | undefined {
    const segment = resourceName(id).toLowerCase();
    const above = id.replace(/\/[^/]+\/?$/, '');
    const parent = this.storedAt(above);
    if (segment === 'roleassignments') return listOf(id, this.all(TYPES.roleAssignment));
    if (parent && segment === 'privatelinkresources') return privateLinkResources(parent);
    if (parent && segment === 'resources') return listOf(id, this.inside(parent.id));
    if (parent && segment === 'all')
      return listOf(id, [{ id: childId(parent.id, 'SOA', '@') }, ...this.recordSets(parent.id)]);
    if (LISTS.has(segment) && this.storedAt(topLevelResourceId(above))) return listOf(id, this.storedUnder(id));
    const owner = this.endpoints((item) => sameResource(interfaceId(item), id))[0];
    if (owner) return this.interfaceOf(owner);
    const account = this.storedAt(id.replace(/\/privateEndpointConnections\/[^/]+$/i, ''));
    const connections = account && asObjects(readPath(this.view(account), 'properties.privateEndpointConnections'));
    const own = connections?.find((item) => sameResource(asString(item['id']) ?? '', id));
    if (own) return { ...own, id };
    const records = this.all(TYPES.privateDnsZoneGroup).flatMap((group) => this.recordsOf(group));
    return records.find((item) => sameResource(item.id, id)) ?? this.comesByItself(id);
  }

  /** What Azure has without anybody creating it, once something else is there. */
  private comesByItself(id: string): WireResource | undefined {
    const site = /^(.*)\/config\/web$/i.exec(id)?.[1];
    if (site !== undefined && this.storedAt(site)) return { id, properties: { ftpsState: 'AllAllowed' } };
    const defender = this.all(TYPES.provider).find((item) => item['namespace'] === 'Microsoft.Security');
    const isOn = asString(defender?.['registrationState'])?.toLowerCase() === 'registered';
    if (resourceTypeOf(id) === TYPES.defenderPlan && isOn) return { id, properties: { pricingTier: 'Free' } };
    if (resourceTypeOf(id) === TYPES.networkUsage) return listOf(id, ROOM);
    const index = /^(.*)\/documentsWithout\/[^/]+$/i.exec(id)?.[1];
    return index !== undefined && this.storedAt(index) ? { id, count: 0 } : undefined;
  }

  private storedUnder(list: string): readonly WireResource[] {
    return this.all().flatMap((item) =>
      sameResource(item.id.replace(/\/[^/]+$/, ''), list) ? [{ name: resourceName(item.id), ...item }] : [],
    );
  }

  private inside(group: string): readonly WireResource[] {
    const prefix = `${resourceKey(group)}/providers/`;
    return this.all().filter(({ id }) => resourceKey(id).startsWith(prefix) && parentResourceId(id) === undefined);
  }

  private interfaceOf(owner: WireResource): WireResource {
    const first = this.firstAddress.get(resourceKey(owner.id)) ?? 0;
    return {
      id: interfaceId(owner),
      properties: {
        ipConfigurations: this.hostsOf(targetOf(owner), groupOf(owner)).map((host, index) => ({
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

/** What the subscription may have in each region. */
const ROOM: readonly JsonObject[] = [
  'VirtualNetworks',
  'PublicIPAddresses',
  'ApplicationGateways',
  'StandardSkuPublicIpAddresses',
].map((value) => ({ name: { value }, currentValue: 3, limit: 1000 }));

/** The types of a provider that are created by region, and where. */
function offeredBy(namespace: string): readonly JsonObject[] {
  const all = ['ApiManagement/service', 'KeyVault/vaults', ...NETWORK_TYPES.map((type) => `Network/${type}`)];
  return all
    .map((type) => `Microsoft.${type}`.split('/'))
    .filter(([owner]) => owner === namespace)
    .map(([, resourceType = '']) => ({ resourceType, locations: ['East US', 'Japan East'] }));
}

const NETWORK_TYPES = ['applicationGateways', 'publicIPAddresses', 'virtualNetworks'];

/** Lists of children, by the last segment of their id. */
const LISTS = new Set([
  ...['privatednszonegroups', 'deployments', 'sharedprivatelinkresources', 'containers'],
  ...['apis', 'backends', 'operations', 'products', 'subscriptions'],
]);

function privateLinkResources(resource: WireResource): WireResource {
  const value = linkGroupsOf(resource).map(({ group, zones }) => ({
    name: group,
    properties: { groupId: group, requiredZoneNames: zones },
  }));
  return listOf(childId(resource.id, 'privateLinkResources'), value);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
