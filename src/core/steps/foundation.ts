import { childId } from '../resources/resourceId';
import { rolesOf } from '../setup/roles';
import { SCENARIO_IDS } from '../setup/scenarios';
import type { RoleId } from '../setup/setup';
import { text } from '../text';
import { GOVERNED } from './governance';
import { presenceOf } from './presence';
import { defineStep, type StepContext, type Step } from './step';

/** The provider of each role's resource. That of the network is always needed. */
const PROVIDERS: Readonly<Partial<Record<RoleId, string>>> = {
  openAi: 'Microsoft.CognitiveServices',
  search: 'Microsoft.Search',
  storage: 'Microsoft.Storage',
  webApp: 'Microsoft.Web',
  apiManagement: 'Microsoft.ApiManagement',
  applicationGateway: 'Microsoft.ManagedIdentity',
  keyVault: 'Microsoft.KeyVault',
  logAnalyticsWorkspace: 'Microsoft.OperationalInsights',
};

/** Namespaces whose resources the steps of a setup write. */
function providersFor({ setup }: StepContext): readonly string[] {
  const { roles, scenarios, options } = setup;
  const ofRoles = rolesOf(scenarios).flatMap(({ id }) => (roles[id] && PROVIDERS[id] ? [PROVIDERS[id]] : []));
  const governed = GOVERNED.some((scenario) => scenarios.includes(scenario));
  return [
    ...ofRoles,
    'Microsoft.Network',
    ...(governed ? ['Microsoft.Insights'] : []),
    ...(governed && options.policies !== 'off' ? ['Microsoft.PolicyInsights'] : []),
    ...(((governed || scenarios.includes('on-your-data')) && options.defender) ||
    (governed && options.defenderForServices)
      ? ['Microsoft.Security']
      : []),
  ];
}

const resourceProviders = defineStep({
  id: 'resource-providers',
  title: text('Resource providers registered'),
  why: text(
    'A subscription can only hold resources of providers that are registered in it. Without them the very first change fails.',
  ),
  group: 'foundation',
  on: 'subscription',
  scenarios: SCENARIO_IDS,
  after: [],
  sources: [
    { seed: 'apim-app-gateway.fr', section: 'Avant de plonger' },
    {
      reference: 'Azure resource providers and types',
      url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types',
    },
  ],
  severity: 'medium',
  expects: (context, subscription) =>
    providersFor(context).map((namespace) => ({
      resource: childId(subscription, 'providers', namespace),
      assertions: [{ at: 'registrationState', must: { kind: 'equals', value: 'Registered' } }],
      operation: 'register',
      undoUpdate: {
        kind: 'none',
        reason: text(
          'A registered provider stays registered: it costs nothing, and other resources may rely on it by now.',
        ),
      },
      permissions: [{ action: `${namespace}/register/action`, scope: subscription }],
    })),
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 60,
});

const resourceGroup = defineStep({
  id: 'resource-group',
  title: text('Resource group'),
  why: text('One resource group holds what Ringfence creates, so that access, locks and policies have one scope.'),
  group: 'foundation',
  on: 'resourceGroup',
  scenarios: SCENARIO_IDS,
  after: [],
  sources: [
    { seed: 'on-your-data.fr', section: 'Créer un groupe de ressources' },
    { seed: 'on-your-data.zh-tw', section: '建立資源群組' },
  ],
  severity: 'low',
  expects: (context) => presenceOf(context, 'resourceGroup', ({ location }) => ({ create: { location } })),
  permissions: ['Microsoft.Resources/subscriptions/resourceGroups/write'],
  risk: { kind: 'none' },
  typicalSeconds: 3,
});

const virtualNetwork = defineStep({
  id: 'vnet',
  title: text('Virtual network'),
  why: text(
    'Everything private needs addresses of its own. The virtual network is where your clients and the endpoint meet.',
  ),
  group: 'foundation',
  on: 'virtualNetwork',
  scenarios: SCENARIO_IDS,
  after: ['resource-providers', 'resource-group'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Création d’un réseau virtuel' },
    { seed: 'on-your-data.zh-tw', section: '建立虛擬網路' },
    { seed: 'vnet-only.ja', section: '前提' },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const { create } = context.role('virtualNetwork');
    return [
      {
        resource: target,
        assertions: [{ at: 'properties.addressSpace.addressPrefixes', must: { kind: 'present' } }],
        ...(create && {
          create: {
            location: create.location,
            properties: { addressSpace: { addressPrefixes: create.addressPrefixes } },
          },
        }),
      },
    ];
  },
  permissions: ['Microsoft.Network/virtualNetworks/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

const privateEndpointSubnet = defineStep({
  id: 'subnet-private-endpoints',
  title: text('Subnet for private endpoints'),
  why: text(
    'The endpoint takes its address from this subnet. Network policies are on, so that rules of a network security group apply to the endpoint too.',
  ),
  group: 'foundation',
  on: 'privateEndpointSubnet',
  scenarios: SCENARIO_IDS,
  after: ['vnet'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Création d’un réseau virtuel' },
    { seed: 'on-your-data.zh-tw', section: '建立虛擬網路' },
    {
      reference: 'Manage network policies for private endpoints',
      url: 'https://learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy',
    },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const { create } = context.role('privateEndpointSubnet');
    const policies = networkPolicies(context);
    return [
      {
        resource: target,
        assertions: [
          {
            at: 'properties.privateEndpointNetworkPolicies',
            absentMeans: 'Disabled',
            must: { kind: 'oneOf', values: policies, prefer: policies[0] ?? 'Disabled' },
          },
          { at: 'properties.delegations', must: { kind: 'empty' } },
        ],
        ...(create && {
          create: {
            properties: { addressPrefix: create.addressPrefix, privateEndpointNetworkPolicies: policies[0] },
          },
        }),
      },
    ];
  },
  permissions: ['Microsoft.Network/virtualNetworks/subnets/write'],
  risk: { kind: 'none' },
  typicalSeconds: 5,
});

/** Clouds other than the public one are reported to refuse endpoints in a subnet whose policies are on. */
function networkPolicies(context: StepContext): readonly string[] {
  return context.cloud.id === 'public'
    ? ['NetworkSecurityGroupEnabled', 'Enabled']
    : ['Disabled', 'NetworkSecurityGroupEnabled', 'Enabled'];
}

export const FOUNDATION_STEPS: readonly Step[] = [
  resourceProviders,
  resourceGroup,
  virtualNetwork,
  privateEndpointSubnet,
];
