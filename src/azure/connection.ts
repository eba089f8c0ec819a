import type { CloudId } from '../core/clouds';
import type { AzurePort, DirectoryPort, ProbePort } from '../core/ports';

/** A way to Azure, or to the sandbox in its place: what a session needs of the other side. */
export interface Connection {
  readonly kind: 'azure' | 'sandbox';
  readonly cloud: CloudId;
  readonly subscriptionId: string;
  readonly azure: AzurePort;
  readonly probes: ProbePort;
  readonly directory: DirectoryPort;
  /** How much faster than life the other side lives: 1 for Azure. */
  readonly speed: number;
  /** HTTP requests made so far, retries and polls included. */
  requestCount(): number;
}

/** One HTTP exchange, for the log: no header, no body, and the subscription id cut to its last four characters. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly correlationId: string | undefined;
}

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | undefined;
}
