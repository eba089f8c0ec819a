import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, topLevelResourceId } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Answer } from '../../arm/messages';
import type { Call, ExistingCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { compact, objectOf } from '../../bodies';
import { listAnswer } from '../../http/listing';
import { contentType, keeping } from './content';
import { methodNotSupported, validationError } from './errors';
import { newTag } from './serviceState';

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options'];
const IMPORTED = ['openapi', 'openapi+json', 'openapi+json-link', 'openapi-link', 'swagger-json', 'swagger-link-json'];

const API_DEFAULTS: JsonObject = {
  apiRevision: '1',
  description: null,
  subscriptionRequired: true,
  serviceUrl: null,
  protocols: ['https'],
  authenticationSettings: { oAuth2: null, openid: null },
  subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
  isCurrent: true,
};

/** An API of the gateway. A definition that is imported with it makes its operations. */
export const API: ResourceType = contentType(
  {
    path: 'apis',
    what: 'API',
    created: 201,
    removed: 202,
    write: writeApi,
    written: importOperations,
  },
  { facets: { products: listProducts } },
);

export const API_OPERATION: ResourceType = contentType({
  path: 'apis/operations',
  what: 'Operation',
  created: 201,
  removed: 200,
  write: keeping({ templateParameters: [], description: null, responses: [], policies: null }),
});

export const PRODUCT: ResourceType = contentType({
  path: 'products',
  what: 'Product',
  created: 201,
  removed: 204,
  write: keeping({ description: null, terms: null, subscriptionRequired: true, state: 'notPublished' }),
});

/** The link of an API with a product. Recorded: it can be made, asked for with HEAD, and not be read. */
export const PRODUCT_API: ResourceType = contentType({
  path: 'products/apis',
  what: 'API',
  created: 201,
  removed: 200,
  write: linkedApi,
  reads: () => {
    throw methodNotSupported('GET');
  },
});

function writeApi(sent: JsonObject, before: JsonObject | undefined, call: Call): JsonObject {
  const { value, format, ...settings } = sent;
  const definition = value === undefined || value === null ? undefined : readDefinition(format, value);
  const after: JsonObject = {
    ...(before ?? API_DEFAULTS),
    ...(definition === undefined ? {} : describedBy(definition)),
    ...compact(settings),
  };
  const path = asString(after['path']) ?? '';
  const other = apisOf(call.azure, topLevelResourceId(call.id)).find(
    (api) => api.id.toLowerCase() !== call.id.toLowerCase() && (asString(propertiesOf(api)['path']) ?? '') === path,
  );
  if (other !== undefined) {
    throw validationError(
      'path',
      `Cannot create API '${call.name}' with the same Path '${path}' as API '${other.name}'.`,
    );
  }
  return { displayName: call.name, ...after, path };
}

export function apisOf(azure: Azure, serviceId: string): readonly StoredResource[] {
  return azure.store.children(serviceId, API.type);
}

export function operationsOf(azure: Azure, api: StoredResource): readonly StoredResource[] {
  return azure.store.children(api.id, API_OPERATION.type);
}

/** @throws Refusal where the definition is not one in JSON. */
function readDefinition(format: unknown, value: unknown): JsonObject {
  if (!IMPORTED.includes(String(format))) throw notSimulated(400, `the import of APIs in the format ${String(format)}`);
  if (String(format).includes('link')) throw notSimulated(400, 'the import of APIs from a link');
  try {
    const definition: unknown = JSON.parse(String(value));
    if (isJsonObject(definition) && isJsonObject(definition['paths'])) return definition;
  } catch {
    // Said below.
  }
  throw validationError('representation', 'Parsing error(s): The input OpenAPI file is not valid.');
}

function describedBy({ info, servers }: JsonObject): JsonObject {
  const { title, description } = objectOf(info);
  const [server] = asArray(servers);
  return compact({ displayName: title, description, serviceUrl: asString(objectOf(server)['url']) });
}

function importOperations(azure: Azure, api: StoredResource, { value, format }: JsonObject): void {
  if (value === undefined || value === null) return;
  for (const old of operationsOf(azure, api)) azure.vanish(old);
  const paths = objectOf(readDefinition(format, value)['paths']);
  for (const [urlTemplate, methods] of Object.entries(paths)) {
    for (const [method, described] of Object.entries(objectOf(methods)).filter(([name]) => METHODS.includes(name))) {
      const { operationId, summary, description } = objectOf(described);
      const name = asString(operationId) ?? `${method}-${urlTemplate.replace(/[^\w]+/g, '-')}`;
      const id = `${api.id}/operations/${name}`;
      azure.store.put({
        id,
        name,
        type: API_OPERATION.type,
        body: {
          properties: {
            displayName: asString(summary) ?? name,
            method: method.toUpperCase(),
            urlTemplate,
            templateParameters: [],
            description: asString(description) ?? null,
            responses: [],
            policies: null,
          },
        },
        state: 'Succeeded',
        etag: newTag(azure, id),
      });
    }
  }
}

function linkedApi(_: JsonObject, __: JsonObject | undefined, { azure, id, name }: Call): JsonObject {
  const api = azure.store.get(`${topLevelResourceId(id)}/apis/${name}`);
  if (api === undefined) throw validationError('apiId', `API with id '${name}' could not be found.`);
  return propertiesOf(api);
}

/** GET …/apis/{api}/products: the products that it is in. Published shape. */
function listProducts({ azure, resource, request, apiVersion }: ExistingCall): Answer {
  const products = productsWith(azure, resource).flatMap((id) => azure.store.get(id) ?? []);
  return listAnswer(
    request,
    products.map((product) => azure.show(product, apiVersion)),
  );
}

/** Ids of the products that an API is in. */
export function productsWith(azure: Azure, api: StoredResource): readonly string[] {
  return azure.store
    .children(topLevelResourceId(api.id), PRODUCT_API.type)
    .filter(({ name }) => name.toLowerCase() === api.name.toLowerCase())
    .flatMap(({ id }) => parentResourceId(id) ?? []);
}
