import type { Json } from '../../core/resources/json';

/** One HTTP exchange with the sandbox, as it is recorded. Tokens and keys are never in it. */
export interface Exchange {
  /** ISO 8601, in the sandbox's time. */
  readonly time: string;
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: Json;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody?: Json;
}

const HIDDEN = '{KEY}';

/** A copy of a body without account keys. */
export function withoutKeys(body: Json | undefined): Json | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const entries = Object.entries(body).map(([name, value]) => [name, /^key[12]$/.test(name) ? HIDDEN : value]);
  return Object.fromEntries(entries) as Json;
}
