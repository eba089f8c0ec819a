import type { BuiltInRole } from './builtInRoles';

const VAULT = 'Microsoft.KeyVault/vaults';

/**
 * Built-in roles of web apps and of Key Vault.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const MANAGEMENT_ROLES: readonly BuiltInRole[] = [
  {
    id: 'de139f84-1756-47ae-9be6-808fbbe84772',
    name: 'Website Contributor',
    description: 'Lets you manage websites (not web plans), but not access to them.',
    actions: [
      'Microsoft.Authorization/*/read',
      'Microsoft.Insights/alertRules/*',
      'Microsoft.ResourceHealth/availabilityStatuses/read',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Support/*',
      'Microsoft.Insights/components/*',
      'Microsoft.Web/certificates/*',
      'Microsoft.Web/listSitesAssignedToHostName/read',
      'Microsoft.Web/serverFarms/join/action',
      'Microsoft.Web/serverFarms/read',
      'Microsoft.Web/sites/*',
    ],
  },
  {
    id: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    name: 'Key Vault Administrator',
    description:
      "Perform all data plane operations on a key vault and all objects in it, including certificates, keys, and secrets. Cannot manage key vault resources or manage role assignments. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    actions: ['Microsoft.Authorization/*/read', `${VAULT}/*/read`],
    dataActions: [`${VAULT}/*`],
  },
  {
    id: 'f25e0fa2-a7c8-4377-a976-54943a77a395',
    name: 'Key Vault Contributor',
    description: 'Lets you manage key vaults, but not access to them.',
    actions: ['Microsoft.Authorization/*/read', 'Microsoft.KeyVault/*'],
    notActions: ['Microsoft.KeyVault/locations/deletedVaults/purge/action'],
  },
  {
    id: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
    name: 'Key Vault Crypto Service Encryption User',
    description:
      "Read metadata of keys and perform wrap/unwrap operations. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    dataActions: [`${VAULT}/keys/read`, `${VAULT}/keys/wrap/action`, `${VAULT}/keys/unwrap/action`],
  },
  {
    id: '12338af0-0e69-4776-bea7-57ae8d297424',
    name: 'Key Vault Crypto User',
    description:
      "Perform cryptographic operations using keys. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    dataActions: [
      `${VAULT}/keys/read`,
      `${VAULT}/keys/update/action`,
      `${VAULT}/keys/backup/action`,
      `${VAULT}/keys/encrypt/action`,
      `${VAULT}/keys/decrypt/action`,
      `${VAULT}/keys/wrap/action`,
      `${VAULT}/keys/unwrap/action`,
      `${VAULT}/keys/sign/action`,
      `${VAULT}/keys/verify/action`,
    ],
  },
  {
    id: 'a4417e6f-fecd-4de8-b567-7b0420556985',
    name: 'Key Vault Certificates Officer',
    description:
      "Perform any action on the certificates of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    actions: ['Microsoft.Authorization/*/read', `${VAULT}/*/read`],
    dataActions: [`${VAULT}/certificatecas/*`, `${VAULT}/certificates/*`, `${VAULT}/certificatecontacts/write`],
  },
  {
    id: '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
    name: 'Key Vault Crypto Officer',
    description:
      "Perform any action on the keys of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    actions: ['Microsoft.Authorization/*/read', `${VAULT}/*/read`],
    dataActions: [`${VAULT}/keys/*`, `${VAULT}/keyrotationpolicies/*`],
  },
  {
    id: '4633458b-17de-408a-b874-0445c86b69e6',
    name: 'Key Vault Secrets User',
    description:
      "Read secret contents. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    dataActions: [`${VAULT}/secrets/getSecret/action`, `${VAULT}/secrets/readMetadata/action`],
  },
  {
    id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    name: 'Key Vault Secrets Officer',
    description:
      "Perform any action on the secrets of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    actions: ['Microsoft.Authorization/*/read', `${VAULT}/*/read`],
    dataActions: [`${VAULT}/secrets/*`],
  },
];
