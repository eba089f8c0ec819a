import { asArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { PRINCIPAL_NAME, type Azure } from '../../azure';
import { compact, pick } from '../../bodies';
import { writeIdentity } from '../../directory/identities';
import { regionName } from '../resources/regions';
import { kindOf } from './kinds';

/** Properties that a client may write. Everything else in a request is ignored, as Azure does. */
const WRITABLE = [
  'customSubDomainName',
  'networkAcls',
  'allowProjectManagement',
  'publicNetworkAccess',
  'disableLocalAuth',
  'restrictOutboundNetworkAccess',
  'allowedFqdnList',
  'encryption',
  'userOwnedStorage',
  'dynamicThrottlingEnabled',
  'raiMonitorConfig',
  'networkInjections',
] as const;

/** Properties that no write takes away. */
const KEPT = ['customSubDomainName', 'internalId', 'dateCreated'] as const;

/** The custom subdomain, in lower case. */
export function subdomainOf(account: StoredResource): string | undefined {
  return asString(propertiesOf(account)['customSubDomainName'])?.toLowerCase();
}

/** The public host names of the account's own, none without a custom subdomain. */
export function hostNamesOf(account: StoredResource): readonly string[] {
  const subdomain = subdomainOf(account);
  return subdomain === undefined ? [] : kindOf(account.body['kind']).suffixes.map((suffix) => `${subdomain}.${suffix}`);
}

/** What a PUT leaves: everything that was sent, nothing that was not, except for what cannot be taken back. */
export function replaced(azure: Azure, id: string, sent: JsonObject, before: JsonObject | undefined): JsonObject {
  const sentProperties = isJsonObject(sent['properties']) ? sent['properties'] : {};
  const propertiesBefore = isJsonObject(before?.['properties']) ? before['properties'] : {};
  const properties = {
    internalId: azure.guids.next(`internal ${id}`).replaceAll('-', ''),
    dateCreated: azure.timestamp(),
    publicNetworkAccess: 'Enabled',
    ...pick(propertiesBefore, KEPT),
    ...written(sentProperties),
  };
  return compact({
    location: sent['location'] ?? before?.['location'],
    sku: sent['sku'] ?? before?.['sku'],
    kind: sent['kind'] ?? before?.['kind'],
    tags: sent['tags'],
    properties: compact(properties),
    identity: writeIdentity(azure, id, sent['identity'], before?.['identity']),
    systemData: systemData(azure, before?.['systemData']),
  });
}

/** What a PATCH leaves: given properties are replaced whole, null takes a property away, the rest stays. */
export function patched(azure: Azure, id: string, sent: JsonObject, before: JsonObject): JsonObject {
  const sentProperties = isJsonObject(sent['properties']) ? sent['properties'] : {};
  const propertiesBefore = isJsonObject(before['properties']) ? before['properties'] : {};
  return compact({
    ...before,
    ...pick(sent, ['sku', 'tags']),
    properties: compact({ ...propertiesBefore, ...written(sentProperties) }),
    identity: 'identity' in sent ? writeIdentity(azure, id, sent['identity'], before['identity']) : before['identity'],
    systemData: systemData(azure, before['systemData']),
  });
}

/** Adds what Azure fills in. `connections` are the private endpoint connections as the account shows them. */
export function shownAccount(account: StoredResource, connections: readonly JsonObject[]): JsonObject {
  const { id, name, type, etag, body, state } = account;
  const kind = kindOf(body['kind']);
  const { internalId, dateCreated, customSubDomainName, allowProjectManagement, publicNetworkAccess, ...settings } =
    propertiesOf(account);
  const endpoint = (suffix: string): string =>
    asString(customSubDomainName) === undefined
      ? `https://${regionName(asString(body['location']) ?? '')}.api.cognitive.microsoft.com/`
      : `https://${String(customSubDomainName)}.${suffix}/`;
  return compact({
    id,
    name,
    type,
    etag,
    location: body['location'],
    sku: body['sku'],
    kind: body['kind'],
    tags: body['tags'],
    properties: compact({
      endpoint: endpoint(kind.suffixes[0] ?? ''),
      internalId,
      dateCreated,
      apiProperties: kind.apiProperties,
      callRateLimit: {
        rules: [{ key: 'default', renewalPeriod: 1, count: 30, matchPatterns: [{ path: '*', method: '*' }] }],
      },
      isMigrated: false,
      customSubDomainName,
      ...settings,
      allowProjectManagement: allowProjectManagement ?? false,
      privateEndpointConnections: connections,
      publicNetworkAccess,
      capabilities: kind.capabilities.map((capability) => ({ ...capability })),
      endpoints: Object.fromEntries(Object.entries(kind.endpoints).map(([label, suffix]) => [label, endpoint(suffix)])),
      provisioningState: state,
    }),
    identity: body['identity'],
    systemData: body['systemData'],
  });
}

/** Recorded shape: groups two and four are constant, the last one holds the time. */
export function newEtag(azure: Azure, id: string): string {
  const guid = azure.guids.next(`etag ${id}`);
  const time = Math.trunc(azure.clock.now() / 1000).toString(16);
  return `"${guid.slice(0, 8)}-0000-${guid.slice(9, 11)}00-0000-${time}0000"`;
}

function written(sent: JsonObject): JsonObject {
  const acls = sent['networkAcls'];
  return { ...pick(sent, WRITABLE), ...(isJsonObject(acls) ? { networkAcls: networkAcls(acls) } : {}) };
}

function networkAcls(sent: JsonObject): JsonObject {
  return compact({
    defaultAction: sent['defaultAction'] ?? 'Allow',
    bypass: sent['bypass'],
    virtualNetworkRules: asArray(sent['virtualNetworkRules']).map((rule) =>
      isJsonObject(rule) ? { ignoreMissingVnetServiceEndpoint: false, ...rule } : rule,
    ),
    ipRules: asArray(sent['ipRules']),
  });
}

export function systemData(azure: Azure, before: Json | undefined): JsonObject {
  const now = azure.timestamp();
  const created = isJsonObject(before) ? pick(before, ['createdBy', 'createdByType', 'createdAt']) : undefined;
  return {
    ...(created ?? { createdBy: PRINCIPAL_NAME, createdByType: 'User', createdAt: now }),
    lastModifiedBy: PRINCIPAL_NAME,
    lastModifiedByType: 'User',
    lastModifiedAt: now,
  };
}
