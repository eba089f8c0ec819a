import { asArray, asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { writeIdentity } from '../../directory/identities';
import { regionName } from '../resources/regions';
import { primaryEndpoints, secondaryEndpoints } from './endpoints';
import { secondaryLocationOf } from './replication';

/** Recorded: what a new account has that was told nothing. Every other property is absent until it is set. */
const DEFAULTS = {
  allowCrossTenantDelegationSas: false,
  allowCrossTenantReplication: false,
  minimumTlsVersion: 'TLS1_2',
  allowBlobPublicAccess: false,
  supportsHttpsTrafficOnly: true,
} as const;

/** Properties that a client may write. Everything else in a request is ignored, as Azure does. */
const WRITABLE = [
  ...Object.keys(DEFAULTS),
  'networkAcls',
  'accessTier',
  'publicNetworkAccess',
  'allowSharedKeyAccess',
  'defaultToOAuthAuthentication',
  'isHnsEnabled',
  'keyPolicy',
  'sasPolicy',
  'routingPreference',
  'largeFileSharesState',
  'allowedCopyScope',
] as const;

/** Properties that only the creation sets. */
export const FIXED = ['isHnsEnabled'] as const;

/** The api-version that first showed a property, where that is not the oldest. */
const SHOWN_SINCE: Readonly<Record<string, string>> = {
  privateEndpointConnections: '2019-06-01',
  minimumTlsVersion: '2019-06-01',
  allowBlobPublicAccess: '2019-06-01',
  allowSharedKeyAccess: '2019-06-01',
  keyCreationTime: '2021-04-01',
  allowCrossTenantReplication: '2021-04-01',
  publicNetworkAccess: '2021-08-01',
  defaultToOAuthAuthentication: '2021-08-01',
  allowCrossTenantDelegationSas: '2025-01-01',
};

/** What a PUT leaves: everything that was sent, and the default, or nothing, for what was not. */
export function replaced(azure: Azure, id: string, sent: JsonObject, before: JsonObject | undefined): JsonObject {
  const now = azure.timestamp();
  const old = objectOf(before?.['properties']);
  const kind = sent['kind'] ?? before?.['kind'];
  return compact({
    sku: skuOf(sent['sku'] ?? before?.['sku']),
    kind,
    location: regionName(asString(sent['location']) ?? asString(before?.['location']) ?? ''),
    tags: objectOf(sent['tags']),
    identity: writeIdentity(azure, id, sent['identity'], before?.['identity']),
    keyGenerations: before?.['keyGenerations'],
    properties: {
      creationTime: now,
      keyCreationTime: { key1: now, key2: now },
      ...DEFAULTS,
      ...(kind === 'Storage' ? {} : { accessTier: 'Hot' }),
      ...pick(old, ['creationTime', 'keyCreationTime', ...FIXED]),
      networkAcls: networkAcls({}),
      ...settings(objectOf(sent['properties'])),
    },
  });
}

/** What a PATCH leaves: given properties are replaced whole, the rest stays. Null is nothing given. */
export function patched(azure: Azure, id: string, sent: JsonObject, before: JsonObject): JsonObject {
  return compact({
    ...before,
    ...pick(sent, ['tags', 'kind']),
    sku: skuOf(sent['sku'] ?? before['sku']),
    identity: 'identity' in sent ? writeIdentity(azure, id, sent['identity'], before['identity']) : before['identity'],
    properties: { ...objectOf(before['properties']), ...settings(objectOf(sent['properties'])) },
  });
}

/** Adds what Azure fills in. `connections` are the private endpoint connections as the account shows them. */
export function shownAccount(
  account: StoredResource,
  apiVersion: string,
  connections: readonly JsonObject[],
): JsonObject {
  const { id, name, type, body, state } = account;
  const { creationTime, networkAcls: acls, encryption, ...own } = propertiesOf(account);
  const secondaryLocation = secondaryLocationOf(account);
  const properties: JsonObject = compact({
    ...own,
    privateEndpointConnections: connections,
    networkAcls: shownAcls(objectOf(acls), apiVersion),
    encryption: shownEncryption(objectOf(encryption), creationTime ?? '', apiVersion),
    provisioningState: state,
    creationTime,
    primaryEndpoints: primaryEndpoints(account),
    primaryLocation: body['location'],
    statusOfPrimary: 'available',
    secondaryLocation,
    statusOfSecondary: secondaryLocation && 'available',
    secondaryEndpoints: secondaryEndpoints(account),
  });
  return compact({
    sku: body['sku'],
    kind: body['kind'],
    id,
    name,
    type,
    location: body['location'],
    tags: body['tags'] ?? {},
    properties: Object.fromEntries(
      Object.entries(properties).filter(([property]) => apiVersion >= (SHOWN_SINCE[property] ?? '')),
    ),
    identity: body['identity'],
  });
}

function settings(sent: JsonObject): JsonObject {
  const acls = sent['networkAcls'];
  const encryption = sent['encryption'];
  return {
    ...compact(pick(sent, WRITABLE)),
    ...(isJsonObject(acls) ? { networkAcls: networkAcls(acls) } : {}),
    ...(isJsonObject(encryption) ? { encryption: writtenEncryption(encryption) } : {}),
  };
}

/** A key of the customer's goes when Azure's own is wanted again. */
function writtenEncryption(sent: JsonObject): JsonObject {
  return usesCustomerKey(sent)
    ? compact({ keySource: 'Microsoft.Keyvault', ...pick(sent, ['keyvaultproperties', 'identity']) })
    : { keySource: 'Microsoft.Storage' };
}

export function usesCustomerKey(encryption: JsonObject): boolean {
  return asString(encryption['keySource'])?.toLowerCase() === 'microsoft.keyvault';
}

/** Documented: an absent bypass is AzureServices. Recorded: rules are answered with their state and action. */
function networkAcls(sent: JsonObject): JsonObject {
  return compact({
    ipv6Rules: asArray(sent['ipv6Rules']),
    bypass: sent['bypass'] ?? 'AzureServices',
    virtualNetworkRules: asObjects(sent['virtualNetworkRules']).map((rule) => ({
      ...pick(rule, ['id']),
      action: 'Allow',
      state: 'Succeeded',
    })),
    ipRules: asObjects(sent['ipRules']).map((rule) => ({ ...pick(rule, ['value']), action: 'Allow' })),
    resourceAccessRules: sent['resourceAccessRules'],
    defaultAction: sent['defaultAction'] ?? 'Allow',
  });
}

function shownAcls({ ipv6Rules, ...acls }: JsonObject, apiVersion: string): JsonObject {
  return apiVersion >= '2025-01-01' ? { ipv6Rules: ipv6Rules ?? [], ...acls } : acls;
}

function shownEncryption(own: JsonObject, lastEnabledTime: Json, apiVersion: string): JsonObject {
  const service = { ...(apiVersion >= '2019-06-01' ? { keyType: 'Account' } : {}), enabled: true, lastEnabledTime };
  return { services: { file: service, blob: service }, keySource: 'Microsoft.Storage', ...own };
}

function skuOf(sent: Json | undefined): JsonObject {
  const name = asString(objectOf(sent)['name']) ?? '';
  return { name, tier: name.startsWith('Premium') ? 'Premium' : 'Standard' };
}
