import { describe, expect, test } from 'vitest';
import { Patience, readWaits, weatherOf, whyWaiting, type Weather } from '../../../src/core/apply/weather';
import { AzureError, type WriteFate } from '../../../src/core/ports';
import { ID } from '../support/ids';
import { english } from '../support/reading';

const at = (code: string, status?: number, message = '', fate?: WriteFate): Weather =>
  weatherOf(new AzureError(code, message, status, undefined, undefined, fate));

describe('what an error means for what comes next', () => {
  test.each<[code: string, status: number | undefined, Weather]>([
    ['RequestConflict', 409, 'busy'],
    ['requestconflict', 409, 'busy'],
    ['AccountProvisioningStateInvalid', 400, 'busy'],
    ['AnotherOperationInProgress', 409, 'busy'],
    ['RetryableErrorDueToAnotherOperation', 429, 'busy'],
    ['ReferencedResourceNotProvisioned', 429, 'busy'],
    ['StorageAccountOperationInProgress', 409, 'busy'],
    ['TooManyRequests', 429, 'throttled'],
    ['whatever it is called', 429, 'throttled'],
    ['ServiceUnavailable', 503, 'unheard'],
    ['GatewayTimeout', 504, 'unheard'],
    ['RequestTimeout', 408, 'unheard'],
    ['Unreachable', undefined, 'unheard'],
    ['ExpiredAuthenticationToken', 401, 'signedOut'],
    ['SignInRequired', 401, 'signedOut'],
    ['PrincipalNotFound', 400, 'replicating'],
    ['KeyVaultAuthenticationFailure', 400, 'roleOnItsWay'],
    ['MissingSubscriptionRegistration', 409, 'registering'],
    ['RoleAssignmentExists', 409, 'there'],
    ['RoleAssignmentUpdateNotPermitted', 409, 'refused'],
    ['AuthorizationFailed', 403, 'refused'],
    ['RequestDisallowedByPolicy', 403, 'refused'],
    ['CustomDomainInUse', 409, 'refused'],
    ['FlagMustBeSetForRestore', 409, 'refused'],
    ['InvalidTemplate', 400, 'refused'],
    ['constructor', 400, 'refused'],
  ])('%s (%s): %s', (code, status, weather) => {
    expect(at(code, status)).toBe(weather);
  });

  test.each<[string, string, Weather]>([
    ['Conflict', 'The service is being provisioned. Try again later.', 'busy'],
    ['Conflict', 'Another operation is in progress.', 'busy'],
    ['Conflict', 'A service of this name exists in another subscription.', 'refused'],
    ['InUseSubnetCannotBeDeleted', 'Subnet is in use by x/serviceAssociationLinks/AppServiceLink.', 'busy'],
    ['InUseSubnetCannotBeDeleted', 'Subnet is in use by x/ipConfigurations/default.', 'refused'],
  ])('one code for several things, only the words tell: %s: %s', (code, message, weather) => {
    expect(at(code, 409, message)).toBe(weather);
  });

  test('an operation that has failed is tried again only where the cause passes', () => {
    expect(at('VmssGatewayDeploymentFailed', undefined, '', 'failed')).toBe('passing');
    expect(at('ActivationFailed', undefined, '', 'failed')).toBe('refused');
  });

  test('that a poll was refused says nothing of the operation', () => {
    expect(at('NotFound', 404, '', 'unknown')).toBe('unheard');
  });
});

describe('patience', () => {
  const WEATHERS: readonly Weather[] = [
    'busy',
    'throttled',
    'replicating',
    'roleOnItsWay',
    'registering',
    'unheard',
    'passing',
    'signedOut',
  ];

  /** What is waited in all until it is time to give up. */
  function total(weather: Weather, patience = new Patience()): number {
    const seconds = patience.next(weather);
    return seconds === undefined ? 0 : seconds + total(weather, patience);
  }

  test.each(WEATHERS)('in “%s” ends, after something that can be waited for', (weather) => {
    expect(total(weather)).toBeGreaterThan(0);
    expect(total(weather)).toBeLessThan(15 * 60);
    expect(english(whyWaiting(weather, { resource: ID.account }))).toMatch(/^Waiting/);
  });

  test.each<Weather>(['refused', 'there'])('there is none for “%s”', (weather) => {
    expect(new Patience().next(weather)).toBeUndefined();
  });

  test('waits as long as Azure itself asks for', () => {
    expect(new Patience().next('throttled', 17)).toBe(17);
  });

  test('for one weather is not spent by another', () => {
    const patience = new Patience();
    while (patience.next('unheard') !== undefined);
    expect(patience.next('busy')).toBe(5);
  });

  test('of a reader is for what passes', () => {
    expect(readWaits('throttled')).toEqual(readWaits('unreachable'));
    expect([readWaits('forbidden'), readWaits('failed'), readWaits('notInFile')]).toEqual([[], [], []]);
    expect(readWaits('signedOut').length).toBeGreaterThan(0);
  });
});
