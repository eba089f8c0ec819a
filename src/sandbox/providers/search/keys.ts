import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, ResourcePart } from '../../arm/resourceType';
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

/** The keys that may only query. Every service has one without a name at first; there are 50 at most. */
export function queryKeysOf(service: StoredResource): readonly QueryKey[] {
  const kept = service.body['queryKeys'];
  if (!Array.isArray(kept)) return [{ name: null, key: `sandbox-search-query-${service.name.toLowerCase()}` }];
  return asObjects(kept).map(({ name, key }) => ({ name: asString(name) ?? null, key: String(key) }));
}

type QueryKey = { readonly name: string | null; readonly key: string };

const MOST_QUERY_KEYS = 50;

/** POST …/createQueryKey/{name} and DELETE …/deleteQueryKey/{key}: the key itself is in the path. */
export const QUERY_KEY_PARTS: readonly ResourcePart[] = [
  { method: 'POST', path: 'createQueryKey/:name', operation: 'createQueryKey/action', answer: createQueryKey },
  { method: 'DELETE', path: 'deleteQueryKey/:key', operation: 'deleteQueryKey/delete', answer: deleteQueryKey },
];

function createQueryKey(call: ExistingCall): Answer {
  const { azure, resource } = call;
  const present = queryKeysOf(resource);
  if (present.length >= MOST_QUERY_KEYS) throw badRequest('The service has as many query keys as it can have.');
  const number = azure.guids.next(`query key ${resource.id}`).slice(0, 8);
  const made = { name: lastSegment(call), key: `sandbox-search-query-${number}-${resource.name.toLowerCase()}` };
  keepQueryKeys(call, [...present, made]);
  return { status: 200, body: { ...made } };
}

/** Documented: 204 also where there is no such key. */
function deleteQueryKey(call: ExistingCall): Answer {
  const present = queryKeysOf(call.resource);
  const wanted = lastSegment(call);
  const kept = present.filter(({ key }) => key !== wanted);
  keepQueryKeys(call, kept);
  return { status: kept.length === present.length ? 204 : 200 };
}

function keepQueryKeys(call: ExistingCall, keys: readonly QueryKey[]): void {
  keep(call, { queryKeys: keys.map((each) => ({ ...each })) });
}

/** Keys are in force at once, also where the service is provisioning. */
function keep({ azure, resource }: ExistingCall, keys: JsonObject): StoredResource {
  const renewed = azure.store.change(resource.id, {
    body: { ...resource.body, ...keys },
    ...(resource.inForce === undefined ? {} : { inForce: { ...resource.inForce, ...keys } }),
  });
  return renewed ?? resource;
}

function lastSegment({ request }: ExistingCall): string {
  return decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1));
}

export function listAdminKeys({ resource }: ExistingCall): Answer {
  return { status: 200, body: { ...adminKeysOf(resource) } };
}

export function listQueryKeys({ resource }: ExistingCall): Answer {
  return { status: 200, body: { value: [...queryKeysOf(resource)], nextLink: null } };
}

/** POST …/regenerateAdminKey/{primary|secondary}. */
export function regenerateAdminKey(call: ExistingCall): Answer {
  const { resource, request } = call;
  const name = request.path.slice(request.path.lastIndexOf('/') + 1).toLowerCase();
  if (name !== 'primary' && name !== 'secondary') throw badRequest(`The key kind '${name}' is not valid.`);
  const generations = objectOf(resource.body['keyGenerations']);
  const keyGenerations = { ...generations, [name]: Number(generations[name] ?? 0) + 1 };
  return { status: 200, body: { ...adminKeysOf(keep(call, { keyGenerations })) } };
}
