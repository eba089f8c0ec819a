import type { JsonObject } from '../../../src/core/resources/json';
import { childId } from '../../../src/core/resources/resourceId';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup } from '../../../src/core/setup/setup';
import { ID, inGroup, linkId, zoneId } from './ids';
import { account, built, link, provider, resourceGroup, subnet, virtualNetwork, zone } from './resources';
import { setup } from './setups';
import { World } from './world';

/** What an API gateway adds to the tests' subscription. */
export const EDGE = {
  service: inGroup('rg-contoso', 'Microsoft.ApiManagement/service', 'contoso-apim'),
  serviceSubnet: childId(ID.network, 'subnets', 'snet-apim'),
  gatewaySubnet: childId(ID.network, 'subnets', 'snet-appgw'),
  serviceGroup: inGroup('rg-contoso', 'Microsoft.Network/networkSecurityGroups', 'nsg-snet-apim'),
  gatewayGroup: inGroup('rg-contoso', 'Microsoft.Network/networkSecurityGroups', 'nsg-snet-appgw'),
  endpointGroup: inGroup('rg-contoso', 'Microsoft.Network/networkSecurityGroups', 'nsg-snet-endpoints'),
  address: '10.0.2.4',
} as const;

/** The setup of an API gateway; new things may be created. */
export function edgeSetup(parts: { readonly roles?: Setup['roles'] } = {}): Setup {
  return setup({
    scenarios: ['api-gateway'],
    roles: {
      ...setup().roles,
      apiManagementSubnet: { id: EDGE.serviceSubnet, create: { addressPrefix: '10.0.2.0/27' } },
      apiManagement: {
        id: EDGE.service,
        create: {
          location: 'japaneast',
          sku: 'Developer',
          publisherEmail: 'api@contoso.com',
          publisherName: 'Contoso',
        },
      },
      applicationGatewaySubnet: { id: EDGE.gatewaySubnet, create: { addressPrefix: '10.0.3.0/24' } },
      ...parts.roles,
    },
  });
}

export interface RuleWords {
  readonly access?: 'Allow' | 'Deny';
  readonly direction?: 'Inbound' | 'Outbound';
  readonly priority: number;
  readonly from?: string;
  readonly to?: string;
  readonly ports?: string;
}

export function rule(name: string, words: RuleWords): JsonObject {
  const { access = 'Allow', direction = 'Inbound', priority, from = '*', to = '*', ports = '*' } = words;
  return {
    name,
    properties: {
      access,
      direction,
      priority,
      protocol: '*',
      sourcePortRange: '*',
      sourceAddressPrefix: from,
      destinationAddressPrefix: to,
      destinationPortRange: ports,
    },
  };
}

export function securityGroup(id: string, ...securityRules: readonly JsonObject[]): WireResource {
  return { id, location: 'japaneast', properties: { securityRules } };
}

/** A subnet with its group, where it has one. */
export function edgeSubnet(id: string, addressPrefix: string, group?: string, patch: JsonObject = {}): WireResource {
  const properties = { addressPrefix, ...(group !== undefined && { networkSecurityGroup: { id: group } }) };
  return built({ id, properties }, patch);
}

/** Inside of the network, hardened, with an identity; what differs is given. */
export function service(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: EDGE.service,
      location: 'Japan East',
      sku: { name: 'Developer', capacity: 1 },
      identity: { type: 'SystemAssigned', principalId: 'principal-of-contoso-apim' },
      properties: {
        provisioningState: 'Succeeded',
        platformVersion: 'stv2',
        createdAtUtc: '2026-01-01T00:00:00Z',
        virtualNetworkType: 'Internal',
        virtualNetworkConfiguration: { subnetResourceId: EDGE.serviceSubnet },
        privateIPAddresses: [EDGE.address],
        gatewayUrl: 'https://contoso-apim.azure-api.net',
      },
    },
    patch,
  );
}

/** Below the service: `at('apis', 'chat')`. */
export const at = (...segments: readonly string[]): string => childId(EDGE.service, ...segments);

/** A network with an account, and whatever is given besides. */
export function edgeWorld(...others: readonly WireResource[]): World {
  return new World([
    ...['CognitiveServices', 'Network', 'ApiManagement', 'Insights', 'PolicyInsights', 'Security'].map((name) =>
      provider(`Microsoft.${name}`),
    ),
    resourceGroup(),
    account({ properties: { customSubDomainName: 'contoso-openai' } }),
    virtualNetwork({ properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } }),
    subnet(),
    ...others,
  ]);
}

/** A private zone for a name, linked to the network, with its record. */
export function nameFor(host: string, record: string, address: string = EDGE.address): readonly WireResource[] {
  const id = zoneId(host);
  return [
    zone(id),
    link({ id: linkId(id) }),
    { id: childId(id, 'A', record), properties: { ttl: 300, aRecords: [{ ipv4Address: address }] } },
  ];
}
