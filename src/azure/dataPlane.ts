import type { HttpsMeasurement, ProbeRequest } from '../core/probes/probe';
import type { SnapshotEntry, Unreadable } from '../core/resources/snapshot';
import type { WriteAdapter } from './adapters/adapter';

/** Sends one request to the data plane of a service. Undefined where it could not be reached at all. */
export type CallService = (request: ProbeRequest, signal: AbortSignal) => Promise<HttpsMeasurement | undefined>;

/** A service whose resources Azure Resource Manager does not know. */
export interface DataPlane extends WriteAdapter {
  /** Whether a resource is one of its own. */
  has(id: string): boolean;
  read(id: string, signal: AbortSignal): Promise<SnapshotEntry>;
}

export function refusal({ status, message }: HttpsMeasurement): Unreadable {
  const detail = message ?? `The service answered ${status ?? 'nothing'}.`;
  return unreadable(status === 401 || status === 403 ? 'forbidden' : 'failed', detail);
}

export function unreadable(reason: Unreadable['reason'], detail: string): Unreadable {
  return { state: 'unreadable', reason, detail };
}
