import { asString, isJsonObject, type Json, type JsonObject } from '../resources/json';
import { targetsOf } from '../resources/privateEndpoints';
import { readPath } from '../resources/propertyPath';
import { resourceTypeOf } from '../resources/resourceId';
import { displayType, TYPES } from '../resources/resourceTypes';
import { mergePatch } from '../resources/wireEquality';
import type { RequiredPermission } from './change';
import { permissionKey } from './permissions';

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
  return [...named, ...approvals(type, sent), ...identities(sent), ...leaving(resource, body)];
}

/** What a write needs in all. @param present The resource until then, as far as it is known. */
export function withLinked(
  own: readonly RequiredPermission[],
  resource: string,
  body: JsonObject,
  present: JsonObject,
): readonly RequiredPermission[] {
  const all = [...own, ...linkedActions(resource, body, mergePatch(present, body))];
  return [...new Map(all.map((permission) => [permissionKey(permission), permission])).values()];
}

/** What deleting a resource needs, by what creating it needs: nothing on the resources that it names. */
export function deletionOf(creation: readonly RequiredPermission[]): readonly RequiredPermission[] {
  return creation
    .filter(({ action }) => CREATES.test(action))
    .map(({ action, scope }) => ({ action: action.replace(CREATES, '/delete'), scope }));
}

/** The data plane of Key Vault does not call it writing. */
const CREATES = /(\/write|(?<=\/certificates)\/create\/action)$/;

/** A web app leaves its network by another way than it came. */
function leaving(resource: string, body: JsonObject): readonly RequiredPermission[] {
  const leaves =
    resourceTypeOf(resource) === TYPES.webApp && readPath(body, 'properties.virtualNetworkSubnetId') === null;
  return leaves ? [{ action: 'Microsoft.Web/sites/networkConfig/delete', scope: resource }] : [];
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
