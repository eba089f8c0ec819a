import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { action, dataAction, type Need } from '../../providers/authorization/grants';
import type { SearchIndex } from '../contents';
import { jsonBody, type DataPlaneCall, type ServiceAnswer } from '../dataPlane';
import { checkEncryptionKey } from './encryptionKeys';
import { DEFINITION_KINDS, deleteDefinition, getDefinition, listDefinitions, putDefinition } from './definitions';
import { parseFilter } from './filter';
import { fieldsOf, showIndex, writeDocuments, writeIndex } from './indexes';
import { changedMeanwhile, noSuchIndex } from './searchErrors';

/** Something that Azure AI Search can be asked. */
export interface SearchOperation {
  readonly need: Need;
  /** Query keys may do this too. */
  readonly isQuery: boolean;
  readonly perform: (call: DataPlaneCall, index: string) => ServiceAnswer;
}

const SERVICE = 'Microsoft.Search/searchServices';
const manage = (name: string, perform: SearchOperation['perform']): SearchOperation => ({
  need: action(`${SERVICE}/${name}`),
  isQuery: false,
  perform,
});
const query = (perform: SearchOperation['perform']): SearchOperation => ({
  need: dataAction(`${SERVICE}/indexes/documents/read`),
  isQuery: true,
  perform,
});

const INDEX = String.raw`\/indexes(?:\('([^']+)'\)|\/([^/(]+))`;
const at = (rest: string): RegExp => new RegExp(`^${INDEX}${rest}$`);

/** Of indexers and skillsets, which no role can be given on one by one. */
const DEFINITIONS = DEFINITION_KINDS.flatMap((kind): readonly (readonly [string, RegExp, SearchOperation])[] => {
  const one = new RegExp(String.raw`^\/${kind.path}(?:\('([^']+)'\)|\/([^/(]+))$`);
  const named = (call: DataPlaneCall): string => {
    const match = one.exec(call.path);
    return match?.[1] ?? match?.[2] ?? '';
  };
  return [
    ['GET', new RegExp(`^/${kind.path}$`), manage(`${kind.path}/read`, (call) => listDefinitions(call, kind))],
    ['GET', one, manage(`${kind.path}/read`, (call) => getDefinition(call, kind, named(call)))],
    ['PUT', one, manage(`${kind.path}/write`, (call) => putDefinition(call, kind, named(call)))],
    ['DELETE', one, manage(`${kind.path}/delete`, (call) => deleteDefinition(call, kind, named(call)))],
  ];
});

/** Azure AI Search asks ordinary actions for its objects, and data actions for documents. */
const OPERATIONS: readonly (readonly [method: string, path: RegExp, operation: SearchOperation])[] = [
  ['GET', /^\/servicestats$/, manage('read', getStatistics)],
  ['GET', /^\/indexes$/, manage('indexes/read', listIndexes)],
  ...DEFINITIONS,
  ['GET', at(''), manage('indexes/read', (call, name) => answerIndex(call, requireIndex(call, name)))],
  ['PUT', at(''), manage('indexes/write', putIndex)],
  ['DELETE', at(''), manage('indexes/delete', deleteIndex)],
  ['GET', at(String.raw`\/docs\/\$count`), query(countDocuments)],
  ['POST', at(String.raw`\/docs\/search(?:\.post\.search)?`), query(searchDocuments)],
  [
    'POST',
    at(String.raw`\/docs\/(?:search\.)?index`),
    { need: dataAction(`${SERVICE}/indexes/documents/write`), isQuery: false, perform: putDocuments },
  ],
];

export interface FoundOperation {
  readonly operation: SearchOperation;
  /** Its name; empty where the whole service is asked. */
  readonly index: string;
}

export function findOperation(method: string, path: string): FoundOperation | undefined {
  for (const [wanted, pattern, operation] of OPERATIONS) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return { operation, index: path.startsWith('/indexes') ? (match[1] ?? match[2] ?? '') : '' };
  }
  return undefined;
}

function getStatistics({ azure, resource }: DataPlaneCall): ServiceAnswer {
  const indexes = azure.contents.indexes.of(resource.id);
  const documents = indexes.reduce((sum, index) => sum + index.documents.size, 0);
  const counters = {
    documentCount: { usage: documents, quota: null },
    indexesCount: { usage: indexes.length, quota: 15 },
  };
  return { status: 200, body: { counters, limits: { maxFieldsPerIndex: 1000 } } };
}

function listIndexes({ azure, resource, query: parameters }: DataPlaneCall): ServiceAnswer {
  const select = parameters
    .get('$select')
    ?.split(',')
    .map((name) => name.trim());
  const value = azure.contents.indexes
    .of(resource.id)
    .map(showIndex)
    .map((shown) => selected(shown, select));
  return { status: 200, body: { value } };
}

function answerIndex({ request }: DataPlaneCall, index: SearchIndex, status = 200): ServiceAnswer {
  const context = { '@odata.context': `https://${request.host}/$metadata#indexes/$entity` };
  return { status, headers: { etag: index.etag }, body: { ...context, ...showIndex(index) } };
}

/** Documented: a change is answered without a body, unless the client prefers one. */
function putIndex(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource, request } = call;
  const before = azure.contents.indexes.get(resource.id, name);
  const wanted = request.headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted !== before?.etag) throw changedMeanwhile(name);
  const { '@odata.context': _, '@odata.etag': __, ...sent } = jsonBody(request) ?? {};
  checkEncryptionKey(azure, resource, sent, before?.definition);
  const index = writeIndex(azure, resource, name, sent);
  if (before === undefined) return answerIndex(call, index, 201);
  const wantsBody = /return=representation/i.test(request.headers['prefer'] ?? '');
  return wantsBody ? answerIndex(call, index) : { status: 204, headers: { etag: index.etag } };
}

function deleteIndex({ azure, resource }: DataPlaneCall, name: string): ServiceAnswer {
  const exists = azure.contents.indexes.get(resource.id, name) !== undefined;
  azure.contents.indexes.remove(resource.id, name);
  return { status: exists ? 204 : 404 };
}

/** The number as text, with a byte order mark before it. Reported. */
function countDocuments(call: DataPlaneCall, name: string): ServiceAnswer {
  const { matching } = find(call, name, { filter: call.query.get('$filter') ?? '', search: call.query.get('search') });
  return { status: 200, text: { type: 'text/plain; charset=utf-8', content: `\uFEFF${String(matching.length)}` } };
}

function searchDocuments(call: DataPlaneCall, name: string): ServiceAnswer {
  const body = jsonBody(call.request) ?? {};
  const { index, matching } = find(call, name, body);
  const { top, skip, count, select } = body;
  const start = typeof skip === 'number' ? skip : 0;
  const page = matching.slice(start, start + (typeof top === 'number' ? top : 50));
  const wanted = asString(select)
    ?.split(',')
    .map((field) => field.trim());
  const value = page.map((document) => ({ '@search.score': 1, ...selected(retrievable(index, document), wanted) }));
  return { status: 200, body: { ...(count === true ? { '@odata.count': matching.length } : {}), value } };
}

function putDocuments(call: DataPlaneCall, name: string): ServiceAnswer {
  const { azure, resource, request } = call;
  const sent = asObjects(jsonBody(request)?.['value']);
  const documents = sent.map(({ '@search.action': _, ...document }) => document);
  writeDocuments(azure, resource, requireIndex(call, name), documents);
  return { status: 200, body: { value: documents.map(() => ({ status: true, errorMessage: null, statusCode: 200 })) } };
}

function requireIndex({ azure, resource }: DataPlaneCall, name: string): SearchIndex {
  const index = azure.contents.indexes.get(resource.id, name);
  if (index === undefined) throw noSuchIndex(name, resource.name);
  return index;
}

/** Documents that the filter lets through and that hold one of the words that are sought. Nobody ranks them. */
function find(call: DataPlaneCall, name: string, { filter, search }: JsonObject) {
  const index = requireIndex(call, name);
  const expression = asString(filter);
  const passes = expression === undefined ? () => true : parseFilter(expression, fieldsOf(index));
  const sought = wordsOf(asString(search) ?? '*').filter((word) => !STOP_WORDS.has(word));
  const holds = (document: JsonObject): boolean => {
    const words = new Set(Object.values(document).flatMap((value) => wordsOf(asString(value) ?? '')));
    return sought.length === 0 || sought.some((word) => words.has(word));
  };
  return { index, matching: [...index.documents.values()].filter(passes).filter(holds) };
}

/** Analyzers leave such words out. */
const STOP_WORDS = new Set(['a', 'an', 'and', 'for', 'in', 'is', 'of', 'on', 'the', 'to', 'what', 'who']);

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function retrievable(index: SearchIndex, document: JsonObject): JsonObject {
  const names = fieldsOf(index)
    .filter((field) => field['retrievable'] !== false)
    .map(({ name }) => String(name));
  return Object.fromEntries(names.map((name) => [name, document[name] ?? null]));
}

function selected(shown: JsonObject, names: readonly string[] | undefined): JsonObject {
  if (names === undefined) return shown;
  return Object.fromEntries(Object.entries(shown).filter(([name]) => names.includes(name)));
}
