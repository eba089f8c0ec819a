import { describe, expect, test } from 'vitest';
import { rolesFor } from '../../../src/core/plan/builtInRoles';
import { checkPermissions, isAllowed } from '../../../src/core/plan/permissions';
import type { PermissionSet } from '../../../src/core/ports';
import { resourceKey } from '../../../src/core/resources/resourceId';
import { FakeAzure } from '../support/fakeAzure';
import { ID } from '../support/ids';
import { planOf } from '../support/planning';
import { NEVER } from '../support/sessions';
import { setupFromNothing } from '../support/setups';
import { emptyWorld, exposedWorld } from '../support/worlds';

const WRITE = 'Microsoft.CognitiveServices/accounts/write';

function entry(actions: readonly string[], notActions: readonly string[] = []): PermissionSet[number] {
  return { actions, notActions };
}

describe('isAllowed', () => {
  test.each<[string, PermissionSet, boolean]>([
    ['the action itself', [entry([WRITE])], true],
    ['the action in another casing', [entry([WRITE.toUpperCase()])], true],
    ['everything', [entry(['*'])], true],
    ['everything of the provider', [entry(['Microsoft.CognitiveServices/*'])], true],
    ['every write', [entry(['*/write'])], true],
    ['a wildcard in the middle', [entry(['Microsoft.*/accounts/write'])], true],
    ['nothing', [], false],
    ['only reading', [entry(['*/read'])], false],
    ['something longer', [entry([`${WRITE}/more`])], false],
    ['a part of it', [entry(['Microsoft.CognitiveServices/accounts'])], false],
    ['a dot is a dot', [entry(['MicrosoftXCognitiveServices/accounts/write'])], false],
    ['everything but this', [entry(['*'], ['Microsoft.CognitiveServices/*/write'])], false],
    ['everything but this, and this by another role', [entry(['*'], [WRITE]), entry([WRITE])], true],
  ])('%s', (_, permissions, allowed) => {
    expect(isAllowed(WRITE, permissions)).toBe(allowed);
  });
});

describe('checkPermissions', () => {
  test('asks for each permission once, and at each scope once', async () => {
    const azure = new FakeAzure(exposedWorld());
    const asked: string[] = [];
    azure.permissions = (scope) => {
      asked.push(scope);
      return [entry(['*'])];
    };
    const checks = await checkPermissions(planOf(exposedWorld()), azure, NEVER);
    expect(checks.every(({ verdict }) => verdict === 'allowed')).toBe(true);
    expect(new Set(checks.map(({ action, scope }) => `${action} ${resourceKey(scope)}`)).size).toBe(checks.length);
    expect(new Set(asked.map(resourceKey)).size).toBe(asked.length);
  });

  test('names what is missing, and where', async () => {
    const azure = new FakeAzure(exposedWorld());
    azure.permissions = (scope) => (scope === ID.account ? [entry(['*/read'])] : [entry(['*'])]);
    const missing = (await checkPermissions(planOf(exposedWorld()), azure, NEVER)).filter(
      ({ verdict }) => verdict === 'missing',
    );
    expect(missing.length).toBeGreaterThan(0);
    expect(new Set(missing.map(({ scope }) => scope))).toEqual(new Set([ID.account]));
  });

  test('a scope that is still to be created inherits from what is around it', async () => {
    const azure = new FakeAzure(emptyWorld());
    azure.permissions = (scope) => (scope === ID.subscription ? [entry(['*'])] : undefined);
    const checks = await checkPermissions(planOf(emptyWorld(), { setup: setupFromNothing() }), azure, NEVER);
    expect(checks.every(({ verdict }) => verdict === 'allowed')).toBe(true);
  });

  test('what cannot be told is unknown', async () => {
    const azure = new FakeAzure(exposedWorld());
    azure.permissions = () => undefined;
    const checks = await checkPermissions(planOf(exposedWorld()), azure, NEVER);
    expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']));
  });
});

describe('rolesFor', () => {
  const needed = (action: string, scope: string = ID.group) => rolesFor([{ action, scope }]).map(({ role }) => role);

  test.each([
    ['Microsoft.Network/privateDnsZones/write', 'Private DNS Zone Contributor'],
    ['Microsoft.Network/privateEndpoints/write', 'Network Contributor'],
    [WRITE, 'Cognitive Services Contributor'],
    ['Microsoft.Resources/subscriptions/resourceGroups/write', 'Contributor'],
    ['Microsoft.Search/searchServices/write', 'Search Service Contributor'],
    ['Microsoft.Storage/storageAccounts/write', 'Storage Account Contributor'],
    ['Microsoft.Web/sites/write', 'Website Contributor'],
    ['Microsoft.Web/serverFarms/write', 'Contributor'],
    ['Microsoft.Security/pricings/write', 'Security Admin'],
    ['Microsoft.Authorization/roleAssignments/write', 'Role Based Access Control Administrator'],
    ['Microsoft.Authorization/roleDefinitions/write', 'Owner'],
  ])('%s needs no more than %s', (action, role) => {
    expect(needed(action)).toEqual([role]);
  });

  test('a role at the group makes the same one inside it needless', () => {
    const roles = rolesFor([
      { action: 'Microsoft.Network/virtualNetworks/subnets/join/action', scope: ID.subnet },
      { action: 'Microsoft.Network/privateEndpoints/write', scope: ID.group },
    ]);
    expect(roles.map(({ role, scope, permissions }) => [role, scope, permissions.length])).toEqual([
      ['Network Contributor', ID.group, 2],
    ]);
  });

  test('the roles for a whole plan cover each of its permissions', () => {
    const permissions = planOf(emptyWorld(), { setup: setupFromNothing() }).changes.flatMap(
      (change) => change.permissions,
    );
    const covered = rolesFor(permissions).flatMap((role) => role.permissions);
    expect(permissions.every((permission) => covered.includes(permission))).toBe(true);
  });
});
