import { asObjects, asString, type Json, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName, resourceTypeOf } from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import { interfaceId } from './privateLinks';
import type { World } from './world';

const NO_RULES = { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] };
const OPEN = { publicNetworkAccess: 'Enabled', disableLocalAuth: false };

/** What leaving properties out means, by type. */
const MEANT_BY_ABSENCE: Readonly<Record<string, JsonObject>> = {
  [TYPES.cognitiveAccount]: {
    identity: { type: 'None' },
    properties: { ...OPEN, networkAcls: { ...NO_RULES, bypass: 'None' } },
  },
  [TYPES.searchService]: {
    identity: { type: 'None' },
    properties: { ...OPEN, networkRuleSet: { ipRules: [], bypass: 'None' } },
  },
  [TYPES.storageAccount]: {
    properties: {
      publicNetworkAccess: 'Enabled',
      minimumTlsVersion: 'TLS1_0',
      allowSharedKeyAccess: true,
      networkAcls: { ...NO_RULES, bypass: 'AzureServices' },
    },
  },
  [TYPES.webApp]: { identity: { type: 'None' }, properties: { outboundVnetRouting: { allTraffic: false } } },
  [`${TYPES.webApp}/config`]: { properties: { ftpsState: 'AllAllowed' } },
  [TYPES.defenderPlan]: { properties: { pricingTier: 'Free' } },
};

/** What undo cannot bring back, because Azure does not, or should not: it is left out of the comparison. */
const STAYS: JsonObject = {
  properties: {
    customSubDomainName: null,
    endpoint: null,
    endpoints: null,
    privateEndpointConnections: null,
    provisioningState: null,
    allowBlobPublicAccess: null,
    allowCrossTenantReplication: null,
  },
};

/**
 * Everything that can be read, without what follows from the order in which endpoints were made: each address by the
 * endpoint that holds it, lists of endpoints sorted.
 */
export function whateverTheOrder(world: World): unknown {
  const holders = new Map(world.list(TYPES.privateEndpoint).flatMap((endpoint) => addressesOf(world, endpoint)));
  return JSON.parse(JSON.stringify(world.everything()), (key, value: unknown) => {
    if (key === 'ipv4Address') return holders.get(String(value)) ?? value;
    return LISTS_OF_ENDPOINTS.has(key) ? asObjects(value as Json).toSorted(byId) : value;
  });
}

const LISTS_OF_ENDPOINTS = new Set(['privateEndpoints', 'privateEndpointConnections']);

function byId(one: JsonObject, other: JsonObject): number {
  return String(one['id']) < String(other['id']) ? -1 : 1;
}

function addressesOf(world: World, endpoint: WireResource): readonly (readonly [string, string])[] {
  const inside = asObjects(readPath(world.get(interfaceId(endpoint)), 'properties.ipConfigurations'));
  return inside.map((item, index) => [
    asString(readPath(item, 'properties.privateIPAddress')) ?? '',
    `address ${String(index)} of ${resourceName(endpoint.id)}`,
  ]);
}

/** A world property by property, with what is left out written as what that means: what undo has to give back. */
export function essenceOf(world: World): Readonly<Record<string, unknown>> {
  const entries = Object.entries(world.everything()).filter(([, resource]) => !isAsItComes(resource));
  return Object.fromEntries(entries.map(([key, resource]) => [key, essence(resource)]));
}

/** What Azure has by itself is in a world only once it was changed; changed back, it is as if it never was. */
function isAsItComes(resource: WireResource): boolean {
  const type = resourceTypeOf(resource.id);
  if (type !== TYPES.defenderPlan && type !== `${TYPES.webApp}/config`) return false;
  const { provisioningState: _state, ...properties } = resource['properties'] as JsonObject;
  return JSON.stringify({ properties }) === JSON.stringify(MEANT_BY_ABSENCE[type]);
}

function essence(resource: WireResource): unknown {
  const type = resourceTypeOf(resource.id);
  const meant = MEANT_BY_ABSENCE[type];
  if (meant !== undefined) return mergePatch(mergePatch(meant, resource), STAYS);
  switch (type) {
    case TYPES.provider:
      return resource.id;
    case TYPES.privateEndpoint:
      return { subnet: resource['properties'] && JSON.stringify(resource['properties']).includes('subnet') };
    default:
      return mergePatch(resource, STAYS);
  }
}
