import { asArray, asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import { compact, objectOf, pick } from '../../bodies';
import { badRequest } from './insightsErrors';

const ACTION_GROUP_TYPE = 'Microsoft.Insights/actionGroups';
const LONGEST_SHORT_NAME = 12;
/** Every kind of receiver, in the order of Azure's answers. */
const RECEIVERS = [
  'emailReceivers',
  'smsReceivers',
  'webhookReceivers',
  'itsmReceivers',
  'azureAppPushReceivers',
  'automationRunbookReceivers',
  'voiceReceivers',
  'logicAppReceivers',
  'azureFunctionReceivers',
  'armRoleReceivers',
] as const;

/** Who is told when an alert fires. Published shapes. */
export const ACTION_GROUP: ResourceType = {
  type: ACTION_GROUP_TYPE,
  apiVersions: ['2021-09-01', '2022-06-01', '2023-01-01'],
  inGraph: true,
  show,
  put: (call) => write(call, actionGroup(objectOf(call.body['properties']))),
  patch: (call) => update(call, ['enabled']),
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
};

/** An alert on events of the activity log: somebody took the fence down. Published shapes. */
export const ACTIVITY_LOG_ALERT: ResourceType = {
  type: 'Microsoft.Insights/activityLogAlerts',
  apiVersions: ['2017-04-01', '2020-10-01'],
  inGraph: true,
  show,
  put: (call) => write(call, activityLogAlert(call, objectOf(call.body['properties']))),
  patch: (call) => update(call, ['enabled']),
  remove: ({ azure, resource }) => {
    azure.vanish(resource);
    return { status: 200 };
  },
};

function show({ id, name, type, body }: StoredResource): JsonObject {
  return { id, type, name, ...pick(body, ['location', 'tags', 'properties']) };
}

/** Both are global: whatever region is sent is answered as it came. */
function write({ azure, id, name, resource, body }: PutCall, properties: JsonObject): Answer {
  const type = id.split('/').at(-2) === 'actionGroups' ? ACTION_GROUP : ACTIVITY_LOG_ALERT;
  const stored = {
    id,
    name,
    type: type.type,
    body: { location: body['location'] ?? 'Global', tags: objectOf(body['tags']), properties },
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(stored);
  return { status: resource === undefined ? 201 : 200, body: show(stored) };
}

function update({ azure, resource, body }: PatchCall, names: readonly string[]): Answer {
  const properties = { ...propertiesOf(resource), ...compact(pick(objectOf(body['properties']), names)) };
  const changed = azure.store.change(resource.id, {
    body: { ...resource.body, ...compact(pick(body, ['tags'])), properties },
  });
  return { status: 200, body: show(changed ?? resource) };
}

function actionGroup(sent: JsonObject): JsonObject {
  const shortName = asString(sent['groupShortName']);
  if (shortName === undefined || shortName.length > LONGEST_SHORT_NAME) {
    throw badRequest(`The short name must have between 1 and ${String(LONGEST_SHORT_NAME)} characters.`);
  }
  const receivers = RECEIVERS.map((kind): [string, Json] => [kind, receiversOf(kind, asObjects(sent[kind]))]);
  return { groupShortName: shortName, enabled: sent['enabled'] !== false, ...Object.fromEntries(receivers) };
}

/** Documented: receivers of email and text messages have a status that nobody can write. */
function receiversOf(kind: string, sent: readonly JsonObject[]): readonly JsonObject[] {
  const nameless = sent.find(({ name }) => asString(name) === undefined);
  if (nameless !== undefined) throw badRequest(`Every entry of '${kind}' needs a name.`);
  const hasStatus = kind === 'emailReceivers' || kind === 'smsReceivers';
  return hasStatus ? sent.map((receiver) => ({ ...receiver, status: 'Enabled' })) : sent;
}

function activityLogAlert({ azure }: Call, sent: JsonObject): JsonObject {
  const scopes = asArray(sent['scopes']).map(String);
  if (scopes.length === 0) throw badRequest('At least one scope is needed.');
  const foreign = scopes.find((scope) => !`${scope.toLowerCase()}/`.startsWith(`${azure.subscription}/`));
  if (foreign !== undefined) throw badRequest(`The scope '${foreign}' is not in the subscription of the alert.`);
  const conditions = asObjects(objectOf(sent['condition'])['allOf']);
  if (!conditions.some(({ field, equals }) => field === 'category' && asString(equals) !== undefined)) {
    throw badRequest("The condition needs an entry with the field 'category'.");
  }
  const groups = asObjects(objectOf(sent['actions'])['actionGroups']);
  const missing = groups
    .map(({ actionGroupId }) => String(actionGroupId))
    .find((id) => azure.store.get(id)?.type !== ACTION_GROUP_TYPE);
  if (missing !== undefined) throw badRequest(`The action group '${missing}' was not found.`);
  return {
    scopes,
    condition: { allOf: conditions.map((condition) => shownCondition(condition)) },
    actions: {
      actionGroups: groups.map(({ actionGroupId, webhookProperties }) => ({
        actionGroupId,
        webhookProperties: objectOf(webhookProperties),
      })),
    },
    enabled: sent['enabled'] !== false,
    ...compact(pick(sent, ['description'])),
  };
}

function shownCondition({ field, equals, containsAny, anyOf }: JsonObject): JsonObject {
  return compact({
    field,
    equals,
    containsAny,
    anyOf: anyOf && asObjects(anyOf).map((each) => shownCondition(each)),
  });
}
