import type { JsonObject } from '../../core/resources/json';
import type { WireResource } from '../../core/resources/snapshot';

/**
 * How a world comes to be: writes that the sandbox itself carries out, each until it is over, and resources of types that
 * it cannot write. So a world never holds what the sandbox would not make.
 */
export type SeedStep =
  | { readonly kind: 'put' | 'patch'; readonly id: string; readonly body: JsonObject }
  | { readonly kind: 'exists'; readonly resource: WireResource };

export interface WorldSeed {
  readonly name: string;
  /** Namespaces of registered resource providers. */
  readonly registered: readonly string[];
  readonly steps: readonly SeedStep[];
  /** Private endpoints are refused where the subnet's network policies are on. Reported for Azure Government. */
  readonly endpointsNeedPoliciesOff?: boolean;
}
