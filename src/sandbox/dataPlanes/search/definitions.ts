import { asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import type { Shelf } from '../shelves';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import type { SearchDefinition } from '../contents';
import { newEtag } from './indexes';
import { invalidRequest, noSuchObject } from './searchErrors';

/** Indexers and skillsets: definitions that are kept and shown, and that nothing runs. */
export interface DefinitionKind {
  readonly path: 'indexers' | 'skillsets';
  readonly word: string;
  /** Where it says which storage account it writes to. */
  readonly writes: 'cache' | 'knowledgeStore';
  readonly required: readonly string[];
}

export const DEFINITION_KINDS: readonly DefinitionKind[] = [
  { path: 'indexers', word: 'indexer', writes: 'cache', required: ['dataSourceName', 'targetIndexName'] },
  { path: 'skillsets', word: 'skillset', writes: 'knowledgeStore', required: ['skills'] },
];

const shelfOf = ({ azure }: DataPlaneCall, { path }: DefinitionKind): Shelf<SearchDefinition> => azure.contents[path];

export function listDefinitions(call: DataPlaneCall, kind: DefinitionKind): ServiceAnswer {
  const value = shelfOf(call, kind)
    .of(call.resource.id)
    .map((definition) => show(call, kind, definition));
  return { status: 200, body: { value } };
}

export function getDefinition(call: DataPlaneCall, kind: DefinitionKind, name: string): ServiceAnswer {
  const found = shelfOf(call, kind).get(call.resource.id, name);
  if (found === undefined) throw noSuchObject(kind.word, name, call.resource.name);
  return { status: 200, headers: { etag: found.etag }, body: show(call, kind, found) };
}

/** Documented: 201 for a new one; 204, or 200 where the client prefers a body, for one that is there. */
export function putDefinition(call: DataPlaneCall, kind: DefinitionKind, name: string): ServiceAnswer {
  const { azure, resource, request } = call;
  const sent = jsonBody(request) ?? {};
  const missing = kind.required.find((property) => sent[property] === undefined || sent[property] === null);
  if (missing !== undefined) throw invalidRequest(`The property '${missing}' of a ${kind.word} is required.`);
  if (kind.writes === 'cache' && isJsonObject(sent['cache']) && !isPreview(call)) {
    throw invalidRequest("The property 'cache' does not exist on type 'search.indexer'.");
  }
  const existed = shelfOf(call, kind).get(resource.id, name) !== undefined;
  const etag = newEtag(azure, `${kind.word} ${resource.id} ${name}`);
  shelfOf(call, kind).put(resource.id, name, { name, definition: { ...sent, name }, etag });
  const prefersBody = /return=representation/i.test(request.headers['prefer'] ?? '');
  if (existed && !prefersBody) return { status: 204, headers: { etag } };
  return { ...getDefinition(call, kind, name), status: existed ? 200 : 201 };
}

export function deleteDefinition(call: DataPlaneCall, kind: DefinitionKind, name: string): ServiceAnswer {
  const existed = shelfOf(call, kind).get(call.resource.id, name) !== undefined;
  shelfOf(call, kind).remove(call.resource.id, name);
  return { status: existed ? 204 : 404 };
}

/** Documented: a cache is a preview feature, and other versions do not show it. */
function isPreview({ query }: DataPlaneCall): boolean {
  return /preview/i.test(query.get('api-version') ?? '');
}

function show(call: DataPlaneCall, { writes }: DefinitionKind, { definition, etag }: SearchDefinition): JsonObject {
  const { [writes]: store, ...others } = definition;
  const shown = writes === 'cache' && !isPreview(call) ? {} : { [writes]: isJsonObject(store) ? hidden(store) : null };
  return { '@odata.etag': etag, ...others, ...shown };
}

/** Reported: a connection string with a key in it is not shown again. That others are is UNVERIFIED. */
function hidden(store: JsonObject): JsonObject {
  const connection = asString(store['storageConnectionString']) ?? '';
  const shown = /(?:^|;)\s*(?:AccountKey|SharedAccessSignature)=/i.test(connection) ? '<redacted>' : connection;
  return { ...store, storageConnectionString: shown };
}
