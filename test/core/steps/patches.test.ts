import { describe, expect, test } from 'vitest';
import { mergePatch } from '../../../src/core/resources/wireEquality';
import { holds, patchFor, presentValues, restoringPatch, type Assertion } from '../../../src/core/steps/matcher';

const networkAcls = {
  at: 'properties.networkAcls',
  absentMeans: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
};
const deny: Assertion = {
  at: 'properties.networkAcls.defaultAction',
  absentMeans: 'Allow',
  must: { kind: 'equals', value: 'Deny' },
  within: networkAcls,
};
const rules: Assertion = {
  at: 'properties.networkAcls.ipRules',
  absentMeans: [],
  must: { kind: 'addressRules', allowed: ['20.1.2.3'] },
  within: networkAcls,
};
const identity: Assertion = {
  at: 'identity.type',
  absentMeans: 'None',
  must: { kind: 'includesWord', word: 'SystemAssigned', insteadOf: ['None'] },
  within: { at: 'identity', absentMeans: { type: 'None' }, readOnly: ['principalId', 'tenantId'] },
};
const publicAccess: Assertion = {
  at: 'properties.publicNetworkAccess',
  absentMeans: 'Enabled',
  must: { kind: 'equals', value: 'Disabled' },
};

describe('patchFor', () => {
  test('changes one property and names no other', () => {
    const account = { properties: { publicNetworkAccess: 'Enabled', other: 1 } };
    expect(patchFor(account, [publicAccess])).toEqual({ properties: { publicNetworkAccess: 'Disabled' } });
  });

  test('sends the whole object where Azure replaces it, with the rules that are there', () => {
    const account = {
      properties: {
        networkAcls: { defaultAction: 'Allow', ipRules: [{ value: '20.9.9.9' }], bypass: 'AzureServices' },
      },
    };
    expect(patchFor(account, [deny])).toEqual({
      properties: {
        networkAcls: {
          defaultAction: 'Deny',
          ipRules: [{ value: '20.9.9.9' }],
          bypass: 'AzureServices',
          virtualNetworkRules: [],
        },
      },
    });
  });

  test('writes two properties of one object in one patch', () => {
    expect(patchFor({}, [deny, rules])).toEqual({
      properties: { networkAcls: { defaultAction: 'Deny', ipRules: [{ value: '20.1.2.3' }], virtualNetworkRules: [] } },
    });
  });

  test('keeps user-assigned identities, and does not send what only Azure writes', () => {
    const account = {
      identity: { type: 'UserAssigned', tenantId: 't', userAssignedIdentities: { '/id/a': { clientId: 'c' } } },
    };
    expect(patchFor(account, [identity])).toEqual({
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { '/id/a': { clientId: 'c' } } },
    });
  });

  test('is undefined where one of the properties has no remedy', () => {
    expect(patchFor({ a: ['x'] }, [publicAccess, { at: 'a', must: { kind: 'empty' } }])).toBeUndefined();
  });

  test('makes everything hold that failed', () => {
    const account = { identity: { type: 'UserAssigned' }, properties: {} };
    const patched = mergePatch(account, patchFor(account, [deny, rules, identity, publicAccess]) ?? {});
    expect([deny, rules, identity, publicAccess].every((assertion) => holds(patched, assertion))).toBe(true);
  });
});

describe('presentValues', () => {
  test('gives what a change replaces, and null for what is not set', () => {
    const account = {
      properties: { networkAcls: { defaultAction: 'Allow' } },
      identity: { type: 'None', principalId: 'p' },
    };
    expect(presentValues(account, [deny, publicAccess, identity])).toEqual({
      properties: { networkAcls: { defaultAction: 'Allow' }, publicNetworkAccess: null },
      identity: { type: 'None' },
    });
  });
});

describe('restoringPatch', () => {
  test('brings back what was set', () => {
    const account = {
      properties: {
        publicNetworkAccess: 'enabled',
        networkAcls: { defaultAction: 'Allow', ipRules: [{ value: '20.9.9.9' }] },
      },
    };
    expect(restoringPatch(account, [deny, publicAccess])).toEqual({
      properties: {
        publicNetworkAccess: 'enabled',
        networkAcls: { defaultAction: 'Allow', ipRules: [{ value: '20.9.9.9' }], virtualNetworkRules: [] },
      },
    });
  });

  test('writes what the absence meant, because a patch cannot take a property away', () => {
    expect(restoringPatch({}, [deny, identity, publicAccess])).toEqual({
      properties: {
        networkAcls: { defaultAction: 'Allow', ipRules: [], virtualNetworkRules: [] },
        publicNetworkAccess: 'Enabled',
      },
      identity: { type: 'None' },
    });
  });

  test('writes what is safe where leaving it out has meant several things', () => {
    const anonymous: Assertion = {
      at: 'properties.open',
      must: { kind: 'equals', value: false },
      restoreAbsentAs: false,
    };
    expect(restoringPatch({}, [anonymous])).toEqual({ properties: { open: false } });
    expect(restoringPatch({ properties: { open: true } }, [anonymous])).toEqual({ properties: { open: true } });
  });

  test('takes the object away where there was none, if Azure lets it go', () => {
    const protocols: Assertion = {
      at: 'properties.clients.protocols',
      must: { kind: 'exactly', values: ['OpenVPN'] },
      within: { at: 'properties.clients', absentMeans: {}, removable: true, readOnly: ['health'] },
    };
    expect(restoringPatch({}, [protocols])).toEqual({ properties: { clients: null } });
    expect(restoringPatch({ properties: { clients: { protocols: ['SSTP'], health: 1 } } }, [protocols])).toEqual({
      properties: { clients: { protocols: ['SSTP'] } },
    });
  });
});
