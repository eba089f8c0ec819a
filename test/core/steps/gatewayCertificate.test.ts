import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { changeOf, notesOf, statusOf } from '../support/gatewaySteps';
import { certificate, FRONT, frontSetup, frontWorld, frontWorldWithout, officer } from '../support/gatewayWorlds';
import { keyVault, VAULT } from '../support/keyVaults';
import { planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { DEVELOPER } from '../support/setups';

const setup = frontSetup();

describe('the certificate', () => {
  test.each<[string, JsonObject, FindingStatus]>([
    ['for the name', {}, 'compliant'],
    ['for all names beside it', { names: [{ value: '*.contoso.com' }] }, 'compliant'],
    ['for another name', { names: [{ value: 'shop.contoso.com' }] }, 'nonCompliant'],
    ['that is over', { expired: true }, 'nonCompliant'],
    ['that is switched off', { attributes: { enabled: false } }, 'nonCompliant'],
  ])('%s', (_, patch, status) => {
    expect(statusOf('appgw-certificate', frontWorld(certificate(patch)))).toBe(status);
  });

  test('that signs itself should be replaced, and one of an authority not', () => {
    expect(notesOf('appgw-certificate', frontWorld())).toContain('signed by itself');
    const bought = certificate({ policy: { issuer: { name: 'DigiCert' } } });
    expect(notesOf('appgw-certificate', frontWorld(bought))).toBe('');
  });

  test('is made by the vault, which keeps its key and renews it', () => {
    const { body, undo } = changeOf('appgw-certificate', frontWorldWithout(FRONT.certificate));
    expect(body).toMatchObject({
      policy: { issuer: { name: 'Self' }, lifetime_actions: [{ action: { action_type: 'AutoRenew' } }] },
    });
    expect(undo.kind).toBe('delete');
  });

  test('that nobody may see yet counts as missing once the plan gives the right to see it, and as unknown otherwise', () => {
    const hidden = { setup, denied: [FRONT.certificate] };
    const world = frontWorldWithout(officer().id);
    const finding = findingOf('appgw-certificate', world, hidden);
    expect([finding.status, english(finding.evidence[0]?.actual)]).toEqual(['nonCompliant', 'cannot be seen yet']);
    const plan = planOf(world, hidden, ['appgw-certificate']);
    expect(plan.changes.map(({ step }) => step)).toEqual(['rbac-dev-key-vault-certificates', 'appgw-certificate']);
    expect(findingOf('appgw-certificate', frontWorld(), hidden).status).toBe('unknown');
  });

  test('may have another name in the vault', () => {
    const chosen = frontSetup({ gatewayCertificate: 'bought' });
    const world = frontWorldWithout(FRONT.gateway, FRONT.certificate);
    expect(changeOf('appgw-certificate', world, chosen).resource).toBe(`${VAULT}/certificates/bought`);
  });
});

describe('rights to the vault', () => {
  const byPolicies = (...accessPolicies: readonly JsonObject[]) =>
    keyVault({ properties: { enableRbacAuthorization: false, accessPolicies } });
  const policyFor = (objectId: string, permissions: JsonObject) => ({ objectId, permissions });

  test('are roles: of who is signed in to make certificates, of the gateway to read them', () => {
    const plan = planOf(frontWorldWithout(officer().id, FRONT.identity), { setup }, ['appgw']);
    const bodies = plan.changes.flatMap(({ step, body }) =>
      step.startsWith('rbac-') ? [readPath(body, 'properties.principalId')] : [],
    );
    expect(bodies).toEqual([DEVELOPER.id, `[reference('${FRONT.identity}').properties.principalId]`]);
  });

  test('are for a person to give where access policies decide', () => {
    const finding = findingOf('rbac-appgw-key-vault', frontWorld(byPolicies()), { setup });
    expect([finding.status, english(finding.reason)]).toEqual(['manual', expect.stringContaining('get on secrets')]);
    const given = byPolicies(
      policyFor(FRONT.principal, { secrets: ['Get'] }),
      policyFor(DEVELOPER.id, { certificates: ['all'] }),
    );
    for (const step of ['rbac-appgw-key-vault', 'rbac-dev-key-vault-certificates'])
      expect(statusOf(step, frontWorld(given))).toBe('compliant');
  });

  test('of developers do not apply where none is named', () => {
    const nobody = frontSetup({ developers: [] });
    expect(statusOf('rbac-dev-key-vault-certificates', frontWorld(), nobody)).toBe('notApplicable');
  });
});

test('a new vault goes by roles and cannot be purged', () => {
  const change = changeOf('key-vault', frontWorldWithout(VAULT));
  expect(change.body).toMatchObject({
    properties: {
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      enablePurgeProtection: true,
      tenantId: setup.tenant,
    },
  });
});
