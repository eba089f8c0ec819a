import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { endedBadly } from './azureErrors';
import type { RequestLine } from './connection';

/** Counts requests and tells the log about each. Nothing that could hold a secret leaves the pipeline here. */
export class RequestObserver {
  private count = 0;
  readonly policy: PipelinePolicy;

  constructor(onRequest: (line: RequestLine) => void = () => undefined) {
    this.policy = {
      name: 'ringfence-observer',
      sendRequest: async (request, next) => {
        this.count += 1;
        const started = performance.now();
        const response = await next(request);
        onRequest({
          method: request.method,
          path: maskedPath(request.url),
          status: response.status,
          milliseconds: Math.round(performance.now() - started),
          correlationId: response.headers.get('x-ms-correlation-request-id') ?? undefined,
        });
        return response;
      },
    };
  }

  get requests(): number {
    return this.count;
  }
}

/**
 * Ends an operation that Azure reports as failed with the innermost cause and the correlation id. The SDK's pollers make
 * one sentence of the outermost, and leave the id out.
 */
export const operationFailures: PipelinePolicy = {
  name: 'ringfence-operation-failures',
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (request.method !== 'GET' || !OPERATION.test(new URL(request.url).pathname)) return response;
    const correlationId = response.headers.get('x-ms-correlation-request-id');
    const failure = response.status < 400 ? endedBadly(parsed(response.bodyAsText), correlationId) : undefined;
    if (failure !== undefined) throw failure;
    return response;
  },
};

/** What the paths of operations have in common. Source: recordings of the providers that Ringfence writes to. */
const OPERATION = /\/[a-z]*operation[a-z]*\//i;

function parsed(body: string | null | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}

/**
 * The path without its query (polling URLs are signed there) and without the key that the deletion of a query key has in
 * it; subscription ids cut to their last four characters.
 */
export function maskedPath(url: string): string {
  const path = new URL(url).pathname.replace(/(\/deleteQueryKey\/)[^/]+/i, '$1…');
  return path.replace(/(\/subscriptions\/)[^/]*?([^/]{0,4})(?=\/|$)/gi, '$1…$2');
}
