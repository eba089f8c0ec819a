import { asString } from '../../../core/resources/json';
import { resourceGroupIdOf } from '../../../core/resources/resourceId';
import { PRIVATE_DNS, type OperationKind } from '../../arm/dialects';
import { Refusal, type Answer, type ArmRequest } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import type { StoredResource } from '../../arm/resourceStore';
import type { Call } from '../../arm/resourceType';
import { DURATIONS, PATIENCE } from '../../durations';

export const PRIVATE_DNS_VERSIONS = ['2018-09-01', '2020-01-01', '2020-06-01', '2024-06-01'] as const;

const RETRY_AFTER = 30;

/** Private DNS refuses with a flat body. */
export function privateDnsRefusal(status: number, code: string, message: string): Refusal {
  const busy = status === 409 ? { wait: { seconds: PATIENCE.conflict, told: false } } : {};
  return new Refusal({ status, body: { code, message }, ...busy });
}

/**
 * If-Match and If-None-Match of a write.
 * @throws Refusal with 412 where the record is not as the client thinks. `what` names it: `Record set recorda`.
 */
export function checkPreconditions(request: ArmRequest, existing: StoredResource | undefined, what: string): void {
  const noneMatch = asString(request.headers['if-none-match']);
  const match = asString(request.headers['if-match']);
  if (noneMatch === '*' && existing !== undefined) {
    throw privateDnsRefusal(412, 'PreconditionFailed', `The ${what} exists already and hence cannot be created again.`);
  }
  const matches =
    match === undefined || (existing !== undefined && (match === '*' || bare(match) === bare(existing.etag)));
  if (!matches) throw privateDnsRefusal(412, 'PreconditionFailed', `The ${what} has been modified (etag mismatch).`);
}

/** UNVERIFIED code and wording. */
export const operationInProgress = (id: string): Refusal =>
  privateDnsRefusal(409, 'Conflict', `Another operation on the resource ${id} is in progress.`);

/** @throws Refusal while another operation is going on. */
export function requireFree({ azure }: Call, id: string): void {
  if (azure.operations.holding(id)) throw operationInProgress(id);
}

/** Recorded: every write answers 202, with the literal `{}` where it is a PUT, and is polled with 202 as well. */
export function beginPrivateDns(
  { azure, request, id }: Call,
  kind: OperationKind,
  finish: () => OperationFailure | undefined,
): Answer {
  const operation = azure.operations.begin(request, {
    dialect: PRIVATE_DNS,
    kind,
    target: id,
    location: 'global',
    seconds: kind === 'delete' ? DURATIONS.privateDnsDelete : DURATIONS.privateDns,
    retryAfter: RETRY_AFTER,
    // A group that was deleted meanwhile takes with it what was on its way.
    finish: () => (azure.store.get(resourceGroupIdOf(id) ?? '') === undefined ? undefined : finish()),
  });
  return kind === 'delete'
    ? azure.operations.accept(request, operation, 202)
    : azure.operations.accept(request, operation, 202, {});
}

function bare(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}
