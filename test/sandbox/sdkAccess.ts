import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { RESERVED_HOST } from '../../src/sandbox/http/server';
import type { Sandbox } from '../../src/sandbox/sandbox';

export const ORIGIN = `https://${RESERVED_HOST}`;

/** Azure sends no interval, or zero at infinite speed: without this the SDKs would wait two seconds. */
export const AT_ONCE = { updateIntervalInMs: 1 };

/** What the unmodified SDKs need to talk to a sandbox: a credential and the options of a client. */
export function sdkAccess({ endpoint, token }: Pick<Sandbox, 'endpoint' | 'token'>) {
  return {
    credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    options: { endpoint: ORIGIN, httpClient: loopback(endpoint) },
  };
}

/** The transport alone knows where the sandbox is; nothing else of the pipeline is changed. */
function loopback(endpoint: string): HttpClient {
  const transport = createDefaultHttpClient();
  return {
    sendRequest: async (request) => {
      if (!request.url.startsWith(`${ORIGIN}/`)) throw new Error(`Left the sandbox: ${request.url}`);
      request.headers.set('x-ringfence-origin', ORIGIN);
      const url = endpoint + request.url.slice(ORIGIN.length);
      const response = await transport.sendRequest({ ...request, url, allowInsecureConnection: true });
      // The pipeline asks again what it has asked, so that stays as it was.
      return { ...response, request };
    },
  };
}
