import type { Text } from '../text';

/** Where a measurement is taken from. */
export type ProbePosition =
  /** The machine that Ringfence runs on. */
  | { readonly kind: 'here' }
  /** The public internet: names resolved by a public resolver. */
  | { readonly kind: 'internet' }
  /** Inside a virtual network, with the name resolution of that network. */
  | { readonly kind: 'virtualNetwork'; readonly virtualNetwork: string };

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
