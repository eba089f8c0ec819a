import { AzureError } from '../ports';
import type { Text } from '../text';
import { adviceFor } from './advice';
import type { ChangeError, ChangeStatus } from './runState';
import { weatherOf } from './weather';

export interface ChangeResult {
  readonly status: ChangeStatus;
  readonly error?: ChangeError;
  /** Azure may have made the change all the same, or may still make it. */
  readonly uncertain?: boolean;
}

/** It was not even asked for. */
export function refused(code: string, detail: string, next: Text): ChangeResult {
  return { status: 'failed', error: { code, detail, next, action: 'retry' } };
}

/** What was planned on is not there any more. */
export function drifted(next: Text): ChangeResult {
  return { status: 'drifted', error: { code: 'Drifted', detail: '', next, action: 'review' } };
}

/** An error as people are told of it: the cause, the next action, and what support would ask for. */
export function describeError(error: unknown): ChangeError {
  if (!AzureError.is(error)) {
    return { code: 'Unexpected', detail: error instanceof Error ? error.message : String(error), action: 'retry' };
  }
  const next = adviceFor(error.code, error.message);
  return {
    code: error.code,
    detail: error.message,
    ...(next && { next }),
    action: weatherOf(error) === 'signedOut' ? 'signIn' : 'retry',
    ...(error.correlationId !== undefined && { correlationId: error.correlationId }),
  };
}
