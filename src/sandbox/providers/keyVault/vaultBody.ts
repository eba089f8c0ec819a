import { asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { PRINCIPAL_NAME, TENANT_ID, type Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { preciseTime } from '../../time';
import { regionName } from '../resources/regions';
import { vaultHost } from './vaultState';

const DEFAULTS = {
  enabledForDeployment: false,
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  publicNetworkAccess: 'Enabled',
} as const;

/** Properties that a client may write. Everything else in a request is ignored. */
const WRITABLE = [
  ...Object.keys(DEFAULTS),
  'sku',
  'tenantId',
  'accessPolicies',
  'networkAcls',
  'enabledForDiskEncryption',
  'enabledForTemplateDeployment',
  'enableRbacAuthorization',
  'enablePurgeProtection',
] as const;

/** Properties that no write takes away. */
const KEPT = ['enableSoftDelete', 'softDeleteRetentionInDays', 'enablePurgeProtection'] as const;

/** What a PUT leaves: everything that was sent, and what cannot be taken back. */
export function replaced(azure: Azure, sent: JsonObject, before: JsonObject | undefined): JsonObject {
  return {
    location: regionName(asString(sent['location']) ?? asString(before?.['location']) ?? ''),
    tags: objectOf(sent['tags']),
    systemData: systemData(azure, before?.['systemData']),
    properties: {
      ...DEFAULTS,
      tenantId: TENANT_ID,
      accessPolicies: [],
      ...pick(objectOf(before?.['properties']), KEPT),
      ...written(objectOf(sent['properties'])),
    },
  };
}

/** What a PATCH leaves: given properties are replaced whole, the rest stays. */
export function patched(azure: Azure, sent: JsonObject, before: JsonObject): JsonObject {
  return {
    ...before,
    ...compact(pick(sent, ['tags'])),
    systemData: systemData(azure, before['systemData']),
    properties: { ...objectOf(before['properties']), ...written(objectOf(sent['properties'])) },
  };
}

/** `connections` are the private endpoint connections; none are not shown. */
export function shownVault(vault: StoredResource, connections: readonly JsonObject[]): JsonObject {
  const { id, name, type, body, state } = vault;
  return {
    id,
    name,
    type,
    ...pick(body, ['location', 'tags', 'systemData']),
    properties: {
      ...propertiesOf(vault),
      ...(connections.length === 0 ? {} : { privateEndpointConnections: connections }),
      vaultUri: `https://${vaultHost(name)}/`,
      provisioningState: state,
    },
  };
}

function written(sent: JsonObject): JsonObject {
  const acls = sent['networkAcls'];
  return {
    ...compact(pick(sent, WRITABLE)),
    ...(acls === undefined || acls === null ? {} : { networkAcls: networkAcls(objectOf(acls)) }),
  };
}

/** Documented: absent rules are none, and what is not said lets in. */
function networkAcls(sent: JsonObject): JsonObject {
  return {
    bypass: sent['bypass'] ?? 'AzureServices',
    defaultAction: sent['defaultAction'] ?? 'Allow',
    ipRules: asObjects(sent['ipRules']).map((rule) => pick(rule, ['value'])),
    virtualNetworkRules: asObjects(sent['virtualNetworkRules']).map((rule) =>
      pick(rule, ['id', 'ignoreMissingVnetServiceEndpoint']),
    ),
  };
}

function systemData(azure: Azure, before: Json | undefined): JsonObject {
  const now = preciseTime(azure.clock.now());
  const created = pick(objectOf(before), ['createdBy', 'createdByType', 'createdAt']);
  return {
    createdBy: PRINCIPAL_NAME,
    createdByType: 'User',
    createdAt: now,
    ...created,
    lastModifiedBy: PRINCIPAL_NAME,
    lastModifiedByType: 'User',
    lastModifiedAt: now,
  };
}
