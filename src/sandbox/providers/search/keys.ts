import { objectOf } from '../../bodies';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ExistingCall } from '../../arm/resourceType';
import { badRequest } from './errors';

export type AdminKeyName = 'primary' | 'secondary';

/** The admin keys. They say what they are and stay the same in every run until they are regenerated. */
export function adminKeysOf(service: StoredResource): {
  readonly primaryKey: string;
  readonly secondaryKey: string;
} {
  const generations = objectOf(service.body['keyGenerations']);
  const key = (name: AdminKeyName): string =>
    `sandbox-search-${name}-${String(generations[name] ?? 0)}-${service.name.toLowerCase()}`;
  return { primaryKey: key('primary'), secondaryKey: key('secondary') };
}

/** The keys that may only query. Every service has one without a name. */
export function queryKeysOf(service: StoredResource): readonly { readonly name: null; readonly key: string }[] {
  return [{ name: null, key: `sandbox-search-query-${service.name.toLowerCase()}` }];
}

export function listAdminKeys({ resource }: ExistingCall): Answer {
  return { status: 200, body: { ...adminKeysOf(resource) } };
}

export function listQueryKeys({ resource }: ExistingCall): Answer {
  return { status: 200, body: { value: queryKeysOf(resource), nextLink: null } };
}

/** POST …/regenerateAdminKey/{primary|secondary}. */
export function regenerateAdminKey({ azure, resource, request }: ExistingCall): Answer {
  const name = request.path.slice(request.path.lastIndexOf('/') + 1).toLowerCase();
  if (name !== 'primary' && name !== 'secondary') throw badRequest(`The key kind '${name}' is not valid.`);
  const generations = objectOf(resource.body['keyGenerations']);
  const keyGenerations = { ...generations, [name]: Number(generations[name] ?? 0) + 1 };
  const renewed = azure.store.change(resource.id, {
    body: { ...resource.body, keyGenerations },
    ...(resource.inForce === undefined ? {} : { inForce: { ...resource.inForce, keyGenerations } }),
  });
  return { status: 200, body: { ...adminKeysOf(renewed ?? resource) } };
}
