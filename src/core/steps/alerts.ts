import { asObjects, asString, asStrings, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { isWithin, resourceIdIn, resourceKey, resourceName } from '../resources/resourceId';
import { displayType, TYPES } from '../resources/resourceTypes';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import { guardedResources } from './guarded';
import { holds, type Assertion } from './matcher';
import { freeId } from './privateLink';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/**
 * Alerts on the activity log: who deletes or changes what the fence is made of.
 * Source: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#activity-log-alerts, api-version 2020-10-01
 */

/** What is watched: whoever deletes or rewrites one of these may open the fence. */
const WATCHED = [
  'Microsoft.CognitiveServices/accounts',
  'Microsoft.Search/searchServices',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.ApiManagement/service',
  'Microsoft.Network/applicationGateways',
  'Microsoft.KeyVault/vaults',
];

/** What else keeps the fence up, on any of those resources. */
const GUARDS = ['Microsoft.Authorization/locks/delete', 'Microsoft.Insights/diagnosticSettings/delete'];

const NAME = 'ringfence';
const AZURE_MONITOR = {
  reference: 'Create or edit an activity log alert rule',
  url: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-activity-log-alert-rule',
};

/** Operations as the activity log names them. */
function operationsOn(types: readonly string[]): readonly string[] {
  return [...types.flatMap((type) => [`${type}/delete`, `${type}/write`]), ...GUARDS];
}

function actionGroupId(context: StepContext): string {
  return resourceIdIn(context.role('resourceGroup').id, 'Microsoft.Insights/actionGroups', NAME);
}

const actionGroup = defineStep({
  id: 'alert-action-group',
  title: text('Someone is told of alerts'),
  why: text(
    'An alert that nobody reads helps nobody. The action group sends a message to the address that the setup names.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'ai-search-security.fr', section: 'Journal d’activité et journaux de ressource' },
    { reference: 'Action groups', url: 'https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups' },
  ],
  severity: 'low',
  notApplicable: ({ setup }) =>
    setup.options.alertEmail ? undefined : text('The setup names nobody who is to get a message.'),
  expects: (context) => {
    const emailAddress = context.setup.options.alertEmail ?? '';
    const receiver = { name: 'Ringfence', emailAddress, useCommonAlertSchema: true };
    const isTold: Assertion = {
      at: 'properties.emailReceivers',
      must: {
        kind: 'someItem',
        where: [{ at: 'emailAddress', must: { kind: 'equals', value: emailAddress } }],
        add: receiver,
        what: text('{0}', emailAddress),
      },
    };
    const isOn: Assertion = { at: 'properties.enabled', must: { kind: 'equals', value: true } };
    return [
      {
        resource: actionGroupId(context),
        assertions: [isTold, isOn],
        create: {
          location: 'Global',
          properties: { groupShortName: NAME, enabled: true, emailReceivers: [receiver] },
        },
      },
    ];
  },
  permissions: ['Microsoft.Insights/actionGroups/write'],
  risk: { kind: 'none', note: text('Azure sends a message to the address that it is in the group now.') },
  typicalSeconds: 10,
});

/** The values that a condition's leaf takes for a field. */
function valuesFor(leaf: JsonObject, field: string): readonly string[] {
  if (asString(leaf['field'])?.toLowerCase() !== field.toLowerCase()) return [];
  const one = asString(leaf['equals']);
  return one === undefined ? asStrings(leaf['containsAny']) : [one, ...asStrings(leaf['containsAny'])];
}

/** Whether the alert fires on each of the operations; what narrows it in another way is somebody else's purpose. */
function firesOn(alert: WireResource, operations: readonly string[]): boolean {
  const parts = asObjects(readPath(alert, 'properties.condition.allOf'));
  const leaves = parts.map((part) => ('anyOf' in part ? asObjects(part['anyOf']) : [part]));
  return leaves.every((any) => {
    if (any.some((leaf) => valuesFor(leaf, 'category').some((value) => /^administrative$/i.test(value)))) return true;
    if (any.some((leaf) => valuesFor(leaf, 'status').some((value) => /^succeeded$/i.test(value)))) return true;
    const named = any.flatMap((leaf) => valuesFor(leaf, 'operationName')).map((name) => name.toLowerCase());
    return operations.every((operation) => named.includes(operation.toLowerCase()));
  });
}

function scopesOf(alert: WireResource): readonly string[] {
  return asStrings(readPath(alert, 'properties.scopes'));
}

function isWatchedBy(alert: WireResource, resource: string): boolean {
  return scopesOf(alert).some((scope) => isWithin(resource, scope));
}

function groupsOf(alert: WireResource): readonly JsonObject[] {
  return asObjects(readPath(alert, 'properties.actions.actionGroups'));
}

function alertsIn(context: StepContext): readonly WireResource[] {
  // Each by itself, because listings can be minutes behind.
  return context.list(TYPES.activityLogAlert).flatMap(({ id }) => context.read(id) ?? []);
}

const isOn: Assertion = { at: 'properties.enabled', absentMeans: true, must: { kind: 'equals', value: true } };

/** Somebody's alert that watches all of it already. */
function equivalent(context: StepContext, resources: readonly string[]): WireResource | undefined {
  const operations = operationsOn([...new Set(resources.map(displayType))]);
  const mustTell = Boolean(context.setup.options.alertEmail);
  return alertsIn(context).find(
    (alert) =>
      holds(alert, isOn) &&
      firesOn(alert, operations) &&
      resources.every((resource) => isWatchedBy(alert, resource)) &&
      (!mustTell || groupsOf(alert).length > 0),
  );
}

function expectAlert(context: StepContext): readonly Expectation[] {
  const resources = guardedResources(context);
  const operations = operationsOn(WATCHED);
  const found = equivalent(context, resources);
  if (found) return [{ resource: found.id, assertions: [isOn], observed: true }];
  const wanted = resourceIdIn(context.role('resourceGroup').id, 'Microsoft.Insights/activityLogAlerts', NAME);
  const id = freeId(context, wanted, (present) => firesOn(present, operations));
  const present = context.read(id);
  const all = [...(present ? scopesOf(present) : []), ...resources];
  // In an order of their own, so that it is the same alert whatever joined the setup first.
  const scopes = [...new Map(all.map((id) => [resourceKey(id), id])).values()].sort();
  const tells = context.setup.options.alertEmail ? [{ actionGroupId: actionGroupId(context) }] : [];
  return [
    {
      resource: id,
      assertions: [
        isOn,
        { at: 'properties.scopes', must: { kind: 'exactly', values: scopes } },
        ...tells.map(({ actionGroupId: group }): Assertion => ({
          at: 'properties.actions.actionGroups',
          must: {
            kind: 'someItem',
            where: [{ at: 'actionGroupId', must: { kind: 'refersTo', id: group } }],
            add: { actionGroupId: group },
            what: text('{0}', resourceName(group)),
          },
        })),
      ],
      create: {
        location: 'Global',
        properties: {
          description: 'Somebody deleted or changed a resource that Ringfence secures.',
          enabled: true,
          scopes,
          condition: {
            allOf: [
              { field: 'category', equals: 'Administrative' },
              { field: 'status', equals: 'Succeeded' },
              { anyOf: operations.map((operation) => ({ field: 'operationName', equals: operation })) },
            ],
          },
          actions: { actionGroups: tells },
        },
      },
    },
  ];
}

const activityAlerts = defineStep({
  id: 'activity-alerts',
  title: text('Alerts on deletions and changes'),
  why: text(
    'The activity log knows who deletes a resource, rewrites its network rules or takes a lock away. An alert makes it speak at once, instead of at the next audit.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['resource-providers', 'resource-group', 'alert-action-group'],
  // It would tell of every change that follows in the same plan.
  last: true,
  sources: [{ seed: 'ai-search-security.fr', section: 'Journal d’activité et journaux de ressource' }, AZURE_MONITOR],
  severity: 'low',
  notes: ({ setup }) => [
    ...(setup.options.alertEmail
      ? []
      : [text('The alert shows in the portal only. Name an address in the setup for somebody to get a message.')]),
    text('The activity log does not tell which setting was changed: every change of these resources raises the alert.'),
  ],
  expects: expectAlert,
  permissions: ['Microsoft.Insights/activityLogAlerts/write'],
  risk: { kind: 'none', note: text('It fires on your own changes too, those of Ringfence among them.') },
  typicalSeconds: 10,
});

export const ALERT_STEPS: readonly Step[] = [actionGroup, activityAlerts];
