import type { Json, JsonObject } from '../../core/resources/json';
import type { Wait } from '../arm/messages';
import type { StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import type { ServiceWay } from '../positions/route';
import type { Tokens } from '../tokens';

/** One request to a data plane, as it came out of TLS. */
export interface ServiceRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly host: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** UTF-8; empty where there was none. */
  readonly body: string;
}

/** One answer of a data plane. Header names are in lower case. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or text with its content type; nothing for an answer without a body. */
  readonly body?: Json;
  readonly text?: { readonly type: string; readonly content: string };
  readonly wait?: Wait;
}

/** How a request gets to a data plane: from a network position, or from another service of Azure. */
export type Approach = ServiceWay | { readonly kind: 'service'; readonly from: StoredResource };

/** One request to the data plane of one resource. */
export interface DataPlaneCall {
  readonly azure: Azure;
  readonly tokens: Tokens;
  readonly approach: Approach;
  readonly request: ServiceRequest;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** As its service already acts by it. */
  readonly resource: StoredResource;
  /**
   * Asks the data plane of another resource in the name of this one, or of the one that is given. Undefined where no
   * service has that host name.
   */
  readonly ask: (request: ServiceRequest, from?: StoredResource) => ServiceAnswer | undefined;
}

export type DataPlane = (call: DataPlaneCall) => ServiceAnswer;

/** A data plane says no. Thrown by whatever finds the reason. */
export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';

  constructor(readonly answer: ServiceAnswer) {
    super(`HTTP ${String(answer.status)}`);
  }
}

/** The JSON object in a request's body; undefined for anything else. */
export function jsonBody({ body }: ServiceRequest): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The token in the `authorization` header; undefined where there is none, or a credential of another kind. */
export function bearerOf({ headers }: ServiceRequest): string | undefined {
  return /^bearer (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
}

/** An answer's body as it goes over the wire. */
export function bodyText({ body, text }: ServiceAnswer): string {
  return text?.content ?? (body === undefined ? '' : JSON.stringify(body));
}
