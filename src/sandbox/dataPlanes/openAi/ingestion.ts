import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { servedAt } from '../../providers/network/hostNames';
import { bodyText, type DataPlaneCall, type ServiceAnswer, type ServiceRequest } from '../dataPlane';
import { containerId } from '../storage/containers';

const SEARCH_VERSION = '2024-07-01';
const OPENAI_VERSION = '2024-10-21';
const STORAGE_VERSION = '2023-11-03';

/** The fields of the indexes that ingestion makes. UNVERIFIED as a whole; the mapping of the first six is documented. */
const INDEX_FIELDS: readonly JsonObject[] = [
  { name: 'id', type: 'Edm.String', key: true, filterable: true },
  ...['content', 'title', 'filepath', 'url', 'chunk_id'].map((name) => ({
    name,
    type: 'Edm.String',
    searchable: true,
    filterable: name === 'filepath',
  })),
];

/** Where documents come from and go to. */
export interface Ingestion {
  readonly searchHost: string;
  readonly storageHost: string;
  readonly container: string;
  /** The deployment of an embedding model in the same account, where vectors are wanted. */
  readonly embedding: string | undefined;
}

export interface IngestionFailure {
  readonly code: string;
  readonly message: string;
}

/** Reads a job. Undefined where something is missing. Older api-versions call some parts by other names. */
export function readIngestion(definition: JsonObject): Ingestion | undefined {
  const datasource = objectOf(definition['datasource']);
  const searchHost = hostOf(objectOf(definition['searchServiceConnection']));
  const storageHost = hostOf(objectOf(datasource['connection'] ?? datasource['storageAccountConnection']));
  const container = asString(datasource['containerName']);
  const [embedding] = asObjects(datasource['embeddings'] ?? datasource['embeddingsSettings']);
  if (searchHost === undefined || storageHost === undefined || container === undefined) return undefined;
  return { searchHost, storageHost, container, embedding: asString(embedding?.['deploymentName']) };
}

/**
 * What a job does, each step as the service that does it in life, with that service's identity: Azure OpenAI makes the
 * index, reads the container and writes to it what it has prepared; Azure AI Search reads it again and asks for vectors.
 * @returns How it failed. What was done before stays done.
 */
export function ingest(call: DataPlaneCall, index: string, job: Ingestion): IngestionFailure | undefined {
  try {
    run(call, index, job);
    return undefined;
  } catch (error) {
    if (error instanceof Stopped) return { code: 'IngestionJobFailed', message: error.message };
    throw error;
  }
}

/** A step was refused. UNVERIFIED wording; what is inside of it is what the service said. */
class Stopped extends Error {
  override readonly name = 'Stopped';

  constructor(doing: string, answer: ServiceAnswer | undefined) {
    const why =
      answer === undefined
        ? 'The host name fails to resolve.'
        : `Server responded with status ${String(answer.status)}. Error message: ${bodyText(answer)}`;
    super(`The ingestion job failed where ${doing}. ${why}`);
  }
}

function run(call: DataPlaneCall, index: string, job: Ingestion): void {
  const search = servedAt(call.azure, job.searchHost)?.resource;
  const storage = servedAt(call.azure, job.storageHost)?.resource;
  if (search === undefined) throw new Stopped('reaching Azure AI Search', undefined);
  if (storage === undefined) throw new Stopped('reaching Azure Storage', undefined);
  const step = (doing: string, request: ServiceRequest, from?: StoredResource): void => {
    const answer = call.ask(request, from);
    if (answer === undefined || answer.status >= 400) throw new Stopped(doing, answer);
  };
  const toStorage = (method: string, rest: string, body = ''): ServiceRequest => ({
    host: job.storageHost,
    method,
    url: `/${job.container}${rest}`,
    headers: { 'x-ms-version': STORAGE_VERSION, ...(method === 'PUT' ? { 'x-ms-blob-type': 'BlockBlob' } : {}) },
    body,
  });
  const list = toStorage('GET', '?restype=container&comp=list');
  const prepared = `/.ingestion/${encodeURIComponent(index)}.json`;

  ensureIndex(call, index, job.searchHost);
  step('Azure OpenAI read the container', list);
  step('Azure OpenAI wrote to the container', toStorage('PUT', prepared, '{}'));
  step('Azure AI Search read the container', list, search);
  if (job.embedding !== undefined) {
    const url = `/openai/deployments/${encodeURIComponent(job.embedding)}/embeddings?api-version=${OPENAI_VERSION}`;
    const body = JSON.stringify({ input: index });
    const embed = { host: call.request.host, method: 'POST', url, headers: {}, body };
    step('Azure AI Search created embeddings', embed, search);
  }
  step('Azure OpenAI removed what it had prepared', toStorage('DELETE', prepared));
  fill(call.azure, search, index, containerId(storage, job.container));
}

function ensureIndex(call: DataPlaneCall, index: string, host: string): void {
  const url = `/indexes('${encodeURIComponent(index)}')?api-version=${SEARCH_VERSION}`;
  const found = call.ask({ host, method: 'GET', url, headers: {}, body: '' });
  if (found?.status === 200) return;
  const isMissing = found?.status === 404;
  const body = JSON.stringify({ name: index, fields: INDEX_FIELDS });
  const made = isMissing ? call.ask({ host, method: 'PUT', url, headers: {}, body }) : found;
  if (made === undefined || made.status >= 400) throw new Stopped('Azure OpenAI created the index', made);
}

/** What the indexer does inside of Azure AI Search: one document for each blob. */
function fill(azure: Azure, search: StoredResource, name: string, container: string): void {
  const index = azure.contents.indexes.get(search.id, name);
  if (index === undefined) return;
  const documents = azure.contents.blobs.of(container).map((blob): JsonObject => {
    const id = Buffer.from(blob.name).toString('base64url');
    return { id, content: blob.content, title: blob.name, filepath: blob.name, url: null, chunk_id: '0' };
  });
  const merged = new Map(index.documents);
  for (const document of documents) {
    const key = String(document['id']);
    merged.set(key, { ...merged.get(key), ...document });
  }
  azure.contents.indexes.put(search.id, name, { ...index, documents: merged });
}

function hostOf({ endpoint }: JsonObject): string | undefined {
  const url = asString(endpoint);
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}
