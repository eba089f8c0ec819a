import { asArray, asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { objectOf } from '../../bodies';
import { principalOf } from '../../directory/identities';
import { bodyText, jsonBody, type DataPlaneCall, type ServiceAnswer, type ServiceRequest } from '../dataPlane';
import { completion } from './completion';
import { onYourDataRefusal } from './openAiErrors';

const SEARCH_VERSION = '2024-07-01';
const MOST_DOCUMENTS = 5;

/** Reported, word for word: what Azure says whenever it cannot read the index. */
const INDEX_FAILED =
  'Invalid AzureCognitiveSearch configuration detected: Call to get Azure Search index failed. Check if you are using the correct Azure Search endpoint and index name. If you are using key based authentication, check if the admin key is correct. If you are using access token authentication or managed identity of Azure OpenAI, check if the Azure Search has enabled RBAC based authentication and if the user identity or Azure OpenAI managed identity has required role assignments to access Azure Search resource [https://aka.ms/aoaioydauthentication]. If the Azure Search resource has no public network access, make sure enable trusted service of Azure Search.';
/** UNVERIFIED: what it says when it has read the index, and cannot query it. */
const QUERY_FAILED = 'An error occurred when calling Azure Cognitive Search:';
/** Reported, word for word. */
const NO_IDENTITY = `Failed to get managed identity token. Response: {"error":{"code":"ManagedIdentityIsNotEnabled","message":"Managed Identity (MI) is not set for this account while the encryption key source is 'Microsoft.KeyVault', customer managed storage or Network Security Perimeter is used."}}`;
/** Reported. */
const NO_SUCH_HOST =
  'Invalid AzureCognitiveSearch configuration detected: Azure Cognitive Search url fails to resolve.';

/** Where the documents are, and how Azure AI Search is asked for them. */
interface Source {
  readonly host: string;
  readonly index: string;
  /** Nothing for the account's identity: its token is added on the way. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parameters: JsonObject;
}

/** A chat about the documents of an index: Azure OpenAI reads the index, then queries it. */
export function completeOnYourData(call: DataPlaneCall, model: string, body: JsonObject): ServiceAnswer {
  const source = readSource(call, body);
  askSearch(call, { ...source, method: 'GET', rest: '', body: '' }, INDEX_FAILED);
  const { filter, top_n_documents: top } = source.parameters;
  const query = {
    search: questionOf(body),
    top: typeof top === 'number' ? top : MOST_DOCUMENTS,
    ...(asString(filter) === undefined ? {} : { filter }),
  };
  const rest = '/docs/search';
  const found = askSearch(call, { ...source, method: 'POST', rest, body: JSON.stringify(query) }, QUERY_FAILED);
  return { status: 200, body: completion(model, messageAbout(asObjects(found['value']), query.search)) };
}

function readSource(call: DataPlaneCall, body: JsonObject): Source {
  const sources = asArray(body['data_sources']);
  const [source] = sources.filter(isJsonObject);
  if (sources.length !== 1 || source === undefined) {
    throw refusal(call, 'Validation error at #/data_sources: exactly one data source is supported.');
  }
  if (source['type'] !== 'azure_search') {
    throw refusal(call, 'Validation error at #/data_sources/0/type: the sandbox simulates azure_search only.');
  }
  const parameters = objectOf(source['parameters']);
  const endpoint = asString(parameters['endpoint']) ?? '';
  const index = asString(parameters['index_name']);
  if (!URL.canParse(endpoint) || index === undefined) {
    throw refusal(call, 'Validation error at #/data_sources/0/parameters: endpoint and index_name are required.');
  }
  const headers = headersFor(call, objectOf(parameters['authentication']));
  return { host: new URL(endpoint).host, index, headers, parameters };
}

function headersFor(call: DataPlaneCall, { type, key }: JsonObject): Source['headers'] {
  if (type === 'system_assigned_managed_identity') {
    if (principalOf(call.resource) === undefined) throw refusal(call, NO_IDENTITY);
    return {};
  }
  const apiKey = asString(key);
  if (type === 'api_key' && apiKey !== undefined) return { 'api-key': apiKey };
  throw refusal(
    call,
    'Validation error at #/data_sources/0/parameters/authentication: the sandbox simulates system_assigned_managed_identity and api_key.',
  );
}

interface Asked extends Source {
  readonly method: 'GET' | 'POST';
  /** Of the path, behind the index. */
  readonly rest: string;
  readonly body: string;
}

/** @throws ServiceRefusal in the words of Azure OpenAI, with those of Azure AI Search inside. */
function askSearch(call: DataPlaneCall, asked: Asked, failed: string): JsonObject {
  const { host, method, body, headers } = asked;
  const url = `/indexes('${encodeURIComponent(asked.index)}')${asked.rest}?api-version=${SEARCH_VERSION}`;
  const request: ServiceRequest = { host, method, url, headers, body };
  const answer = call.ask(request);
  if (answer === undefined) throw refusal(call, NO_SUCH_HOST);
  const text = bodyText(answer);
  if (answer.status === 200) return jsonBody({ ...request, body: text }) ?? {};
  const status = String(answer.status);
  const told = `Server responded with status ${status}. Error message: ${text}`;
  const message = `${failed}\nAzure Search Error: ${status}, message='${told}', url=URL('https://${host}${url}')\n${told}`;
  throw onYourDataRefusal(requestId(call), message, answer.wait);
}

function questionOf(body: JsonObject): string {
  const last = asObjects(body['messages']).findLast(({ role }) => role === 'user');
  return asString(last?.['content']) ?? '*';
}

/** The documents that were found are cited; no model is asked what they say. */
function messageAbout(documents: readonly JsonObject[], question: string): JsonObject {
  const citations = documents.map(({ content, title, url, filepath, chunk_id }) => ({
    content: asString(content) ?? '',
    title: asString(title) ?? null,
    url: asString(url) ?? null,
    filepath: asString(filepath) ?? null,
    chunk_id: asString(chunk_id) ?? '0',
  }));
  const marks = citations.map((_, index) => `[doc${String(index + 1)}]`).join(' ');
  const content =
    citations.length === 0
      ? 'The requested information is not available in the retrieved data. Please try another query or topic.'
      : `The sandbox found this in the index, and asked no model about it: ${marks}`;
  return {
    role: 'assistant',
    content,
    end_turn: true,
    context: { citations, intent: JSON.stringify([question]) },
  };
}

function refusal(call: DataPlaneCall, message: string) {
  return onYourDataRefusal(requestId(call), message);
}

function requestId({ azure }: DataPlaneCall): string {
  return azure.guids.next('on your data');
}
