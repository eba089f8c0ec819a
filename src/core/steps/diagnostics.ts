import { freeName } from '../resources/freeName';
import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, extensionId, resourceKey, resourceName, sameResource } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import { LOGGED_SERVICES, type LoggedService } from './loggedServices';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** Azure allows no more to one resource. */
const MOST_SETTINGS = 5;
const SETTING = 'Microsoft.Insights/diagnosticSettings';
const DESTINATIONS = ['workspaceId', 'storageAccountId', 'eventHubAuthorizationRuleId', 'marketplacePartnerId'];

function scopeOf({ below }: LoggedService, target: string): string {
  return below === undefined ? target : childId(target, below);
}

function settingsAt(context: StepContext, scope: string): readonly WireResource[] {
  const list = context.read(`${scope}/providers/${SETTING}`);
  // Azure writes the ids in lower case.
  return asObjects(list?.['value']).flatMap((setting) => {
    const name = asString(setting['name']) ?? resourceName(asString(setting['id']) ?? '');
    return [{ ...setting, id: extensionId(scope, SETTING, name) }];
  });
}

function destinationsOf(setting: JsonObject): readonly string[] {
  return DESTINATIONS.flatMap((name) => asString(readPath(setting, `properties.${name}`)) ?? []);
}

/** Azure leaves a setting alone whose workspace somebody deletes, and it sends nothing from then on. */
function sendsSomewhere(context: StepContext, setting: JsonObject): boolean {
  const own = context.optionalRole('logAnalyticsWorkspace')?.id;
  return destinationsOf(setting).some(
    (id) => id !== '' && (own === undefined || !sameResource(id, own) || context.read(own) !== undefined),
  );
}

function isSent({ enabled, category, categoryGroup }: JsonObject, wanted: string): boolean {
  if (enabled !== true) return false;
  const group = asString(categoryGroup)?.toLowerCase();
  return group === 'alllogs' || group === 'audit' || asString(category)?.toLowerCase() === wanted.toLowerCase();
}

/** The settings that together send all of the audit logs, whoever made them; undefined where some are sent nowhere. */
function coveringSettings(
  context: StepContext,
  { audit }: LoggedService,
  settings: readonly WireResource[],
): readonly WireResource[] | undefined {
  const sending = settings.filter((setting) => sendsSomewhere(context, setting));
  const found = audit.map((category) =>
    sending.find((setting) => asObjects(readPath(setting, 'properties.logs')).some((log) => isSent(log, category))),
  );
  return found.every((setting) => setting !== undefined) ? [...new Set(found)] : undefined;
}

/** That a setting sends logs: what the evidence shows of one that is there. */
function standing({ id }: WireResource): Expectation {
  const enabled = { at: 'enabled', must: { kind: 'equals', value: true } } as const;
  const what = text('logs that say who did what');
  return {
    resource: id,
    assertions: [{ at: 'properties.logs', must: { kind: 'someItem', where: [enabled], what } }],
    observed: true,
  };
}

/**
 * What a new setting sends to the workspace: no category twice, because Azure refuses that, and no group beside single
 * categories.
 */
function newSetting(service: LoggedService, settings: readonly WireResource[], workspaceId: string): JsonObject {
  const others = settings.filter((setting) => {
    const destination = asString(readPath(setting, 'properties.workspaceId'));
    return destination !== undefined && sameResource(destination, workspaceId);
  });
  const sent = (name: 'logs' | 'metrics'): readonly JsonObject[] =>
    others
      .flatMap((setting) => asObjects(readPath(setting, `properties.${name}`)))
      .filter(({ enabled }) => enabled === true);
  const missing = service.audit.filter((category) => !sent('logs').some((log) => isSent(log, category)));
  const logs =
    sent('logs').length === 0
      ? [{ categoryGroup: service.group, enabled: true }]
      : missing.map((category) => ({ category, enabled: true }));
  const withMetrics = service.metrics && sent('metrics').length === 0;
  return {
    properties: { workspaceId, logs, ...(withMetrics && { metrics: [{ category: 'AllMetrics', enabled: true }] }) },
  };
}

function expectLogs(service: LoggedService, context: StepContext, target: string): readonly Expectation[] {
  const scope = scopeOf(service, target);
  const settings = settingsAt(context, scope);
  const covering = coveringSettings(context, service, settings);
  if (covering) return covering.map(standing);
  const id = freeSetting(scope, settings);
  // Only looked at: no place is left, and nobody's setting is taken away.
  if (settings.length >= MOST_SETTINGS) return [{ resource: id, assertions: [], observed: true }];
  // What is not there, and is not planned either, has nothing to log.
  if (context.read(target) === undefined) return [{ resource: id, assertions: [] }];
  const workspace = context.role('logAnalyticsWorkspace').id;
  return [
    {
      resource: id,
      assertions: [],
      create: newSetting(service, settings, workspace),
      permissions: [{ action: `${SETTING}/write`, scope: target }],
    },
  ];
}

/** A name that no setting has: what somebody has set is left as it is. */
function freeSetting(scope: string, settings: readonly WireResource[]): string {
  const taken = new Set(settings.map(({ id }) => resourceKey(id)));
  return freeName(extensionId(scope, SETTING, 'ringfence'), (id) => taken.has(resourceKey(id)));
}

function notesOn(service: LoggedService, context: StepContext, target: string): readonly Text[] {
  const settings = settingsAt(context, scopeOf(service, target));
  const isFull = settings.length >= MOST_SETTINGS && coveringSettings(context, service, settings) === undefined;
  const full = isFull
    ? [
        text(
          '{0} has five diagnostic settings, and Azure allows no more. Add the logs to one of them, or take one away.',
          resourceName(target),
        ),
      ]
    : [];
  return [...(service.note ? [service.note] : []), ...full];
}

/** One step for the logs of each service, from one declaration. */
export const DIAGNOSTIC_STEPS: readonly Step[] = LOGGED_SERVICES.map((service) =>
  defineStep({
    id: `${service.prefix}-diagnostics`,
    title: service.title,
    why: service.why,
    group: 'governance',
    on: service.role,
    scenarios: service.scenarios,
    after: ['log-analytics-workspace'],
    preferAfter: [service.after],
    sources: service.sources,
    severity: 'medium',
    notApplicable: (context) =>
      context.optionalRole('logAnalyticsWorkspace')
        ? undefined
        : text('The setup has no Log Analytics workspace to send logs to.'),
    notes: (context, target) => notesOn(service, context, target),
    expects: (context, target) => expectLogs(service, context, target),
    permissions: [`${SETTING}/write`],
    risk: { kind: 'cost', note: service.cost },
    typicalSeconds: 10,
  }),
);
