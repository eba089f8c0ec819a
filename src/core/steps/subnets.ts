import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { parseIpv4Range, usableAddresses } from '../setup/addresses';
import { WEB_APP_DELEGATION } from '../setup/roles';
import { text } from '../text';
import type { Assertion } from './matcher';
import { defineStep, type StepContext, type Step } from './step';

/** Subnets that are for one thing alone: the VPN gateway's and the web app's. */

const SUBNET_WRITE = ['Microsoft.Network/virtualNetworks/subnets/write'];

const THREE_SUBNETS = [
  { seed: 'on-your-data.fr', section: 'Création d’un réseau virtuel' },
  { seed: 'on-your-data.zh-tw', section: '建立虛擬網路' },
] as const;

const gatewaySubnet = defineStep({
  id: 'subnet-gateway',
  title: text('Subnet for the VPN gateway'),
  why: text(
    'A gateway stands in a subnet of its own, called GatewaySubnet. Rules of a security group would cut it off from its management, so there are none.',
  ),
  group: 'foundation',
  on: 'gatewaySubnet',
  scenarios: ['on-your-data'],
  after: ['vnet'],
  sources: [
    ...THREE_SUBNETS,
    { policy: '35f9c03a-cc27-418e-9c0c-539ff999d010' },
    {
      reference: 'About VPN Gateway settings: gateway subnet',
      url: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub',
    },
  ],
  severity: 'medium',
  notes: (context, target) => tooSmall(context, target),
  expects: (context, target) => {
    const { create } = context.role('gatewaySubnet');
    return [
      {
        resource: target,
        assertions: [
          { at: 'properties.networkSecurityGroup', must: { kind: 'unset' } },
          { at: 'properties.delegations', must: { kind: 'empty' } },
        ],
        ...(create && { create: { properties: { addressPrefix: create.addressPrefix } } }),
      },
    ];
  },
  permissions: SUBNET_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** Azure recommends /27 or larger, because some gateways and later additions do not fit into less. */
function tooSmall(context: StepContext, target: string) {
  const range = parseIpv4Range(asString(readPath(context.read(target), 'properties.addressPrefix')) ?? '');
  return range !== undefined && range.prefixLength > 27
    ? [text('Azure recommends /27 or larger for this subnet; it has {0} usable addresses.', usableAddresses(range))]
    : [];
}

const webAppSubnet = defineStep({
  id: 'subnet-webapp',
  title: text('Subnet for the web app'),
  why: text(
    'The web app’s outgoing traffic enters the network here. The delegation hands the subnet to the app’s plan, so it holds nothing else.',
  ),
  group: 'foundation',
  on: 'webAppSubnet',
  scenarios: ['on-your-data'],
  after: ['vnet'],
  sources: [
    ...THREE_SUBNETS,
    {
      reference: 'Integrate your app with an Azure virtual network',
      url: 'https://learn.microsoft.com/azure/app-service/overview-vnet-integration',
    },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const { create } = context.role('webAppSubnet');
    return [
      {
        resource: target,
        assertions: [delegated],
        ...(create && {
          create: { properties: { addressPrefix: create.addressPrefix, delegations: [DELEGATION] } },
        }),
      },
    ];
  },
  permissions: SUBNET_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

const DELEGATION = { name: 'webapp', properties: { serviceName: WEB_APP_DELEGATION } } as const;

const delegated: Assertion = {
  at: 'properties.delegations',
  absentMeans: [],
  must: {
    kind: 'someItem',
    where: [{ at: 'properties.serviceName', must: { kind: 'equals', value: WEB_APP_DELEGATION } }],
    andNoOther: true,
    add: DELEGATION,
    what: text('a delegation to {0} and no other', WEB_APP_DELEGATION),
  },
};

export const SUBNET_STEPS: readonly Step[] = [gatewaySubnet, webAppSubnet];
