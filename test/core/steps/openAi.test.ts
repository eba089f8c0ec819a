import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import type { SetupOptions } from '../../../src/core/setup/setup';
import { ID } from '../support/ids';
import { english, findingOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';
import { setup } from '../support/setups';
import { hardenedWithout, hardenedWorld } from '../support/worlds';

/** The step's finding on a hardened account that differs by this patch. */
function onAccount(step: string, patch: JsonObject, options: Partial<SetupOptions> = {}) {
  return findingOf(step, hardenedWorld('OpenAI', hardenedAccount(patch)), { setup: setup({ options }) });
}

const SELECTED = { publicAccess: 'selectedNetworks', allowedAddresses: ['20.1.2.3'] } as const;

describe.each([
  'aoai-account',
  'aoai-custom-subdomain',
  'aoai-managed-identity',
  'aoai-network-default-deny',
  'aoai-public-access-disabled',
  'aoai-disable-local-auth',
])('%s', (step) => {
  test('is compliant on a hardened account', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('compliant');
  });

  test('is unknown where the account may not be read, with the reason', () => {
    const finding = findingOf(step, hardenedWorld(), { denied: [ID.account] });
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toBe('You may not read contoso-openai: no read permission');
  });

  test('is not compliant where there is no account', () => {
    expect(findingOf(step, hardenedWithout(ID.account)).status).toBe('nonCompliant');
  });

  test('is unknown where no account is chosen', () => {
    const { openAi: _openAi, ...roles } = setup().roles;
    expect(findingOf(step, hardenedWorld(), { setup: setup({ roles }) }).status).toBe('unknown');
  });

  test('the casing of the id in the setup makes no difference', () => {
    const roles = { ...setup().roles, openAi: { id: ID.account.toUpperCase() } };
    expect(findingOf(step, hardenedWorld(), { setup: setup({ roles }) }).status).toBe('compliant');
  });
});

describe.each<[string, JsonObject, FindingStatus]>([
  ['aoai-account', { properties: { provisioningState: 'Accepted' } }, 'compliant'],
  ['aoai-account', { properties: { provisioningState: 'Deleting' } }, 'nonCompliant'],
  ['aoai-account', { properties: { provisioningState: 'Failed' } }, 'nonCompliant'],
  ['aoai-custom-subdomain', { properties: { customSubDomainName: null } }, 'nonCompliant'],
  ['aoai-custom-subdomain', { properties: { customSubDomainName: '' } }, 'nonCompliant'],
  ['aoai-managed-identity', { identity: { type: 'systemassigned' } }, 'compliant'],
  ['aoai-managed-identity', { identity: { type: 'SystemAssigned, UserAssigned' } }, 'compliant'],
  ['aoai-managed-identity', { identity: { type: 'UserAssigned' } }, 'nonCompliant'],
  ['aoai-managed-identity', { identity: { type: 'None' } }, 'nonCompliant'],
  ['aoai-managed-identity', { identity: null }, 'nonCompliant'],
  ['aoai-network-default-deny', { properties: { networkAcls: null } }, 'compliant'],
  ['aoai-network-default-deny', { properties: { publicNetworkAccess: 'Enabled' } }, 'compliant'],
  ['aoai-network-default-deny', { properties: { publicNetworkAccess: null, networkAcls: null } }, 'nonCompliant'],
  [
    'aoai-network-default-deny',
    { properties: { publicNetworkAccess: 'Enabled', networkAcls: { defaultAction: 'allow' } } },
    'nonCompliant',
  ],
  ['aoai-public-access-disabled', { properties: { publicNetworkAccess: 'disabled' } }, 'compliant'],
  ['aoai-public-access-disabled', { properties: { publicNetworkAccess: 'Enabled' } }, 'nonCompliant'],
  ['aoai-public-access-disabled', { properties: { publicNetworkAccess: null } }, 'nonCompliant'],
  ['aoai-public-access-disabled', { properties: null }, 'nonCompliant'],
  ['aoai-disable-local-auth', { properties: { disableLocalAuth: false } }, 'nonCompliant'],
  ['aoai-disable-local-auth', { properties: { disableLocalAuth: null } }, 'nonCompliant'],
  ['aoai-disable-local-auth', { properties: { disableLocalAuth: 'true' } }, 'nonCompliant'],
])('%s on an account with %j', (step, patch, status) => {
  test(`is ${status}`, () => {
    expect(onAccount(step, patch).status).toBe(status);
  });
});

describe('an account under a network security perimeter', () => {
  const perimeter = { properties: { publicNetworkAccess: 'SecuredByPerimeter' } };

  test('is neither open nor closed to the public', () => {
    const finding = onAccount('aoai-public-access-disabled', perimeter);
    expect(finding.status).toBe('unknown');
    expect(english(finding.reason)).toContain('network security perimeter');
  });

  test('is not taken out of it for the sake of selected networks', () => {
    expect(onAccount('aoai-ip-allowlist', perimeter, SELECTED).status).toBe('unknown');
  });
});

describe('aoai-ip-allowlist', () => {
  const step = 'aoai-ip-allowlist';
  const open = (networkAcls: JsonObject | null) =>
    onAccount(step, { properties: { publicNetworkAccess: 'Enabled', networkAcls } }, SELECTED);

  test('does not apply where public access is to be disabled altogether', () => {
    expect(findingOf(step, hardenedWorld()).status).toBe('notApplicable');
  });

  test('is compliant with exactly the listed addresses', () => {
    expect(open({ defaultAction: 'Deny', ipRules: [{ value: '20.1.2.3' }] }).status).toBe('compliant');
  });

  test.each<[string, JsonObject | null]>([
    ['an address more', { defaultAction: 'Deny', ipRules: [{ value: '20.1.2.3' }, { value: '20.1.2.4' }] }],
    ['an address less', { defaultAction: 'Deny', ipRules: [] }],
    [
      'rules that have no effect, because everybody is let in',
      { defaultAction: 'Allow', ipRules: [{ value: '20.1.2.3' }] },
    ],
    ['no rules at all', null],
  ])('is not with %s', (_, networkAcls) => {
    expect(open(networkAcls).status).toBe('nonCompliant');
  });

  test('takes the place of the steps that close the account altogether', () => {
    for (const other of ['aoai-public-access-disabled', 'aoai-network-default-deny']) {
      expect(onAccount(other, {}, SELECTED).status).toBe('notApplicable');
    }
  });
});

describe('what the user decided', () => {
  test('keys that are to be kept are not judged', () => {
    expect(
      onAccount('aoai-disable-local-auth', { properties: { disableLocalAuth: false } }, { apiKeys: 'keep' }).status,
    ).toBe('notApplicable');
  });

  test('a skipped step does not apply, and repeats the reason', () => {
    const skipping = setup({ skip: { 'aoai-disable-local-auth': 'the old app needs its key' } });
    const finding = findingOf('aoai-disable-local-auth', hardenedWorld(), { setup: skipping });
    expect(finding.status).toBe('notApplicable');
    expect(english(finding.reason)).toBe('Skipped: the old app needs its key');
  });
});
