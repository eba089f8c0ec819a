import { asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { resourceGroupIdOf, resourceIdIn, resourceName } from '../resources/resourceId';
import { text } from '../text';
import type { Assertion, Surrounding } from './matcher';
import { ADDRESS_COST, newAddress, STANDARD_ADDRESS } from './publicIp';
import { defineStep, type Expectation, type StepContext, type Step } from './step';
import { tenantOf } from './tenant';

/** Steps that let developers into the virtual network. Source: on-your-data.fr, “Configurer la passerelle et le client”. */

const SOURCES = [
  { seed: 'on-your-data.fr', section: 'Configurer la passerelle et le client' },
  { seed: 'on-your-data.zh-tw', section: '設定閘道和用戶端' },
] as const;

/** Gateways without availability zones can no longer be created; those that exist go on. Basic knows no Entra ID. */
const CURRENT_SKUS = ['VpnGw1AZ', 'VpnGw2AZ', 'VpnGw3AZ', 'VpnGw4AZ', 'VpnGw5AZ'];
const OLDER_SKUS = ['VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw4', 'VpnGw5'];

const vpnPublicIp = defineStep({
  id: 'vpn-public-ip',
  title: text('Public IP address of the VPN gateway'),
  why: text(
    'Clients find the gateway at this address. A gateway across availability zones takes only a Standard address that is in all of them.',
  ),
  group: 'vpn',
  on: 'vpnGateway',
  scenarios: ['on-your-data'],
  after: ['resource-group', 'resource-providers'],
  sources: SOURCES,
  severity: 'low',
  expects: (context, target) => {
    const id = publicIpOf(context, target);
    if (context.read(id) !== undefined)
      return [{ resource: id, assertions: standardAddress(context, target), observed: true }];
    const { create } = context.role('vpnGateway');
    return [
      {
        resource: id,
        assertions: [],
        ...(create && { create: newAddress(create.location) }),
      },
    ];
  },
  permissions: ['Microsoft.Network/publicIPAddresses/write'],
  risk: ADDRESS_COST,
  typicalSeconds: 10,
});

function standardAddress(context: StepContext, gateway: string): readonly Assertion[] {
  const sku = asString(readPath(context.read(gateway), 'properties.sku.name')) ?? CURRENT_SKUS[0] ?? '';
  return [
    ...STANDARD_ADDRESS,
    ...(sku.toLowerCase().endsWith('az') ? [{ at: 'zones', must: { kind: 'present' } } satisfies Assertion] : []),
  ];
}

/** The address of the gateway that exists, else the one to create beside it. */
function publicIpOf(context: StepContext, gateway: string): string {
  const [first] = asObjects(readPath(context.read(gateway), 'properties.ipConfigurations'));
  const existing = asString(readPath(first, 'properties.publicIPAddress.id'));
  const group = resourceGroupIdOf(gateway) ?? context.role('resourceGroup').id;
  return existing ?? resourceIdIn(group, 'Microsoft.Network/publicIPAddresses', `pip-${resourceName(gateway)}`);
}

const vpnGateway = defineStep({
  id: 'vpn-gateway',
  title: text('VPN gateway'),
  why: text(
    'Developers reach the private endpoints through it from their own machines. Nothing else in the network has to be opened.',
  ),
  group: 'vpn',
  on: 'vpnGateway',
  scenarios: ['on-your-data'],
  after: ['subnet-gateway', 'vpn-public-ip'],
  sources: [
    ...SOURCES,
    { policy: 'e345b6c3-24bd-4c93-9bbb-7e5e49a17b78' },
    {
      reference: 'Gateway SKU consolidation and migration',
      url: 'https://learn.microsoft.com/azure/vpn-gateway/gateway-sku-consolidation',
    },
  ],
  severity: 'medium',
  expects: (context, target) => {
    const assertions: readonly Assertion[] = [
      { at: 'properties.vpnType', must: { kind: 'equals', value: 'RouteBased' } },
      {
        at: 'properties.sku.name',
        must: { kind: 'oneOf', values: [...CURRENT_SKUS, ...OLDER_SKUS], prefer: CURRENT_SKUS[0] ?? '' },
      },
      inGoodState,
    ];
    if (context.read(target) !== undefined) return [{ resource: target, assertions, observed: true }];
    return [creation(context, target)];
  },
  permissions: ['Microsoft.Network/virtualNetworkGateways/write'],
  risk: {
    kind: 'cost',
    note: text(
      'A gateway of size VpnGw1AZ costs about 140 US dollars a month, used or not. It takes up to 45 minutes to create.',
    ),
  },
  typicalSeconds: 1800,
});

const inGoodState: Assertion = {
  at: 'properties.provisioningState',
  must: { kind: 'oneOf', values: ['Succeeded', 'Updating'], prefer: 'Succeeded' },
};

/** With its clients' settings in the same request: a second one would take minutes more. */
function creation(context: StepContext, target: string): Expectation {
  const { create } = context.role('vpnGateway');
  const subnet = context.role('gatewaySubnet').id;
  const address = publicIpOf(context, target);
  if (create === undefined) return { resource: target, assertions: [] };
  return {
    resource: target,
    assertions: [],
    create: {
      location: create.location,
      properties: {
        gatewayType: 'Vpn',
        vpnType: 'RouteBased',
        activeActive: false,
        sku: { name: 'VpnGw1AZ', tier: 'VpnGw1AZ' },
        ipConfigurations: [
          {
            name: 'default',
            properties: {
              privateIPAllocationMethod: 'Dynamic',
              subnet: { id: subnet },
              publicIPAddress: { id: address },
            },
          },
        ],
        vpnClientConfiguration: { ...clientConfiguration(context) },
      },
    },
  };
}

const vpnPointToSite = defineStep({
  id: 'vpn-p2s-entra',
  title: text('Point-to-site with Microsoft Entra ID'),
  why: text(
    'Developers sign in to the VPN as themselves, so access ends where their account ends. Certificates and shared secrets would outlive it.',
  ),
  group: 'vpn',
  on: 'vpnGateway',
  scenarios: ['on-your-data'],
  after: ['vpn-gateway'],
  sources: [
    ...SOURCES,
    { policy: '21a6bc25-125e-4d13-b82d-2e19b7208ab7' },
    {
      reference: 'Configure P2S VPN Gateway for Microsoft Entra ID authentication',
      url: 'https://learn.microsoft.com/azure/vpn-gateway/point-to-site-entra-gateway',
    },
  ],
  severity: 'medium',
  desired: (context) => {
    const wanted = clientConfiguration(context);
    return [
      {
        at: path('vpnClientAddressPool.addressPrefixes'),
        must: { kind: 'present', propose: wanted.vpnClientAddressPool.addressPrefixes },
        within,
      },
      { at: path('vpnClientProtocols'), must: { kind: 'exactly', values: wanted.vpnClientProtocols }, within },
      { at: path('vpnAuthenticationTypes'), must: { kind: 'exactly', values: wanted.vpnAuthenticationTypes }, within },
      // Azure takes it with a slash at the end as well.
      {
        at: path('aadTenant'),
        must: { kind: 'oneOf', values: [wanted.aadTenant, `${wanted.aadTenant}/`], prefer: wanted.aadTenant },
        within,
      },
      { at: path('aadAudience'), must: { kind: 'present', propose: wanted.aadAudience }, within },
      { at: path('aadIssuer'), must: { kind: 'equals', value: wanted.aadIssuer }, within },
    ];
  },
  permissions: ['Microsoft.Network/virtualNetworkGateways/write'],
  risk: {
    kind: 'lockout',
    note: text(
      'Clients that came in with a certificate or a password are refused from then on, and every client needs the new profile.',
    ),
  },
  typicalSeconds: 300,
});

const within: Surrounding = {
  at: 'properties.vpnClientConfiguration',
  absentMeans: {},
  removable: true,
  readOnly: ['vpnClientConnectionHealth'],
};

function path(name: string): string {
  return `${within.at}.${name}`;
}

/** How clients sign in. OpenVPN is the only protocol with Entra ID, and the issuer has to end with a slash. */
function clientConfiguration(context: StepContext) {
  const { cloud, setup } = context;
  const tenant = tenantOf(context);
  return {
    vpnClientAddressPool: { addressPrefixes: [setup.options.vpnClientAddressPool ?? DEFAULT_POOL] },
    vpnClientProtocols: ['OpenVPN'],
    vpnAuthenticationTypes: ['AAD'],
    aadTenant: `${cloud.authorityHost}/${tenant}`,
    aadAudience: cloud.vpnAudience,
    aadIssuer: `${cloud.tokenIssuer}/${tenant}/`,
  };
}

const DEFAULT_POOL = '172.16.201.0/24';

export const VPN_STEPS: readonly Step[] = [vpnPublicIp, vpnGateway, vpnPointToSite];
