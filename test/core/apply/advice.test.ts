import { describe, expect, test } from 'vitest';
import { adviceFor, isBusy } from '../../../src/core/apply/advice';
import { english } from '../support/reading';

describe('Azure is busy, and the same request succeeds later', () => {
  test.each<[string, number | undefined]>([
    ['RequestConflict', 409],
    ['requestconflict', 409],
    ['AccountProvisioningStateInvalid', 400],
    ['AnotherOperationInProgress', 409],
    ['RetryableErrorDueToAnotherOperation', 429],
    ['ReferencedResourceNotProvisioned', 429],
    ['TooManyRequests', 429],
    ['whatever it is called', 429],
    ['ServiceUnavailable', 503],
  ])('%s (%s)', (code, status) => {
    expect(isBusy(code, status)).toBe(true);
  });
});

describe('Azure has decided', () => {
  test.each<[string, number | undefined]>([
    ['AuthorizationFailed', 403],
    ['RequestDisallowedByPolicy', 403],
    ['CustomDomainInUse', 409],
    ['FlagMustBeSetForRestore', 409],
    ['InvalidTemplate', 400],
    ['Unreachable', undefined],
  ])('%s (%s)', (code, status) => {
    expect(isBusy(code, status)).toBe(false);
  });
});

describe('what to do next', () => {
  test.each([
    ['AuthorizationFailed', '', 'missing role'],
    ['LINKEDAUTHORIZATIONFAILED', '', 'linked resource'],
    ['CustomDomainInUse', '', 'Choose another name'],
    ['FlagMustBeSetForRestore', '', 'Restore or purge'],
    [
      'BadRequest',
      'A virtual network cannot be linked to multiple zones with overlapping namespaces.',
      'another zone of the same name',
    ],
    ['ExpiredAuthenticationToken', '', 'Sign in again'],
  ])('%s %s', (code, message, words) => {
    expect(english(adviceFor(code, message))).toContain(words);
  });

  test('is left to the error itself where there is nothing better to say', () => {
    expect(adviceFor('SomethingNew', 'as it is')).toBeUndefined();
    expect(adviceFor('constructor', '')).toBeUndefined();
  });
});
