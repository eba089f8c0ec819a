import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import type { ClientSettings, Loopback } from '../clientSettings';

/** Options that every ARM client takes, made from the connection's settings. */
export function clientOptions(settings: ClientSettings) {
  const endpoint = settings.loopback?.origin ?? settings.cloud.resourceManager;
  return {
    endpoint,
    credentialScopes: settings.cloud.managementScope,
    additionalPolicies: settings.policies.map((policy) => ({ policy, position: 'perRetry' as const })),
    ...(settings.retryDelayMs !== undefined && { retryOptions: { retryDelayInMs: settings.retryDelayMs } }),
    ...(settings.loopback && { httpClient: loopbackClient(settings.loopback) }),
  };
}

/** The same for clients of the newer generation, which take the token's scope elsewhere. */
export function modularClientOptions(settings: ClientSettings) {
  const { credentialScopes, ...options } = clientOptions(settings);
  return { ...options, credentials: { scopes: [credentialScopes] } };
}

/** For what must not be asked twice: not even where an answer was lost. */
export const ASK_ONCE = { retryOptions: { maxRetries: 0 } } as const;

/** A transport that reaches the sandbox and nothing else. */
function loopbackClient({ origin, address }: Loopback): HttpClient {
  const transport = createDefaultHttpClient();
  return {
    sendRequest: async (request) => {
      if (!request.url.startsWith(`${origin}/`)) {
        throw new Error(`A sandbox connection does not leave this machine: ${new URL(request.url).host} was refused.`);
      }
      request.headers.set('x-ringfence-origin', origin);
      // A copy goes out, because the pipeline sends the same request again when the connection breaks, and knows the
      // answer by the request that it belongs to.
      const url = address + request.url.slice(origin.length);
      const response = await transport.sendRequest({ ...request, url, allowInsecureConnection: true });
      return { ...response, request };
    },
  };
}
