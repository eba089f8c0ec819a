import type { Json, JsonObject } from '../../../core/resources/json';
import { topLevelResourceId } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { contentNotFound, managementUnreachable } from './errors';
import { isManageable } from './serviceNetwork';
import { requireSteady } from './services';
import { newTag, quotedTag, SERVICE_TYPE, SERVICE_VERSIONS } from './serviceState';

/** One kind of thing inside of a service: an API, a backend, a policy. */
interface Content {
  /** Below the service: `apis/policies`. */
  readonly path: string;
  /** As messages name it. */
  readonly what: string;
  /** Recorded: the status of a PUT that makes one. */
  readonly created: 200 | 201;
  readonly removed: 200 | 202 | 204;
  /** The properties after a write, in place of those before. @throws Refusal where they cannot be. */
  readonly write: (sent: JsonObject, before: JsonObject | undefined, call: Call) => JsonObject;
  /** The properties as a GET shows them; all of them where not given. */
  readonly shown?: (properties: JsonObject, resource: StoredResource, apiVersion: string) => JsonObject;
  /** The properties that a GET of one shows, where that is not what lists show. */
  readonly reads?: (call: ExistingCall) => JsonObject;
  /** What the answer to a PUT tells besides. */
  readonly told?: (resource: StoredResource) => JsonObject;
  /** What follows from a write. */
  readonly written?: (azure: Azure, resource: StoredResource, sent: JsonObject) => void;
}

/** What is inside of a service is written at once, but not while its infrastructure changes, and only where Azure reaches it. */
export function contentType(content: Content, more: Partial<ResourceType> = {}): ResourceType {
  const { reads } = content;
  const type: ResourceType = {
    type: `${SERVICE_TYPE}/${content.path}`,
    apiVersions: SERVICE_VERSIONS,
    inGraph: false,
    show: (resource, _, apiVersion) => ({
      id: resource.id,
      type: resource.type,
      name: resource.name,
      properties: content.shown?.(propertiesOf(resource), resource, apiVersion) ?? propertiesOf(resource),
    }),
    ...(reads
      ? { read: (call) => ({ ...type.show(call.resource, call.azure, call.apiVersion), properties: reads(call) }) }
      : {}),
    getHeaders: quotedTag,
    missing: () => contentNotFound(content.what),
    put: (call) => write(call, content, type, undefined),
    patch: (call) => write(call, content, type, propertiesOf(call.resource)),
    remove: (call) => {
      requireService(call);
      call.azure.vanish(call.resource);
      return { status: content.removed };
    },
    ...more,
  };
  return type;
}

/** @throws Refusal where nothing inside of the service can be written now. */
export function requireService({ azure, id }: Call): StoredResource {
  const service = azure.store.get(topLevelResourceId(id));
  if (service === undefined) throw contentNotFound('Service');
  requireSteady(azure, service);
  if (!isManageable(azure, service)) throw managementUnreachable(service.name);
  return service;
}

function write(
  call: PutCall | PatchCall,
  { write: properties, written, told, created }: Content,
  type: ResourceType,
  before: JsonObject | undefined,
): Answer {
  requireService(call);
  const { azure, id, name, resource, body, apiVersion } = call;
  const sent = objectOf(body['properties']);
  const after = properties(sent, before, call);
  const stored = azure.store.put({
    id,
    name,
    type: type.type,
    body: { properties: after },
    state: 'Succeeded',
    etag: newTag(azure, id),
  });
  written?.(azure, stored, sent);
  const shown = type.show(stored, azure, apiVersion);
  const answer: Json = told ? { ...shown, properties: { ...objectOf(shown['properties']), ...told(stored) } } : shown;
  return { status: resource === undefined ? created : 200, headers: quotedTag(stored), body: answer };
}

/** A write that keeps what is sent, on top of what was there or of Azure's defaults. */
export const keeping =
  (defaults: JsonObject) =>
  (sent: JsonObject, before: JsonObject | undefined): JsonObject => ({ ...(before ?? defaults), ...sent });
