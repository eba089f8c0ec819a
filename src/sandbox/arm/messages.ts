import type { Json, JsonObject } from '../../core/resources/json';
import { objectOf } from '../bodies';

/** One request to Azure Resource Manager, taken off the wire. */
export interface ArmRequest {
  readonly method: string;
  /** Decoded, without query, double slashes and trailing slash. */
  readonly path: string;
  /** By parameter name in lower case. */
  readonly query: ReadonlyMap<string, string>;
  /** By header name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined where the request had no body. */
  readonly body: Json | undefined;
  /** Scheme and host of the URLs that the answer may hold, without a trailing slash. */
  readonly origin: string;
  /** The sandbox's own loopback address, whatever it was asked by: for what is fetched without an SDK. */
  readonly endpoint: string;
}

/** One answer, before it is put on the wire. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Undefined for an answer without a body. */
  readonly body?: Json;
  /** Text instead of a JSON body, as front ends send it. */
  readonly page?: string;
  readonly wait?: Wait;
}

/** The answer makes the client wait before it asks again. */
export interface Wait {
  /** In life. */
  readonly seconds: number;
  /** Sent as Retry-After; otherwise it is what clients do of their own accord. */
  readonly told: boolean;
  /** The conversations that the client will go on with; the request's own where not given. */
  readonly thenAsks?: readonly string[];
}

/** What a client repeats when it comes back: the same method and path. */
export function conversation(method: string, path: string): string {
  return `${method} ${path.toLowerCase()}`;
}

/** The error that a refusal tells of. */
export function errorOf({ body }: Answer): JsonObject {
  return objectOf(objectOf(body)['error']);
}

/** Azure says no. Thrown by whatever finds the reason, answered by the gateway. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly answer: Answer) {
    super(`HTTP ${String(answer.status)}`);
  }
}
