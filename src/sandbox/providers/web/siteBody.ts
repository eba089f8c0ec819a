import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { skuOf } from './plans';
import { showRouting, writtenRouting } from './siteRouting';
import { groupNameOf, topTags, webSpaceOf, webTime } from './webResource';

/** What can be set of a site, with what it is where nobody has. */
const DEFAULTS: JsonObject = {
  enabled: true,
  serverFarmId: null,
  reserved: false,
  hyperV: false,
  dnsConfiguration: {},
  clientAffinityEnabled: true,
  clientAffinityProxyEnabled: false,
  clientCertEnabled: false,
  clientCertMode: 'Required',
  clientCertExclusionPaths: null,
  hostNamesDisabled: false,
  ipMode: 'IPv4',
  containerSize: 0,
  dailyMemoryTimeQuota: 0,
  httpsOnly: true,
  endToEndEncryptionEnabled: false,
  redundancyMode: 'None',
  publicNetworkAccess: null,
  storageAccountRequired: false,
  virtualNetworkSubnetId: null,
  keyVaultReferenceIdentity: 'SystemAssigned',
  sshEnabled: null,
};

/** The front end under which the sites of the simulated internet are. */
const ADDRESS = '198.51.100.90';
const STAMP = 'waws-prod-xx0-000';
const EVERYBODY = [
  { ipAddress: 'Any', action: 'Allow', priority: 2147483647, name: 'Allow all', description: 'Allow all access' },
];

/** The settings of a site after a write. A PUT begins with the defaults, a PATCH with what is there. */
export function writtenSettings(
  azure: Azure,
  sent: JsonObject,
  apiVersion: string,
  base: JsonObject | undefined,
): JsonObject {
  const start = base ?? DEFAULTS;
  const settings = Object.keys(DEFAULTS).map((name) => [name, name in sent ? (sent[name] ?? null) : start[name]]);
  return {
    ...(Object.fromEntries(settings) as JsonObject),
    outboundVnetRouting: writtenRouting(sent, apiVersion, start['outboundVnetRouting']),
    lastModifiedTimeUtc: webTime(azure),
  };
}

/** Wire JSON of a site. Most of its `siteConfig` is null: `config/web` has the values. */
export function showSite(site: StoredResource, azure: Azure, apiVersion: string): JsonObject {
  const { id, name, type, body } = site;
  const { outboundVnetRouting, ...settings } = propertiesOf(site);
  const kind = body['kind'];
  return {
    id,
    name,
    type,
    kind,
    location: body['location'],
    ...topTags(body['tags']),
    properties: {
      ...derived(site, azure),
      ...settings,
      kind,
      tags: body['tags'] ?? null,
      ...showRouting(outboundVnetRouting, apiVersion),
      siteConfig: SITE_CONFIG_SHOWN,
    },
    ...(body['identity'] === undefined ? {} : { identity: body['identity'] }),
  };
}

/** Recorded: what the answer to a PUT shows otherwise than a GET does. */
export function showWrittenSite(shown: JsonObject, location: string): JsonObject {
  const properties = objectOf(shown['properties']);
  const { functionAppScaleLimit: _, ...siteConfig } = SITE_CONFIG_SHOWN;
  return {
    ...shown,
    location,
    properties: {
      ...properties,
      siteConfig: {
        ...siteConfig,
        ipSecurityRestrictions: EVERYBODY,
        scmIpSecurityRestrictions: EVERYBODY,
        elasticWebAppScaleLimit: 0,
      },
      privateEndpointConnections: null,
      inFlightFeatures: null,
    },
  };
}

const SITE_CONFIG_SHOWN = {
  numberOfWorkers: 1,
  linuxFxVersion: '',
  acrUseManagedIdentityCreds: false,
  alwaysOn: false,
  vnetName: null,
  vnetRouteAllEnabled: null,
  publicNetworkAccess: null,
  ipSecurityRestrictions: null,
  http20Enabled: false,
  minTlsVersion: null,
  ftpsState: null,
  functionAppScaleLimit: 0,
  minimumElasticInstanceCount: 0,
  clusteringEnabled: false,
  webJobsEnabled: false,
} as const;

/** What Azure makes of the name, the place and the plan. */
function derived(site: StoredResource, azure: Azure): JsonObject {
  const { id, name, body } = site;
  const host = `${name}.azurewebsites.net`;
  const webSpace = webSpaceOf(id, String(body['location']));
  const plan = azure.store.get(asString(propertiesOf(site)['serverFarmId']) ?? '');
  return {
    ...UNSET,
    name,
    state: propertiesOf(site)['enabled'] === false ? 'Stopped' : 'Running',
    hostNames: [host],
    webSpace,
    selfLink: `https://${STAMP}.api.azurewebsites.windows.net:454${azure.subscription}/webspaces/${webSpace}/sites/${name}`,
    repositorySiteName: name,
    enabledHostNames: [host, `${name}.scm.azurewebsites.net`],
    hostNameSslStates: [{ ...SSL_STATE, name: host }],
    deploymentId: name,
    sku: plan === undefined ? null : skuOf(plan).tier,
    ftpUsername: `${name}\\$${name}`,
    resourceGroup: groupNameOf(id),
    defaultHostName: host,
  };
}

const SSL_STATE: JsonObject = {
  sslState: 'Disabled',
  ipBasedSslResult: null,
  virtualIP: null,
  virtualIPv6: null,
  thumbprint: null,
  certificateResourceId: null,
  toUpdate: null,
  toUpdateIpBasedSsl: null,
  ipBasedSslState: 'NotConfigured',
  hostType: 'Standard',
};

const nothing = (...names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name): [string, Json] => [name, null]));

/** The same for every site of the sandbox. */
const UNSET: JsonObject = {
  ...nothing('owner', 'sslCertificates', 'cers', 'siteMode', 'computeMode', 'serverFarm', 'sandboxType'),
  ...nothing('containerAllocationSubnet', 'useContainerLocalhostBindings', 'legacyServiceEndpointTrafficEvaluation'),
  ...nothing('functionAppConfig', 'daprConfig', 'slotName', 'trafficManagerHostNames', 'targetSwapSlot'),
  ...nothing('hostingEnvironment', 'hostingEnvironmentProfile', 'clientCertExclusionEndPoints'),
  ...nothing('domainVerificationIdentifiers', 'managedEnvironmentId', 'workloadProfileName', 'resourceConfig'),
  ...nothing('suspendedTill', 'functionExecutionUnitsCache', 'maxNumberOfWorkers', 'cloningInfo'),
  ...nothing('hostingEnvironmentId', 'slotSwapStatus', 'inProgressOperationId', 'geoDistributions'),
  ...nothing('buildVersion', 'targetBuildVersion', 'migrationState', 'autoGeneratedDomainNameLabelScope'),
  ...nothing('privateLinkIdentifiers'),
  usageState: 'Normal',
  adminEnabled: true,
  siteScopedCertificatesEnabled: false,
  afdEnabled: false,
  siteProperties: {
    metadata: null,
    properties: [
      { name: 'LinuxFxVersion', value: '' },
      { name: 'WindowsFxVersion', value: null },
    ],
    appSettings: null,
  },
  availabilityState: 'Normal',
  csrs: [],
  isXenon: false,
  storageRecoveryDefaultState: 'Running',
  contentAvailabilityState: 'Normal',
  runtimeAvailabilityState: 'Normal',
  scmSiteAlsoStopped: false,
  useQueryStringAffinity: false,
  blockPathTraversal: false,
  customDomainVerificationId: '0'.repeat(64),
  inboundIpAddress: ADDRESS,
  possibleInboundIpAddresses: ADDRESS,
  inboundIpv6Address: '2001:db8::1',
  possibleInboundIpv6Addresses: '2001:db8::1',
  ftpsHostName: `ftps://${STAMP}.ftp.azurewebsites.windows.net/site/wwwroot`,
  outboundIpAddresses: ADDRESS,
  possibleOutboundIpAddresses: ADDRESS,
  outboundIpv6Addresses: '2001:db8::1',
  possibleOutboundIpv6Addresses: '2001:db8::1',
  siteDisabledReason: 0,
  homeStamp: STAMP,
  functionsRuntimeAdminIsolationEnabled: false,
  privateEndpointConnections: [],
  eligibleLogCategories:
    'AppServiceAppLogs,AppServiceAuditLogs,AppServiceConsoleLogs,AppServiceHTTPLogs,AppServiceIPSecAuditLogs,AppServicePlatformLogs,ScanLogs,AppServiceFileAuditLogs,AppServiceAntivirusScanAuditLogs,AppServiceAuthenticationLogs',
  inFlightFeatures: [
    'SiteContainers',
    'RouteGeoCapacityClientTrafficToV2',
    'RouteOperationClientTrafficToV2',
    'RouteGeoPlanClientTrafficToV2',
    'RouteGeoSourceControlKeyClientTrafficToV2',
    'RouteGeoUserClientTrafficToV2',
  ],
};
