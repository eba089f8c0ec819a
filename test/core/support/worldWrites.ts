import type { ResourceWrite } from '../../../src/core/plan/change';
import { AzureError } from '../../../src/core/ports';
import { asArray, asString, isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { readPath, withPath } from '../../../src/core/resources/propertyPath';
import {
  parentResourceId,
  resourceGroupIdOf,
  resourceKey,
  resourceName,
  resourceTypeOf,
} from '../../../src/core/resources/resourceId';
import { TYPES } from '../../../src/core/resources/resourceTypes';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import { withConnectionState, type World } from './world';

/** Makes a write as Azure would: a PATCH merges, a PUT replaces, and what cannot be is refused. */
export function writeTo(world: World, write: ResourceWrite): void {
  const present = world.storedAt(write.resource);
  if (write.action === 'delete') return deleteFrom(world, write.resource, present);
  if (write.action === 'action') return register(world, write);
  const type = resourceTypeOf(write.resource);
  if (type === `${TYPES.cognitiveAccount}/privateendpointconnections`) return decideConnection(world, write);
  if (write.action === 'update' && present === undefined) throw refusal(404, 'ResourceNotFound', write.resource);
  if (write.action === 'create') requireParents(world, write.resource);
  const body = write.body ?? {};
  const whole = write.action === 'create' ? { ...body } : mergePatch(present ?? {}, body);
  world.put(settled({ ...whole, id: present?.id ?? write.resource }, present));
}

/** What Azure adds of its own to a body that it accepts. */
function settled(resource: WireResource, before: WireResource | undefined): WireResource {
  const type = resourceTypeOf(resource.id);
  let wire: JsonObject = withPath(resource, 'properties.provisioningState', 'Succeeded');
  if (type === TYPES.virtualNetworkLink) wire = withPath(wire, 'properties.virtualNetworkLinkState', 'Completed');
  if (type === TYPES.cognitiveAccount && isJsonObject(wire['identity'])) {
    wire = { ...wire, identity: identityOf(wire['identity']) };
  }
  if (type === TYPES.cognitiveAccount) refuseNewSubdomain(wire, before);
  const whole = { ...wire, id: resource.id };
  const decided = before !== undefined || type !== TYPES.privateEndpoint;
  return decided ? whole : withConnectionState(whole, { status: 'Approved' });
}

function identityOf({ type, userAssignedIdentities }: JsonObject): JsonObject {
  const own = asString(type)?.toLowerCase().includes('systemassigned') ? { principalId: 'p', tenantId: 't' } : {};
  const named = asString(type)?.toLowerCase().includes('userassigned') ? { userAssignedIdentities } : {};
  return { ...own, ...named, type: type ?? 'None' };
}

function refuseNewSubdomain(after: JsonObject, before: WireResource | undefined): void {
  const [old, now] = [before, after].map((item) => asString(readPath(item, 'properties.customSubDomainName')));
  if (old !== undefined && old !== now) throw refusal(400, 'CustomDomainCannotBeChanged', 'customSubDomainName');
}

function decideConnection(world: World, write: ResourceWrite): void {
  const connection = world.get(write.resource);
  const owner = world.storedAt(asString(readPath(connection, 'properties.privateEndpoint.id')) ?? '');
  if (owner === undefined) throw refusal(404, 'ResourceNotFound', write.resource);
  const state = readPath(write.body, 'properties.privateLinkServiceConnectionState');
  world.put(withConnectionState(owner, isJsonObject(state) ? state : {}));
}

function register(world: World, write: ResourceWrite): void {
  const present = world.storedAt(write.resource);
  if (present === undefined || write.operation !== 'register')
    throw refusal(404, 'InvalidResourceNamespace', write.resource);
  world.put({ ...present, registrationState: 'Registered' });
}

function requireParents(world: World, id: string): void {
  const parent =
    parentResourceId(id) ?? (resourceTypeOf(id) === TYPES.resourceGroup ? undefined : resourceGroupIdOf(id));
  if (parent !== undefined && world.storedAt(parent) === undefined)
    throw refusal(404, 'ParentResourceNotFound', parent);
}

function deleteFrom(world: World, id: string, present: WireResource | undefined): void {
  if (present === undefined) return;
  const shown = world.get(id);
  if (asArray(readPath(shown, 'properties.privateEndpoints')).length > 0)
    throw refusal(400, 'InUseSubnetCannotBeDeleted', id);
  const linked = world
    .list(TYPES.virtualNetworkLink)
    .some((link) => resourceKey(link.id).startsWith(`${resourceKey(id)}/`));
  if (linked && resourceTypeOf(id) === TYPES.privateDnsZone) throw refusal(409, 'CannotDeleteResource', id);
  world.remove(id);
}

export function refusal(status: number, code: string, what: string): AzureError {
  return new AzureError(code, `${code}: ${resourceName(what)}`, status, 'correlation-1');
}
