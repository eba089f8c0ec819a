import { asString } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { inForce, propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import type { Origin } from '../../positions/position';
import { apisOf, operationsOf, productsWith } from '../../providers/apiManagement/apis';
import { gatewayHosts, publicAddressesOf, subnetIdOf } from '../../providers/apiManagement/serviceState';
import { keysOf, SUBSCRIPTION } from '../../providers/apiManagement/settings';
import type { Tokens } from '../../tokens';
import type { ServiceAnswer, ServiceRequest } from '../dataPlane';
import type { Forward } from '../forward';
import { gatewayRefusal, internalError, runInbound } from './policyPipeline';

/** Documented: what load balancers ask; it wants no key. */
const STATUS_PATH = '/status-0123456789abcdef';

interface Setting {
  readonly azure: Azure;
  readonly tokens: Tokens;
  readonly forward: Forward;
}

/** The gateway of API Management: finds the API, checks the key, runs the policies, and asks the backend. */
export function answerApiManagement(setting: Setting, serviceId: string, request: ServiceRequest): ServiceAnswer {
  const { azure } = setting;
  const service = azure.store.get(serviceId);
  if (service === undefined || !gatewayHosts(service).includes(request.host.toLowerCase())) throw noResource();
  const url = new URL(request.url, 'https://gateway');
  if (url.pathname === STATUS_PATH) {
    return { status: 200, text: { type: 'text/plain', content: 'Service Operational' } };
  }
  const api = findApi(azure, service, url.pathname);
  if (api === undefined) throw noResource();
  const rest = url.pathname.slice(prefixOf(api).length);
  const operation = findOperation(azure, api, request.method, rest);
  if (operation === undefined) throw noResource();
  checkKey(azure, service, api, request, url);
  const { headers, backendUrl } = runInbound({ ...setting, service }, [service, api, operation], request);
  return askBackend(setting, service, backendUrl ?? asString(propertiesOf(api)['serviceUrl']), {
    ...request,
    headers,
    url: `${rest}${url.search}`,
  });
}

const noResource = () => gatewayRefusal(404, 'Resource not found');

function prefixOf(api: StoredResource): string {
  const path = (asString(propertiesOf(api)['path']) ?? '').replace(/^\/|\/$/g, '');
  return path === '' ? '' : `/${path}`;
}

/** The API with the longest path that the request's begins with. */
function findApi(azure: Azure, service: StoredResource, path: string): StoredResource | undefined {
  const begins = (prefix: string): boolean => `${path}/`.toLowerCase().startsWith(`${prefix}/`.toLowerCase());
  return apisOf(azure, service.id)
    .filter((api) => begins(prefixOf(api)))
    .sort((left, right) => prefixOf(right).length - prefixOf(left).length)[0];
}

/** An API without operations takes nothing. */
function findOperation(azure: Azure, api: StoredResource, method: string, path: string): StoredResource | undefined {
  return operationsOf(azure, api).find((operation) => {
    const { method: wanted, urlTemplate } = propertiesOf(operation);
    return String(wanted).toUpperCase() === method.toUpperCase() && templatePattern(String(urlTemplate)).test(path);
  });
}

function templatePattern(template: string): RegExp {
  const segments = template
    .replace(/\?.*$/, '')
    .split(/(\{[^}]+\}|\*)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith('{') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${segments.join('')}/?$`, 'i');
}

/** Reported messages. A key is good for all APIs, for one, or for those of a product. */
function checkKey(azure: Azure, service: StoredResource, api: StoredResource, request: ServiceRequest, url: URL): void {
  const { subscriptionRequired, subscriptionKeyParameterNames } = propertiesOf(api);
  if (subscriptionRequired === false) return;
  const names = objectOf(subscriptionKeyParameterNames);
  const header = asString(names['header']) ?? 'Ocp-Apim-Subscription-Key';
  const key =
    request.headers[header.toLowerCase()] ?? url.searchParams.get(asString(names['query']) ?? 'subscription-key');
  if (key === undefined || key === null) {
    throw gatewayRefusal(
      401,
      'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    );
  }
  const scopes = [`${service.id}/apis`, api.id, ...productsWith(azure, api)];
  const isGood = azure.store.children(service.id, SUBSCRIPTION.type).some((subscription) => {
    const { scope, state } = propertiesOf(subscription);
    const { primaryKey, secondaryKey } = keysOf(subscription);
    const isHeld = [primaryKey, secondaryKey].includes(key);
    return isHeld && state === 'active' && scopes.some((each) => sameResource(each, String(scope)));
  });
  if (isGood) return;
  throw gatewayRefusal(
    401,
    'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
  );
}

/** Out of its subnet, where the gateway has one, so by the names that are known there. */
function askBackend(
  { forward }: Setting,
  service: StoredResource,
  backendUrl: string | undefined,
  request: ServiceRequest,
): ServiceAnswer {
  if (backendUrl === undefined || !URL.canParse(backendUrl)) throw internalError();
  const base = new URL(backendUrl);
  const subnet = subnetIdOf(inForce(service));
  const [address = ''] = publicAddressesOf(service);
  const origin: Origin = subnet === undefined ? { kind: 'publicAddress', address } : { kind: 'subnet', subnet };
  const url = `${base.pathname.replace(/\/$/, '')}${request.url}`;
  const headers = { ...request.headers, host: base.hostname };
  const found = forward(origin, base.hostname, Number(base.port || 443), {
    ...request,
    url,
    headers,
    host: base.hostname,
  });
  if (found.kind !== 'answered') throw internalError();
  return found.answer;
}
