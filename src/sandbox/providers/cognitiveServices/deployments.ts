import { isJsonObject, type JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall, ResourceType } from '../../arm/resourceType';
import { systemData } from './accountBody';
import { ACCOUNT_TYPE, ACCOUNT_VERSIONS, requireIdle } from './accountState';
import { badRequest, childNotFound } from './errors';

/** A model deployment. */
export const DEPLOYMENT: ResourceType = {
  type: `${ACCOUNT_TYPE}/deployments`,
  apiVersions: ACCOUNT_VERSIONS,
  inGraph: false,
  show: ({ id, type, name, body, state, etag, ...rest }) => {
    const { rateLimits, ...properties } = propertiesOf({ id, type, name, body, state, etag, ...rest });
    return {
      id,
      type,
      name,
      sku: body['sku'],
      properties: { ...properties, provisioningState: state, rateLimits },
      systemData: body['systemData'],
      etag,
    };
  },
  getHeaders: ({ etag }) => ({ etag }),
  put,
  remove: ({ azure, resource, parent }) => {
    if (parent) requireIdle(azure, parent);
    azure.vanish(resource);
    return { status: 200 };
  },
  missing: childNotFound,
};

/** Recorded: answered at once with everything that Azure fills in. */
function put({ azure, id, name, parent, resource, body, apiVersion }: PutCall): Answer {
  if (parent) requireIdle(azure, parent);
  const properties = isJsonObject(body['properties']) ? body['properties'] : {};
  const sku = isJsonObject(body['sku']) ? body['sku'] : undefined;
  if (!isJsonObject(properties['model']) || sku === undefined)
    throw badRequest('A deployment needs a model and a sku.');
  const stored: StoredResource = azure.store.put({
    id,
    name,
    type: DEPLOYMENT.type,
    body: {
      sku,
      properties: filledIn(properties, Number(sku['capacity'] ?? 1)),
      systemData: systemData(azure, resource?.body['systemData']),
    },
    state: 'Succeeded',
    etag: `"${azure.guids.next(`etag ${id}`)}"`,
  });
  return {
    status: resource ? 200 : 201,
    headers: { etag: stored.etag },
    body: DEPLOYMENT.show(stored, azure, apiVersion),
  };
}

function filledIn(sent: JsonObject, capacity: number): JsonObject {
  return {
    model: { publisher: 'OpenAI', ...(sent['model'] as JsonObject) },
    versionUpgradeOption: sent['versionUpgradeOption'] ?? 'OnceNewDefaultVersionAvailable',
    currentCapacity: capacity,
    capabilities: {
      area: 'US',
      chatCompletion: 'true',
      assistants: 'true',
      jsonSchemaResponse: 'true',
      responses: 'true',
      agentsV2: 'true',
    },
    raiPolicyName: sent['raiPolicyName'] ?? 'Microsoft.DefaultV2',
    rateLimits: [
      { key: 'request', renewalPeriod: 10, count: capacity },
      { key: 'token', renewalPeriod: 60, count: capacity * 1000 },
    ],
  };
}
