import { asArray, asString, type Json, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { PRINCIPAL_NAME, type Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { customPropertiesAfter, defaultCustomProperties } from './customProperties';
import { defaultHosts, isClassic } from './serviceState';
import { regionName } from '../resources/regions';

/** The first api-version with these properties. */
const NEWEST = '2024-05-01';

/** What of a service's properties is kept as it is sent; the rest Azure makes. */
const SETTINGS: JsonObject = {
  publisherEmail: null,
  publisherName: null,
  notificationSenderEmail: 'apimgmt-noreply@mail.windowsazure.com',
  hostnameConfigurations: null,
  additionalLocations: null,
  virtualNetworkConfiguration: null,
  virtualNetworkType: 'None',
  certificates: null,
  disableGateway: false,
  publicIpAddressId: null,
  publicNetworkAccess: 'Enabled',
};

/** The properties after a write: what was sent, on top of what was there (PATCH) or of Azure's defaults (PUT). */
export function propertiesAfter(sent: JsonObject, before: JsonObject): JsonObject {
  const kept = Object.keys(SETTINGS).map((name) => [name, sent[name] === undefined ? before[name] : sent[name]]);
  const custom = sent['customProperties'];
  return {
    ...before,
    ...(Object.fromEntries(kept) as JsonObject),
    customProperties:
      custom === undefined ? (before['customProperties'] ?? {}) : customPropertiesAfter(objectOf(custom)),
    apiVersionConstraint: sent['apiVersionConstraint'] ?? before['apiVersionConstraint'] ?? { minApiVersion: null },
  };
}

export const DEFAULT_PROPERTIES: JsonObject = { ...SETTINGS, customProperties: defaultCustomProperties() };

export function showService(service: StoredResource, _: Azure, apiVersion: string): JsonObject {
  const { id, name, type, body, state, etag } = service;
  const isNew = ['Created', 'Activating'].includes(state);
  return {
    etag,
    properties: {
      ...urlsOf(service, apiVersion),
      ...shownSettings(service),
      provisioningState: state,
      targetProvisioningState: '',
      ...(apiVersion >= NEWEST
        ? { configurationApi: null, legacyPortalStatus: 'Disabled', developerPortalStatus: 'Disabled' }
        : {}),
    },
    sku: body['sku'],
    identity: body['identity'] ?? null,
    zones: body['zones'] ?? null,
    systemData: isNew ? null : (body['systemData'] ?? null),
    location: body['location'],
    tags: body['tags'] ?? {},
    id,
    name,
    type,
  };
}

function shownSettings(service: StoredResource): JsonObject {
  const properties = propertiesOf(service);
  const { hostnameConfigurations, disableGateway, ...settings } = properties;
  const classic = isClassic(service);
  const isNew = ['Created', 'Activating'].includes(service.state);
  return {
    ...settings,
    hostnameConfigurations: shownHosts(service, hostnameConfigurations),
    publicIPAddresses: properties['publicIPAddresses'] ?? null,
    privateIPAddresses: properties['privateIPAddresses'] ?? null,
    ...(classic ? { disableGateway } : {}),
    natGatewayState: classic ? 'Disabled' : 'Enabled',
    outboundPublicIPAddresses: properties['publicIPAddresses'] ?? null,
    privateEndpointConnections: null,
    platformVersion: classic && !isNew ? 'stv2' : 'undetermined',
  };
}

/** Those that were set, and Azure's own, which binds where no other does. */
function shownHosts(service: StoredResource, sent: Json | undefined): readonly JsonObject[] {
  const hidden = { encodedCertificate: null, certificatePassword: null };
  const custom = asArray(sent)
    .map(objectOf)
    .filter(({ certificateSource }) => certificateSource !== 'BuiltIn')
    .map((each) => ({ ...ownHost(asString(each['hostName']) ?? ''), ...each, ...hidden }));
  const own = ownHost(defaultHosts(service)['gateway'] ?? '');
  return [{ ...own, certificateSource: 'BuiltIn', defaultSslBinding: custom.length === 0 }, ...custom];
}

function ownHost(hostName: string): JsonObject {
  return {
    type: 'Proxy',
    hostName,
    encodedCertificate: null,
    keyVaultId: null,
    certificatePassword: null,
    negotiateClientCertificate: false,
    certificate: null,
    defaultSslBinding: false,
    identityClientId: null,
    certificateSource: 'Custom',
    certificateStatus: null,
  };
}

function urlsOf(service: StoredResource, apiVersion: string): JsonObject {
  const hosts = defaultHosts(service);
  const region = regionName(String(service.body['location']));
  const url = (part: string): string => `https://${hosts[part] ?? ''}`;
  const dataApi = apiVersion >= NEWEST ? { dataApiUrl: null } : {};
  if (!isClassic(service)) {
    return {
      gatewayUrl: url('gateway'),
      gatewayRegionalUrl: null,
      portalUrl: null,
      developerPortalUrl: null,
      ...dataApi,
      managementApiUrl: `https://smapi.${service.name.toLowerCase()}-prod.p.azurewebsites.net/`,
      scmUrl: null,
    };
  }
  return {
    gatewayUrl: url('gateway'),
    gatewayRegionalUrl: `https://${service.name.toLowerCase()}-${region}-01.regional.azure-api.net`,
    portalUrl: url('portal'),
    developerPortalUrl: url('developer'),
    ...dataApi,
    managementApiUrl: url('management'),
    scmUrl: url('scm'),
  };
}

/** Who made a service, and who changed it last. Recorded: a V2 tier does not tell the former. */
export function systemDataAfter(azure: Azure, service: Pick<StoredResource, 'body'>, before: Json | undefined): Json {
  const now = azure.timestamp();
  const old = objectOf(before);
  const classic = isClassic(service);
  if (before === undefined && !classic) return null;
  const creator = classic
    ? { createdBy: old['createdBy'] ?? PRINCIPAL_NAME, createdByType: 'User', createdAt: old['createdAt'] ?? now }
    : { createdBy: null, createdByType: null, createdAt: null };
  return { ...creator, lastModifiedBy: PRINCIPAL_NAME, lastModifiedByType: 'User', lastModifiedAt: now };
}
