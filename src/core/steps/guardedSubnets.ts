import { asObjects, asString, asStrings } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { parentResourceId, resourceGroupIdOf, resourceIdIn, resourceName, sameResource } from '../resources/resourceId';
import type { WireResource } from '../resources/snapshot';
import { text } from '../text';
import type { Assertion } from './matcher';
import { freeId } from './privateLink';
import { Unsettled, type StepContext } from './step';

/** Subnets that are guarded by a network security group, and the groups that guard them. */

export type GuardedRole = 'privateEndpointSubnet' | 'apiManagementSubnet' | 'applicationGatewaySubnet';

/** The group that is associated with a subnet, else the one to create for it beside the network. */
export function groupIdFor(context: StepContext, role: GuardedRole): string {
  const subnet = context.role(role).id;
  const associated = asString(readPath(context.read(subnet), 'properties.networkSecurityGroup.id'));
  if (associated !== undefined) return associated;
  const network = parentResourceId(subnet) ?? context.role('virtualNetwork').id;
  const place = resourceGroupIdOf(network) ?? context.role('resourceGroup').id;
  const wanted = resourceIdIn(place, 'Microsoft.Network/networkSecurityGroups', `nsg-${resourceName(subnet)}`);
  return freeId(context, wanted, (group) => guardsNothingBut(group, subnet));
}

function guardsNothingBut(group: WireResource, subnet: string): boolean {
  const users = [
    ...asObjects(readPath(group, 'properties.subnets')),
    ...asObjects(readPath(group, 'properties.networkInterfaces')),
  ];
  return users.every(({ id }) => sameResource(asString(id) ?? '', subnet));
}

/** That the group guards the subnet. */
export function guardedBy(group: string): Assertion {
  const at = 'properties.networkSecurityGroup';
  return { at: `${at}.id`, must: { kind: 'refersTo', id: group }, within: { at, absentMeans: {}, removable: true } };
}

/** Address ranges of the subnet in a role, as it is or as it will be. @throws Unsettled. */
export function prefixesOf(context: StepContext, role: GuardedRole | 'webAppSubnet'): readonly string[] {
  const { id, create } = context.role(role);
  const present = context.read(id);
  const several = asStrings(readPath(present, 'properties.addressPrefixes'));
  const single =
    asString(readPath(present, 'properties.addressPrefix')) ?? (present ? undefined : create?.addressPrefix);
  const prefixes = single === undefined ? several : [single];
  if (prefixes.length > 0) return prefixes;
  const reason = text('Azure did not say which addresses {0} has.', resourceName(id));
  throw new Unsettled({ kind: 'resource', id }, reason);
}
