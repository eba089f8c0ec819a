import type { TokenCredential } from '@azure/core-auth';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import type { Cloud } from '../core/clouds';

/** How SDK clients reach Azure Resource Manager; each lazily loaded bundle builds its clients from this. */
export interface ClientSettings {
  readonly cloud: Cloud;
  readonly subscriptionId: string;
  readonly credential: TokenCredential;
  /** Added to every client: counting and logging. */
  readonly policies: readonly PipelinePolicy[];
  /** Milliseconds between polls where Azure does not say. */
  readonly pollIntervalMs: number;
  /** Milliseconds before the first repetition of a request that was not answered; the SDK's own where left out. */
  readonly retryDelayMs?: number;
  /** Present for the sandbox: where requests to the reserved host really go. */
  readonly loopback?: Loopback;
}

/**
 * The SDKs refuse bearer tokens over plain HTTP, rightly. So they are given a reserved https host, and only the
 * transport at the end of their pipeline goes to the loopback address: authentication, retries, claims challenges and
 * polling stay the real ones.
 */
export interface Loopback {
  /** `https://management.sandbox.ringfence.invalid`; `.invalid` resolves nowhere. */
  readonly origin: string;
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
}

export const SANDBOX_ORIGIN = 'https://management.sandbox.ringfence.invalid';
