import { ANY_PROTOCOL, ALL_PORTS, type Flow } from '../resources/securityRules';
import { azureService, inNetwork, ON_INTERNET, PUBLIC_ADDRESSES, type Place } from '../resources/addressPlaces';
import { asStrings, type JsonObject } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text, type Text } from '../text';
import { prefixesOf, type GuardedRole } from './guardedSubnets';
import type { StepContext } from './step';

/** What the network security group of each subnet has to let through. Sources: the documents that the steps name. */

/** Connections that something in a subnet cannot be without. */
export interface RequiredFlow {
  readonly what: Text;
  readonly flow: Flow;
  /** The rule that lets it through, without a priority: as documented, and no broader. */
  readonly name: string;
  readonly rule: JsonObject;
  /** A new group gets the rule at once; otherwise only where another rule keeps the flow out. */
  readonly documented: boolean;
  /** Some of it is enough: whom to let in is the user's choice. */
  readonly someIsEnough?: boolean;
}

/** One end of a flow: what a rule calls it, and where it is. */
interface End {
  readonly prefixes: readonly string[];
  readonly places: readonly Place[];
}

interface Words {
  readonly what: Text;
  readonly name: string;
  readonly ports: readonly string[];
  readonly protocol?: 'Tcp' | '*';
  readonly documented?: boolean;
  readonly someIsEnough?: boolean;
}

const service = (tag: string): End => ({ prefixes: [tag], places: [azureService(tag)] });
const internet: End = { prefixes: ['Internet'], places: ON_INTERNET };
const outsiders: End = { prefixes: ['Internet'], places: [PUBLIC_ADDRESSES] };
const addresses = (cidrs: readonly string[]): End => ({ prefixes: cidrs, places: [inNetwork(...cidrs)] });

/** The same addresses, but called as the documents call them. */
const called = (prefix: string, { places }: End): End => ({ prefixes: [prefix], places });

function between(direction: Flow['direction'], source: End, destination: End, words: Words): RequiredFlow {
  const { what, name, ports, protocol = 'Tcp', documented = true, someIsEnough = false } = words;
  return {
    what,
    name,
    documented,
    someIsEnough,
    flow: {
      direction,
      protocols: protocol === '*' ? ANY_PROTOCOL : ['tcp'],
      source: source.places,
      destination: destination.places,
      ports: ports.map(intervalOf),
    },
    rule: {
      access: 'Allow',
      direction,
      protocol,
      sourcePortRange: '*',
      ...oneOrMore('sourceAddressPrefix', 'sourceAddressPrefixes', source.prefixes),
      ...oneOrMore('destinationAddressPrefix', 'destinationAddressPrefixes', destination.prefixes),
      ...oneOrMore('destinationPortRange', 'destinationPortRanges', ports),
    },
  };
}

function intervalOf(range: string): Flow['ports'][number] {
  if (range === '*') return ALL_PORTS;
  const [first = 0, last = first] = range.split('-').map(Number);
  return { first, last };
}

/** Azure wants one value and several under different names. */
function oneOrMore(single: string, plural: string, values: readonly string[]): JsonObject {
  return values.length === 1 ? { [single]: values[0] } : { [plural]: values };
}

/** What the subnet in a role needs, in the order of the documents. @throws Unsettled. */
export function requiredFlows(context: StepContext, role: GuardedRole): readonly RequiredFlow[] {
  const own = addresses(prefixesOf(context, role));
  switch (role) {
    case 'apiManagementSubnet':
      return apiManagementFlows(context, own);
    case 'applicationGatewaySubnet':
      return applicationGatewayFlows(context, own);
    case 'privateEndpointSubnet':
      return privateEndpointFlows(context, own);
  }
}

/** https://learn.microsoft.com/azure/api-management/virtual-network-reference, internal mode. */
function apiManagementFlows(context: StepContext, own: End): readonly RequiredFlow[] {
  const network = called('VirtualNetwork', own);
  const gateways = context.optionalRole('applicationGatewaySubnet');
  const callers = gateways ? addresses(prefixesOf(context, 'applicationGatewaySubnet')) : network;
  const incoming = (source: End, words: Words): RequiredFlow => between('Inbound', source, network, words);
  const outgoing = (target: End, words: Words): RequiredFlow => between('Outbound', network, target, words);
  return [
    incoming(service('ApiManagement'), {
      what: text('management of the service'),
      name: 'AllowManagementInbound',
      ports: ['3443'],
    }),
    incoming(service('AzureLoadBalancer'), {
      what: text('probes of Azure’s load balancer'),
      name: 'AllowLoadBalancerInbound',
      ports: ['6390'],
    }),
    between('Inbound', callers, own, {
      what: text('calls from the application gateway'),
      name: 'AllowGatewayInbound',
      ports: ['443'],
    }),
    outgoing(internet, { what: text('checks of certificates'), name: 'AllowCertificatesOutbound', ports: ['80'] }),
    outgoing(service('Storage'), { what: text('Azure Storage'), name: 'AllowStorageOutbound', ports: ['443'] }),
    outgoing(service('Sql'), { what: text('Azure SQL'), name: 'AllowSqlOutbound', ports: ['1433'] }),
    outgoing(service('AzureKeyVault'), {
      what: text('Azure Key Vault'),
      name: 'AllowKeyVaultOutbound',
      ports: ['443'],
    }),
    outgoing(service('AzureMonitor'), {
      what: text('Azure Monitor'),
      name: 'AllowMonitorOutbound',
      ports: ['443', '1886'],
    }),
    outgoing(service('AzureActiveDirectory'), {
      what: text('tokens of the managed identity'),
      name: 'AllowEntraOutbound',
      ports: ['443'],
    }),
    between('Outbound', own, addresses(prefixesOf(context, 'privateEndpointSubnet')), {
      what: text('calls to the private endpoint'),
      name: 'AllowPrivateEndpointsOutbound',
      ports: ['443'],
      documented: false,
    }),
  ];
}

/** https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups */
function applicationGatewayFlows(context: StepContext, own: End): readonly RequiredFlow[] {
  const everywhere = called('*', own);
  return [
    between('Inbound', service('GatewayManager'), everywhere, {
      what: text('management of the gateway'),
      name: 'AllowGatewayManagerInbound',
      ports: ['65200-65535'],
    }),
    between('Inbound', service('AzureLoadBalancer'), everywhere, {
      what: text('probes of Azure’s load balancer'),
      name: 'AllowLoadBalancerInbound',
      protocol: '*',
      ports: ['*'],
    }),
    between('Inbound', outsiders, own, {
      what: text('calls from outside'),
      name: 'AllowHttpsInbound',
      ports: ['443'],
      someIsEnough: true,
    }),
    between('Outbound', everywhere, internet, {
      what: text('the internet, which Azure wants to be open to the gateway'),
      name: 'AllowInternetOutbound',
      protocol: '*',
      ports: ['*'],
      documented: false,
    }),
    between('Outbound', own, addresses(prefixesOf(context, 'apiManagementSubnet')), {
      what: text('calls to API Management'),
      name: 'AllowApiManagementOutbound',
      ports: ['443'],
      documented: false,
    }),
  ];
}

/** Who of this setup calls the private endpoints. */
function privateEndpointFlows(context: StepContext, own: End): readonly RequiredFlow[] {
  const { apiManagementSubnet, webAppSubnet, vpnGateway } = context.setup.roles;
  const apiManagement = apiManagementSubnet && addresses(prefixesOf(context, 'apiManagementSubnet'));
  const webApp = webAppSubnet && addresses(prefixesOf(context, 'webAppSubnet'));
  const clients = vpnGateway && addresses(vpnClientsOf(context, vpnGateway.id));
  const from = (source: End | undefined, words: Words): readonly RequiredFlow[] =>
    source === undefined || source.prefixes.length === 0 ? [] : [between('Inbound', source, own, words)];
  return [
    ...from(apiManagement, {
      what: text('calls from API Management'),
      name: 'AllowApiManagementInbound',
      ports: ['443'],
    }),
    ...from(webApp, {
      what: text('calls from the web app'),
      name: 'AllowWebAppInbound',
      ports: ['443'],
      documented: false,
    }),
    ...from(clients, {
      what: text('calls from VPN clients'),
      name: 'AllowVpnClientsInbound',
      ports: context.setup.options.fileEndpoint ? ['443', '445'] : ['443'],
      documented: false,
    }),
  ];
}

/** The addresses that VPN clients get. */
function vpnClientsOf(context: StepContext, gateway: string): readonly string[] {
  const pool = readPath(
    context.read(gateway),
    'properties.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes',
  );
  const present = asStrings(pool);
  const { vpnClientAddressPool: chosen } = context.setup.options;
  return present.length > 0 || chosen === undefined ? present : [chosen];
}
