import { asArray, asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';

export const APPLICATION_GATEWAY_TYPE = 'Microsoft.Network/applicationGateways';

/** What a gateway consists of, each a list of named parts that refer to one another by id, with what Azure adds to each. */
export const COLLECTIONS = {
  gatewayIPConfigurations: {},
  sslCertificates: {},
  trustedRootCertificates: {},
  trustedClientCertificates: {},
  sslProfiles: {},
  frontendIPConfigurations: { privateIPAllocationMethod: 'Dynamic' },
  frontendPorts: {},
  backendAddressPools: { backendAddresses: [] },
  loadDistributionPolicies: {},
  backendHttpSettingsCollection: {
    cookieBasedAffinity: 'Disabled',
    pickHostNameFromBackendAddress: false,
    requestTimeout: 30,
  },
  backendSettingsCollection: {},
  httpListeners: { requireServerNameIndication: false },
  listeners: {},
  urlPathMaps: {},
  requestRoutingRules: {},
  routingRules: {},
  probes: {
    pickHostNameFromBackendHttpSettings: false,
    minServers: 0,
    match: { body: '', statusCodes: ['200-399'] },
  },
  rewriteRuleSets: {},
  redirectConfigurations: {},
  privateLinkConfigurations: {},
} as const satisfies Readonly<Record<string, JsonObject>>;

export type Collection = keyof typeof COLLECTIONS;
export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as readonly Collection[];

/** One part of a gateway. */
export interface Part {
  readonly name: string;
  readonly properties: JsonObject;
}

/** What a write says of secrets is kept out of the store; Azure never gives it back either. */
const SECRETS = ['data', 'password'];

export function partsOf(gateway: Pick<StoredResource, 'body'>, collection: Collection): readonly Part[] {
  return readParts((gateway.body['properties'] as JsonObject | undefined)?.[collection]);
}

export function readParts(sent: Json | undefined): readonly Part[] {
  return asObjects(sent).map(({ name, properties }) => ({
    name: asString(name) ?? '',
    properties: objectOf(properties),
  }));
}

/** Lists of who refers to a part, which Azure shows and takes back without a word. */
const BACK_REFERENCES: readonly string[] = [...COLLECTION_NAMES, 'backendHttpSettings'];

/** A part as it is kept: with Azure's defaults, without secrets and without what only Azure writes. */
export function keptPart(collection: Collection, { name, properties }: Part): JsonObject {
  const { provisioningState: _, ...sent } = properties;
  const open = Object.fromEntries(
    Object.entries(sent).filter(
      ([key, value]) => !SECRETS.includes(key) && !(Array.isArray(value) && BACK_REFERENCES.includes(key)),
    ),
  );
  return { name, properties: { ...COLLECTIONS[collection], ...open } };
}

export const partId = (gatewayId: string, collection: Collection, name: string): string =>
  `${gatewayId}/${collection}/${name}`;

/** The ids that a part refers to, by property; a property may refer to several. */
export function referencesOf({ properties }: Part): readonly { readonly property: string; readonly id: string }[] {
  return Object.entries(properties).flatMap(([property, value]) =>
    (Array.isArray(value) ? asObjects(value) : isJsonObject(value) ? [value] : []).flatMap(({ id }) => {
      const text = asString(id);
      return text === undefined ? [] : [{ property, id: text }];
    }),
  );
}

/** The part that another one refers to by a property. */
export function referredPart(
  gateway: StoredResource,
  collection: Collection,
  from: Part | undefined,
  property: string,
): Part | undefined {
  const id = asString(objectOf(from?.properties[property])['id'])?.toLowerCase();
  return partsOf(gateway, collection).find(({ name }) => partId(gateway.id, collection, name).toLowerCase() === id);
}

/** The private addresses of a gateway's frontends. */
export function privateAddressesOf(gateway: StoredResource): readonly string[] {
  return partsOf(gateway, 'frontendIPConfigurations').flatMap(
    ({ properties }) => asString(properties['privateIPAddress']) ?? [],
  );
}

/** The hosts and addresses of a pool. */
export function backendsOf(pool: Part): readonly string[] {
  return asArray(pool.properties['backendAddresses']).flatMap((each) => {
    const { fqdn, ipAddress } = objectOf(each as Json);
    return asString(fqdn) ?? asString(ipAddress) ?? [];
  });
}

/** Id of the web application firewall policy of a gateway, or of one of its parts. */
export const policyIdOf = (properties: JsonObject): string | undefined =>
  asString(objectOf(properties['firewallPolicy'])['id']);

export const stateOf = (gateway: StoredResource): string =>
  asString(propertiesOf(gateway)['operationalState']) ?? 'Stopped';
