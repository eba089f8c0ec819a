import { asObjects, asString, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, extensionId, resourceKey, resourceName, sameResource } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import type { ScenarioId } from '../setup/scenarios';
import type { RoleId } from '../setup/setup';
import { text, type Text } from '../text';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/**
 * Logs of a service, by diagnostic settings.
 * Source: https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings, api-version 2021-05-01-preview
 */
interface LoggedService {
  readonly role: Extract<RoleId, 'openAi' | 'search' | 'storage' | 'apiManagement' | 'applicationGateway' | 'keyVault'>;
  /** The id of its step is `{prefix}-diagnostics`. */
  readonly prefix: string;
  readonly title: Text;
  readonly why: Text;
  readonly scenarios: readonly ScenarioId[];
  /** The step that has the resource in place. */
  readonly after?: string;
  /** What below the resource has the logs. */
  readonly below?: string;
  /** The categories that together say who did what. */
  readonly audit: readonly string[];
  /** The group that a new setting sends. */
  readonly group: 'allLogs' | 'audit';
  /** Whether it takes `AllMetrics`; metrics of storage are kept for 93 days without a setting. */
  readonly metrics: boolean;
  readonly sources: readonly Source[];
  readonly cost: Text;
  readonly note?: Text;
}

const SEED: Source = { seed: 'ai-search-security.fr', section: 'Journal d’activité et journaux de ressource' };
const BOTH: readonly ScenarioId[] = ['api-gateway', 'ai-search'];
const GATEWAY: readonly ScenarioId[] = ['api-gateway'];

const SERVICES: readonly LoggedService[] = [
  {
    role: 'openAi',
    prefix: 'aoai',
    title: text('Logs of Azure OpenAI'),
    why: text(
      'Requests, their volume and every change of settings are written down, without the prompts themselves. A peak or a stranger shows only where somebody logs.',
    ),
    scenarios: BOTH,
    after: 'aoai-account',
    audit: ['Audit'],
    group: 'allLogs',
    metrics: true,
    sources: [SEED, { policy: '1b4d1c4e-934c-4703-944c-27c82c06bebb' }],
    cost: text('Each request makes about one kilobyte of logs, which the workspace bills by volume.'),
  },
  {
    role: 'search',
    prefix: 'search',
    title: text('Logs of AI Search'),
    why: text(
      'The service writes down every creation, reading, change and deletion. Together with other logs they show what happened, and when load leaves the expected.',
    ),
    scenarios: ['ai-search'],
    after: 'search-service',
    audit: ['OperationLogs'],
    group: 'allLogs',
    metrics: true,
    sources: [
      SEED,
      { seed: 'ai-search-security.fr', section: 'Certifications et conformité' },
      { policy: 'b4330a05-a843-4bc8-bf9a-cacce50c67f4' },
    ],
    cost: text('Each query makes about one kilobyte of logs, which the workspace bills by volume.'),
    note: text(
      'Logs of Search carry no identities of users. Who asked can only be found together with the logs of the app in front.',
    ),
  },
  {
    role: 'storage',
    prefix: 'storage',
    title: text('Logs of blobs'),
    why: text(
      'Every reading, writing and deletion of a document is written down, with the identity that did it. It is where logs of Search are joined to a name.',
    ),
    scenarios: ['ai-search'],
    after: 'storage-account',
    below: 'blobServices/default',
    audit: ['StorageRead', 'StorageWrite', 'StorageDelete'],
    group: 'allLogs',
    metrics: false,
    sources: [
      SEED,
      {
        reference: 'Monitor Azure Blob Storage',
        url: 'https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage',
      },
    ],
    cost: text('Every access to a blob is a line, which can be a lot. The workspace bills them by volume.'),
  },
  {
    role: 'apiManagement',
    prefix: 'apim',
    title: text('Logs of API Management'),
    why: text(
      'Each call is written down with its subscription, its answer and its duration. Callers from outside are told apart nowhere else.',
    ),
    scenarios: GATEWAY,
    audit: ['GatewayLogs'],
    group: 'allLogs',
    metrics: true,
    sources: [
      {
        reference: 'Monitor API Management',
        url: 'https://learn.microsoft.com/azure/api-management/monitor-api-management',
      },
    ],
    cost: text('Each call makes a few kilobytes of logs, which the workspace bills by volume.'),
  },
  {
    role: 'applicationGateway',
    prefix: 'appgw',
    title: text('Logs of the application gateway'),
    why: text(
      'The firewall says there what it blocked and why, and what it would have blocked in detection mode. Without its log nobody can tune its rules.',
    ),
    scenarios: GATEWAY,
    after: 'appgw',
    audit: ['ApplicationGatewayAccessLog', 'ApplicationGatewayFirewallLog'],
    group: 'allLogs',
    metrics: true,
    sources: [
      {
        reference: 'Diagnostic logs for Application Gateway',
        url: 'https://learn.microsoft.com/azure/application-gateway/application-gateway-diagnostics',
      },
      { policy: '8a04f872-51e9-4313-97fb-fc1c3543011c' },
    ],
    cost: text('Each request from outside makes a line or more, which the workspace bills by volume.'),
  },
  {
    role: 'keyVault',
    prefix: 'key-vault',
    title: text('Logs of the key vault'),
    why: text(
      'Every use of a key and every reading of a secret is written down, with who did it. It is the only trace that a stolen key leaves.',
    ),
    scenarios: BOTH,
    after: 'key-vault',
    audit: ['AuditEvent'],
    group: 'audit',
    metrics: true,
    sources: [
      SEED,
      { reference: 'Azure Key Vault logging', url: 'https://learn.microsoft.com/azure/key-vault/general/logging' },
    ],
    cost: text('Each use of a key or a certificate is a line, which the workspace bills by volume.'),
  },
];

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
      permissions: [
        { action: `${SETTING}/write`, scope: target },
        { action: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action', scope: workspace },
      ],
    },
  ];
}

/** A name that no setting has: what somebody has set is left as it is. */
function freeSetting(scope: string, settings: readonly WireResource[]): string {
  const taken = new Set(settings.map(({ id }) => resourceKey(id)));
  for (let number = 1; ; number += 1) {
    const id = extensionId(scope, SETTING, number === 1 ? 'ringfence' : `ringfence-${number}`);
    if (!taken.has(resourceKey(id))) return id;
  }
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
export const DIAGNOSTIC_STEPS: readonly Step[] = SERVICES.map((service) =>
  defineStep({
    id: `${service.prefix}-diagnostics`,
    title: service.title,
    why: service.why,
    group: 'governance',
    on: service.role,
    scenarios: service.scenarios,
    after: ['log-analytics-workspace'],
    preferAfter: service.after === undefined ? [] : [service.after],
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
