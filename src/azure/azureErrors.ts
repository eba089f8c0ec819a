import { AzureError } from '../core/ports';
import type { SnapshotEntry, Unreadable } from '../core/resources/snapshot';

/** What the SDKs throw, as far as it matters here; their classes differ between lazily loaded bundles. */
interface RestErrorLike {
  readonly message: string;
  readonly code?: string;
  readonly statusCode?: number;
  readonly details?: unknown;
  readonly request?: { readonly method: string };
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

interface ArmErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}

/** What credentials throw where somebody has to sign in first. */
const SIGN_IN_ERRORS = new Set(['SignInRequired', 'AuthenticationRequiredError', 'CredentialUnavailableError']);

/** The error that Azure answered with, the innermost cause first. Anything else is thrown on as it is. */
export function toAzureError(error: unknown): Error {
  if (!isRestError(error)) return toKnownError(error);
  const body = innermost(armErrorOf(error.details));
  const header = (name: string): string | undefined => error.response?.headers.get(name) ?? undefined;
  const code =
    asText(body?.code) ?? error.code ?? (error.statusCode === undefined ? 'Unreachable' : String(error.statusCode));
  const retryAfter = Number(header('retry-after'));
  return new AzureError(
    code,
    asText(body?.message) ?? error.message,
    error.statusCode,
    header('x-ms-correlation-request-id'),
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  );
}

/**
 * Does what has to do with secrets. The SDK's own error, with its request, stays behind.
 * @param secrets What must not be in what Azure says, should it have put the request into it.
 * @throws AzureError, or Error with a sentence.
 */
export async function withoutSecrets<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  secrets: readonly string[] = [],
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const failure = toAzureError(error);
    const hidden = secrets.filter((secret) => secret !== '');
    const message = hidden.reduce((words, secret) => words.replaceAll(secret, '…'), failure.message);
    // eslint-disable-next-line preserve-caught-error -- the cause holds the request, and the request the secret
    if (!AzureError.is(failure)) throw new Error(message);
    const { code, status, correlationId, retryAfterSeconds, fate } = failure;
    throw new AzureError(code, message, status, correlationId, retryAfterSeconds, fate);
  }
}

/** Whether it was a read that failed: of a write, that is a poll. */
export function isOfPoll(error: unknown): boolean {
  return isRestError(error) && error.request?.method === 'GET';
}

/** An error of a poll. That it was refused says nothing of the operation, unless it says how that ended. */
export function afterAcceptance(error: unknown): Error {
  const known = toAzureError(error);
  if (!AzureError.is(known) || known.fate !== 'refused') return known;
  const { code, message, status, correlationId, retryAfterSeconds } = known;
  return new AzureError(code, message, status, correlationId, retryAfterSeconds, 'unknown');
}

/** The cause of an operation that has ended badly, from the status that a poll has shown; undefined for all others. */
export function endedBadly(status: unknown, correlationId: string | undefined): AzureError | undefined {
  if (!isRecord(status) || !/^(failed|canceled)$/i.test(String(status['status']))) return undefined;
  const cause = innermost(isRecord(status['error']) ? readError(status['error']) : undefined);
  const code = asText(cause?.code) ?? 'OperationFailed';
  return new AzureError(code, asText(cause?.message) ?? '', undefined, correlationId, undefined, 'failed');
}

function toKnownError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (SIGN_IN_ERRORS.has(error.name)) return new AzureError('SignInRequired', error.message, 401, undefined);
  return failedOperation(error) ?? error;
}

/** A long-running operation that ended `Failed`: the poller puts code and message into one sentence. */
function failedOperation(error: Error): AzureError | undefined {
  const match = /^The long-running operation has (?:failed|been canceled)\.?\s*(?:([A-Za-z]\w*)\.\s+)?(.*)$/s.exec(
    error.message,
  );
  if (!match) return undefined;
  const [, code = 'OperationFailed', message = ''] = match;
  return new AzureError(code, message || error.message, undefined, undefined, undefined, 'failed');
}

/**
 * Codes that mean "is not there", as against "cannot be asked like this". Where a provider is not registered in the
 * subscription, none of its resources can be.
 */
const ABSENT = new Set([
  'roleassignmentnotfound',
  'locknotfound',
  'policysetdefinitionnotfound',
  'policyassignmentnotfound',
  'containernotfound',
  'resourcenotfound',
  'resourcegroupnotfound',
  'parentresourcenotfound',
  'notfound',
  'missingsubscriptionregistration',
  // Microsoft.Security says it in words of its own.
  'subscription not registered',
]);

/** A read that failed: absent where Azure says so, unreadable with the reason for all else. */
export function toSnapshotEntry(error: unknown): SnapshotEntry {
  const known = toAzureError(error);
  const refused = AzureError.is(known) && (known.status === 404 || known.status === 409);
  return refused && ABSENT.has(known.code.toLowerCase()) ? { state: 'absent' } : toUnreadable(known);
}

export function toUnreadable(error: unknown): Unreadable {
  const known = toAzureError(error);
  if (!AzureError.is(known)) return { state: 'unreadable', reason: 'failed', detail: known.message };
  const { status, message } = known;
  if (status === 401) return { state: 'unreadable', reason: 'signedOut', detail: message };
  if (status === 403) return { state: 'unreadable', reason: 'forbidden', detail: message };
  if (status === 429) return { state: 'unreadable', reason: 'throttled', detail: message };
  if (status === undefined || status >= 500) return { state: 'unreadable', reason: 'unreachable', detail: message };
  return { state: 'unreadable', reason: 'failed', detail: message };
}

function isRestError(error: unknown): error is RestErrorLike {
  return error instanceof Error && error.name === 'RestError';
}

/** The shapes in which providers write errors: wrapped, flat, or with a capital letter. */
function armErrorOf(details: unknown): ArmErrorBody | undefined {
  if (!isRecord(details)) return undefined;
  const wrapped = details['error'] ?? details['Error'];
  return readError(isRecord(wrapped) ? wrapped : details);
}

function readError(value: Record<string, unknown>): ArmErrorBody {
  return {
    code: value['code'] ?? value['Code'],
    message: value['message'] ?? value['Message'],
    details: value['details'] ?? value['Details'],
  };
}

/** Deployments and the network provider nest the real cause. */
function innermost(error: ArmErrorBody | undefined): ArmErrorBody | undefined {
  const [inner] = Array.isArray(error?.details) ? error.details.filter(isRecord) : [];
  const cause = inner && readError(inner);
  return cause && asText(cause.code) !== undefined && asText(cause.message) !== undefined ? innermost(cause) : error;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
