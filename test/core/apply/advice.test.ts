import { describe, expect, test } from 'vitest';
import { adviceFor, isBusy, isReplicating, isThereAlready } from '../../../src/core/apply/advice';
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

describe('one code for several things: only the words tell', () => {
  test.each<[string, string, boolean]>([
    ['Conflict', 'The service is being provisioned. Try again later.', true],
    ['Conflict', 'Another operation is in progress.', true],
    ['Conflict', 'A service of this name exists in another subscription.', false],
    ['InUseSubnetCannotBeDeleted', 'Subnet is in use by x/serviceAssociationLinks/AppServiceLink.', true],
    ['InUseSubnetCannotBeDeleted', 'Subnet is in use by x/ipConfigurations/default.', false],
  ])('%s: %s', (code, message, passes) => {
    expect(isBusy(code, 409, message)).toBe(passes);
  });
});

test('a principal that is not known yet, and an assignment that is there already, are neither busy nor refusals', () => {
  expect([isReplicating('principalnotfound'), isReplicating('AuthorizationFailed')]).toEqual([true, false]);
  expect([isThereAlready('roleassignmentexists'), isThereAlready('RoleAssignmentUpdateNotPermitted')]).toEqual([
    true,
    false,
  ]);
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
    ['PrincipalNotFound', '', 'does not know the principal'],
    ['NonAzSkusNotAllowedForVPNGateway', '', 'ends in AZ'],
    ['SubnetMissingRequiredDelegation', '', 'delegation'],
  ])('%s %s', (code, message, words) => {
    expect(english(adviceFor(code, message))).toContain(words);
  });

  test('is left to the error itself where there is nothing better to say', () => {
    expect(adviceFor('SomethingNew', 'as it is')).toBeUndefined();
    expect(adviceFor('constructor', '')).toBeUndefined();
  });
});
