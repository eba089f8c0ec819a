import { asArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { parentResourceId } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourcePart, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { badRequest, cannotFind } from './errors';
import { connectionName, subnetIdOf } from './siteIntegration';
import { routesAll } from './siteRouting';
import { newTicks, quotedTag, WEB_VERSIONS } from './webResource';

/** Tells about the network, and came with these versions. */
const NETWORK_SINCE = '2020-12-01';
/** These have places of their own, and are null here. */
const ELSEWHERE = ['appSettings', 'connectionStrings', 'metadata', 'vnetRouteAllEnabled', 'vnetName'] as const;

/** The configuration of a site: `config/web`. It comes and goes with the site. */
export const SITE_CONFIG: ResourceType = {
  type: 'Microsoft.Web/sites/config',
  apiVersions: WEB_VERSIONS,
  inGraph: false,
  show: showConfig,
  put: (call: PutCall) => {
    if (call.resource === undefined) throw notSimulated(400, `config/${call.name} of a site`);
    return write({ ...call, resource: call.resource }, defaultConfig(String(call.parent?.name)));
  },
  patch: (call) => write(call, propertiesOf(call.resource)),
  missing: (id) => cannotFind('config', id.slice(id.lastIndexOf('/') + 1)),
};

const EVERYBODY = [
  { ipAddress: 'Any', action: 'Allow', priority: 2147483647, name: 'Allow all', description: 'Allow all access' },
];

/** Recorded for a new app on Windows. */
function defaultConfig(siteName: string): JsonObject {
  return { ...DEFAULTS, publishingUsername: `$${siteName}` };
}

const DEFAULTS: JsonObject = {
  numberOfWorkers: 1,
  defaultDocuments: [
    'Default.htm',
    'Default.html',
    'Default.asp',
    'index.htm',
    'index.html',
    'iisstart.htm',
    'default.aspx',
    'index.php',
  ],
  netFrameworkVersion: 'v4.0',
  phpVersion: '5.6',
  pythonVersion: '',
  nodeVersion: '',
  linuxFxVersion: '',
  windowsFxVersion: null,
  requestTracingEnabled: false,
  remoteDebuggingEnabled: false,
  remoteDebuggingVersion: null,
  httpLoggingEnabled: false,
  azureMonitorLogCategories: null,
  logsDirectorySizeLimit: 35,
  detailedErrorLoggingEnabled: false,
  publishingUsername: null,
  publishingPassword: null,
  appSettings: null,
  metadata: null,
  connectionStrings: null,
  machineKey: null,
  handlerMappings: null,
  documentRoot: null,
  scmType: 'None',
  use32BitWorkerProcess: true,
  webSocketsEnabled: false,
  alwaysOn: false,
  javaVersion: null,
  javaContainer: null,
  javaContainerVersion: null,
  appCommandLine: '',
  managedPipelineMode: 'Integrated',
  virtualApplications: [
    { virtualPath: '/', physicalPath: 'site\\wwwroot', preloadEnabled: false, virtualDirectories: null },
  ],
  winAuthAdminState: 0,
  winAuthTenantState: 0,
  customAppPoolIdentityAdminState: false,
  customAppPoolIdentityTenantState: false,
  runtimeADUser: null,
  runtimeADUserPassword: null,
  loadBalancing: 'LeastRequests',
  routingRules: [],
  experiments: { rampUpRules: [] },
  limits: null,
  autoHealEnabled: false,
  autoHealRules: null,
  tracingOptions: null,
  siteAuthEnabled: false,
  siteAuthSettings: {},
  cors: null,
  push: null,
  apiDefinition: null,
  apiManagementConfig: null,
  autoSwapSlotName: null,
  localMySqlEnabled: false,
  managedServiceIdentityId: null,
  xManagedServiceIdentityId: null,
  ipSecurityRestrictions: EVERYBODY,
  scmIpSecurityRestrictions: EVERYBODY,
  scmIpSecurityRestrictionsUseMain: false,
  http20Enabled: false,
  minTlsVersion: '1.2',
  ftpsState: 'AllAllowed',
  preWarmedInstanceCount: 0,
  healthCheckPath: null,
  fileChangeAuditEnabled: false,
  functionsRuntimeScaleMonitoringEnabled: false,
  websiteTimeZone: null,
};

/** Stores what `siteConfig` of a write to the site says, beginning with the defaults for a new site. */
export function writeSiteConfig(azure: Azure, siteId: string, siteName: string, sent: Json | undefined): void {
  const id = `${siteId}/config/web`;
  const before = azure.store.get(id);
  const start = before === undefined ? defaultConfig(siteName) : propertiesOf(before);
  const { settings, appSettings } = split(objectOf(sent));
  azure.store.put({
    id,
    name: 'web',
    type: SITE_CONFIG.type,
    body: { properties: { ...start, ...settings } },
    state: 'Succeeded',
    etag: '',
  });
  if (appSettings !== undefined) storeAppSettings(azure, siteId, appSettings);
}

/** Settings of the app itself. They may be secrets, so only POST shows them. */
export const APP_SETTINGS_PARTS: readonly ResourcePart[] = [
  {
    method: 'POST',
    path: 'config/appsettings/list',
    operation: 'config/list/action',
    answer: ({ resource }) => ({ status: 200, body: showAppSettings(resource) }),
  },
  { method: 'PUT', path: 'config/appsettings', operation: 'config/write', answer: putAppSettings },
];

function putAppSettings({ azure, request, resource }: ExistingCall): Answer {
  const sent = isJsonObject(request.body) ? objectOf(request.body['properties']) : {};
  storeAppSettings(azure, resource.id, sent);
  return { status: 200, body: showAppSettings(azure.store.get(resource.id) ?? resource) };
}

function storeAppSettings(azure: Azure, siteId: string, appSettings: JsonObject): void {
  const site = azure.store.get(siteId);
  if (site) azure.store.change(siteId, { body: { ...site.body, appSettings } });
}

function showAppSettings(site: StoredResource): JsonObject {
  return {
    id: `${site.id}/config/appsettings`,
    name: 'appsettings',
    type: SITE_CONFIG.type,
    location: site.body['location'],
    properties: objectOf(site.body['appSettings']),
  };
}

function write(
  { azure, resource, parent, body, apiVersion }: ExistingCall & { readonly body: JsonObject },
  start: JsonObject,
): Answer {
  if (parent === undefined) throw badRequest(`${resource.id} has no site.`);
  const sent = objectOf(body['properties']);
  const { settings, appSettings } = split(sent);
  const changed = azure.store.change(resource.id, { body: { properties: { ...start, ...settings } } }) ?? resource;
  if (appSettings !== undefined) storeAppSettings(azure, parent.id, appSettings);
  const site = azure.store.get(parent.id) ?? parent;
  const touched = azure.store.change(site.id, { body: routed(site, sent), etag: newTicks(azure) }) ?? site;
  return { status: 200, headers: quotedTag(touched), body: SITE_CONFIG.show(changed, azure, apiVersion) };
}

/** Here `vnetRouteAllEnabled` is written for good; in the `siteConfig` of a site it is not. */
function routed(site: StoredResource, sent: JsonObject): JsonObject {
  const flag = sent['vnetRouteAllEnabled'];
  if (typeof flag !== 'boolean') return site.body;
  const properties = propertiesOf(site);
  const before = objectOf(properties['outboundVnetRouting']);
  const routing = { ...before, applicationTraffic: flag, allTraffic: flag ? (before['allTraffic'] ?? false) : false };
  return { ...site.body, properties: { ...properties, outboundVnetRouting: routing } };
}

function split(sent: JsonObject): { readonly settings: JsonObject; readonly appSettings: JsonObject | undefined } {
  const settings = Object.entries(sent).filter(([name]) => !ELSEWHERE.some((other) => other === name));
  const list = sent['appSettings'];
  const appSettings = asArray(list).map((each) => [asString(objectOf(each)['name']) ?? '', objectOf(each)['value']]);
  return {
    settings: Object.fromEntries(settings),
    appSettings: Array.isArray(list) ? (Object.fromEntries(appSettings) as JsonObject) : undefined,
  };
}

/** Recorded: it bears the name of the site. */
function showConfig(config: StoredResource, azure: Azure, apiVersion: string): JsonObject {
  const site = azure.store.get(parentResourceId(config.id) ?? '');
  const properties = site === undefined ? {} : propertiesOf(site);
  const subnetId = site && subnetIdOf(site);
  const network = azure.store.get(parentResourceId(subnetId ?? '') ?? '');
  return {
    id: config.id,
    name: site?.name ?? config.name,
    type: config.type,
    location: site?.body['location'],
    tags: site?.body['tags'] ?? {},
    properties: {
      ...propertiesOf(config),
      vnetName: network && subnetId ? connectionName(network, subnetId) : '',
      ...(apiVersion >= NETWORK_SINCE
        ? {
            vnetRouteAllEnabled: routesAll(properties['outboundVnetRouting']),
            vnetPrivatePortsCount: 0,
            publicNetworkAccess: properties['publicNetworkAccess'] ?? null,
          }
        : {}),
    },
  };
}
