import { asObjects, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { addressRange } from '../../addresses';
import type { StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { regionName } from '../resources/regions';
import { FIXED } from './accountBody';
import { invalidValues, propertyCannotBeUpdated } from './errors';

type Check = (value: Json) => boolean;

const isBoolean: Check = (value) => typeof value === 'boolean';
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);

/** What values Azure takes, of the properties that it checks. */
const CHECKS: Readonly<Record<string, Check>> = {
  publicNetworkAccess: oneOf('Enabled', 'Disabled', 'SecuredByPerimeter'),
  minimumTlsVersion: oneOf('TLS1_0', 'TLS1_1', 'TLS1_2', 'TLS1_3'),
  accessTier: oneOf('Hot', 'Cool', 'Cold', 'Premium'),
  allowBlobPublicAccess: isBoolean,
  allowSharedKeyAccess: isBoolean,
  supportsHttpsTrafficOnly: isBoolean,
  allowCrossTenantReplication: isBoolean,
  defaultToOAuthAuthentication: isBoolean,
  isHnsEnabled: isBoolean,
};

const KINDS = oneOf('Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage');
const SKUS =
  /^(Standard_(LRS|GRS|RAGRS|ZRS|GZRS|RAGZRS)|Premium_(LRS|ZRS)|StandardV2_(LRS|GRS|ZRS|GZRS)|PremiumV2_(LRS|ZRS))$/;
const BYPASSES = oneOf('None', 'Logging', 'Metrics', 'AzureServices');

/** @throws Refusal for what Azure Storage does not take. `before` is the account, where there is one already. */
export function checkWrite(sent: JsonObject, before: StoredResource | undefined): void {
  const properties = objectOf(sent['properties']);
  const invalid = [
    ...Object.entries(CHECKS)
      .filter(([name, isValid]) => isGiven(properties[name]) && !isValid(properties[name] ?? null))
      .map(([name]) => name),
    ...checkKeyPolicy(properties['keyPolicy']),
    ...checkNetworkAcls(properties['networkAcls']),
    ...(isGiven(sent['kind']) && !KINDS(sent['kind'] ?? null) ? ['kind'] : []),
    ...(isGiven(sent['sku']) && !SKUS.test(String(objectOf(sent['sku'])['name'])) ? ['sku.name'] : []),
  ];
  if (invalid.length > 0) throw invalidValues(invalid);
  if (before) checkFixed(sent, properties, before);
}

function checkFixed(sent: JsonObject, properties: JsonObject, before: StoredResource): void {
  const location = asString(sent['location']);
  if (location !== undefined && regionName(location) !== before.body['location']) {
    throw propertyCannotBeUpdated('location');
  }
  const old = objectOf(before.body['properties']);
  const changed = FIXED.find((name) => isGiven(properties[name]) && properties[name] !== (old[name] ?? false));
  if (changed !== undefined) throw propertyCannotBeUpdated(changed);
}

/** Recorded for a negative period. */
function checkKeyPolicy(policy: Json | undefined): readonly string[] {
  if (!isJsonObject(policy)) return [];
  const days = policy['keyExpirationPeriodInDays'];
  return typeof days === 'number' && days > 0 ? [] : ['keyPolicy.keyExpirationPeriodInDays'];
}

/** Documented: network rules need their default action. */
function checkNetworkAcls(acls: Json | undefined): readonly string[] {
  if (!isJsonObject(acls)) return [];
  const { defaultAction, bypass, ipRules } = acls;
  const parts = (asString(bypass) ?? 'AzureServices').split(',').map((part) => part.trim());
  return [
    ...(oneOf('Allow', 'Deny')(defaultAction ?? null) ? [] : ['networkAcls.defaultAction']),
    ...(parts.every(BYPASSES) ? [] : ['networkAcls.bypass']),
    ...(asObjects(ipRules).every(isPublicRange) ? [] : ['networkAcls.ipRules[*].value']),
  ];
}

/** Documented: single addresses and ranges of up to 30 bits; private addresses are not taken. */
function isPublicRange(rule: JsonObject): boolean {
  const value = asString(rule['value']) ?? '';
  const isPrivate = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(value);
  return addressRange(value) !== undefined && !isPrivate && !/\/(31|32)$/.test(value);
}

function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}
