import { asString, isJsonObject, type Json, type JsonObject } from '../resources/json';
import { targetsOf } from '../resources/privateEndpoints';
import { readPath } from '../resources/propertyPath';
import { resourceTypeOf } from '../resources/resourceId';
import { displayType, TYPES } from '../resources/resourceTypes';
import type { RequiredPermission } from './change';

/** A property in which a resource names another one, and what whoever writes it needs to be allowed there. */
interface Link {
  /** Dotted path; `[]` stands for each item of an array. */
  readonly at: string;
  readonly action: string;
}

const JOIN_SUBNET = 'Microsoft.Network/virtualNetworks/subnets/join/action';
const JOIN_ADDRESS = 'Microsoft.Network/publicIPAddresses/join/action';
const JOIN_FIREWALL = 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/join/action';

/** Source: https://learn.microsoft.com/azure/role-based-access-control/permissions */
const LINKS: Readonly<Record<string, readonly Link[]>> = {
  [TYPES.applicationGateway]: [
    { at: 'properties.gatewayIPConfigurations.[].properties.subnet.id', action: JOIN_SUBNET },
    { at: 'properties.frontendIPConfigurations.[].properties.subnet.id', action: JOIN_SUBNET },
    { at: 'properties.frontendIPConfigurations.[].properties.publicIPAddress.id', action: JOIN_ADDRESS },
    { at: 'properties.firewallPolicy.id', action: JOIN_FIREWALL },
    { at: 'properties.httpListeners.[].properties.firewallPolicy.id', action: JOIN_FIREWALL },
  ],
  [TYPES.subnet]: [
    { at: 'properties.networkSecurityGroup.id', action: 'Microsoft.Network/networkSecurityGroups/join/action' },
    { at: 'properties.routeTable.id', action: 'Microsoft.Network/routeTables/join/action' },
    { at: 'properties.natGateway.id', action: 'Microsoft.Network/natGateways/join/action' },
  ],
  [TYPES.virtualNetworkGateway]: [
    { at: 'properties.ipConfigurations.[].properties.subnet.id', action: JOIN_SUBNET },
    { at: 'properties.ipConfigurations.[].properties.publicIPAddress.id', action: JOIN_ADDRESS },
  ],
  [TYPES.privateEndpoint]: [{ at: 'properties.subnet.id', action: JOIN_SUBNET }],
  [TYPES.privateDnsZoneGroup]: [
    {
      at: 'properties.privateDnsZoneConfigs.[].properties.privateDnsZoneId',
      action: 'Microsoft.Network/privateDnsZones/join/action',
    },
  ],
  [TYPES.virtualNetworkLink]: [
    { at: 'properties.virtualNetwork.id', action: 'Microsoft.Network/virtualNetworks/join/action' },
  ],
  [TYPES.apiManagement]: [
    { at: 'properties.virtualNetworkConfiguration.subnetResourceId', action: JOIN_SUBNET },
    { at: 'properties.publicIpAddressId', action: JOIN_ADDRESS },
  ],
  [TYPES.webApp]: [{ at: 'properties.virtualNetworkSubnetId', action: JOIN_SUBNET }],
  [TYPES.diagnosticSetting]: [
    { at: 'properties.workspaceId', action: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action' },
  ],
};

/** Types that are written whole, or judged whole: each write is about what the resource stands on again. */
const WRITTEN_WHOLE: readonly string[] = [
  TYPES.applicationGateway,
  TYPES.subnet,
  TYPES.virtualNetworkGateway,
  TYPES.privateEndpoint,
  TYPES.privateDnsZoneGroup,
  TYPES.virtualNetworkLink,
  TYPES.apiManagement,
  TYPES.webApp,
];

/**
 * What a write needs on other resources, because it names them: Azure checks that besides the write itself.
 * @param body What is sent.
 * @param after The whole resource, as it will be.
 */
export function linkedActions(resource: string, body: JsonObject, after: JsonObject): readonly RequiredPermission[] {
  const type = resourceTypeOf(resource);
  const sent = WRITTEN_WHOLE.includes(type) ? after : body;
  const named = (LINKS[type] ?? []).flatMap(({ at, action }) =>
    textsAt(sent, at.split('.')).map((scope) => ({ action, scope })),
  );
  return [...named, ...approvals(type, sent), ...identities(sent)];
}

function textsAt(value: Json | undefined, [first, ...rest]: readonly string[]): readonly string[] {
  if (first === undefined) return [asString(value) ?? []].flat();
  if (first === '[]') return Array.isArray(value) ? value.flatMap((item: Json) => textsAt(item, rest)) : [];
  return textsAt(readPath(value, first), rest);
}

/** A connection that its owner has to approve needs no approval of whoever asks for it. */
function approvals(type: string, sent: JsonObject): readonly RequiredPermission[] {
  if (type !== TYPES.privateEndpoint) return [];
  const own = {
    properties: { privateLinkServiceConnections: readPath(sent, 'properties.privateLinkServiceConnections') },
  };
  return targetsOf(own).map((scope) => ({
    action: `${displayType(scope)}/privateEndpointConnectionsApproval/action`,
    scope,
  }));
}

function identities(sent: JsonObject): readonly RequiredPermission[] {
  const assigned = readPath(sent, 'identity.userAssignedIdentities');
  return Object.keys(isJsonObject(assigned) ? assigned : {}).map((scope) => ({
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    scope,
  }));
}
