import { isDeepStrictEqual } from 'node:util';
import { asString, type Json, type JsonObject } from '../../../core/resources/json';
import { NETWORK } from '../../arm/dialects';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { OperationFailure, OperationStart } from '../../arm/operations';
import type { StoredResource } from '../../arm/resourceStore';
import type { Call, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { regionName } from '../resources/regions';
import { anotherOperationInProgress, badRequest } from './errors';

export const NETWORK_VERSIONS = [
  '2019-11-01',
  '2020-11-01',
  '2021-08-01',
  '2022-01-01',
  '2022-07-01',
  '2023-11-01',
  '2024-01-01',
  '2024-03-01',
  '2024-05-01',
  '2024-07-01',
  '2025-01-01',
  '2025-03-01',
  '2025-05-01',
] as const;

/** The weak tag that a resource and everything inside it share. */
export function weakTag({ etag }: StoredResource): string {
  return `W/"${etag}"`;
}

/** Recorded: the header is on GET only, never on the answer to a write. */
export function etagHeader(resource: StoredResource): { readonly etag: string } {
  return { etag: weakTag(resource) };
}

export function newTag(azure: Azure, id: string): string {
  return azure.guids.next(`etag ${id}`);
}

/** The location of a PUT in ARM's normal form. @throws Refusal where there is none, or it is not where the resource is. */
export function locationOf({ body, resource, id }: PutCall): string {
  const sent = asString(body['location']);
  if (sent === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  const location = regionName(sent);
  const existing = asString(resource?.body['location']);
  if (existing !== undefined && existing !== location) {
    throw badRequest(`The resource ${id} already exists in location '${existing}'.`);
  }
  return location;
}

/** Tags as a PUT leaves them: no key where none were sent. */
export function tagsOf(body: JsonObject): { readonly tags?: Json } {
  const tags = body['tags'];
  return tags === undefined || tags === null ? {} : { tags };
}

/** @throws Refusal while another operation is going on on this very resource. */
export function requireFree({ azure, request }: Call, id: string): void {
  const operation = azure.operations.holding(id);
  if (operation) throw anotherOperationInProgress(azure, request, operation);
}

interface NetworkWrite {
  /** Azure's own name of the operation. */
  readonly label: string;
  /** In life. */
  readonly seconds: number;
  /** In life; none is sent where not given. */
  readonly retryAfter?: RetryAfter;
  /** The region whose operations URL is announced. */
  readonly location: string;
  readonly holds?: readonly string[];
  readonly finish?: () => void;
  /** Runs instead of `finish` where the operation fails for a reason of Azure's own. */
  readonly abandon?: () => void;
}

type RetryAfter = NonNullable<OperationStart['retryAfter']>;

/** Stores what a PUT leaves and begins its operation. Recorded: with nothing to do, it succeeds at once. */
export function putNetworkResource(
  call: PutCall,
  type: ResourceType,
  body: JsonObject,
  write: NetworkWrite & {
    readonly changesMore?: boolean;
    /** Why it comes to nothing, if it does; asked at the end. */
    readonly failure?: () => OperationFailure | undefined;
  },
): Answer {
  const { azure, id, name, resource, request, apiVersion } = call;
  const changes =
    write.changesMore === true ||
    // What failed is tried again.
    resource?.state === 'Failed' ||
    !isDeepStrictEqual(resource?.body['properties'], body['properties']);
  const stored = azure.store.put({
    id,
    name,
    type: type.type,
    body,
    state: changes ? 'Updating' : 'Succeeded',
    etag: newTag(azure, id),
  });
  const operation = azure.operations.begin(request, {
    dialect: NETWORK,
    kind: resource === undefined ? 'create' : 'update',
    target: id,
    location: write.location,
    label: write.label,
    seconds: changes ? write.seconds : 0,
    ...(write.retryAfter === undefined ? {} : { retryAfter: write.retryAfter }),
    holds: write.holds ?? [],
    finish: () => {
      if (!changes) return undefined;
      const failure = write.failure?.();
      azure.store.change(id, { state: failure ? 'Failed' : 'Succeeded', etag: newTag(azure, id) });
      if (failure === undefined) write.finish?.();
      return failure;
    },
    abandon: abandoned(azure, id, write),
  });
  const shown = type.show(stored, azure, apiVersion);
  return azure.operations.accept(request, operation, resource === undefined ? 201 : 200, shown);
}

/** Recorded for the deletion of a VPN gateway: the resource stays, and the same request repairs it. */
function abandoned(azure: Azure, id: string, { abandon }: Pick<NetworkWrite, 'abandon'>): () => void {
  return () => {
    azure.store.change(id, { state: 'Failed', etag: newTag(azure, id) });
    abandon?.();
  };
}

/** Recorded: PATCH takes tags only and answers at once. */
export function updateTags({ azure, resource, body, apiVersion }: PatchCall): Answer {
  const etag = newTag(azure, resource.id);
  const changed = azure.store.change(resource.id, { body: { ...resource.body, ...tagsOf(body) }, etag });
  return { status: 200, body: azure.show(changed ?? resource, apiVersion) };
}

/** Begins the deletion of a resource, which goes when it is over. */
export function deleteNetworkResource(
  { azure, request }: Call,
  resource: StoredResource,
  write: Partial<NetworkWrite> & { readonly label: string; readonly location: string },
): Answer {
  azure.store.change(resource.id, { state: 'Deleting', etag: newTag(azure, resource.id) });
  const operation = azure.operations.begin(request, {
    dialect: NETWORK,
    kind: 'delete',
    target: resource.id,
    location: write.location,
    label: write.label,
    seconds: write.seconds ?? DURATIONS.networkDelete,
    retryAfter: write.retryAfter ?? 10,
    holds: write.holds ?? [],
    finish: () => {
      azure.vanish(resource);
      write.finish?.();
      return undefined;
    },
    abandon: abandoned(azure, resource.id, write),
  });
  return azure.operations.accept(request, operation, 202);
}
