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
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** Whose token goes along: the signed-in user's, the identity's of the web app that it is sent from, or nobody's. */
  readonly as?: 'you' | 'webApp' | 'nobody';
  /** Goes along instead of a token: whoever sends the request looks the key up at that moment, and keeps it nowhere. */
  readonly key?: SubscriptionKey;
  /** Where to connect to, should the name not resolve. */
  readonly addressIfUnresolved?: string;
  /** A certificate that proves the host though no authority has signed it: DER, as base64. */
  readonly trusted?: string;
}

/** A key of API Management, by the subscription that has it: never the key itself. */
export interface SubscriptionKey {
  readonly subscription: string;
  readonly header: string;
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

/** The error of a request that was not sent, because the key for it could not be read. */
export const NO_CREDENTIALS = 'ENOKEY';

export type ProbeVerdict = 'pass' | 'fail' | 'unknown';

/** What a measurement means, and what to do about it. */
export interface Judgement {
  readonly verdict: ProbeVerdict;
  readonly advice?: Text;
}

/** A measurement judged: what was expected there, what it was, and what to do about it. */
export interface ProbeResult extends Judgement {
  readonly id: string;
  readonly title: Text;
  readonly host: string;
  readonly position: ProbePosition;
  readonly expected: Text;
  readonly actual: Text;
}
