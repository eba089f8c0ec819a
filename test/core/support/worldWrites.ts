import type { ResourceWrite } from '../../../src/core/plan/change';
import { AzureError } from '../../../src/core/ports';
import { asString, isJsonObject, type JsonObject } from '../../../src/core/resources/json';
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
import { withConnectionState } from './privateLinks';
import type { World } from './world';

/** Makes a write as Azure would: a PATCH merges, a PUT replaces, and what cannot be is refused. */
export function writeTo(world: World, write: ResourceWrite): void {
  const present = world.storedAt(write.resource);
  if (write.action === 'delete') return deleteFrom(world, write.resource, present);
  if (write.action === 'action') return operate(world, write);
  const type = resourceTypeOf(write.resource);
  if (type.endsWith('/privateendpointconnections')) return decideConnection(world, write);
  const seen = present ?? (BY_ITSELF.has(type) ? world.get(write.resource) : undefined);
  if (write.action === 'update' && seen === undefined) throw refusal(404, 'ResourceNotFound', write.resource);
  if (write.action === 'create') requireParents(world, write.resource);
  if (type === TYPES.roleAssignment) refuseSameAssignment(world, write);
  const body = write.body ?? {};
  const whole = write.action === 'create' ? { ...body } : mergePatch(seen ?? {}, body);
  world.put(settled(world, { ...whole, id: seen?.id ?? write.resource }, present, body));
}

/** What is changed without ever having been created. */
const BY_ITSELF = new Set<string>([TYPES.defenderPlan, `${TYPES.webApp}/config`]);

/** Types whose system-assigned identities get a principal. */
const WITH_IDENTITY = new Set<string>([
  TYPES.cognitiveAccount,
  TYPES.searchService,
  TYPES.storageAccount,
  TYPES.webApp,
]);

/** What Azure adds of its own to a body that it accepts. */
function settled(
  world: World,
  resource: WireResource,
  before: WireResource | undefined,
  sent: JsonObject,
): WireResource {
  const type = resourceTypeOf(resource.id);
  let wire: JsonObject = withPath(resource, 'properties.provisioningState', 'Succeeded');
  if (type === TYPES.virtualNetworkLink) wire = withPath(wire, 'properties.virtualNetworkLinkState', 'Completed');
  if (type === TYPES.roleAssignment) wire = withPath(wire, 'properties.scope', scopeOf(resource.id));
  if (type === TYPES.sharedPrivateLink && before === undefined) wire = withPath(wire, 'properties.status', 'Pending');
  if (type === TYPES.searchService) wire = withAuthOptions(wire, sent);
  if (WITH_IDENTITY.has(type) && isJsonObject(wire['identity'])) {
    wire = { ...wire, identity: identityOf(wire['identity'], before, newPrincipal(world, resource.id)) };
  }
  if (type === TYPES.cognitiveAccount) refuseNewSubdomain(wire, before);
  const whole = { ...wire, id: resource.id };
  const decided = before !== undefined || type !== TYPES.privateEndpoint;
  return decided ? whole : withConnectionState(whole, { status: 'Approved' });
}

/** A principal for a resource's own identity that nobody has had: one that was switched off does not come back. */
function newPrincipal(world: World, id: string): string {
  const first = `principal-of-${resourceName(id)}`;
  for (let number = 1; ; number += 1) {
    const principal = number === 1 ? first : `${first}-${number}`;
    if (!world.refersTo(principal)) return principal;
  }
}

function identityOf(
  { type, userAssignedIdentities }: JsonObject,
  before: WireResource | undefined,
  principal: string,
): JsonObject {
  const principalId = readPath(before, 'identity.principalId') ?? principal;
  const own = asString(type)?.toLowerCase().includes('systemassigned') ? { principalId, tenantId: 't' } : {};
  const named = asString(type)?.toLowerCase().includes('userassigned') ? { userAssignedIdentities } : {};
  return { ...own, ...named, type: type ?? 'None' };
}

/** Only one way to sign in is kept, and none without keys. */
function withAuthOptions(search: JsonObject, sent: JsonObject): JsonObject {
  const options = readPath(sent, 'properties.authOptions');
  if (readPath(search, 'properties.disableLocalAuth') === true) {
    if (isJsonObject(options)) throw refusal(400, 'InvalidRequest', 'authOptions');
    return withPath(search, 'properties.authOptions', null);
  }
  if (isJsonObject(options) && Object.keys(options).length > 1) throw refusal(400, 'InvalidRequest', 'authOptions');
  return isJsonObject(options) ? withPath(search, 'properties.authOptions', options) : search;
}

function refuseNewSubdomain(after: JsonObject, before: WireResource | undefined): void {
  const [old, now] = [before, after].map((item) => asString(readPath(item, 'properties.customSubDomainName')));
  if (old !== undefined && old !== now) throw refusal(400, 'CustomDomainCannotBeChanged', 'customSubDomainName');
}

function refuseSameAssignment(world: World, { resource, body }: ResourceWrite): void {
  const told = (item: JsonObject | undefined): string =>
    ['principalId', 'roleDefinitionId'].map((name) => asString(readPath(item, `properties.${name}`))).join(' ');
  const same = world
    .list(TYPES.roleAssignment)
    .some(({ id, ...item }) => scopeOf(id) === scopeOf(resource) && told(item) === told(body));
  if (same) throw refusal(409, 'RoleAssignmentExists', resource);
}

function scopeOf(assignment: string): string {
  return assignment.replace(/\/providers\/Microsoft\.Authorization\/.*$/i, '');
}

function decideConnection(world: World, write: ResourceWrite): void {
  const connection = world.get(write.resource);
  const owner = world.storedAt(asString(readPath(connection, 'properties.privateEndpoint.id')) ?? '');
  if (owner === undefined) throw refusal(404, 'ResourceNotFound', write.resource);
  const state = readPath(write.body, 'properties.privateLinkServiceConnectionState');
  world.put(withConnectionState(owner, isJsonObject(state) ? state : {}));
}

/** Registers a provider, or approves a shared private link on the other side. */
function operate(world: World, { resource, operation }: ResourceWrite): void {
  const present = world.storedAt(resource);
  if (present === undefined) throw refusal(404, 'ResourceNotFound', resource);
  switch (`${resourceTypeOf(resource)} ${operation}`) {
    case `${TYPES.provider} register`:
      world.put({ ...present, registrationState: 'Registered' });
      return;
    case `${TYPES.sharedPrivateLink} approve`:
      world.put({ ...withPath(present, 'properties.status', 'Approved'), id: present.id });
      return;
    default:
      throw refusal(404, 'InvalidResourceNamespace', resource);
  }
}

function requireParents(world: World, id: string): void {
  const above = parentResourceId(id)?.replace(/\/blobServices\/default$/i, '');
  const parent = above ?? (resourceTypeOf(id) === TYPES.resourceGroup ? undefined : resourceGroupIdOf(id));
  if (parent !== undefined && world.storedAt(parent) === undefined)
    throw refusal(404, 'ParentResourceNotFound', parent);
}

function deleteFrom(world: World, id: string, present: WireResource | undefined): void {
  if (present === undefined) return;
  if (resourceTypeOf(id) === TYPES.subnet && world.refersTo(id)) throw refusal(400, 'InUseSubnetCannotBeDeleted', id);
  const linked = world
    .list(TYPES.virtualNetworkLink)
    .some((link) => resourceKey(link.id).startsWith(`${resourceKey(id)}/`));
  if (linked && resourceTypeOf(id) === TYPES.privateDnsZone) throw refusal(409, 'CannotDeleteResource', id);
  world.remove(id);
}

export function refusal(status: number, code: string, what: string): AzureError {
  return new AzureError(code, `${code}: ${resourceName(what)}`, status, 'correlation-1');
}
