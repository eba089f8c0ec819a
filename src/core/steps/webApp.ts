import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId, resourceGroupIdOf, resourceIdIn, resourceName } from '../resources/resourceId';
import { text } from '../text';
import { holds, type Assertion, type Surrounding } from './matcher';
import { presenceOf } from './presence';
import { defineStep, type StepContext, type Step } from './step';
import { systemIdentityOn } from './systemIdentity';
import { networkLocation } from './virtualNetwork';

/** Steps on the web app that answers users. Source of the properties: Microsoft.Web/sites 2025-05-01. */

const SOURCES = [
  { seed: 'on-your-data.fr', section: 'Application web' },
  { seed: 'on-your-data.zh-tw', section: 'Web 應用程式' },
] as const;

/** What a write to the app needs; Website Contributor has it. */
const SITE_WRITE = ['Microsoft.Web/sites/write'];

/** Tiers whose apps can go out through a virtual network. */
const TIERS = [
  'Basic',
  'Standard',
  'Premium',
  'PremiumV2',
  'PremiumV3',
  'Premium0V3',
  'PremiumV4',
  'PremiumMV4',
  'ElasticPremium',
  'WorkflowStandard',
  'Isolated',
  'IsolatedV2',
];

const webAppPlan = defineStep({
  id: 'webapp-plan-supports-vnet',
  title: text('App Service plan that supports virtual networks'),
  why: text(
    'Free and shared plans cannot go out through a virtual network. The plan also has to be in the network’s region.',
  ),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['resource-providers', 'resource-group', 'vnet'],
  sources: SOURCES,
  severity: 'medium',
  expects: (context, target) => {
    const id = planOf(context, target);
    const { create } = context.role('webApp');
    return [
      {
        resource: id,
        assertions: [
          ...tierAssertions(context, id),
          { at: 'location', must: { kind: 'inRegion', region: networkLocation(context) } },
        ],
        ...(create && {
          create: {
            location: create.location,
            kind: 'linux',
            sku: { name: 'B1', tier: 'Basic' },
            properties: { reserved: true },
          },
        }),
      },
    ];
  },
  permissions: ['Microsoft.Web/serverFarms/write'],
  risk: { kind: 'cost', note: text('A plan of the Basic tier costs about 13 US dollars a month.') },
  typicalSeconds: 15,
});

/** A tier is written together with the name of a size in it, and Azure finds out the rest of the SKU. */
function tierAssertions(context: StepContext, plan: string): readonly Assertion[] {
  const tier: Assertion = { at: 'sku.tier', must: { kind: 'oneOf', values: TIERS, prefer: 'Basic' }, within: SKU };
  const present = context.read(plan);
  if (present === undefined || holds(present, tier)) return [tier];
  return [tier, { at: 'sku.name', must: { kind: 'equals', value: 'B1' }, within: SKU }];
}

const SKU: Surrounding = { at: 'sku', absentMeans: {}, readOnly: ['size', 'family', 'capacity'] };

/** The plan of the app that exists, else the one to create beside it. */
function planOf(context: StepContext, app: string): string {
  const existing = asString(readPath(context.read(app), 'properties.serverFarmId'));
  const group = resourceGroupIdOf(app) ?? context.role('resourceGroup').id;
  return existing ?? resourceIdIn(group, 'Microsoft.Web/serverfarms', `asp-${resourceName(app)}`);
}

const webApp = defineStep({
  id: 'webapp',
  title: text('Web app'),
  why: text('The app asks Azure OpenAI on behalf of your users, from inside the network.'),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['webapp-plan-supports-vnet'],
  sources: SOURCES,
  severity: 'medium',
  expects: (context, target) =>
    presenceOf(context, 'webApp', ({ location }) => ({
      create: {
        location,
        kind: 'app,linux',
        identity: { type: 'SystemAssigned' },
        properties: { serverFarmId: planOf(context, target), reserved: true, httpsOnly: true },
      },
    })),
  permissions: SITE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 20,
});

const webAppIdentity = defineStep({
  id: 'webapp-managed-identity',
  title: text('System-assigned identity of the web app'),
  why: text('With an identity of its own, the app calls Azure OpenAI without a key in its settings.'),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['webapp'],
  sources: [
    { seed: 'on-your-data.fr', section: 'Affectations de rôles' },
    { policy: '2b9ad585-36bc-4615-b300-fd4435808332' },
  ],
  severity: 'medium',
  desired: [systemIdentityOn],
  permissions: SITE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 10,
});

const webAppIntegration = defineStep({
  id: 'webapp-vnet-integration',
  title: text('Web app in the virtual network'),
  why: text(
    'The app’s outgoing traffic enters the network through its subnet, so that it reaches the private endpoint of Azure OpenAI.',
  ),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['webapp', 'webapp-plan-supports-vnet', 'subnet-webapp'],
  sources: [...SOURCES, { policy: '72d04c29-f87d-4575-9731-419ff16a2757' }],
  severity: 'high',
  expects: (context, target) => [
    {
      resource: target,
      assertions: [
        {
          at: 'properties.virtualNetworkSubnetId',
          must: { kind: 'refersTo', id: context.role('webAppSubnet').id },
        },
      ],
    },
  ],
  permissions: SITE_WRITE,
  risk: { kind: 'none', note: text('The app restarts.') },
  typicalSeconds: 20,
});

const webAppRouteAll = defineStep({
  id: 'webapp-route-all',
  title: text('All outgoing traffic through the network'),
  why: text(
    'Without it, only private addresses go through the network, and name resolution may not. With it, everything does.',
  ),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['webapp-vnet-integration'],
  sources: [...SOURCES, { policy: 'a691eacb-474d-47e4-b287-b4813ca44222' }],
  severity: 'medium',
  desired: (context, target) => [routing(context, target)],
  permissions: SITE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'Where a security group or a route of the subnet blocks the internet, the app loses its way to it, sign-in of users included.',
    ),
  },
  typicalSeconds: 10,
});

/** The property has had three names; whichever is true will do, and the newest is written. */
function routing(context: StepContext, target: string): Assertion {
  const site = context.read(target);
  const older = ['properties.vnetRouteAllEnabled', 'properties.outboundVnetRouting.applicationTraffic'];
  const at = older.find((path) => readPath(site, path) === true) ?? 'properties.outboundVnetRouting.allTraffic';
  return { at, absentMeans: false, must: { kind: 'equals', value: true } };
}

const webAppHardening = defineStep({
  id: 'webapp-hardening',
  title: text('Web app speaks safe protocols only'),
  why: text(
    'Users sign in to the app: HTTPS with TLS 1.2 or later, and no FTP beside it, keep that between them and the app.',
  ),
  group: 'webApp',
  on: 'webApp',
  scenarios: ['on-your-data'],
  after: ['webapp'],
  sources: [
    {
      reference: 'Security in Azure App Service',
      url: 'https://learn.microsoft.com/azure/app-service/overview-security',
    },
    { policy: 'a4af4a39-4135-47fb-b175-47fbdf85311d' },
    { policy: 'f0e6e85b-9b9f-4a4b-b67b-f730d42f1b0b' },
    { policy: '4d24b6d4-5e53-4a4f-a7f4-618fa573ee4b' },
  ],
  severity: 'low',
  expects: (_, target) => [
    {
      resource: target,
      assertions: [{ at: 'properties.httpsOnly', absentMeans: false, must: { kind: 'equals', value: true } }],
    },
    { resource: childId(target, 'config', 'web'), assertions: PROTOCOLS, comesByItself: true },
  ],
  permissions: ['Microsoft.Web/sites/write', 'Microsoft.Web/sites/config/write'],
  risk: {
    kind: 'lockout',
    note: text('Deployments over FTP, and clients that speak older versions of TLS, are refused from then on.'),
  },
  typicalSeconds: 10,
});

const PROTOCOLS: readonly Assertion[] = [
  {
    at: 'properties.minTlsVersion',
    absentMeans: '1.2',
    must: { kind: 'oneOf', values: ['1.2', '1.3'], prefer: '1.2' },
  },
  {
    at: 'properties.ftpsState',
    absentMeans: 'AllAllowed',
    must: { kind: 'oneOf', values: ['Disabled', 'FtpsOnly'], prefer: 'Disabled' },
  },
];

export const WEB_APP_STEPS: readonly Step[] = [
  webAppPlan,
  webApp,
  webAppIdentity,
  webAppIntegration,
  webAppRouteAll,
  webAppHardening,
];
