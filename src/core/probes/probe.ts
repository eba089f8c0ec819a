import type { DataService } from '../clouds';
import type { Json, JsonObject } from '../resources/json';
import type { Text } from '../text';

/** Where a measurement is taken from. */
export type ProbePosition =
  /** The machine that Ringfence runs on. */
  | { readonly kind: 'here' }
  /** The public internet: names resolved by a public resolver. */
  | { readonly kind: 'internet' }
  /** Inside a virtual network, with the name resolution of that network. */
  | { readonly kind: 'virtualNetwork'; readonly virtualNetwork: string }
  /** Where a web app's outgoing traffic comes from. */
  | { readonly kind: 'webApp'; readonly site: string };

/** One request to the data plane of a service. */
export interface ProbeRequest {
  readonly service: DataService;
  readonly host: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Whose token goes along: the signed-in user's, or the identity's of the web app that it is sent from. */
  readonly as?: 'you' | 'webApp';
}

/** How one host name looks from one position. Every part that could not be measured says why. */
export interface HostMeasurement {
  readonly host: string;
  readonly position: ProbePosition;
  /** Canonical names that the resolver went through, in order. */
  readonly canonicalNames: readonly string[];
  readonly addresses: readonly string[];
  /** Resolver error code such as `ENOTFOUND`. */
  readonly resolveError?: string;
  readonly https?: HttpsMeasurement;
}

export interface HttpsMeasurement {
  /** The address that was connected to. */
  readonly address: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The service's error code and message, where it refused. */
  readonly code?: string;
  readonly message?: string;
  /** What it answered, where it is JSON. */
  readonly body?: Json;
  /** Socket or TLS error code such as `ECONNREFUSED` or `ERR_TLS_CERT_ALTNAME_INVALID`. */
  readonly error?: string;
}

export type ProbeVerdict = 'pass' | 'fail' | 'unknown';

/** A measurement judged: what was expected there, what it was, and what to do about it. */
export interface ProbeResult {
  readonly id: string;
  readonly title: Text;
  readonly host: string;
  readonly position: ProbePosition;
  readonly expected: Text;
  readonly actual: Text;
  readonly verdict: ProbeVerdict;
  readonly advice?: Text;
}
