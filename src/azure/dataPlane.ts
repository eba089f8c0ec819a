import { AzureError } from '../core/ports';
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

/** Why a resource could not be read; undefined where the service answered with it. */
export function refusal(answer: HttpsMeasurement | undefined): Unreadable | undefined {
  if (answer?.status === undefined) return unreadable('unreachable', answer?.error ?? 'no answer');
  const { status, message } = answer;
  if (status < 400) return undefined;
  const reason = status === 401 || status === 403 ? 'forbidden' : 'failed';
  return unreadable(reason, message ?? `The service answered ${status}.`);
}

export function unreadable(reason: Unreadable['reason'], detail: string): Unreadable {
  return { state: 'unreadable', reason, detail };
}

/** Sends what changes something. @throws AzureError for every refusal but those that are expected. */
export async function ask(
  call: CallService,
  request: ProbeRequest,
  signal: AbortSignal,
  expected: readonly number[] = [],
): Promise<HttpsMeasurement> {
  const answer = await call(request, signal);
  if (answer?.status === undefined) throw new AzureError('Unreachable', answer?.error ?? '', undefined, undefined);
  if (answer.status >= 400 && !expected.includes(answer.status)) throw failure(answer);
  return answer;
}

/** A refusal as the error that it is. */
export function failure({ code, message, status }: HttpsMeasurement): AzureError {
  return new AzureError(code ?? String(status), message ?? '', status, undefined);
}
