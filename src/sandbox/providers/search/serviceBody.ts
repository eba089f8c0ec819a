import { isDeepStrictEqual } from 'node:util';
import { asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { writeIdentity } from '../../directory/identities';
import { findRegion } from '../resources/regions';
import { searchHost } from './serviceState';

/** What every service has that was not told otherwise. Recorded and documented. */
const DEFAULTS = {
  replicaCount: 1,
  partitionCount: 1,
  hostingMode: 'default',
  computeType: 'Default',
  publicNetworkAccess: 'Enabled',
  networkRuleSet: { ipRules: [], bypass: 'None' },
  encryptionWithCmk: { enforcement: 'Unspecified', encryptionComplianceStatus: 'Compliant' },
  disableLocalAuth: false,
  semanticSearch: 'free',
} as const;

/** Properties that a client may write. Everything else in a request is ignored, as Azure does. */
const WRITABLE = [...Object.keys(DEFAULTS), 'authOptions', 'dataExfiltrationProtections'] as const;

/** The api-version that first showed a property, where that is not the oldest. */
const SHOWN_SINCE: Readonly<Record<string, string>> = {
  semanticSearch: '2023-11-01',
  endpoint: '2025-05-01',
  computeType: '2025-05-01',
  dataExfiltrationProtections: '2025-05-01',
  upgradeAvailable: '2025-05-01',
  serviceUpgradedAt: '2025-05-01',
};

/** Recorded: changes of these begin a silent provisioning, others are done at once. */
const PROVISIONED = ['publicNetworkAccess', 'networkRuleSet', 'replicaCount', 'partitionCount'] as const;

/** What a PUT leaves: everything that was sent, and the default for what was not. */
export function replaced(azure: Azure, id: string, sent: JsonObject, before: JsonObject | undefined): JsonObject {
  const location = asString(sent['location']) ?? asString(before?.['location']) ?? '';
  return compact({
    location: findRegion(location)?.displayName ?? location,
    tags: objectOf(sent['tags']),
    properties: settings(objectOf(sent['properties']), {}),
    identity: writeIdentity(azure, id, sent['identity'], before?.['identity']),
    sku: sent['sku'] ?? before?.['sku'],
    systemData: before?.['systemData'] ?? { createdAt: new Date(azure.clock.now()).toISOString() },
    keyGenerations: before?.['keyGenerations'],
    queryKeys: before?.['queryKeys'],
  });
}

/** What a PATCH leaves: given properties are replaced whole, null takes a property back to its default, the rest stays. */
export function patched(azure: Azure, id: string, sent: JsonObject, before: JsonObject): JsonObject {
  return compact({
    ...before,
    ...pick(sent, ['tags', 'sku']),
    properties: settings(objectOf(sent['properties']), objectOf(before['properties'])),
    identity: 'identity' in sent ? writeIdentity(azure, id, sent['identity'], before['identity']) : before['identity'],
  });
}

/** True where a change makes the service provision again. */
export function needsProvisioning(before: JsonObject, after: JsonObject): boolean {
  const [old, now] = [objectOf(before['properties']), objectOf(after['properties'])];
  return (
    PROVISIONED.some((name) => !isDeepStrictEqual(old[name], now[name])) ||
    !isDeepStrictEqual(before['identity'], after['identity']) ||
    !isDeepStrictEqual(before['sku'], after['sku'])
  );
}

/** Adds what Azure fills in; what it finds out elsewhere is given. */
export function shownService(service: StoredResource, apiVersion: string, found: JsonObject): JsonObject {
  const { id, name, type, body, state } = service;
  const provisioningState = state.toLowerCase();
  const properties: Readonly<Record<string, Json | undefined>> = {
    endpoint: `https://${searchHost(name)}`,
    ...DEFAULTS,
    ...propertiesOf(service),
    status: provisioningState === 'succeeded' ? 'running' : provisioningState,
    statusDetails: '',
    provisioningState,
    ...found,
    upgradeAvailable: 'notAvailable',
    serviceUpgradedAt: null,
  };
  return {
    id,
    name,
    type,
    location: body['location'],
    tags: body['tags'] ?? {},
    properties: Object.fromEntries(
      Object.entries(properties).filter(([property]) => apiVersion >= (SHOWN_SINCE[property] ?? '')),
    ),
    ...pick(body, ['identity', 'sku']),
    ...(apiVersion >= '2025' ? pick(body, ['systemData']) : {}),
  };
}

function settings(sent: JsonObject, before: JsonObject): JsonObject {
  const given = compact({ ...pick(before, WRITABLE), ...pick(sent, WRITABLE) });
  const disableLocalAuth = given['disableLocalAuth'] === true;
  return {
    ...DEFAULTS,
    ...given,
    publicNetworkAccess: capitalized(asString(given['publicNetworkAccess']) ?? DEFAULTS.publicNetworkAccess),
    networkRuleSet: networkRuleSet(objectOf(given['networkRuleSet'])),
    encryptionWithCmk: { ...DEFAULTS.encryptionWithCmk, ...objectOf(given['encryptionWithCmk']) },
    disableLocalAuth,
    // Documented: null where keys are off.
    authOptions: disableLocalAuth ? null : authOptions(given['authOptions']),
  };
}

/** Recorded: whatever the casing that was sent. */
function capitalized(access: string): string {
  const words = ['Enabled', 'Disabled', 'SecuredByPerimeter'];
  return words.find((word) => word.toLowerCase() === access.toLowerCase()) ?? access;
}

function networkRuleSet(sent: JsonObject): JsonObject {
  return {
    ipRules: asObjects(sent['ipRules']).map((rule) => pick(rule, ['value'])),
    bypass: sent['bypass'] === 'AzureServices' ? 'AzureServices' : 'None',
  };
}

/** The failure mode that a service has which was told none is UNVERIFIED. */
function authOptions(sent: Json | undefined): JsonObject {
  const both = isJsonObject(sent) ? sent['aadOrApiKey'] : undefined;
  if (!isJsonObject(both)) return { apiKeyOnly: {} };
  return { aadOrApiKey: { aadAuthFailureMode: asString(both['aadAuthFailureMode']) ?? 'http403' } };
}
