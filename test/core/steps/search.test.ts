import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import type { SetupOptions } from '../../../src/core/setup/setup';
import { searchService } from '../support/dataResources';
import { dataWorld } from '../support/dataWorlds';
import { changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup } from '../support/setups';

/** The step's finding on a hardened service that differs by this patch. */
function onService(step: string, patch: JsonObject, options: Partial<SetupOptions> = {}) {
  return findingOf(step, dataWorld(searchService(patch)), { setup: dataSetup({ options }) });
}

function changeOn(step: string, patch: JsonObject, options: Partial<SetupOptions> = {}) {
  return changeOf(planOf(dataWorld(searchService(patch)), { setup: dataSetup({ options }) }), step);
}

const KEYS = { properties: { disableLocalAuth: null, authOptions: { apiKeyOnly: {} } } };
const BOTH = {
  properties: { disableLocalAuth: false, authOptions: { aadOrApiKey: { aadAuthFailureMode: 'http403' } } },
};

describe.each<[string, JsonObject, FindingStatus]>([
  ['search-service', {}, 'compliant'],
  ['search-service', { properties: { provisioningState: 'failed' } }, 'nonCompliant'],
  ['search-service', { properties: { provisioningState: null } }, 'compliant'],
  ['search-tier-supports-private-link', { sku: { name: 'free' } }, 'nonCompliant'],
  ['search-tier-supports-private-link', { sku: { name: 'Basic' } }, 'compliant'],
  ['search-tier-supports-private-link', { sku: { name: 'standard3' } }, 'compliant'],
  ['search-tier-supports-private-link', { sku: null }, 'nonCompliant'],
  ['search-managed-identity', { identity: null }, 'nonCompliant'],
  ['search-managed-identity', { identity: { type: 'UserAssigned' } }, 'nonCompliant'],
  ['search-managed-identity', { identity: { type: 'UserAssigned, SystemAssigned' } }, 'compliant'],
  ['search-rbac-auth', {}, 'compliant'],
  ['search-rbac-auth', KEYS, 'nonCompliant'],
  ['search-rbac-auth', { properties: { disableLocalAuth: false, authOptions: null } }, 'nonCompliant'],
  ['search-rbac-auth', BOTH, 'compliant'],
  [
    'search-rbac-auth',
    { properties: { disableLocalAuth: null, authOptions: { aadOrApiKey: { aadAuthFailureMode: null } } } },
    'compliant',
  ],
  ['search-trusted-services', { properties: { networkRuleSet: null } }, 'nonCompliant'],
  ['search-trusted-services', { properties: { networkRuleSet: { bypass: 'None' } } }, 'nonCompliant'],
  ['search-trusted-services', { properties: { networkRuleSet: { bypass: 'azureservices' } } }, 'compliant'],
  ['search-public-access-disabled', { properties: { publicNetworkAccess: 'Disabled' } }, 'compliant'],
  ['search-public-access-disabled', { properties: { publicNetworkAccess: 'enabled' } }, 'nonCompliant'],
  ['search-public-access-disabled', { properties: { publicNetworkAccess: null } }, 'nonCompliant'],
  ['search-public-access-disabled', { properties: { publicNetworkAccess: 'securedByPerimeter' } }, 'unknown'],
  ['search-disable-local-auth', { properties: { disableLocalAuth: null } }, 'nonCompliant'],
  ['search-disable-local-auth', BOTH, 'nonCompliant'],
])('%s on a service with %j', (step, patch, status) => {
  test(`is ${status}`, () => {
    expect(onService(step, patch).status).toBe(status);
  });
});

test('a free service cannot be moved up, so there is no change for it', () => {
  const plan = planOf(dataWorld(searchService({ sku: { name: 'free' } })), { setup: dataSetup() });
  expect(plan.blocked.map(({ step, reason }) => [step, english(reason)])).toEqual([
    ['search-tier-supports-private-link', expect.stringContaining('decided in Azure')],
  ]);
  expect(plan.changes).toEqual([]);
});

describe('keys of a service', () => {
  test('give way to tokens beside them: what Azure would refuse to be told is not sent, but waited for', () => {
    const change = changeOn('search-rbac-auth', KEYS, { apiKeys: 'keep' });
    const aadOrApiKey = { aadAuthFailureMode: 'http401WithBearerChallenge' };
    expect(change.body).toEqual({ properties: { authOptions: { aadOrApiKey } } });
    expect(change.after).toEqual({ properties: { authOptions: { aadOrApiKey, apiKeyOnly: null } } });
    expect(change.undo).toEqual({ kind: 'restore', body: { properties: { authOptions: { apiKeyOnly: {} } } } });
  });

  test('go off together with every option of signing in, and come back with them', () => {
    const change = changeOn('search-disable-local-auth', BOTH);
    expect(change.body).toEqual({ properties: { disableLocalAuth: true, authOptions: null } });
    expect(change.undo).toEqual({ kind: 'restore', body: BOTH });
    expect(change.risk.kind).toBe('lockout');
  });

  test('stay in an evaluation, and then role-based access is still wanted', () => {
    expect(onService('search-disable-local-auth', BOTH, { apiKeys: 'keep' }).status).toBe('notApplicable');
    expect(onService('search-rbac-auth', KEYS, { apiKeys: 'keep' }).status).toBe('nonCompliant');
  });
});

test('an address that is let in stays listed when trusted services are let in', () => {
  const ipRules = [{ value: '20.9.9.9' }];
  const change = changeOn('search-trusted-services', { properties: { networkRuleSet: { ipRules, bypass: 'None' } } });
  expect(change.body).toEqual({ properties: { networkRuleSet: { ipRules, bypass: 'AzureServices' } } });
  expect(change.undo).toEqual({
    kind: 'restore',
    body: { properties: { networkRuleSet: { ipRules, bypass: 'None' } } },
  });
});

test('where the documents disagree about the way in, the finding says so', () => {
  const [note] = onService('search-trusted-services', {}).notes ?? [];
  expect(english(note)).toContain('The documents disagree');
});

test('public access is closed whatever the setup says of listed addresses: those are of Azure OpenAI alone', () => {
  const options = { publicAccess: 'selectedNetworks', allowedAddresses: ['20.1.2.3'] } as const;
  const open = { properties: { publicNetworkAccess: 'enabled' } };
  expect(onService('search-public-access-disabled', open, options).status).toBe('nonCompliant');
  const plan = planOf(dataWorld(searchService(open)), { setup: dataSetup() });
  expect(stepsOf(plan)).toEqual(['search-public-access-disabled']);
  expect(changeOf(plan, 'search-public-access-disabled').guards).toEqual(['privatePathAnswers']);
});
