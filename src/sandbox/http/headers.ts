import type { Guids } from '../guids';
import { PRINCIPAL_ID, TENANT_ID } from '../azure';
import type { Answer, ArmRequest } from '../arm/messages';
import type { Server } from './router';

type Headers = Record<string, string>;

/** What practically every answer of Azure Resource Manager carries. */
export function commonHeaders(server: Server, request: ArmRequest, answer: Answer, guids: Guids, now: number): Headers {
  const correlation = guids.next('correlation');
  const time = new Date(now);
  const stamp = time.toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    date: time.toUTCString(),
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-cache': 'CONFIG_NOCACHE',
    'x-msedge-ref': `Ref A: ${guids.next('edge').replaceAll('-', '').toUpperCase()} Ref B: SANDBOX Ref C: ${time.toISOString()}`,
    'x-ms-request-id': server === 'gateway' ? correlation : guids.next('request'),
    'x-ms-correlation-request-id': correlation,
    'x-ms-routing-request-id': `SANDBOX:${stamp}:${correlation}`,
    ...(answer.headers?.['x-ms-failure-cause'] === 'gateway' ? {} : rateLimit(server, request)),
    ...providerHeaders(server, guids),
    ...contentType(server, answer),
  };
}

/** Recorded: Storage and App Service name no charset, and a type where there is nothing, except where there never was anything. */
function contentType(server: Server, { status, body }: Answer): Headers {
  if (server === 'Microsoft.Storage') {
    if (body !== undefined) return { 'content-type': 'application/json' };
    return status === 204 ? {} : { 'content-type': 'text/plain; charset=utf-8' };
  }
  // Its errors do name one.
  if (server === 'Microsoft.Web' && status < 400)
    return body === undefined ? {} : { 'content-type': 'application/json' };
  return body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
}

function providerHeaders(server: Server, guids: Guids): Headers {
  if (server === 'gateway') return {};
  return {
    'x-ms-operation-identifier': `tenantId=${TENANT_ID},objectId=${PRINCIPAL_ID}/sandbox/${guids.next('identifier')}`,
    ...(server === 'Microsoft.Search'
      ? { 'request-id': guids.next('search'), 'elapsed-time': '100', 'x-ms-throttling-version': 'v2' }
      : {}),
    ...(server === 'Microsoft.KeyVault' ? { 'x-ms-keyvault-service-version': '1.5.1299.0' } : {}),
    ...(server === 'Microsoft.Network' ? { 'x-ms-arm-service-request-id': guids.next('service') } : {}),
  };
}

/** What a request counts as where Azure Resource Manager throttles. */
export function countedAs(method: string): 'delete' | 'read' | 'write' {
  if (method === 'DELETE') return 'delete';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

/** Buckets are refilled faster than one client empties them, so these are the numbers of a full one, less this request. */
function rateLimit(server: Server, { method, path }: ArmRequest): Headers {
  const kind = `${countedAs(method)}s` as const;
  if (/^\/(subscriptions|tenants)(\/[^/]+)?$/i.test(path) && !/^\/subscriptions\//i.test(path)) {
    return { 'x-ms-ratelimit-remaining-tenant-reads': '11999' };
  }
  if (server === 'Microsoft.ResourceGraph') return { 'x-ms-ratelimit-remaining-tenant-resource-requests': '14' };
  // Private DNS counts by itself and says so instead.
  if (server === 'Microsoft.Network' && /\/privateDns(Zones|Operation)/i.test(path)) {
    const remaining = kind === 'reads' ? '499' : '11999';
    return { 'x-ms-ratelimit-remaining-subscription-resource-requests': remaining };
  }
  if (server === 'Microsoft.Storage' && /\/(listKeys|regenerateKey)$/i.test(path)) {
    return { 'x-ms-ratelimit-remaining-subscription-resource-requests': '799' };
  }
  if (server === 'Microsoft.Insights' && kind === 'writes') {
    return { 'x-ms-ratelimit-remaining-subscription-resource-requests': '799' };
  }
  if (server === 'Microsoft.Security' || (server === 'Microsoft.Web' && kind === 'writes' && /\/sites\//i.test(path))) {
    return { 'x-ms-ratelimit-remaining-subscription-resource-requests': kind === 'reads' ? '749' : '249' };
  }
  const remaining = kind === 'reads' ? '16499' : '11999';
  return { [`x-ms-ratelimit-remaining-subscription-global-${kind}`]: remaining };
}
