import { asArray, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { sameResource } from '../resources/resourceId';
import { parseIpv4Range, usableAddresses } from '../setup/addresses';
import { text, type Text } from '../text';
import { groupIdFor, guardedBy, type GuardedRole } from './guardedSubnets';
import type { Assertion } from './matcher';
import { SEGMENTATION } from './securityGroups';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/** Subnets of the way in from outside: the application gateway's and API Management's, each with its group. */

const SUBNET_WRITE = ['Microsoft.Network/virtualNetworks/subnets/write'];

const notDelegated: Assertion = { at: 'properties.delegations', must: { kind: 'empty' } };

/** The subnet in a role, with its group from the first moment on: what moves in is never without. */
function guardedSubnet(
  context: StepContext,
  role: GuardedRole,
  target: string,
  more: readonly Assertion[],
): readonly Expectation[] {
  const { create } = context.role(role);
  const group = groupIdFor(context, role);
  return [
    {
      resource: target,
      assertions: [guardedBy(group), ...more],
      ...(create && {
        create: { properties: { addressPrefix: create.addressPrefix, networkSecurityGroup: { id: group } } },
      }),
    },
  ];
}

const apiManagementSubnet = defineStep({
  id: 'subnet-apim',
  title: text('Subnet for API Management'),
  why: text(
    'API Management’s gateway stands in it, with addresses of your network. It needs a network security group, and no delegation.',
  ),
  group: 'foundation',
  on: 'apiManagementSubnet',
  scenarios: ['api-gateway'],
  after: ['vnet', 'nsg-apim'],
  sources: [
    SEGMENTATION,
    {
      reference: 'Virtual network resource requirements: API Management',
      url: 'https://learn.microsoft.com/azure/api-management/virtual-network-injection-resources',
    },
  ],
  severity: 'high',
  notes: (context, target) => tooFewAddresses(context, target),
  expects: (context, target) => guardedSubnet(context, 'apiManagementSubnet', target, [notDelegated]),
  permissions: SUBNET_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** Two for a unit, and one for the load balancer in front of it. */
const ADDRESSES_OF_SERVICE = 3;

function tooFewAddresses(context: StepContext, target: string): readonly Text[] {
  const subnet = context.read(target);
  if (subnet === undefined || isInside(context, target)) return [];
  const range = parseIpv4Range(asString(readPath(subnet, 'properties.addressPrefix')) ?? '');
  if (range === undefined) return [];
  const free = usableAddresses(range) - asArray(readPath(subnet, 'properties.ipConfigurations')).length;
  return free < ADDRESSES_OF_SERVICE
    ? [text('The subnet has {0} free addresses, and API Management needs {1}.', free, ADDRESSES_OF_SERVICE)]
    : [];
}

function isInside(context: StepContext, subnet: string): boolean {
  const { apiManagement } = context.setup.roles;
  const own = apiManagement && context.read(apiManagement.id);
  const place = asString(readPath(own, 'properties.virtualNetworkConfiguration.subnetResourceId'));
  return place !== undefined && sameResource(place, subnet);
}

const applicationGatewaySubnet = defineStep({
  id: 'subnet-appgw',
  title: text('Subnet for the application gateway'),
  why: text(
    'Application gateways stand in a subnet of their own, so that its rules are about them and nothing else. Azure refuses anything else beside them.',
  ),
  group: 'foundation',
  on: 'applicationGatewaySubnet',
  scenarios: ['api-gateway'],
  after: ['vnet', 'nsg-appgw'],
  sources: [
    SEGMENTATION,
    {
      reference: 'Application Gateway infrastructure configuration',
      url: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
    },
  ],
  severity: 'high',
  notes: (context, target) => smallerThanRecommended(context, target),
  expects: (context, target) => [
    ...guardedSubnet(context, 'applicationGatewaySubnet', target, [notDelegated]),
    ...onlyGateways(context, target),
  ],
  permissions: SUBNET_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** Whoever else is in the subnet has to move, and only people can say where to. */
function onlyGateways(context: StepContext, target: string): readonly Expectation[] {
  const subnet = context.read(target);
  const others = asArray(readPath(subnet, 'properties.ipConfigurations')).filter(
    (user) => !/\/applicationGateways\//i.test(asString(readPath(user, 'id')) ?? ''),
  );
  const assertions: readonly Assertion[] = [
    { at: 'properties.privateEndpoints', must: { kind: 'empty' } },
    ...(others.length > 0 ? [{ at: 'properties.ipConfigurations', must: { kind: 'empty' } } satisfies Assertion] : []),
  ];
  return subnet === undefined ? [] : [{ resource: target, assertions, observed: true }];
}

function smallerThanRecommended(context: StepContext, target: string): readonly Text[] {
  const range = parseIpv4Range(asString(readPath(context.read(target), 'properties.addressPrefix')) ?? '');
  return range !== undefined && range.prefixLength > 24
    ? [text('Azure recommends /24 for this subnet; it has {0} usable addresses.', usableAddresses(range))]
    : [];
}

export const EDGE_SUBNET_STEPS: readonly Step[] = [apiManagementSubnet, applicationGatewaySubnet];
