import { asArray, asObjects, asString } from '../resources/json';
import { NETWORK_LIMITS } from '../resources/networkLimits';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import { TYPES } from '../resources/resourceTypes';
import { normalizeLocation } from '../resources/wireEquality';
import { text, type Text } from '../text';
import { publicIpOf } from './gatewayFacts';
import { holds, type Assertion } from './matcher';
import { defineStep, Unsettled, type Expectation, type Step, type StepContext } from './step';

/** Whether the regions have what the gateways are made of. Source: apim-app-gateway.fr, “Avant de plonger”. */

/** Something of the scenario that Azure offers by region. */
interface Part {
  readonly id: string;
  /** Where it is to be created; undefined where Ringfence may not. */
  readonly region: string | undefined;
  readonly kind: Kind;
}

interface Kind {
  readonly namespace: string;
  readonly type: string;
  /** Limits of Microsoft.Network that it counts against: subscriptions show them under some of these names. */
  readonly limits: readonly string[];
}

const KINDS = {
  apiManagement: { namespace: 'Microsoft.ApiManagement', type: 'service', limits: [] },
  applicationGateway: {
    namespace: 'Microsoft.Network',
    type: 'applicationGateways',
    limits: limitsOf(TYPES.applicationGateway),
  },
  publicIp: {
    namespace: 'Microsoft.Network',
    type: 'publicIPAddresses',
    limits: limitsOf(TYPES.publicIpAddress),
  },
  virtualNetwork: {
    namespace: 'Microsoft.Network',
    type: 'virtualNetworks',
    limits: limitsOf(TYPES.virtualNetwork),
  },
  keyVault: { namespace: 'Microsoft.KeyVault', type: 'vaults', limits: [] },
} satisfies Readonly<Record<string, Kind>>;

function limitsOf(type: string): readonly string[] {
  return NETWORK_LIMITS[type] ?? [];
}

/** What the scenario stands on, as far as it is there or may be created. */
function partsOf(context: StepContext): readonly Part[] {
  const roles = ['apiManagement', 'applicationGateway', 'virtualNetwork', 'keyVault'] as const;
  const parts = roles.flatMap((role): readonly Part[] => {
    const binding = context.optionalRole(role);
    return binding ? [{ id: binding.id, region: binding.create?.location, kind: KINDS[role] }] : [];
  });
  const gateway = context.optionalRole('applicationGateway');
  const address: readonly Part[] = gateway
    ? [{ id: publicIpOf(context, gateway.id), region: gateway.create?.location, kind: KINDS.publicIp }]
    : [];
  return [...parts, ...address].filter(({ id, region }) => region !== undefined || context.read(id) !== undefined);
}

/** What is there needs no room; what is not has to be offered, and the subscription must not be full of it. */
function expectationsFor(context: StepContext, subscription: string, part: Part): readonly Expectation[] {
  const { id, region, kind } = part;
  if (region === undefined || context.read(id) !== undefined) return [{ resource: id, assertions: [], observed: true }];
  return [offered(context, subscription, kind, region), ...roomFor(context, subscription, kind, region)];
}

function offered(context: StepContext, subscription: string, { namespace, type }: Kind, region: string): Expectation {
  const resource = childId(subscription, 'providers', namespace);
  const types = asObjects(context.read(resource)?.['resourceTypes']);
  const index = types.findIndex(({ resourceType }) => asString(resourceType)?.toLowerCase() === type.toLowerCase());
  if (!Array.isArray(types[index]?.['locations'])) {
    const reason = text('Azure does not say in which regions it offers {0}.', `${namespace}/${type}`);
    throw new Unsettled({ kind: 'resource', id: resource }, reason);
  }
  const at = `resourceTypes.${index}.locations`;
  return { resource, assertions: [{ at, must: { kind: 'offeredIn', region } }], observed: true };
}

function roomFor(context: StepContext, subscription: string, kind: Kind, region: string): readonly Expectation[] {
  if (kind.limits.length === 0) return [];
  const where = normalizeLocation(region);
  const resource = childId(subscription, 'providers', 'Microsoft.Network', 'locations', where, 'usages');
  const assertions = asArray(context.read(resource)?.['value']).flatMap((usage, index): readonly Assertion[] => {
    const name = asString(readPath(usage, 'name.value'));
    const isCounted = kind.limits.some((limit) => limit.toLowerCase() === name?.toLowerCase());
    return name !== undefined && isCounted ? [{ at: `value.${index}`, must: { kind: 'room', of: name } }] : [];
  });
  if (assertions.length === 0) {
    const reason = text('Azure does not say how many of {0} this subscription may have in {1}.', kind.type, where);
    throw new Unsettled({ kind: 'resource', id: resource }, reason);
  }
  return [{ resource, assertions, observed: true }];
}

/** What to do about what is missing. */
function advice(context: StepContext, subscription: string, { id, region, kind }: Part): readonly Text[] {
  if (region === undefined || context.read(id) !== undefined) return [];
  const isMissing = ({ resource, assertions }: Expectation): boolean =>
    assertions.some((assertion) => !holds(context.read(resource) ?? {}, assertion));
  const isElsewhere = isMissing(offered(context, subscription, kind, region));
  const isFull = roomFor(context, subscription, kind, region).some(isMissing);
  return [
    ...(isElsewhere
      ? [
          text(
            'Azure does not offer {0} in {1}. Choose another region for it.',
            `${kind.namespace}/${kind.type}`,
            region,
          ),
        ]
      : []),
    ...(isFull
      ? [
          text(
            'This subscription has no room left for {0} in {1}. Ask for more under “Quotas” in the Azure portal, delete what nobody uses, or choose another region.',
            `${kind.namespace}/${kind.type}`,
            region,
          ),
        ]
      : []),
  ];
}

const regionQuotas = defineStep({
  id: 'gateway-region-quotas',
  title: text('Room in the region for the gateways'),
  why: text(
    'Not every region offers every service, and every subscription may have so many of each. It is better to know before half an hour of creating than after.',
  ),
  group: 'foundation',
  on: 'subscription',
  scenarios: ['api-gateway'],
  after: ['resource-providers'],
  sources: [
    { seed: 'apim-app-gateway.fr', section: 'Avant de plonger' },
    {
      reference: 'Azure subscription and service limits, quotas, and constraints',
      url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
    },
  ],
  severity: 'medium',
  notApplicable: (context) =>
    partsOf(context).length === 0 ? text('Nothing of it is there, and Ringfence may create none of it.') : undefined,
  notes: (context, subscription) => partsOf(context).flatMap((part) => advice(context, subscription, part)),
  expects: (context, subscription) => partsOf(context).flatMap((part) => expectationsFor(context, subscription, part)),
  permissions: [],
  risk: { kind: 'none' },
  typicalSeconds: 0,
});

export const GATEWAY_QUOTA_STEPS: readonly Step[] = [regionQuotas];
