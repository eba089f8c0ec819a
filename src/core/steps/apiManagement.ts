import { asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceName, sameResource } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { API_MANAGEMENT_SKUS } from '../setup/setup';
import { text, type Text } from '../text';
import { HARDENED_SERVICE } from './apiManagementHardening';
import { holds, type Assertion, type Surrounding } from './matcher';
import { presenceOf } from './presence';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';
import { systemIdentityOn } from './systemIdentity';
import { networkLocation } from './virtualNetwork';

/** API Management itself: there, with an identity, and inside of the network. */

const INTERNAL: Source = { seed: 'apim-app-gateway.fr', section: 'Déploiement d’APIM dans un VNET interne' };

const SERVICE_WRITE = ['Microsoft.ApiManagement/service/write'];

const SUBNET = 'properties.virtualNetworkConfiguration.subnetResourceId';

const apiManagementService = defineStep({
  id: 'apim-service',
  title: text('API Management service'),
  why: text(
    'It stands between callers outside and Azure OpenAI, and decides who may ask what. It is created inside of the network at once, because moving it later takes as long again.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['resource-providers', 'resource-group', 'gateway-region-quotas', 'subnet-apim', 'nsg-apim'],
  sources: [
    INTERNAL,
    { policy: 'ef619a2c-cc4d-4d03-b2ba-8c94a834d85b' },
    {
      reference: 'Deploy API Management in internal virtual network mode',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet',
    },
  ],
  severity: 'medium',
  expects: (context) => {
    const subnet = context.role('apiManagementSubnet').id;
    return presenceOf(context, 'apiManagement', ({ location, sku, publisherEmail, publisherName }) => ({
      create: {
        location,
        sku: { name: sku, capacity: 1 },
        identity: { type: 'SystemAssigned' },
        properties: {
          publisherEmail,
          publisherName,
          virtualNetworkType: 'Internal',
          virtualNetworkConfiguration: { subnetResourceId: subnet },
          ...HARDENED_SERVICE,
        },
      },
      undoCreate: {
        kind: 'delete',
        note: text('Azure keeps a deleted service for 48 hours, and its name is taken for as long.'),
      },
    }));
  },
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'cost',
    note: text(
      'API Management costs about 50 US dollars a month in the Developer tier, and about 2,800 for each unit in Premium, used or not. Creating it takes 30 to 45 minutes.',
    ),
  },
  typicalSeconds: 2400,
});

const apiManagementIdentity = defineStep({
  id: 'apim-managed-identity',
  title: text('System-assigned identity of API Management'),
  why: text('Azure OpenAI recognizes the gateway by its own identity, so that no key has to be kept in a policy.'),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-service'],
  sources: [
    { seed: 'apim-app-gateway.fr', section: 'Services requis pour cette intégration' },
    {
      reference: 'Use managed identities in Azure API Management',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-howto-use-managed-service-identity',
    },
  ],
  severity: 'high',
  desired: [systemIdentityOn],
  permissions: SERVICE_WRITE,
  risk: { kind: 'none' },
  typicalSeconds: 60,
});

const apiManagementInternal = defineStep({
  id: 'apim-internal-vnet',
  title: text('API Management inside of the network'),
  why: text(
    'In internal mode the gateway has a private address and no other. Only the application gateway in front of it lets callers from outside in.',
  ),
  group: 'apiManagement',
  on: 'apiManagement',
  scenarios: ['api-gateway'],
  after: ['apim-service', 'subnet-apim', 'nsg-apim'],
  preferAfter: ['apim-managed-identity'],
  sources: [
    INTERNAL,
    { policy: '73ef9241-5d81-4cd4-b483-8443d1730fe5' },
    { policy: '1dc2fc00-2245-4143-99f4-874c937f13ef' },
    {
      reference: 'Deploy API Management in internal virtual network mode',
      url: 'https://learn.microsoft.com/azure/api-management/api-management-using-with-internal-vnet',
    },
  ],
  severity: 'high',
  notes: (context, target) => aboutMoving(context, context.read(target)),
  expects: (context, target) => placeOf(context, target),
  permissions: SERVICE_WRITE,
  risk: {
    kind: 'lockout',
    note: text(
      'The gateway disappears from the internet: callers that come directly are refused. Moving a service takes up to 45 minutes.',
    ),
  },
  typicalSeconds: 2400,
});

/** Azure replaces the place of a service as a whole. */
const within: Surrounding = {
  at: 'properties.virtualNetworkConfiguration',
  absentMeans: {},
  removable: true,
  readOnly: ['vnetid', 'subnetname'],
};

const internal: Assertion = {
  at: 'properties.virtualNetworkType',
  absentMeans: 'None',
  must: { kind: 'equals', value: 'Internal' },
};

const ableTier: Assertion = {
  at: 'sku.name',
  must: { kind: 'oneOf', values: API_MANAGEMENT_SKUS, prefer: API_MANAGEMENT_SKUS[0] },
};

/** What only Azure or a person changes: a tier that can stand in a network, on a platform that still runs. */
const ABLE: readonly Assertion[] = [
  ableTier,
  {
    at: 'properties.platformVersion',
    absentMeans: 'stv2',
    must: { kind: 'oneOf', values: ['stv2', 'stv2.1', 'undetermined'], prefer: 'stv2' },
  },
];

function placeOf(context: StepContext, target: string): readonly Expectation[] {
  const subnet = context.role('apiManagementSubnet').id;
  const service = context.read(target);
  const place: readonly Assertion[] = [internal, { at: SUBNET, must: { kind: 'refersTo', id: subnet }, within }];
  const able: Expectation = { resource: target, assertions: ABLE, observed: true };
  // What is inside of a network already is not moved: its address would change for all who call it.
  if (isInternal(service) || !canMove(service)) return [able, { resource: target, assertions: place, observed: true }];
  return [
    able,
    {
      resource: target,
      // A subnet of another region is none that the service could stand in.
      assertions: [...place, { at: 'location', must: { kind: 'inRegion', region: networkLocation(context) } }],
    },
  ];
}

function tierOf(service: WireResource | undefined): string {
  return asString(readPath(service, 'sku.name')) ?? '';
}

function canMove(service: WireResource | undefined): boolean {
  return service === undefined || holds(service, ableTier);
}

function isInternal(service: WireResource | undefined): boolean {
  return service !== undefined && holds(service, internal);
}

function aboutMoving(context: StepContext, service: WireResource | undefined): readonly Text[] {
  if (service === undefined) return [];
  if (!canMove(service)) {
    return [
      text(
        'The tier {0} cannot stand in a virtual network in internal mode: only Developer and Premium can. Choose another service, or change its tier yourself.',
        tierOf(service),
      ),
    ];
  }
  const present = asString(readPath(service, SUBNET));
  if (isInternal(service)) {
    return present !== undefined && !sameResource(present, context.role('apiManagementSubnet').id)
      ? [text('The service is inside of {0} already. Choose that subnet for it in the setup.', resourceName(present))]
      : [];
  }
  return tierOf(service).toLowerCase() === 'developer'
    ? [text('A service of the Developer tier answers nobody while it is moved.')]
    : [];
}

export const API_MANAGEMENT_STEPS: readonly Step[] = [
  apiManagementService,
  apiManagementIdentity,
  apiManagementInternal,
];
