import { inNetwork, PUBLIC_ADDRESSES } from '../resources/addressPlaces';
import { ALL_PORTS, judgeFlow, PRIORITIES, rulesIn, type Flow, type SecurityRule } from '../resources/securityRules';
import { childId, resourceGroupIdOf } from '../resources/resourceId';
import { text, type Text } from '../text';
import { flowExpectations, obstaclesFor } from './flowExpectations';
import { groupIdFor, guardedBy, prefixesOf, type GuardedRole } from './guardedSubnets';
import { requiredFlows } from './requiredFlows';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';
import { networkLocation, networkPrefixes } from './virtualNetwork';

/** Network security groups: one for each subnet of the way in, with the documented rules and no broader ones. */

export const SEGMENTATION: Source = {
  seed: 'apim-app-gateway.fr',
  section: 'Configuration de VNET, de sous-réseaux et de groupes de sécurité réseau',
};

interface GroupFacts {
  readonly id: string;
  readonly role: GuardedRole;
  readonly title: Text;
  readonly why: Text;
  readonly sources: readonly Source[];
  /** Nobody on the internet has any business here. */
  readonly closedToInternet?: boolean;
  readonly notes?: (context: StepContext) => readonly Text[];
}

function securityGroupStep(facts: GroupFacts): Step {
  const { role, notes } = facts;
  return defineStep({
    id: facts.id,
    title: facts.title,
    why: facts.why,
    group: 'foundation',
    on: role,
    scenarios: ['api-gateway'],
    after: ['resource-providers', 'resource-group', 'vnet'],
    sources: [SEGMENTATION, ...facts.sources],
    severity: 'high',
    notes: (context) => [
      ...obstaclesFor(context, groupIdFor(context, role), requiredFlows(context, role)),
      ...(facts.closedToInternet ? openToInternet(context, role).map(tooBroad) : []),
      ...(notes?.(context) ?? []),
    ],
    expects: (context) => {
      const id = groupIdFor(context, role);
      if (context.read(id) === undefined) return [newGroup(context, id, role)];
      return [
        ...flowExpectations(context, id, requiredFlows(context, role)),
        ...(facts.closedToInternet ? openToInternet(context, role).map((rule) => refused(id, rule)) : []),
      ];
    },
    permissions: ['Microsoft.Network/networkSecurityGroups/write'],
    risk: { kind: 'none' },
    typicalSeconds: 10,
  });
}

function newGroup(context: StepContext, id: string, role: GuardedRole): Expectation {
  const documented = requiredFlows(context, role).filter((flow) => flow.documented);
  const securityRules = documented.map(({ name, rule }, index) => ({
    name,
    properties: { priority: PRIORITIES.first + 10 * index, ...rule },
  }));
  return {
    resource: id,
    assertions: [],
    create: { location: networkLocation(context), properties: { securityRules } },
    permissions: [{ action: 'Microsoft.Network/networkSecurityGroups/write', scope: resourceGroupIdOf(id) ?? id }],
  };
}

/** Rules of somebody's that let callers from the internet into a subnet. */
function openToInternet(context: StepContext, role: GuardedRole): readonly SecurityRule[] {
  const rules = rulesIn(context.read(groupIdFor(context, role)));
  const fromInternet: Flow = {
    direction: 'Inbound',
    protocols: ['tcp', 'udp'],
    source: [PUBLIC_ADDRESSES],
    destination: [inNetwork(...prefixesOf(context, role))],
    ports: [ALL_PORTS],
  };
  return judgeFlow(rules, fromInternet).allowing.filter((rule) => rules.includes(rule));
}

/** It is somebody's rule, and may serve something else in the subnet: a person has to decide. */
function refused(group: string, { name }: SecurityRule): Expectation {
  return {
    resource: childId(group, 'securityRules', name),
    assertions: [{ at: 'properties.access', must: { kind: 'equals', value: 'Deny' } }],
    observed: true,
  };
}

function tooBroad({ name }: SecurityRule): Text {
  return text(
    'The rule {0} lets callers on the internet into the subnet. In internal mode nobody there has to get in: narrow the rule, or remove it.',
    name,
  );
}

/** That nobody has closed the endpoints to the rest of the network. */
function openToNetwork(context: StepContext): readonly Text[] {
  const role = 'privateEndpointSubnet';
  const fromNetwork: Flow = {
    direction: 'Inbound',
    protocols: ['tcp'],
    source: [inNetwork(...networkPrefixes(context))],
    destination: [inNetwork(...prefixesOf(context, role))],
    ports: [{ first: 443, last: 443 }],
  };
  const { outcome } = judgeFlow(rulesIn(context.read(groupIdFor(context, role))), fromNetwork);
  return outcome === 'allowed'
    ? [
        text(
          'Azure’s own rule AllowVnetInBound lets the whole network in. Once you know everybody who calls, a rule that denies VirtualNetwork at priority 4096 closes that.',
        ),
      ]
    : [];
}

const privateEndpointGroup = securityGroupStep({
  id: 'nsg-private-endpoints',
  role: 'privateEndpointSubnet',
  title: text('Network security group of the private endpoints'),
  why: text(
    'It says who in the network may call the private endpoints. API Management has to be among them, whatever other rules there are.',
  ),
  sources: [
    {
      reference: 'Manage network policies for private endpoints',
      url: 'https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy',
    },
  ],
  notes: openToNetwork,
});

const apiManagementGroup = securityGroupStep({
  id: 'nsg-apim',
  role: 'apiManagementSubnet',
  title: text('Network security group of API Management'),
  why: text(
    'API Management in a network needs a group with documented rules, or it cannot be activated and managed. In internal mode nobody on the internet has to get in.',
  ),
  sources: [
    {
      reference: 'Virtual network configuration reference: API Management',
      url: 'https://learn.microsoft.com/azure/api-management/virtual-network-reference',
    },
  ],
  closedToInternet: true,
});

const applicationGatewayGroup = securityGroupStep({
  id: 'nsg-appgw',
  role: 'applicationGatewaySubnet',
  title: text('Network security group of the application gateway'),
  why: text(
    'Callers from outside come in on port 443 and on no other. Azure’s own management has to get through too, or the gateway is refused.',
  ),
  sources: [
    {
      reference: 'Application Gateway infrastructure configuration',
      url: 'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups',
    },
  ],
});

const privateEndpointsGuarded = defineStep({
  id: 'nsg-private-endpoints-association',
  title: text('Private endpoints guarded by their group'),
  why: text(
    'A network security group does nothing until it is on the subnet. The subnet keeps everything else that it has.',
  ),
  group: 'foundation',
  on: 'privateEndpointSubnet',
  scenarios: ['api-gateway'],
  after: ['nsg-private-endpoints', 'subnet-private-endpoints'],
  sources: [
    SEGMENTATION,
    { policy: 'e71308d3-144b-4262-b144-efdc3cc90517' },
    {
      reference: 'Manage network policies for private endpoints',
      url: 'https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy',
    },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const group = groupIdFor(context, 'privateEndpointSubnet');
    return [{ resource: target, assertions: [guardedBy(group)] }];
  },
  permissions: ['Microsoft.Network/virtualNetworks/subnets/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

export const SECURITY_GROUP_STEPS: readonly Step[] = [
  privateEndpointGroup,
  apiManagementGroup,
  applicationGatewayGroup,
  privateEndpointsGuarded,
];
