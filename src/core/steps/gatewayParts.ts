import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceName } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';

/**
 * What an application gateway consists of: lists of named parts that refer to one another by id.
 * Source: Microsoft.Network/applicationGateways 2025-05-01.
 */

export type PartList =
  | 'frontendIPConfigurations'
  | 'frontendPorts'
  | 'sslCertificates'
  | 'httpListeners'
  | 'backendAddressPools'
  | 'backendHttpSettingsCollection'
  | 'probes'
  | 'requestRoutingRules'
  | 'urlPathMaps';

/** Parts of one list; none where there is no gateway. */
export function partsOf(gateway: WireResource | undefined, list: PartList): readonly JsonObject[] {
  return asObjects(readPath(gateway, `properties.${list}`));
}

export function nameOf(part: JsonObject): string {
  return asString(part['name']) ?? '';
}

/** The part that another one refers to at a path such as `properties.httpListener`. */
export function partAt(
  gateway: WireResource | undefined,
  list: PartList,
  from: JsonObject | undefined,
  path: string,
): JsonObject | undefined {
  const id = asString(readPath(from, `${path}.id`));
  return id === undefined
    ? undefined
    : partsOf(gateway, list).find((part) => nameOf(part).toLowerCase() === resourceName(id).toLowerCase());
}

/** A reference to a part, which may still be to be made. */
export function refTo(gateway: string, list: PartList, name: string): JsonObject {
  return { id: childId(gateway, list, name) };
}

/** The way of a request through a gateway, from the listener to the settings by which the backend is asked. */
export interface GatewayRoute {
  readonly rule: JsonObject;
  readonly listener: JsonObject;
  readonly pool: JsonObject;
  readonly settings: JsonObject | undefined;
}

/** Ways from an HTTPS listener to one of these hosts, by a basic rule or by a path of one. */
export function routesTo(gateway: WireResource | undefined, hosts: readonly string[]): readonly GatewayRoute[] {
  return partsOf(gateway, 'requestRoutingRules').flatMap((rule) => {
    const listener = partAt(gateway, 'httpListeners', rule, 'properties.httpListener');
    if (listener === undefined || !isHttps(listener)) return [];
    return branchesOf(gateway, rule).flatMap(({ from, at }) => {
      const pool = partAt(gateway, 'backendAddressPools', from, at('backendAddressPool'));
      const settings = partAt(gateway, 'backendHttpSettingsCollection', from, at('backendHttpSettings'));
      return pool !== undefined && leadsTo(pool, hosts) ? [{ rule, listener, pool, settings }] : [];
    });
  });
}

interface Branch {
  readonly from: JsonObject;
  /** Where in it a reference stands. */
  readonly at: (reference: 'backendAddressPool' | 'backendHttpSettings') => string;
}

/** The rule itself, and the branches of its map of paths. */
function branchesOf(gateway: WireResource | undefined, rule: JsonObject): readonly Branch[] {
  const own: Branch = { from: rule, at: (reference) => `properties.${reference}` };
  const map = partAt(gateway, 'urlPathMaps', rule, 'properties.urlPathMap');
  if (map === undefined) return [own];
  const otherwise: Branch = {
    from: map,
    at: (reference) => `properties.default${reference.charAt(0).toUpperCase()}${reference.slice(1)}`,
  };
  const paths = asObjects(readPath(map, 'properties.pathRules')).map((from): Branch => ({ ...own, from }));
  return [own, otherwise, ...paths];
}

function leadsTo(pool: JsonObject, hosts: readonly string[]): boolean {
  return asObjects(readPath(pool, 'properties.backendAddresses')).some((address) => {
    const host = asString(address['fqdn']) ?? asString(address['ipAddress']);
    return host !== undefined && hosts.some((known) => known.toLowerCase() === host.toLowerCase());
  });
}

export function isHttps(listener: JsonObject): boolean {
  return asString(readPath(listener, 'properties.protocol'))?.toLowerCase() === 'https';
}

/** The names that a listener is for; none where it takes any. */
export function hostNamesOf(listener: JsonObject): readonly string[] {
  const several = readPath(listener, 'properties.hostNames');
  const names = [readPath(listener, 'properties.hostName'), ...(Array.isArray(several) ? several : [])];
  return names.flatMap((name) => asString(name)?.toLowerCase() ?? []);
}

/** Whether a listener takes calls for a name: one of its own, one that its star stands for, or any. */
export function serves(listener: JsonObject, host: string): boolean {
  const names = hostNamesOf(listener);
  const wanted = host.toLowerCase();
  return names.length === 0 || names.some((name) => name === wanted || name === wanted.replace(/^[^.]+/, '*'));
}
