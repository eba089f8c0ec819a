/** What a resource type can send to a destination. */
export interface Categories {
  readonly logs: readonly string[];
  /** Groups of logs besides `allLogs`, and the logs in each. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly metrics: readonly string[];
}

const ALL_METRICS = ['AllMetrics'];
const STORAGE_METRICS = ['Capacity', 'Transaction'];

/**
 * Categories by resource type in lower case. Recorded for virtual networks; documented for the others, as far as they
 * matter here.
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/logs-index
 */
const CATEGORIES: Readonly<Record<string, Categories>> = {
  'microsoft.cognitiveservices/accounts': {
    logs: ['Audit', 'RequestResponse', 'AzureOpenAIRequestUsage', 'Trace', 'ManagedNetworkEvent'],
    groups: { audit: ['Audit'] },
    metrics: ALL_METRICS,
  },
  'microsoft.search/searchservices': {
    logs: ['OperationLogs'],
    groups: { audit: ['OperationLogs'] },
    metrics: ALL_METRICS,
  },
  'microsoft.storage/storageaccounts': { logs: [], metrics: STORAGE_METRICS },
  'microsoft.storage/storageaccounts/blobservices': {
    logs: ['StorageRead', 'StorageWrite', 'StorageDelete'],
    groups: { audit: ['StorageRead', 'StorageWrite', 'StorageDelete'] },
    metrics: STORAGE_METRICS,
  },
  'microsoft.keyvault/vaults': {
    logs: ['AuditEvent', 'AzurePolicyEvaluationDetails'],
    groups: { audit: ['AuditEvent'] },
    metrics: ALL_METRICS,
  },
  'microsoft.apimanagement/service': {
    logs: ['GatewayLogs', 'WebSocketConnectionLogs', 'DeveloperPortalAuditLogs', 'GatewayLlmLogs'],
    groups: { audit: ['GatewayLogs', 'DeveloperPortalAuditLogs'] },
    metrics: ALL_METRICS,
  },
  'microsoft.network/applicationgateways': {
    logs: ['ApplicationGatewayAccessLog', 'ApplicationGatewayPerformanceLog', 'ApplicationGatewayFirewallLog'],
    metrics: ALL_METRICS,
  },
  'microsoft.network/virtualnetworkgateways': {
    logs: ['GatewayDiagnosticLog', 'TunnelDiagnosticLog', 'RouteDiagnosticLog', 'IKEDiagnosticLog', 'P2SDiagnosticLog'],
    metrics: ALL_METRICS,
  },
  'microsoft.network/virtualnetworks': { logs: ['VMProtectionAlerts'], metrics: ALL_METRICS },
  'microsoft.network/networksecuritygroups': {
    logs: ['NetworkSecurityGroupEvent', 'NetworkSecurityGroupRuleCounter'],
    metrics: [],
  },
  'microsoft.network/publicipaddresses': {
    logs: ['DDoSProtectionNotifications', 'DDoSMitigationFlowLogs', 'DDoSMitigationReports'],
    metrics: ALL_METRICS,
  },
  'microsoft.network/networkinterfaces': { logs: [], metrics: ALL_METRICS },
  'microsoft.web/sites': {
    logs: [
      'AppServiceHTTPLogs',
      'AppServiceConsoleLogs',
      'AppServiceAppLogs',
      'AppServiceAuditLogs',
      'AppServiceIPSecAuditLogs',
      'AppServicePlatformLogs',
    ],
    groups: { audit: ['AppServiceAuditLogs', 'AppServiceIPSecAuditLogs'] },
    metrics: ALL_METRICS,
  },
  'microsoft.operationalinsights/workspaces': { logs: ['Audit'], groups: { audit: ['Audit'] }, metrics: ALL_METRICS },
};

/** Undefined for types without diagnostic settings. */
export function categoriesOf(type: string): Categories | undefined {
  return CATEGORIES[type.toLowerCase()];
}

/** The groups that a log is in; `allLogs` holds all of them. */
export function groupsOf({ groups = {} }: Categories, log: string): readonly string[] {
  const named = Object.entries(groups).filter(([, logs]) => logs.includes(log));
  return [...named.map(([name]) => name), 'allLogs'];
}

/** The logs of a group, in any casing of its name; undefined where the type has no such group. */
export function logsIn({ logs, groups = {} }: Categories, group: string): readonly string[] | undefined {
  if (logs.length > 0 && group.toLowerCase() === 'alllogs') return logs;
  return Object.entries(groups).find(([name]) => name.toLowerCase() === group.toLowerCase())?.[1];
}
