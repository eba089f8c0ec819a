import { asString, isJsonObject, type Json, type JsonObject } from '../../core/resources/json';
import { resourceName } from '../../core/resources/resourceId';
import type { StoredResource } from '../arm/resourceStore';
import { TENANT_ID, type Azure } from '../azure';
import { nthGuid } from '../guids';
import { shownUserAssigned } from '../providers/managedIdentity/identities';

/**
 * The `identity` of a resource after a write, as Azure shows it. A system-assigned identity keeps its principal as long
 * as it stays on; the directory hears of a new one, and of one that is gone.
 * @param id Of the resource.
 * @param sent What the write wants; undefined takes the identity away.
 * @param before The `identity` until now.
 */
export function writeIdentity(
  azure: Azure,
  id: string,
  sent: Json | undefined,
  before: Json | undefined,
): JsonObject | undefined {
  const known = principalIn(before);
  const wanted = isJsonObject(sent) ? sent : undefined;
  const type = String(wanted?.['type']);
  const userAssigned = wanted?.['userAssignedIdentities'];
  const others = isJsonObject(userAssigned) ? { userAssignedIdentities: shownUserAssigned(azure, userAssigned) } : {};
  if (wanted === undefined || !/systemassigned/i.test(type)) {
    if (known !== undefined) azure.directory.forget(known);
    return wanted && { type, ...others };
  }
  const principalId = known ?? azure.guids.next(label(id));
  azure.directory.announce(principalId, 'ServicePrincipal', resourceName(id));
  return { principalId, tenantId: TENANT_ID, type, ...others };
}

/** The object id of the resource's system-assigned identity. */
export function principalOf({ body }: Pick<StoredResource, 'body'>): string | undefined {
  return principalIn(body['identity']);
}

/** The object id that a resource's system-assigned identity has when it is switched on for the first time. */
export function firstPrincipalOf(id: string): string {
  return nthGuid(label(id), 0);
}

/** The resource is gone, and its identity with it. */
export function forgetIdentity(azure: Azure, resource: StoredResource): void {
  const principal = principalOf(resource);
  if (principal !== undefined) azure.directory.forget(principal);
}

function principalIn(identity: Json | undefined): string | undefined {
  return isJsonObject(identity) ? asString(identity['principalId']) : undefined;
}

function label(id: string): string {
  return `identity ${id}`;
}
