import type { RequiredPermission } from './change';
import { isAllowed } from './permissions';
import type { PermissionSet } from '../ports';
import { isWithin, resourceKey, sameResource } from '../resources/resourceId';

/** A built-in Azure role: the same name and actions in every tenant. */
export interface BuiltInRole {
  readonly name: string;
  readonly permissions: PermissionSet;
}

/**
 * Roles that can make the changes which Ringfence plans, the smallest first.
 * Source: learn.microsoft.com/azure/role-based-access-control/built-in-roles; only the actions that are asked about.
 */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  {
    name: 'Private DNS Zone Contributor',
    permissions: [
      {
        actions: [
          'Microsoft.Network/privateDnsZones/*',
          'Microsoft.Network/virtualNetworks/read',
          'Microsoft.Network/virtualNetworks/join/action',
        ],
        notActions: [],
      },
    ],
  },
  {
    name: 'Cognitive Services Contributor',
    permissions: [{ actions: ['Microsoft.CognitiveServices/*'], notActions: [] }],
  },
  {
    name: 'Search Service Contributor',
    permissions: [{ actions: ['Microsoft.Search/searchServices/*'], notActions: [] }],
  },
  {
    name: 'Storage Account Contributor',
    permissions: [{ actions: ['Microsoft.Storage/storageAccounts/*'], notActions: [] }],
  },
  {
    name: 'API Management Service Contributor',
    permissions: [{ actions: ['Microsoft.ApiManagement/service/*'], notActions: [] }],
  },
  {
    name: 'Managed Identity Contributor',
    permissions: [{ actions: ['Microsoft.ManagedIdentity/userAssignedIdentities/*'], notActions: [] }],
  },
  {
    name: 'Key Vault Certificates Officer',
    permissions: [
      { actions: [], notActions: [], dataActions: ['Microsoft.KeyVault/vaults/certificates/*'], notDataActions: [] },
    ],
  },
  {
    name: 'Key Vault Contributor',
    permissions: [{ actions: ['Microsoft.KeyVault/*'], notActions: [] }],
  },
  {
    name: 'Website Contributor',
    permissions: [{ actions: ['Microsoft.Web/sites/*', 'Microsoft.Web/serverFarms/read'], notActions: [] }],
  },
  {
    name: 'Monitoring Contributor',
    permissions: [
      {
        actions: [
          'Microsoft.Insights/actionGroups/*',
          'Microsoft.Insights/activityLogAlerts/*',
          'Microsoft.Insights/diagnosticSettings/*',
          'Microsoft.OperationalInsights/workspaces/write',
          'Microsoft.OperationalInsights/workspaces/sharedKeys/action',
        ],
        notActions: [],
      },
    ],
  },
  {
    name: 'Resource Policy Contributor',
    permissions: [
      {
        actions: ['Microsoft.Authorization/policyAssignments/*', 'Microsoft.Authorization/policySetDefinitions/*'],
        notActions: [],
      },
    ],
  },
  { name: 'Locks Contributor', permissions: [{ actions: ['Microsoft.Authorization/locks/*'], notActions: [] }] },
  { name: 'Security Admin', permissions: [{ actions: ['Microsoft.Security/*'], notActions: [] }] },
  {
    name: 'Role Based Access Control Administrator',
    permissions: [
      {
        actions: ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleAssignments/delete'],
        notActions: [],
      },
    ],
  },
  { name: 'Network Contributor', permissions: [{ actions: ['Microsoft.Network/*'], notActions: [] }] },
  {
    name: 'Contributor',
    permissions: [
      {
        actions: ['*'],
        notActions: ['Microsoft.Authorization/*/Delete', 'Microsoft.Authorization/*/Write'],
      },
    ],
  },
];

/** A role that somebody needs at a scope, with the permissions that it is needed for. */
export interface NeededRole<P extends RequiredPermission = RequiredPermission> {
  readonly role: string;
  readonly scope: string;
  readonly permissions: readonly P[];
}

/**
 * The smallest built-in roles that together have the permissions, `Owner` where no smaller one has. What a role at a
 * wider scope gives already is not asked for again.
 */
export function rolesFor<P extends RequiredPermission>(permissions: readonly P[]): readonly NeededRole<P>[] {
  const needed = new Map<string, NeededRole<P>>();
  for (const permission of permissions) {
    const role = BUILT_IN_ROLES.find((candidate) => isAllowed(permission.action, candidate.permissions))?.name;
    const name = role ?? 'Owner';
    const key = `${name} ${resourceKey(permission.scope)}`;
    const present = needed.get(key);
    needed.set(key, {
      role: name,
      scope: permission.scope,
      permissions: [...(present?.permissions ?? []), permission],
    });
  }
  return withoutCovered([...needed.values()]);
}

function withoutCovered<P extends RequiredPermission>(needed: readonly NeededRole<P>[]): readonly NeededRole<P>[] {
  const kept = needed.filter((item) => !needed.some((other) => other !== item && covers(other, item)));
  return kept.map((item) => {
    const covered = needed.filter((other) => other !== item && covers(item, other));
    return { ...item, permissions: [item, ...covered].flatMap(({ permissions }) => permissions) };
  });
}

/** Whether a role at a scope has everything that another is needed for.  */
function covers(wide: NeededRole, narrow: NeededRole): boolean {
  const role = BUILT_IN_ROLES.find(({ name }) => name === wide.role);
  const isAnother = wide.role !== narrow.role || !sameResource(wide.scope, narrow.scope);
  if (role === undefined || !isAnother || !isWithin(narrow.scope, wide.scope)) return false;
  return narrow.permissions.every(({ action }) => isAllowed(action, role.permissions));
}
