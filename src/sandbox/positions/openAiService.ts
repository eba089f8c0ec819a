import { asArray, asString, isJsonObject, type Json, type JsonObject } from '../../core/resources/json';
import { sameResource } from '../../core/resources/resourceId';
import { addressRange, within } from '../addresses';
import { inForce, propertiesOf, type StoredResource } from '../arm/resourceStore';
import { PRINCIPAL_ID, type Azure } from '../azure';
import { subdomainOf } from '../providers/cognitiveServices/accountBody';
import { ACCOUNT_TYPE, keysOf } from '../providers/cognitiveServices/accountState';
import { DEPLOYMENT } from '../providers/cognitiveServices/deployments';
import { servesOpenAi } from '../providers/cognitiveServices/kinds';
import { servedAt } from '../providers/network/hostNames';
import type { Tokens } from '../tokens';
import type { Way } from './route';

/** One request to the data plane, as it came out of TLS. */
export interface ServiceRequest {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly host: string;
  readonly authorization: string | undefined;
  readonly apiKey: string | undefined;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: Json;
}

const CHAT = /^\/openai\/deployments\/([^/]+)\/chat\/completions$/;

/**
 * Azure OpenAI's data plane: credentials first, then the network rules, then the request. Which of the first two Azure
 * looks at first is not documented.
 */
export function answerService(azure: Azure, tokens: Tokens, way: Way, request: ServiceRequest): ServiceAnswer {
  const account = accountFor(azure, request);
  if (account === undefined) return request.apiKey === undefined && isRegional(request) ? regional(request) : notFound;
  return checkCredentials(account, tokens, request) ?? checkNetwork(account, way) ?? perform(azure, account, request);
}

/** By host name; at a region's common endpoint only the key tells. */
function accountFor(azure: Azure, { host, apiKey }: ServiceRequest): StoredResource | undefined {
  const named = servedAt(azure, host)?.resource;
  const account =
    named ??
    (apiKey === undefined
      ? undefined
      : azure.store.ofType(ACCOUNT_TYPE).find((each) => isKeyOf(inForce(each), apiKey)));
  return account && servesOpenAi(account.body['kind']) ? inForce(account) : undefined;
}

function checkCredentials(account: StoredResource, tokens: Tokens, request: ServiceRequest): ServiceAnswer | undefined {
  const { authorization, apiKey } = request;
  if (authorization !== undefined) {
    if (subdomainOf(account) === undefined) return noTokensHere;
    return tokens.holderOf(authorization.replace(/^Bearer /, '')) === undefined ? badToken : undefined;
  }
  if (apiKey === undefined) return noCredentials;
  if (propertiesOf(account)['disableLocalAuth'] === true) {
    return refusal(403, 'AuthenticationTypeDisabled', 'Key based authentication is disabled for this resource.');
  }
  return isKeyOf(account, apiKey) ? undefined : noCredentials;
}

function checkNetwork(account: StoredResource, way: Way): ServiceAnswer | undefined {
  if (way.kind === 'private') return sameResource(way.targetId, account.id) ? undefined : notFound;
  const { publicNetworkAccess, networkAcls } = propertiesOf(account);
  if (asString(publicNetworkAccess)?.toLowerCase() === 'disabled') {
    return refusal(403, '403', 'Public access is disabled. Please configure private endpoint.');
  }
  const acls: JsonObject = isJsonObject(networkAcls) ? networkAcls : {};
  const isOpen = asString(acls['defaultAction'])?.toLowerCase() !== 'deny' || isListed(acls['ipRules'], way.caller);
  return isOpen ? undefined : refusal(403, '403', 'Access denied due to Virtual Network/Firewall rules.');
}

function perform(azure: Azure, account: StoredResource, { method, url }: ServiceRequest): ServiceAnswer {
  const { pathname, searchParams } = new URL(url, 'https://service');
  if (!searchParams.has('api-version')) return notFound;
  const chat = CHAT.exec(pathname);
  const deployments = azure.store.children(account.id, DEPLOYMENT.type);
  if (method === 'GET' && pathname === '/openai/models') {
    const denied = checkDataAction(azure, account, 'models/read', `${method} ${pathname}`);
    return denied ?? { status: 200, body: { data: deployments.map(showModel), object: 'list' } };
  }
  if (method !== 'POST' || chat === null) return notFound;
  const denied = checkDataAction(azure, account, 'deployments/chat/completions/action', `${method} ${pathname}`);
  if (denied) return denied;
  const deployment = deployments.find(({ name }) => name.toLowerCase() === chat[1]?.toLowerCase());
  return deployment ? { status: 200, body: completion(deployment) } : noDeployment;
}

function checkDataAction(azure: Azure, account: StoredResource, action: string, operation: string) {
  const dataAction = `Microsoft.CognitiveServices/accounts/OpenAI/${action}`;
  if (azure.access.allows(dataAction, account.id)) return undefined;
  return refusal(
    401,
    'PermissionDenied',
    `The principal \`${PRINCIPAL_ID}\` lacks the required data action \`${dataAction}\` to perform \`${operation}\` operation.`,
  );
}

function isListed(rules: Json | undefined, caller: string): boolean {
  const address = addressRange(caller);
  return asArray(rules).some((rule) => {
    const range = isJsonObject(rule) ? addressRange(asString(rule['value']) ?? '') : undefined;
    return range !== undefined && address !== undefined && within(address, range);
  });
}

function isKeyOf(account: StoredResource, key: string): boolean {
  const { key1, key2 } = keysOf(account);
  return key === key1 || key === key2;
}

function isRegional({ host }: ServiceRequest): boolean {
  return host.toLowerCase().endsWith('.api.cognitive.microsoft.com');
}

function regional({ authorization }: ServiceRequest): ServiceAnswer {
  return authorization === undefined ? noCredentials : noTokensHere;
}

function showModel(deployment: StoredResource): JsonObject {
  const model = propertiesOf(deployment)['model'];
  return { id: isJsonObject(model) ? model['name'] : deployment.name, object: 'model', status: 'succeeded' };
}

function completion(deployment: StoredResource): JsonObject {
  return {
    id: 'chatcmpl-sandbox',
    object: 'chat.completion',
    model: deployment.name,
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: 'The sandbox answers: the request got through, and no model was asked.',
        },
      },
    ],
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
}

function refusal(status: number, code: string, message: string): ServiceAnswer {
  return { status, body: { error: { code, message } } };
}

const notFound = refusal(404, '404', 'Resource not found');
const noCredentials = refusal(
  401,
  '401',
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
);
/** UNVERIFIED wording. */
const badToken = refusal(
  401,
  'Unauthorized',
  'Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.',
);
const noTokensHere = refusal(
  400,
  'BadRequest',
  'Please provide a custom subdomain for token authentication, otherwise API key is required.',
);
const noDeployment = refusal(
  404,
  'DeploymentNotFound',
  'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
);
