import { asObjects, asString, type Json, type JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';

/** What a definition looks at besides the resource itself. */
export interface Related {
  /** The values of the definition's parameters. */
  readonly parameters: JsonObject;
  /** Properties of the resource's diagnostic settings. */
  readonly diagnosticSettings: readonly JsonObject[];
}

/** When a resource of one of these types complies. */
export interface Rule {
  /** In lower case. */
  readonly types: readonly string[];
  readonly complies: (resource: JsonObject, related: Related) => boolean;
}

const ACCOUNT = 'microsoft.cognitiveservices/accounts';
const SEARCH = 'microsoft.search/searchservices';
const STORAGE = 'microsoft.storage/storageaccounts';
const SUBNET = 'microsoft.network/virtualnetworks/subnets';
const VPN = 'microsoft.network/virtualnetworkgateways';
const SITE = 'microsoft.web/sites';
const APIM = 'microsoft.apimanagement/service';
const GATEWAY = 'microsoft.network/applicationgateways';
const WAF = 'microsoft.network/applicationgatewaywebapplicationfirewallpolicies';
const VAULT = 'microsoft.keyvault/vaults';

const at = (resource: JsonObject, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => objectOf(value)[name], objectOf(resource['properties']));
const isText = (value: Json | undefined, ...wanted: readonly string[]): boolean =>
  wanted.some((each) => each.toLowerCase() === asString(value)?.toLowerCase());
const isClosed = (resource: JsonObject): boolean => isText(at(resource, 'publicNetworkAccess'), 'Disabled');
const denies = (resource: JsonObject): boolean => isText(at(resource, 'networkAcls', 'defaultAction'), 'Deny');
const takesNoKeys = (resource: JsonObject): boolean => at(resource, 'disableLocalAuth') === true;
const hasIdentity = (resource: JsonObject): boolean => /assigned/i.test(String(objectOf(resource['identity'])['type']));
const isLinked = (resource: JsonObject): boolean =>
  asObjects(at(resource, 'privateEndpointConnections')).some((connection) =>
    isText(at(connection, 'privateLinkServiceConnectionState', 'status'), 'Approved'),
  );
const hasLogs = (_: JsonObject, { diagnosticSettings }: Related): boolean =>
  diagnosticSettings.some(({ logs }) => asObjects(logs).some(({ enabled }) => enabled === true));
const hasLogsInWorkspace = (resource: JsonObject, { diagnosticSettings, parameters }: Related): boolean =>
  hasLogs(resource, {
    parameters,
    diagnosticSettings: diagnosticSettings.filter(({ workspaceId }) => asString(workspaceId) !== undefined),
  });
const restricts = (resource: JsonObject): boolean =>
  isClosed(resource) || denies(resource) || asObjects(at(resource, 'networkRuleSet', 'ipRules')).length > 0;

function rule(types: string | readonly string[], complies: Rule['complies']): Rule {
  return { types: typeof types === 'string' ? [types] : types, complies };
}

/**
 * The conditions of the built-in definitions about types that the sandbox has, by the definition's GUID. What a write does
 * not send does not comply, except where the definition takes absence for the secure default.
 * Source: https://github.com/Azure/azure-policy
 */
export const RULES: Readonly<Record<string, Rule>> = {
  'd6759c02-b87f-42b7-892e-71b3f471d782': rule([ACCOUNT, SEARCH], isLinked),
  'db630ad5-52e9-4f4d-9c44-53912fe40053': rule(ACCOUNT, isLinked),
  'b698b005-b660-4837-b833-a7aaab26ddba': rule(SEARCH, isLinked),
  '037eea7a-bd0a-46c5-9a66-03aea78705d3': rule([ACCOUNT, SEARCH], restricts),
  '47ba1dd7-28d9-4b07-a8d5-9813bed64e0c': rule(ACCOUNT, isClosed),
  '71ef260a-8f18-47b7-abcb-62d0673d94dc': rule([ACCOUNT, SEARCH], takesNoKeys),
  '14de9e63-1b31-492e-a5a3-c3f7fd57f555': rule(ACCOUNT, takesNoKeys),
  '55eff01b-f2bd-4c32-9203-db285f709d30': rule(ACCOUNT, takesNoKeys),
  // It takes user-assigned identities only.
  'fe3fd216-4f83-4fc1-8984-2bbec80a3418': rule(ACCOUNT, (account) =>
    /userassigned/i.test(String(objectOf(account['identity'])['type'])),
  ),
  '67121cc7-ff39-4ab8-b7e3-95b84dab487d': rule(ACCOUNT, (account) =>
    isText(at(account, 'encryption', 'keySource'), 'Microsoft.KeyVault'),
  ),
  '1b4d1c4e-934c-4703-944c-27c82c06bebb': rule([ACCOUNT, SEARCH], hasLogs),
  '55d1f543-d1b0-4811-9663-d6d0dbc6326d': rule(ACCOUNT, hasLogsInWorkspace),
  'a049bf77-880b-470f-ba6d-9f21c530cf83': rule(
    SEARCH,
    (service) => !isText(objectOf(service['sku'])['name'] ?? 'free', 'free'),
  ),
  'ee980b6d-0eca-4501-8d54-f6290fd512c3': rule(SEARCH, isClosed),
  '9cee519f-d9c1-4fd9-9f79-24ec3449ed30': rule(SEARCH, isClosed),
  '6300012e-e9a4-4649-b41f-a85f5c43be91': rule(SEARCH, takesNoKeys),
  '4eb216f2-9dba-4979-86e6-5d7e63ce3b75': rule(SEARCH, takesNoKeys),
  'd45520cb-31ca-44ba-8da2-fcf914608544': rule(SEARCH, takesNoKeys),
  '76a56461-9dc0-40f0-82f5-2453283afa2f': rule(
    SEARCH,
    (service) =>
      isText(at(service, 'encryptionWithCmk', 'enforcement'), 'Enabled') &&
      isText(at(service, 'encryptionWithCmk', 'encryptionComplianceStatus'), 'Compliant'),
  ),
  '356da939-f20a-4bb9-86f8-5db445b0e354': rule(SEARCH, (service) =>
    isText(at(service, 'encryptionWithCmk', 'enforcement'), 'Enabled'),
  ),
  'b4330a05-a843-4bc8-bf9a-cacce50c67f4': rule(SEARCH, hasLogs),
  '08ba64b8-738f-4918-9686-730d2ed79c7d': rule(SEARCH, hasLogsInWorkspace),
  '8def4bdd-4362-4ed6-a26f-7bf8f2c58839': rule(SEARCH, hasLogsInWorkspace),
  'b2982f36-99f2-4db5-8eff-283140c09693': rule(STORAGE, isClosed),
  'a06d0189-92e8-4dba-b0c4-08d7669fce7d': rule(STORAGE, isClosed),
  '34c877ad-507e-4c82-993e-3452a6e0ad3c': rule(STORAGE, (account) => isClosed(account) || denies(account)),
  'c9d007d0-c057-4772-b18c-01e546713bcd': rule(STORAGE, (account) =>
    /AzureServices/i.test(asString(at(account, 'networkAcls', 'bypass')) ?? 'AzureServices'),
  ),
  '6edd7eda-6dd8-40f7-810d-67160c639cd9': rule(STORAGE, isLinked),
  '9f766f00-8d11-464e-80e1-4091d7874074': rule(STORAGE, isLinked),
  'fe83a0eb-a853-422d-aac2-1bffd182c5d0': rule(STORAGE, (account, { parameters }) =>
    isText(at(account, 'minimumTlsVersion'), String(parameters['minimumTlsVersion'])),
  ),
  '404c3081-a854-4457-ae30-26a93ef643f9': rule(STORAGE, (account) => at(account, 'supportsHttpsTrafficOnly') === true),
  '4fa4b6c0-31ca-4c0d-b10d-24b96f62a751': rule(STORAGE, (account) => at(account, 'allowBlobPublicAccess') === false),
  '8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54': rule(STORAGE, (account) => at(account, 'allowSharedKeyAccess') === false),
  '92a89a79-6c52-4a7e-a03f-61306fc49312': rule(
    STORAGE,
    (account) => at(account, 'allowCrossTenantReplication') === false,
  ),
  'e71308d3-144b-4262-b144-efdc3cc90517': rule(
    SUBNET,
    (subnet) => subnet['name'] === 'GatewaySubnet' || at(subnet, 'networkSecurityGroup', 'id') !== undefined,
  ),
  '35f9c03a-cc27-418e-9c0c-539ff999d010': rule(
    SUBNET,
    (subnet) => subnet['name'] !== 'GatewaySubnet' || at(subnet, 'networkSecurityGroup', 'id') === undefined,
  ),
  '7bca8353-aa3b-429b-904a-9229c4385837': rule(SUBNET, (subnet) => at(subnet, 'defaultOutboundAccess') === false),
  '21a6bc25-125e-4d13-b82d-2e19b7208ab7': rule(VPN, (gateway) => {
    const types = at(gateway, 'vpnClientConfiguration', 'vpnAuthenticationTypes');
    return types === undefined || (Array.isArray(types) && types.every((type) => type === 'AAD'));
  }),
  'e345b6c3-24bd-4c93-9bbb-7e5e49a17b78': rule(VPN, (gateway) => !isText(at(gateway, 'sku', 'name'), 'Basic')),
  '72d04c29-f87d-4575-9731-419ff16a2757': rule(
    SITE,
    (site) => asString(at(site, 'virtualNetworkSubnetId')) !== undefined,
  ),
  'a691eacb-474d-47e4-b287-b4813ca44222': rule(
    SITE,
    (site) => at(site, 'outboundVnetRouting', 'allTraffic') === true || at(site, 'vnetRouteAllEnabled') === true,
  ),
  '2b9ad585-36bc-4615-b300-fd4435808332': rule(SITE, hasIdentity),
  'a4af4a39-4135-47fb-b175-47fbdf85311d': rule(SITE, (site) => at(site, 'httpsOnly') === true),
  '1b5ef780-c53c-4a64-87f3-bb9c8c8094ba': rule(SITE, isClosed),
  'ef619a2c-cc4d-4d03-b2ba-8c94a834d85b': rule(APIM, (service) =>
    isText(at(service, 'virtualNetworkType'), 'Internal', 'External'),
  ),
  '73ef9241-5d81-4cd4-b483-8443d1730fe5': rule(APIM, (service) =>
    isText(objectOf(service['sku'])['name'], 'Developer', 'Premium', 'Isolated'),
  ),
  '1dc2fc00-2245-4143-99f4-874c937f13ef': rule(APIM, (service) => !isText(at(service, 'platformVersion'), 'stv1')),
  '567c93f7-3661-494f-a30f-0a94d9bfebf8': rule(APIM, hasLogsInWorkspace),
  '564feb30-bf6a-4854-b4bb-0d2d2d1e6c66': rule(
    GATEWAY,
    (gateway) =>
      at(gateway, 'webApplicationFirewallConfiguration', 'enabled') === true ||
      asString(at(gateway, 'firewallPolicy', 'id')) !== undefined,
  ),
  '8a04f872-51e9-4313-97fb-fc1c3543011c': rule(GATEWAY, hasLogs),
  '92012204-a7e4-4a95-bbe5-90d0d3e12735': rule(GATEWAY, hasLogsInWorkspace),
  '12430be1-6cc8-4527-a9a8-e3d38f250096': rule(WAF, (policy, { parameters }) =>
    isText(at(policy, 'policySettings', 'mode'), String(parameters['modeRequirement'])),
  ),
  'ca85ef9a-741d-461d-8b7a-18c2da82c666': rule(
    WAF,
    (policy) => at(policy, 'policySettings', 'requestBodyCheck') === true,
  ),
  '55615ac9-af46-4a59-874e-391cc3dfb490': rule(VAULT, (vault) => isClosed(vault) || denies(vault)),
  '405c5871-3e91-4644-8a63-58e19d68ff5b': rule(VAULT, isClosed),
  'a6abeaec-4d90-4a02-805f-6b26c4d3fbe9': rule(VAULT, isLinked),
  '0b60c0b2-2dc2-4e1c-b5c9-abbed971de53': rule(
    VAULT,
    (vault) => at(vault, 'enablePurgeProtection') === true && at(vault, 'enableSoftDelete') !== false,
  ),
  '1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d': rule(VAULT, (vault) => at(vault, 'enableSoftDelete') !== false),
};
