import { describe, expect, it } from 'vitest';
import { rolesFor } from '../../../src/core/plan/builtInRoles';

const GROUP = '/subscriptions/s/resourceGroups/rg';
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`;

function names(...permissions: readonly (readonly [action: string, scope: string])[]): readonly string[] {
  return rolesFor(permissions.map(([action, scope]) => ({ action, scope }))).map(
    ({ role, scope }) => `${role} @ ${scope}`,
  );
}

describe('the roles that a plan needs', () => {
  it('are the smallest that have the permission', () => {
    expect(names(['Microsoft.Network/privateDnsZones/write', GROUP])).toEqual([
      `Private DNS Zone Contributor @ ${GROUP}`,
    ]);
    expect(names(['Microsoft.CognitiveServices/accounts/write', GROUP])).toEqual([
      `Cognitive Services Contributor @ ${GROUP}`,
    ]);
    expect(names(['Microsoft.Network/privateEndpoints/write', GROUP])).toEqual([`Network Contributor @ ${GROUP}`]);
  });

  it('are not asked for again where a wider one has the permission already', () => {
    expect(
      names(
        ['Microsoft.Network/virtualNetworks/subnets/join/action', NETWORK],
        ['Microsoft.Network/privateEndpoints/write', GROUP],
        ['Microsoft.Network/privateDnsZones/write', GROUP],
      ),
    ).toEqual([`Network Contributor @ ${GROUP}`]);
  });

  it('keep every permission that they are needed for', () => {
    const [role] = rolesFor([
      { action: 'Microsoft.Network/virtualNetworks/subnets/join/action', scope: NETWORK },
      { action: 'Microsoft.Network/privateEndpoints/write', scope: GROUP },
    ]);
    expect(role?.permissions).toHaveLength(2);
  });

  it('are those for access where roles are assigned: Contributor may not', () => {
    expect(names(['Microsoft.Authorization/roleAssignments/write', GROUP])).toEqual([
      `Role Based Access Control Administrator @ ${GROUP}`,
    ]);
  });

  it('are those that watch over resources, for what Contributor may not or need not do', () => {
    expect(
      names(
        ['Microsoft.Insights/diagnosticSettings/write', NETWORK],
        ['Microsoft.Authorization/policyAssignments/write', GROUP],
        ['Microsoft.Authorization/locks/write', NETWORK],
      ),
    ).toEqual([
      `Monitoring Contributor @ ${NETWORK}`,
      `Resource Policy Contributor @ ${GROUP}`,
      `Locks Contributor @ ${NETWORK}`,
    ]);
  });

  it('are Owner for what no smaller one may do', () => {
    expect(names(['Microsoft.Authorization/roleDefinitions/write', GROUP])).toEqual([`Owner @ ${GROUP}`]);
  });
});
