import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/resources/json';

/** Names that steps look for, and names that no object should be trusted with. */
const NAMES = [
  ...['id', 'name', 'type', 'kind', 'location', 'identity', 'properties', 'value', 'resources', 'registrationState'],
  ...['publicNetworkAccess', 'networkAcls', 'defaultAction', 'ipRules', 'disableLocalAuth', 'customSubDomainName'],
  ...['privateEndpointConnections', 'privateEndpoint', 'privateLinkServiceConnectionState', 'status', 'delegations'],
  ...['privateLinkServiceConnections', 'privateLinkServiceId', 'subnet', 'networkInterfaces', 'ipConfigurations'],
  ...['privateIPAddress', 'privateLinkConnectionProperties', 'fqdns', 'requiredZoneNames', 'aRecords', 'ipv4Address'],
  ...['privateDnsZoneConfigs', 'privateDnsZoneId', 'virtualNetwork', 'virtualNetworkLinkState', 'addressSpace'],
  ...['addressPrefixes', 'addressPrefix', 'subnets', 'endpoints', 'constructor', '__proto__', 'toString', ''],
];

/** JSON as somebody might send it who knows the names but not what belongs under them. */
export const wireJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom<Json[]>(
      null,
      true,
      false,
      0,
      -1,
      '',
      'Approved',
      'Disabled',
      'SystemAssigned',
      'OpenAI',
      '10.0.0.4',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.array(tie('json'), { maxLength: 3 }),
    objectOf(tie('json')),
  ),
})).json;

export const wireObject: fc.Arbitrary<JsonObject> = objectOf(wireJson);

function objectOf(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc
    .array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries) as JsonObject);
}

/** The same JSON with its properties in another order and its texts in another letter case. */
export function retold(
  value: Json | undefined,
  order: (left: string, right: string) => number,
  recase: (text: string) => string,
): Json {
  if (typeof value === 'string') return recase(value);
  if (Array.isArray(value)) return value.map((item: Json) => retold(item, order, recase));
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).sort(([left], [right]) => order(left, right));
  return Object.fromEntries(entries.map(([name, inner]) => [name, retold(inner, order, recase)]));
}
