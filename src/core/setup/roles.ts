import { OPENAI_KINDS } from '../clouds';
import { asObjects, asString, asArray } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName, resourceTypeOf } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import type { WireResource } from '../resources/snapshot';
import { text, type Text } from '../text';
import { SCENARIO_IDS, type ScenarioId } from './scenarios';
import type { RoleId } from './setup';

/** The part that a resource can play in a setup. */
export interface Role {
  readonly id: RoleId;
  readonly title: Text;
  readonly help: Text;
  readonly scenarios: readonly ScenarioId[];
  /**
   * Scenarios that can do without it: then nothing is in this part, and the steps about it do not apply. A new one is
   * proposed where none exists, or only what exists is taken.
   */
  readonly optionalIn?: Readonly<Partial<Record<ScenarioId, 'proposed' | 'ifPresent'>>>;
  /** Types, in lower case, that have to be listed to find candidates. */
  readonly type: string;
  /** Whether a resource of that type can play the part, by its own properties. */
  readonly suits: (resource: WireResource) => boolean;
}

export const ROLE_TITLES: Readonly<Record<RoleId, Text>> = {
  openAi: text('Azure OpenAI account'),
  search: text('Azure AI Search service'),
  storage: text('Storage account'),
  virtualNetwork: text('Virtual network'),
  privateEndpointSubnet: text('Subnet for private endpoints'),
  gatewaySubnet: text('Subnet of the VPN gateway'),
  vpnGateway: text('VPN gateway'),
  webAppSubnet: text('Subnet of the web app'),
  webApp: text('Web app'),
  apiManagementSubnet: text('Subnet of API Management'),
  apiManagement: text('API Management'),
  applicationGatewaySubnet: text('Subnet of the application gateway'),
  applicationGateway: text('Application gateway'),
  keyVault: text('Key vault'),
  logAnalyticsWorkspace: text('Log Analytics workspace'),
  resourceGroup: text('Resource group for new resources'),
};

const ON_YOUR_DATA: readonly ScenarioId[] = ['on-your-data'];
const API_GATEWAY: readonly ScenarioId[] = ['api-gateway'];

/** Every role, in the order in which they are chosen: later ones depend on earlier ones. */
export const ROLES: readonly Role[] = [
  {
    id: 'openAi',
    title: ROLE_TITLES.openAi,
    help: text('The account that is to answer inside the virtual network only.'),
    scenarios: SCENARIO_IDS,
    optionalIn: { 'ai-search': 'ifPresent' },
    type: TYPES.cognitiveAccount,
    suits: isOpenAiAccount,
  },
  {
    id: 'search',
    title: ROLE_TITLES.search,
    help: text('It holds the indexes of your data. Tiers below Basic have no private endpoints.'),
    scenarios: ['on-your-data', 'ai-search'],
    type: TYPES.searchService,
    suits: () => true,
  },
  {
    id: 'storage',
    title: ROLE_TITLES.storage,
    help: text('It holds your documents.'),
    scenarios: ['on-your-data', 'ai-search'],
    optionalIn: { 'ai-search': 'ifPresent' },
    type: TYPES.storageAccount,
    suits: holdsBlobs,
  },
  {
    id: 'virtualNetwork',
    title: ROLE_TITLES.virtualNetwork,
    help: text('The network that your clients are in. It may be in another region than the account.'),
    scenarios: SCENARIO_IDS,
    type: TYPES.virtualNetwork,
    suits: () => true,
  },
  {
    id: 'privateEndpointSubnet',
    title: ROLE_TITLES.privateEndpointSubnet,
    help: text('Where the endpoint takes its address from. It may hold other resources, but no delegation.'),
    scenarios: SCENARIO_IDS,
    type: TYPES.subnet,
    suits: holdsPrivateEndpoints,
  },
  {
    id: 'gatewaySubnet',
    title: ROLE_TITLES.gatewaySubnet,
    help: text('Azure wants it to be called GatewaySubnet, and to be empty but for the gateway.'),
    scenarios: ON_YOUR_DATA,
    optionalIn: { 'on-your-data': 'proposed' },
    type: TYPES.subnet,
    suits: isGatewaySubnet,
  },
  {
    id: 'vpnGateway',
    title: ROLE_TITLES.vpnGateway,
    help: text(
      'Developers come into the network through it. It takes up to 45 minutes to create, and costs by the hour.',
    ),
    scenarios: ON_YOUR_DATA,
    optionalIn: { 'on-your-data': 'proposed' },
    type: TYPES.virtualNetworkGateway,
    suits: (gateway) => asString(readPath(gateway, 'properties.gatewayType'))?.toLowerCase() === 'vpn',
  },
  {
    id: 'webAppSubnet',
    title: ROLE_TITLES.webAppSubnet,
    help: text('The web app goes out through it. It is delegated to the app’s plan and holds nothing else.'),
    scenarios: ON_YOUR_DATA,
    optionalIn: { 'on-your-data': 'proposed' },
    type: TYPES.subnet,
    suits: isForWebApps,
  },
  {
    id: 'webApp',
    title: ROLE_TITLES.webApp,
    help: text('The app that answers your users. It has to be in the region of the virtual network.'),
    scenarios: ['on-your-data', 'ai-search'],
    optionalIn: { 'on-your-data': 'proposed', 'ai-search': 'ifPresent' },
    type: TYPES.webApp,
    suits: isWebApp,
  },
  {
    id: 'apiManagementSubnet',
    title: ROLE_TITLES.apiManagementSubnet,
    help: text('It has a network security group and no delegation.'),
    scenarios: API_GATEWAY,
    type: TYPES.subnet,
    suits: (subnet) => isCalled(subnet, /apim|api-?management/i),
  },
  {
    id: 'apiManagement',
    title: ROLE_TITLES.apiManagement,
    help: text('It stands inside the network and calls Azure OpenAI with its own identity. It takes up to 45 minutes.'),
    scenarios: API_GATEWAY,
    type: TYPES.apiManagement,
    suits: () => true,
  },
  {
    id: 'applicationGatewaySubnet',
    title: ROLE_TITLES.applicationGatewaySubnet,
    help: text('It holds application gateways and nothing else.'),
    scenarios: API_GATEWAY,
    type: TYPES.subnet,
    suits: (subnet) => asArray(readPath(subnet, 'properties.applicationGatewayIPConfigurations')).length > 0,
  },
  {
    id: 'applicationGateway',
    title: ROLE_TITLES.applicationGateway,
    help: text('The only way in from outside, with a firewall for web applications. It costs by the hour.'),
    scenarios: API_GATEWAY,
    type: TYPES.applicationGateway,
    suits: () => true,
  },
  {
    id: 'keyVault',
    title: ROLE_TITLES.keyVault,
    help: text('It keeps the certificate of the gateway, and your keys where you encrypt with your own.'),
    scenarios: ['api-gateway', 'ai-search'],
    optionalIn: { 'api-gateway': 'proposed', 'ai-search': 'ifPresent' },
    type: TYPES.keyVault,
    suits: () => true,
  },
  {
    id: 'logAnalyticsWorkspace',
    title: ROLE_TITLES.logAnalyticsWorkspace,
    help: text('Logs of every service go there.'),
    scenarios: ['api-gateway', 'ai-search'],
    optionalIn: { 'api-gateway': 'proposed', 'ai-search': 'proposed' },
    type: TYPES.logAnalyticsWorkspace,
    suits: () => true,
  },
  {
    id: 'resourceGroup',
    title: ROLE_TITLES.resourceGroup,
    help: text('Where the endpoint and the DNS zones are created.'),
    scenarios: SCENARIO_IDS,
    type: TYPES.resourceGroup,
    suits: () => true,
  },
];

/** The roles that a setup for these scenarios has. */
export function rolesOf(scenarios: readonly ScenarioId[]): readonly Role[] {
  return ROLES.filter((role) => role.scenarios.some((scenario) => scenarios.includes(scenario)));
}

/** Whether a setup for these scenarios can do without the role. */
export function isOptional({ scenarios, optionalIn = {} }: Role, wanted: readonly ScenarioId[]): boolean {
  const concerned = wanted.filter((scenario) => scenarios.includes(scenario));
  return concerned.length > 0 && concerned.every((scenario) => optionalIn[scenario] !== undefined);
}

/** Whether nothing is made for the role by itself where nothing plays it yet. */
export function isOnlyAdopted(role: Role, wanted: readonly ScenarioId[]): boolean {
  const concerned = wanted.filter((scenario) => role.scenarios.includes(scenario));
  return concerned.every((scenario) => role.optionalIn?.[scenario] === 'ifPresent');
}

export function findRole(id: RoleId): Role | undefined {
  return ROLES.find((role) => role.id === id);
}

/** The only name that Azure accepts for the subnet of a gateway. */
export const GATEWAY_SUBNET_NAME = 'GatewaySubnet';

/** What a subnet is delegated to for web apps. */
export const WEB_APP_DELEGATION = 'Microsoft.Web/serverFarms';

function isCalled(resource: WireResource, pattern: RegExp): boolean {
  return pattern.test(resourceName(resource.id));
}

function isGatewaySubnet(subnet: WireResource): boolean {
  return resourceName(subnet.id).toLowerCase() === GATEWAY_SUBNET_NAME.toLowerCase();
}

function isForWebApps(subnet: WireResource): boolean {
  return asObjects(readPath(subnet, 'properties.delegations')).some(
    (delegation) =>
      asString(readPath(delegation, 'properties.serviceName'))?.toLowerCase() === WEB_APP_DELEGATION.toLowerCase(),
  );
}

/** Function apps and workflows share the resource type. */
function isWebApp(site: WireResource): boolean {
  const kinds = (asString(site['kind']) ?? 'app').toLowerCase().split(',');
  return kinds.includes('app') && !kinds.includes('functionapp') && !kinds.includes('workflowapp');
}

/** Accounts for files alone have no blobs. */
function holdsBlobs(account: WireResource): boolean {
  return asString(account['kind'])?.toLowerCase() !== 'filestorage';
}

export function isOpenAiAccount(resource: WireResource): boolean {
  const kind = asString(resource['kind'])?.toLowerCase();
  return OPENAI_KINDS.some((candidate) => candidate.toLowerCase() === kind);
}

/** True for a subnet that private endpoints already live in. */
export function holdsPrivateEndpoints(subnet: WireResource): boolean {
  return (
    asArray(readPath(subnet, 'properties.privateEndpoints')).length > 0 ||
    asString(readPath(subnet, 'properties.purpose'))?.toLowerCase() === 'privateendpoints'
  );
}

/** The subnets inside a virtual network's own wire JSON, as resources. */
export function subnetsOf(network: WireResource): readonly WireResource[] {
  return asObjects(readPath(network, 'properties.subnets')).flatMap((subnet) => {
    const id = asString(subnet['id']);
    return id !== undefined && resourceTypeOf(id) === TYPES.subnet ? [{ ...subnet, id }] : [];
  });
}
