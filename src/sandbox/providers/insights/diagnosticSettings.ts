import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { resourceName, sameResource } from '../../../core/resources/resourceId';
import { invalidRequestContent, notRegistered, notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import type { RouteCall, Router } from '../../http/router';
import { requireScope } from '../authorization/scopes';
import { WORKSPACE_TYPE } from '../operationalInsights/workspaces';
import { STORAGE_ACCOUNT_TYPE } from '../storage/accountState';
import { categoriesOf, groupsOf, logsIn, type Categories } from './categories';
import { answered, sentCategories, shownCategories, shownSetting, SINKS, written } from './diagnosticBody';
import {
  categoryGroupNotSupported,
  categoryNotSupported,
  diagnosticSettingNotFound,
  resourceTypeNotSupported,
  sinkElsewhere,
  sinkInUse,
  sinkMissing,
  sinkNotFound,
  tooManySettings,
} from './insightsErrors';

export const DIAGNOSTIC_SETTING_TYPE = 'Microsoft.Insights/diagnosticSettings';
/** Documented. */
const MOST_SETTINGS = 5;

/** What a resource sends where: logs and metrics to a workspace, a storage account or an event hub. */
export const DIAGNOSTIC_SETTING: ResourceType = {
  type: DIAGNOSTIC_SETTING_TYPE,
  apiVersions: ['2017-05-01-preview', '2021-05-01-preview'],
  inGraph: false,
  show: (setting, azure) => shownSetting(setting, azure.store.get(scopeOf(setting))),
};

export function addDiagnosticSettingRoutes(extensions: Router): void {
  const add = (method: 'GET' | 'PUT' | 'DELETE', path: string, answer: (call: RouteCall) => Answer): void => {
    extensions.add(method, `/providers/Microsoft.Insights/${path}`, {
      server: 'Microsoft.Insights',
      type: path.split('/')[0] ?? path,
      apiVersions: DIAGNOSTIC_SETTING.apiVersions,
      answer,
    });
  };
  add('GET', 'diagnosticSettings', list);
  add('GET', 'diagnosticSettings/:name', get);
  add('PUT', 'diagnosticSettings/:name', put);
  add('DELETE', 'diagnosticSettings/:name', remove);
  add('GET', 'diagnosticSettingsCategories', listCategories);
  add('GET', 'diagnosticSettingsCategories/:name', getCategory);
}

/** The settings of a resource. */
export function diagnosticSettingsOf(azure: Azure, id: string): readonly StoredResource[] {
  return azure.store.ofType(DIAGNOSTIC_SETTING_TYPE).filter((setting) => sameResource(scopeOf(setting), id));
}

function scopeOf({ id }: StoredResource): string {
  return id.slice(0, id.lastIndexOf('/providers/'));
}

/** Recorded: ids show the scope in lower case, and `microsoft.insights`. */
function idAt(scope: string, name: string): string {
  return `${scope.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/${name}`;
}

/** Who is asked, and what it can send. @throws Refusal where that is nothing. */
function requireSource({ azure, params }: RouteCall): { readonly source: StoredResource; readonly can: Categories } {
  const scope = requireScope(azure, params['scope'] ?? '');
  const source = azure.store.get(scope);
  if (source === undefined) throw notSimulated(400, `diagnostic settings of ${scope}`);
  const can = categoriesOf(source.type);
  if (can === undefined) throw resourceTypeNotSupported(source.type.toLowerCase());
  return { source, can };
}

function find(call: RouteCall, operation: 'read' | 'write' | 'delete') {
  const { source, can } = requireSource(call);
  const name = call.params['name'] ?? '';
  const id = idAt(source.id, name);
  call.azure.authorize(`${DIAGNOSTIC_SETTING_TYPE}/${operation}`, source.id, id);
  return { source, can, name, id, existing: call.azure.store.get(id) };
}

function list(call: RouteCall): Answer {
  const { azure } = call;
  const { source } = requireSource(call);
  azure.authorize(`${DIAGNOSTIC_SETTING_TYPE}/read`, source.id);
  const value = diagnosticSettingsOf(azure, source.id).map((setting) => azure.show(setting));
  return { status: 200, body: { value } };
}

function get(call: RouteCall): Answer {
  const { name, existing } = find(call, 'read');
  if (existing === undefined) throw diagnosticSettingNotFound(name);
  return { status: 200, body: call.azure.show(existing) };
}

function remove(call: RouteCall): Answer {
  const { existing } = find(call, 'delete');
  if (existing === undefined) return { status: 204 };
  call.azure.vanish(existing);
  return { status: 200 };
}

function put(call: RouteCall): Answer {
  const { azure, request } = call;
  const { source, can, id, existing } = find(call, 'write');
  if (!azure.registrations.isRegistered('Microsoft.Insights')) throw notRegistered('Microsoft.Insights');
  if (!isJsonObject(request.body)) throw invalidRequestContent('The request body must be a JSON object');
  const sent = objectOf(request.body['properties']);
  checkCategories(sent, can);
  checkSinks(azure, source, sent, id);
  const others = diagnosticSettingsOf(azure, source.id).filter((other) => !sameResource(other.id, id));
  if (existing === undefined && others.length >= MOST_SETTINGS) throw tooManySettings(MOST_SETTINGS);
  checkOthers(others, sent, can);
  const setting = {
    id: existing?.id ?? id,
    name: existing?.name ?? resourceName(id),
    type: DIAGNOSTIC_SETTING_TYPE,
    body: { properties: written(sent) },
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(setting);
  return { status: 200, body: answered(setting) };
}

function checkCategories({ logs, metrics }: JsonObject, can: Categories): void {
  for (const { category, categoryGroup } of asObjects(logs)) {
    const group = asString(categoryGroup);
    if (group !== undefined) {
      if (logsIn(can, group) === undefined) throw categoryGroupNotSupported(group);
    } else if (!can.logs.includes(String(category))) throw categoryNotSupported(String(category));
  }
  const unknown = asObjects(metrics).find(({ category }) => {
    // Documented: storage takes AllMetrics for both of its own.
    return !can.metrics.includes(String(category)) && !(category === 'AllMetrics' && can.metrics.length > 0);
  });
  if (unknown !== undefined) throw categoryNotSupported(String(unknown['category']));
}

function checkSinks(azure: Azure, source: StoredResource, sent: JsonObject, id: string): void {
  if (SINKS.every((sink) => asString(sent[sink]) === undefined)) throw sinkMissing();
  const workspace = asString(sent['workspaceId']);
  if (workspace !== undefined) {
    if (azure.store.get(workspace)?.type !== WORKSPACE_TYPE) throw sinkNotFound(workspace);
    const own = { action: `${DIAGNOSTIC_SETTING_TYPE}/write`, scope: id };
    azure.authorizeLinked(own, `${WORKSPACE_TYPE}/sharedKeys/action`, workspace);
  }
  const storage = asString(sent['storageAccountId']);
  if (storage === undefined) return;
  const account = azure.store.get(storage);
  if (account?.type !== STORAGE_ACCOUNT_TYPE) throw sinkNotFound(storage);
  const region = regionOf(azure, source);
  if (region !== undefined && region !== regionOf(azure, account)) throw sinkElsewhere(storage, region);
}

function regionOf(azure: Azure, resource: StoredResource): string | undefined {
  const location = asString(resource.body['location']) ?? asString(azure.parentOf(resource)?.body['location']);
  return location?.toLowerCase().replaceAll(' ', '');
}

/** Documented: two settings of a resource cannot send the same to the same destination. */
function checkOthers(others: readonly StoredResource[], sent: JsonObject, can: Categories): void {
  const inGroup = (group: string): readonly string[] => logsIn(can, group) ?? [];
  const wanted = sentCategories(sent, inGroup);
  for (const other of others) {
    const properties = propertiesOf(other);
    const sink = SINKS.map((name) => asString(sent[name])).find(
      (id, index) => id !== undefined && sameResource(id, String(properties[SINKS[index] ?? ''])),
    );
    const category = sentCategories(properties, inGroup).find((each) => wanted.includes(each));
    if (sink !== undefined && category !== undefined) throw sinkInUse(sink, other.name, category);
  }
}

function listCategories(call: RouteCall): Answer {
  const { source, can } = requireSource(call);
  call.azure.authorize('Microsoft.Insights/diagnosticSettingsCategories/read', source.id);
  const value = shownCategories(source.id.toLowerCase(), can, (log) => groupsOf(can, log));
  return { status: 200, body: { value } };
}

function getCategory(call: RouteCall): Answer {
  const { value } = listCategories(call).body as { readonly value: readonly JsonObject[] };
  const wanted = (call.params['name'] ?? '').toLowerCase();
  const found = value.find(({ name }) => String(name).toLowerCase() === wanted);
  if (found === undefined) throw categoryNotSupported(call.params['name'] ?? '');
  return { status: 200, body: found };
}
