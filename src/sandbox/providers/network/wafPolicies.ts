import { asArray, asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { policyInUse } from './applicationGatewayErrors';
import { gatewaysWithPolicy } from './applicationGatewayUse';
import { badRequest, networkError } from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  putNetworkResource,
  requireFree,
  tagsOf,
  updateTags,
  weakTag,
} from './networkResource';
import { findRuleSet } from './wafRuleSets';

const SETTINGS: JsonObject = {
  requestBodyCheck: true,
  maxRequestBodySizeInKb: 128,
  fileUploadLimitInMb: 100,
  state: 'Enabled',
  mode: 'Detection',
  requestBodyInspectLimitInKB: 128,
  fileUploadEnforcement: true,
  requestBodyEnforcement: true,
};

/** A web application firewall policy. Recorded: Azure writes its type with a capital letter. */
export const WAF_POLICY: ResourceType = {
  type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show,
  getHeaders: etagHeader,
  put,
  patch: updateTags,
  remove,
  blocked,
};

function show(policy: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, body, state } = policy;
  const gateways = gatewaysWithPolicy(azure, id).map((gateway) => ({ id: gateway.id }));
  return {
    name,
    id,
    etag: weakTag(policy),
    type,
    location: body['location'],
    ...tagsOf(body),
    properties: {
      provisioningState: state,
      ...propertiesOf(policy),
      ...(gateways.length === 0 ? {} : { applicationGateways: gateways }),
    },
  };
}

function put(call: PutCall): Answer {
  const { id, body } = call;
  requireFree(call, id);
  const location = locationOf(call);
  const sent = objectOf(body['properties']);
  const properties = {
    customRules: asObjects(sent['customRules']).map(customRule),
    policySettings: settingsOf(objectOf(sent['policySettings'])),
    managedRules: managedRulesOf(id, objectOf(sent['managedRules'])),
  };
  return putNetworkResource(
    call,
    WAF_POLICY,
    { location, ...tagsOf(body), properties },
    { label: 'PutWebApplicationFirewallPolicyOperation', seconds: DURATIONS.wafPolicy, location },
  );
}

function settingsOf(sent: JsonObject): JsonObject {
  const settings: JsonObject = { ...SETTINGS, ...sent };
  const allowed: Readonly<Record<string, readonly string[]>> = {
    mode: ['Detection', 'Prevention'],
    state: ['Enabled', 'Disabled'],
  };
  for (const [name, values] of Object.entries(allowed)) {
    const value = String(settings[name]);
    if (!values.includes(value)) throw badRequest(`The value '${value}' of '${name}' in policySettings is not valid.`);
  }
  return settings;
}

function customRule(rule: JsonObject): JsonObject {
  return {
    skippedManagedRuleSets: [],
    state: 'Enabled',
    ...rule,
    matchConditions: asObjects(rule['matchConditions']).map((condition) => ({ transforms: [], ...condition })),
  };
}

function managedRulesOf(id: string, sent: JsonObject): JsonObject {
  const sets = asObjects(sent['managedRuleSets']);
  if (sets.length === 0) throw badRequest(`Policy ${id} needs a managed rule set.`);
  for (const { ruleSetType, ruleSetVersion } of sets) {
    const [type, version] = [asString(ruleSetType) ?? '', asString(ruleSetVersion) ?? ''];
    if (findRuleSet(type, version) === undefined) {
      throw badRequest(`The managed rule set ${type} ${version} of policy ${id} is not supported.`);
    }
  }
  return {
    ...sent,
    managedRuleSets: sets.map((set) => ({ ruleGroupOverrides: [], ...set })),
    exclusions: asArray(sent['exclusions']) as readonly Json[],
  };
}

function remove(call: ExistingCall): Answer {
  const { azure, resource } = call;
  requireFree(call, resource.id);
  const failure = blocked(resource, azure);
  if (failure) throw networkError(failure);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteWebApplicationFirewallPolicyOperation',
    location: asString(resource.body['location']) ?? '',
  });
}

function blocked(policy: StoredResource, azure: Azure, going?: string): OperationFailure | undefined {
  const user = gatewaysWithPolicy(azure, policy.id).find(
    ({ id }) => going === undefined || !id.toLowerCase().startsWith(`${going.toLowerCase()}/`),
  );
  return user && policyInUse(policy.id, user.id);
}
