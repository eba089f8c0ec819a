import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import { categoriesOf, type Categories } from './categories';

/** Where a setting may send to. */
export const SINKS = ['workspaceId', 'storageAccountId', 'eventHubAuthorizationRuleId'] as const;

const RETENTION = { enabled: false, days: 0 } as const;

/** The properties that a PUT leaves. Recorded: null for every destination that was not given. */
export function written(sent: JsonObject): JsonObject {
  return {
    storageAccountId: sent['storageAccountId'] ?? null,
    serviceBusRuleId: sent['serviceBusRuleId'] ?? null,
    workspaceId: sent['workspaceId'] ?? null,
    eventHubAuthorizationRuleId: sent['eventHubAuthorizationRuleId'] ?? null,
    eventHubName: sent['eventHubName'] ?? null,
    metrics: asObjects(sent['metrics']).map(({ category, enabled, retentionPolicy }) => ({
      category: category ?? null,
      enabled: enabled === true,
      retentionPolicy: { ...RETENTION, ...objectOf(retentionPolicy) },
    })),
    logs: asObjects(sent['logs']).map(({ category, categoryGroup, enabled, retentionPolicy }) => ({
      category: category ?? null,
      categoryGroup: categoryGroup ?? null,
      enabled: enabled === true,
      retentionPolicy: { ...RETENTION, ...objectOf(retentionPolicy) },
    })),
    logAnalyticsDestinationType: sent['logAnalyticsDestinationType'] ?? null,
  };
}

/** Recorded: the answer to a PUT has no location, and only the metrics that were sent. */
export function answered(setting: StoredResource): JsonObject {
  return shown(setting, null, propertiesOf(setting));
}

/** Recorded: a GET tells of the metrics that are not sent as well. */
export function shownSetting(setting: StoredResource, of: StoredResource | undefined): JsonObject {
  const properties = propertiesOf(setting);
  const metrics = asObjects(properties['metrics']);
  const others = (categoriesOf(of?.type ?? '')?.metrics ?? [])
    .filter((metric) => !metrics.some(({ category }) => category === metric))
    .map((category) => ({ category, enabled: false, retentionPolicy: RETENTION }));
  return shown(setting, asString(of?.body['location']) ?? null, { ...properties, metrics: [...metrics, ...others] });
}

function shown({ id, name, type }: StoredResource, location: string | null, properties: JsonObject): JsonObject {
  const logs = asObjects(properties['logs']).map(({ categoryGroup, ...log }) => ({
    ...log,
    // Recorded where a group was sent; published examples without one have no such property.
    ...(categoryGroup === null ? {} : { categoryGroup }),
  }));
  return { id, type, name, location, kind: null, tags: null, properties: { ...properties, logs }, identity: null };
}

/** The logs and metrics that a setting sends, each by itself: groups are taken apart. */
export function sentCategories(
  { logs, metrics }: JsonObject,
  inGroup: (group: string) => readonly string[],
): readonly string[] {
  const isOn = ({ enabled }: JsonObject): boolean => enabled === true;
  const fromLogs = asObjects(logs)
    .filter(isOn)
    .flatMap(({ category, categoryGroup }) => {
      const group = asString(categoryGroup);
      return group === undefined ? [String(category)] : inGroup(group);
    });
  const fromMetrics = asObjects(metrics).filter(isOn);
  return [...fromLogs, ...fromMetrics.map(({ category }) => String(category))];
}

/** A category as `diagnosticSettingsCategories` shows it. */
export function shownCategories(scope: string, categories: Categories, groupsOf: (log: string) => readonly string[]) {
  const category = (name: string, properties: JsonObject): JsonObject => ({
    id: `${scope}/providers/microsoft.insights/diagnosticSettingsCategories/${name}`,
    type: 'microsoft.insights/diagnosticSettingsCategories',
    name,
    location: null,
    kind: null,
    tags: null,
    properties,
    identity: null,
  });
  return [
    ...categories.metrics.map((name) => category(name, { categoryType: 'Metrics' })),
    ...categories.logs.map((name) => category(name, { categoryType: 'Logs', categoryGroups: groupsOf(name) })),
  ];
}
