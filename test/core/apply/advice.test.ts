import { describe, expect, test } from 'vitest';
import { adviceFor } from '../../../src/core/apply/advice';
import { english } from '../support/reading';

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
    ['SignInRequired', '', 'Sign in again'],
    ['ENOTFOUND', '', 'network connection'],
    ['TooManyRequests', '', 'too many requests'],
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
