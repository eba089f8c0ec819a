import { CLOUDS } from '../../src/core/clouds';
import { childId, resourceGroupId, resourceIdIn, sameResource } from '../../src/core/resources/resourceId';
import { displayType } from '../../src/core/resources/resourceTypes';
import type { WireResource } from '../../src/core/resources/snapshot';
import { SCENARIO_IDS } from '../../src/core/setup/scenarios';
import { DEFAULT_OPTIONS, SEARCH_LINKS, type Setup } from '../../src/core/setup/setup';
import type { ChangeUndo } from '../../src/core/plan/change';
import { targetOf } from '../../src/core/evaluate/evaluate';
import { linkedActions } from '../../src/core/plan/linkedActions';
import { mergePatch } from '../../src/core/resources/wireEquality';
import { explain, patchFor, remedyFor } from '../../src/core/steps/matcher';
import type { Expectation, Step, StepContext } from '../../src/core/steps/step';
import { renderText } from '../../src/core/text';

/** What can be said of a step without a subscription: from its own expectations on one where nothing exists yet. */
export interface StepFacts {
  /** What must be true of which kind of resource, each thing once. */
  readonly desired: readonly DesiredFact[];
  /** Azure RBAC actions that its changes need. */
  readonly permissions: readonly string[];
  /** How what it creates is taken back; undefined where it creates nothing. */
  readonly undoCreate: ChangeUndo | undefined;
  /** How what it changes is taken back; undefined where it only creates. */
  readonly undoUpdate: ChangeUndo | undefined;
}

export interface DesiredFact {
  readonly type: string;
  /** Undefined where the resource only has to be there. */
  readonly property: string | undefined;
  readonly expected: string;
}

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';
const GROUP = resourceGroupId(SUBSCRIPTION, 'your-group');
const NETWORK = resourceIdIn(GROUP, 'Microsoft.Network/virtualNetworks', 'your-network');

/** A setup in which Ringfence may create everything. */
const EXAMPLE: Setup = {
  version: 1,
  name: 'example',
  cloud: 'public',
  subscription: SUBSCRIPTION,
  tenant: SUBSCRIPTION,
  scenarios: SCENARIO_IDS,
  roles: {
    resourceGroup: { id: GROUP, create: { location: 'japaneast' } },
    openAi: {
      id: resourceIdIn(GROUP, 'Microsoft.CognitiveServices/accounts', 'your-account'),
      create: { location: 'japaneast', kind: 'OpenAI' },
    },
    search: {
      id: resourceIdIn(GROUP, 'Microsoft.Search/searchServices', 'your-search'),
      create: { location: 'japaneast', sku: 'basic' },
    },
    storage: {
      id: resourceIdIn(GROUP, 'Microsoft.Storage/storageAccounts', 'yourstorage'),
      create: { location: 'japaneast' },
    },
    gatewaySubnet: { id: childId(NETWORK, 'subnets', 'GatewaySubnet'), create: { addressPrefix: '10.0.0.32/27' } },
    vpnGateway: {
      id: resourceIdIn(GROUP, 'Microsoft.Network/virtualNetworkGateways', 'your-gateway'),
      create: { location: 'japaneast' },
    },
    webAppSubnet: { id: childId(NETWORK, 'subnets', 'your-app-subnet'), create: { addressPrefix: '10.0.0.64/26' } },
    webApp: { id: resourceIdIn(GROUP, 'Microsoft.Web/sites', 'your-app'), create: { location: 'japaneast' } },
    apiManagementSubnet: {
      id: childId(NETWORK, 'subnets', 'your-apim-subnet'),
      create: { addressPrefix: '10.0.0.128/27' },
    },
    apiManagement: {
      id: resourceIdIn(GROUP, 'Microsoft.ApiManagement/service', 'your-apim'),
      create: {
        location: 'japaneast',
        sku: 'Developer',
        publisherEmail: 'api@contoso.com',
        publisherName: 'Contoso',
      },
    },
    applicationGatewaySubnet: {
      id: childId(NETWORK, 'subnets', 'your-gateway-subnet'),
      create: { addressPrefix: '10.0.1.0/24' },
    },
    applicationGateway: {
      id: resourceIdIn(GROUP, 'Microsoft.Network/applicationGateways', 'your-application-gateway'),
      create: { location: 'japaneast' },
    },
    logAnalyticsWorkspace: {
      id: resourceIdIn(GROUP, 'Microsoft.OperationalInsights/workspaces', 'your-workspace'),
      create: { location: 'japaneast' },
    },
    keyVault: { id: resourceIdIn(GROUP, 'Microsoft.KeyVault/vaults', 'your-vault'), create: { location: 'japaneast' } },
    virtualNetwork: { id: NETWORK, create: { location: 'japaneast', addressPrefixes: ['10.0.0.0/22'] } },
    privateEndpointSubnet: { id: childId(NETWORK, 'subnets', 'your-subnet'), create: { addressPrefix: '10.0.0.0/27' } },
  },
  options: {
    ...DEFAULT_OPTIONS,
    customerManagedKeys: true,
    defenderForServices: true,
    developers: [{ id: SUBSCRIPTION, type: 'User' }],
    project: { id: SUBSCRIPTION, type: 'ServicePrincipal' },
    documentAccess: { index: 'your-index', field: 'group_ids' },
    sharedPrivateLink: true,
    searchLinks: SEARCH_LINKS,
    indexReaders: [{ index: 'your-index', principal: { id: SUBSCRIPTION, type: 'User' } }],
    alertEmail: 'security@contoso.com',
  },
  skip: {},
};

/** What every subscription has. */
const OF_AZURE: readonly WireResource[] = [
  ...['ApiManagement/service', 'KeyVault/vaults'].map((type) => offers(type)),
  offers('Network/applicationGateways', 'Network/publicIPAddresses', 'Network/virtualNetworks'),
  {
    id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Network/locations/japaneast/usages`,
    value: ['ApplicationGateways', 'PublicIPAddresses', 'VirtualNetworks'].map((value) => ({ name: { value } })),
  },
];

function offers(...types: readonly string[]): WireResource {
  const namespace = types[0]?.split('/')[0] ?? '';
  const resourceTypes = types.map((type) => ({ resourceType: type.split('/')[1] ?? '', locations: [] }));
  return { id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.${namespace}`, resourceTypes };
}

const nothingExists: StepContext = {
  setup: EXAMPLE,
  cloud: CLOUDS.public,
  today: undefined,
  role: (role) => {
    const binding = EXAMPLE.roles[role];
    if (binding === undefined) throw new Error(`The example has no ${role}.`);
    return binding;
  },
  optionalRole: (role) => EXAMPLE.roles[role],
  read: (id) => OF_AZURE.find((resource) => sameResource(resource.id, id)),
  list: () => [],
};

const RESTORE: ChangeUndo = { kind: 'restore', body: {} };

/** A step that has nothing to change where nothing exists yet, but would have where something does. */
function onlyWhereSomethingIs(step: Step, created: unknown): boolean {
  return created === undefined && step.permissions.length > 0;
}

function desiredOf({ resource, assertions }: Expectation): readonly DesiredFact[] {
  const type = displayType(resource);
  if (assertions.length === 0) return [{ type, property: undefined, expected: 'exists' }];
  return assertions.map(({ at, must }) => ({ type, property: at, expected: renderText(explain(must)) }));
}

/** What the write needs on the resources that it names. */
function linkedTo({ resource, create, assertions }: Expectation): readonly string[] {
  const body = create ?? assertions.map((each) => patchFor({}, [each]) ?? {}).reduce(mergePatch, {});
  return linkedActions(resource, body, body).map(({ action }) => action);
}

export function factsOf(step: Step): StepFacts {
  const all = step.expects(nothingExists, targetOf(step, EXAMPLE) ?? '');
  const expectations = all.filter(({ observed }) => !observed);
  const needed = expectations.flatMap((expectation) => [
    ...(expectation.permissions?.map(({ action }) => action) ?? step.permissions),
    ...linkedTo(expectation),
  ]);
  const created = expectations.find(({ create }) => create !== undefined);
  const updated = expectations.find(({ assertions }) =>
    assertions.some(({ must }) => remedyFor(must, undefined) !== undefined),
  );
  return {
    desired: [...new Map(all.flatMap(desiredOf).map((fact) => [JSON.stringify(fact), fact])).values()],
    permissions: [...new Set(needed.length > 0 ? needed : step.permissions)],
    undoCreate: created && (created.undoCreate ?? { kind: 'delete' }),
    undoUpdate: updated ? (updated.undoUpdate ?? RESTORE) : onlyWhereSomethingIs(step, created) ? RESTORE : undefined,
  };
}
