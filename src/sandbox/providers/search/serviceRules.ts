import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { addressRange } from '../../addresses';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { regionName } from '../resources/regions';
import { badRequest, cannotUpdate } from './errors';
import { SEARCH_SERVICE_TYPE, tierOf } from './serviceState';

const TIERS = [
  'free',
  'basic',
  'standard',
  'standard2',
  'standard3',
  'storage_optimized_l1',
  'storage_optimized_l2',
] as const;
/** Tiers that a service can change between, since 2025-05-01. */
const CHANGEABLE = ['basic', 'standard', 'standard2', 'standard3'];

const NAME = /^(?=.{2,60}$)[a-z0-9]{2}(-?[a-z0-9])*$/;
/** Documented: units by tier, as far as they differ from those of a standard service. */
const MOST_UNITS: Readonly<Record<string, number>> = { free: 1, basic: 3 };
const PARTITIONS = [1, 2, 3, 4, 6, 12];

const ACCESS = ['enabled', 'disabled', 'securedbyperimeter'];
const FAILURE_MODES = ['http403', 'http401WithBearerChallenge'];

/** The name rules: 2 to 60 lower-case letters, digits and dashes, no dash at the first two places, at the end, or twice. */
export function isServiceName(name: string): boolean {
  return NAME.test(name);
}

/** Service names are host names: nobody else may have them. */
export function isNameTaken(azure: Azure, name: string): boolean {
  return azure.store.named(SEARCH_SERVICE_TYPE, name) !== undefined;
}

/** @throws Refusal for what Azure AI Search does not take. `before` is the service, where there is one already. */
export function checkWrite(sent: JsonObject, before: StoredResource | undefined, apiVersion: string): void {
  const tier = checkTier(sent, before, apiVersion);
  const location = asString(sent['location']);
  const actual = asString(before?.body['location']);
  if (location !== undefined && actual !== undefined && regionName(location) !== regionName(actual)) {
    throw cannotUpdate('GeoRegion');
  }
  const properties = objectOf(sent['properties']);
  checkUnits(properties, tier);
  checkNetwork(properties, tier);
  checkAuthentication(properties, objectOf(before?.body['properties']));
  const identity = objectOf(sent['identity']);
  if (tier === 'free' && /assigned/i.test(String(identity['type']))) {
    throw badRequest('Managed identities are not available for search services of the free tier.');
  }
}

function checkTier(sent: JsonObject, before: StoredResource | undefined, apiVersion: string): string {
  const actual = before && tierOf(before);
  const wanted = isJsonObject(sent['sku']) ? tierOf({ body: sent }) : (actual ?? '');
  if (!TIERS.some((tier) => tier === wanted)) throw badRequest(`The SKU '${wanted}' is not valid.`);
  const canChange = apiVersion >= '2025-05-01' && [wanted, actual].every((tier) => CHANGEABLE.includes(tier ?? ''));
  if (actual !== undefined && actual !== wanted && !canChange) throw cannotUpdate('sku');
  return wanted;
}

function checkUnits({ replicaCount = 1, partitionCount = 1 }: JsonObject, tier: string): void {
  const most = MOST_UNITS[tier] ?? 12;
  const isPossible =
    Number.isInteger(replicaCount) &&
    Number(replicaCount) >= 1 &&
    Number(replicaCount) <= most &&
    PARTITIONS.includes(Number(partitionCount)) &&
    Number(partitionCount) <= most;
  if (!isPossible) throw badRequest(`The numbers of replicas and partitions are not possible in the tier '${tier}'.`);
}

function checkNetwork(properties: JsonObject, tier: string): void {
  const access = asString(properties['publicNetworkAccess']);
  if (access !== undefined && !ACCESS.includes(access.toLowerCase())) {
    throw badRequest(`The value '${access}' of publicNetworkAccess is not valid.`);
  }
  const { ipRules, bypass } = objectOf(properties['networkRuleSet']);
  const rules = asObjects(ipRules).map((rule) => asString(rule['value']) ?? '');
  const invalid = rules.find((rule) => addressRange(rule) === undefined);
  if (invalid !== undefined) throw badRequest(`The IP rule '${invalid}' is not an IPv4 address or range.`);
  if (tier === 'free' && rules.length > 0) {
    throw badRequest('IP rules are not available for search services of the free tier.');
  }
  if (bypass !== undefined && bypass !== null && bypass !== 'None' && bypass !== 'AzureServices') {
    throw badRequest('The value of networkRuleSet.bypass is not valid.');
  }
}

/**
 * `authOptions` says how keys and tokens go together, which means nothing once keys are off. Whether role-based access
 * that is on already has to be taken away by a null in the same write is UNVERIFIED; the built-in policy does it.
 */
function checkAuthentication(sent: JsonObject, before: JsonObject): void {
  const options = 'authOptions' in sent ? sent['authOptions'] : before['authOptions'];
  const disables = (sent['disableLocalAuth'] ?? before['disableLocalAuth']) === true;
  const isGiven = isJsonObject(options) && ('authOptions' in sent || 'aadOrApiKey' in options);
  if (disables && isGiven) {
    throw badRequest("The properties 'disableLocalAuth' and 'authOptions' are mutually exclusive.");
  }
  if (!isJsonObject(options)) return;
  if ('aadOrApiKey' in options && 'apiKeyOnly' in options) {
    throw badRequest("Only one of 'apiKeyOnly' and 'aadOrApiKey' can be given in 'authOptions'.");
  }
  const mode = asString(objectOf(options['aadOrApiKey'])['aadAuthFailureMode']);
  if (mode !== undefined && !FAILURE_MODES.includes(mode)) {
    throw badRequest(`The value '${mode}' of aadAuthFailureMode is not valid.`);
  }
}
