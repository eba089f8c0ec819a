import type { ProbeRequest } from '../../core/probes/probe';

/** Where a measurement gets from what says who calls. */
export interface CallerCredentials {
  readonly token: (request: ProbeRequest) => Promise<string | undefined>;
  /** A key of a subscription of API Management, a secret; undefined where it may not be read. */
  readonly subscriptionKey: (subscription: string) => Promise<string | undefined>;
}

/** Headers that say who calls. They go into the one request and nowhere else. @returns undefined where they cannot be had. */
export async function headersOfCaller(
  request: ProbeRequest,
  credentials: CallerCredentials,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { key, as } = request;
  if (key !== undefined) {
    const secret = await credentials.subscriptionKey(key.subscription);
    return secret === undefined ? undefined : { [key.header]: secret };
  }
  const token = as === 'nobody' ? undefined : await credentials.token(request);
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
