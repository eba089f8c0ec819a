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
  /** Whether a role on what the path names is enough: one can be given on an index, and on nothing else in a service. */
  readonly isOfIndex: boolean;
  readonly perform: (call: DataPlaneCall, name: string) => ServiceAnswer;
}

const SERVICE = 'Microsoft.Search/searchServices';
const manage = (name: string, perform: SearchOperation['perform']): SearchOperation => ({
  need: action(`${SERVICE}/${name}`),
  isQuery: false,
  isOfIndex: true,
  perform,
});
const define = (name: string, perform: SearchOperation['perform']): SearchOperation => ({
  ...manage(name, perform),
  isOfIndex: false,
});
const query = (perform: SearchOperation['perform']): SearchOperation => ({
  need: dataAction(`${SERVICE}/indexes/documents/read`),
  isQuery: true,
  isOfIndex: true,
  perform,
});

type Row = readonly [method: string, path: RegExp, operation: SearchOperation];

/** One of a kind, by either spelling of its path, and what is below it. */
const oneOf = (kind: string, rest = ''): RegExp =>
  new RegExp(String.raw`^\/${kind}(?:\('([^']+)'\)|\/([^/(]+))${rest}$`);
const at = (rest: string): RegExp => oneOf('indexes', rest);

/** Of indexers and skillsets. */
const DEFINITIONS = DEFINITION_KINDS.flatMap((kind): readonly Row[] => {
  const { path } = kind;
  return [
    ['GET', new RegExp(`^/${path}$`), define(`${path}/read`, (call) => listDefinitions(call, kind))],
    ['GET', oneOf(path), define(`${path}/read`, (call, name) => getDefinition(call, kind, name))],
    ['PUT', oneOf(path), define(`${path}/write`, (call, name) => putDefinition(call, kind, name))],
    ['DELETE', oneOf(path), define(`${path}/delete`, (call, name) => deleteDefinition(call, kind, name))],
  ];
});

/** Azure AI Search asks ordinary actions for its objects, and data actions for documents. */
const OPERATIONS: readonly Row[] = [
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
    {
      need: dataAction(`${SERVICE}/indexes/documents/write`),
      isQuery: false,
      isOfIndex: true,
      perform: putDocuments,
    },
  ],
];

export interface FoundOperation {
  readonly operation: SearchOperation;
  /** What the path names; empty where the whole service is asked. */
  readonly name: string;
}

export function findOperation(method: string, path: string): FoundOperation | undefined {
  for (const [wanted, pattern, operation] of OPERATIONS) {
    const match = wanted === method ? pattern.exec(path) : null;
    if (match) return { operation, name: match[1] ?? match[2] ?? '' };
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
