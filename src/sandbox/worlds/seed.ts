import type { JsonObject } from '../../core/resources/json';
import type { WireResource } from '../../core/resources/snapshot';

/**
 * How a world comes to be: writes that the sandbox itself carries out, each until it is over, what is in the data planes,
 * and resources of types that it cannot write. So a world never holds what the sandbox would not make.
 */
export type SeedStep =
  | { readonly kind: 'put' | 'patch'; readonly id: string; readonly body: JsonObject }
  | { readonly kind: 'exists'; readonly resource: WireResource }
  | SeedIndex
  | SeedBlob;

/** An index of a search service, and the documents in it. */
export interface SeedIndex {
  readonly kind: 'index';
  /** Id of the search service. */
  readonly service: string;
  readonly name: string;
  readonly fields: readonly JsonObject[];
  readonly documents: readonly JsonObject[];
}

/** A blob in a container. */
export interface SeedBlob {
  readonly kind: 'blob';
  /** Id of the container. */
  readonly container: string;
  readonly name: string;
  readonly content: string;
}

export interface WorldSeed {
  readonly name: string;
  /** Namespaces of registered resource providers. */
  readonly registered: readonly string[];
  readonly steps: readonly SeedStep[];
  /** Private endpoints are refused where the subnet's network policies are on. Reported for Azure Government. */
  readonly endpointsNeedPoliciesOff?: boolean;
  /** Limits of Microsoft.Network that are not the default ones, in every region: `{ ApplicationGateways: 0 }`. */
  readonly limits?: Readonly<Record<string, number>>;
}
