import { MANAGEMENT_ROLES } from './managementRoles';

/** A built-in role. Lists that are left out are empty. */
export interface BuiltInRole {
  /** The GUID, the same in every tenant. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

/** What nearly every role of a resource provider begins with. */
const ANY_MANAGER = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.ResourceHealth/availabilityStatuses/read',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
] as const;

const ROLES_READ = [
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleDefinitions/read',
] as const;
const COGNITIVE = 'Microsoft.CognitiveServices';
const OPENAI = `${COGNITIVE}/accounts/OpenAI`;
const DOCUMENTS = 'Microsoft.Search/searchServices/indexes/documents';
const CONTAINERS = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const DELEGATION_KEY = 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action';
const FILES = 'Microsoft.Storage/storageAccounts/fileServices';

/**
 * The built-in roles that matter here, with their permissions.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const BUILT_IN_ROLES: readonly BuiltInRole[] = [
  {
    id: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    name: 'Owner',
    description: 'Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.',
    actions: ['*'],
  },
  {
    id: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    name: 'Contributor',
    description:
      'Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC, manage assignments in Azure Blueprints, or share image galleries.',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
      'Microsoft.Purview/consents/write',
      'Microsoft.Purview/consents/delete',
    ],
  },
  {
    id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    name: 'Reader',
    description: 'View all resources, but does not allow you to make any changes.',
    actions: ['*/read'],
  },
  {
    id: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    name: 'User Access Administrator',
    description: 'Lets you manage user access to Azure resources.',
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  },
  {
    id: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
    name: 'Role Based Access Control Administrator',
    description:
      'Manage access to Azure resources by assigning roles using Azure RBAC. This role does not allow you to manage access using other ways, such as Azure Policy.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
      'Microsoft.Support/*',
    ],
  },
  {
    id: '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd',
    name: 'Cognitive Services OpenAI User',
    description:
      "Ability to view files, models, deployments. Readers can't make any changes They can inference and create images",
    actions: [`${COGNITIVE}/*/read`, ...ROLES_READ],
    dataActions: [
      `${OPENAI}/*/read`,
      `${OPENAI}/engines/completions/action`,
      `${OPENAI}/engines/search/action`,
      `${OPENAI}/engines/generate/action`,
      `${OPENAI}/deployments/audio/action`,
      `${OPENAI}/deployments/search/action`,
      `${OPENAI}/deployments/completions/action`,
      `${OPENAI}/deployments/chat/completions/action`,
      `${OPENAI}/deployments/extensions/chat/completions/action`,
      `${OPENAI}/deployments/embeddings/action`,
      `${OPENAI}/images/generations/action`,
    ],
  },
  {
    id: 'a001fd3d-188f-4b5d-821b-7da978bf7442',
    name: 'Cognitive Services OpenAI Contributor',
    description: 'Full access including the ability to fine-tune, deploy and generate text',
    actions: [
      `${COGNITIVE}/*/read`,
      `${COGNITIVE}/accounts/deployments/write`,
      `${COGNITIVE}/accounts/deployments/delete`,
      `${COGNITIVE}/accounts/raiPolicies/read`,
      `${COGNITIVE}/accounts/raiPolicies/write`,
      `${COGNITIVE}/accounts/raiPolicies/delete`,
      `${COGNITIVE}/accounts/commitmentplans/read`,
      `${COGNITIVE}/accounts/commitmentplans/write`,
      `${COGNITIVE}/accounts/commitmentplans/delete`,
      ...ROLES_READ,
    ],
    dataActions: [`${OPENAI}/*`],
  },
  {
    id: 'a97b65f3-24c7-4388-baec-2e87135dc908',
    name: 'Cognitive Services User',
    description: 'Lets you read and list keys of Cognitive Services.',
    actions: [
      `${COGNITIVE}/*/read`,
      `${COGNITIVE}/accounts/listkeys/action`,
      'Microsoft.Insights/alertRules/read',
      'Microsoft.Insights/diagnosticSettings/read',
      'Microsoft.Insights/logDefinitions/read',
      'Microsoft.Insights/metricdefinitions/read',
      'Microsoft.Insights/metrics/read',
      'Microsoft.ResourceHealth/availabilityStatuses/read',
      'Microsoft.Resources/deployments/operations/read',
      'Microsoft.Resources/subscriptions/operationresults/read',
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Support/*',
    ],
    dataActions: [`${COGNITIVE}/*`],
  },
  {
    id: '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68',
    name: 'Cognitive Services Contributor',
    description: 'Lets you create, read, update, delete and manage keys of Cognitive Services.',
    actions: [
      ...ANY_MANAGER,
      `${COGNITIVE}/*`,
      'Microsoft.Features/features/read',
      'Microsoft.Features/providers/features/read',
      'Microsoft.Features/providers/features/register/action',
      'Microsoft.Insights/diagnosticSettings/*',
      'Microsoft.Insights/logDefinitions/read',
      'Microsoft.Insights/metricdefinitions/read',
      'Microsoft.Insights/metrics/read',
      'Microsoft.Resources/subscriptions/operationresults/read',
      'Microsoft.Resources/subscriptions/read',
    ],
  },
  {
    id: '1407120a-92aa-4202-b7e9-c0e197c71c8f',
    name: 'Search Index Data Reader',
    description: 'Grants read access to Azure Cognitive Search index data.',
    dataActions: [`${DOCUMENTS}/read`],
  },
  {
    id: '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
    name: 'Search Index Data Contributor',
    description: 'Grants full access to Azure Cognitive Search index data.',
    dataActions: [`${DOCUMENTS}/*`],
  },
  {
    id: '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
    name: 'Search Service Contributor',
    description: 'Lets you manage Search services, but not access to them.',
    actions: [...ANY_MANAGER, 'Microsoft.Search/searchServices/*'],
  },
  {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    name: 'Storage Blob Data Reader',
    description: 'Allows for read access to Azure Storage blob containers and data',
    actions: [`${CONTAINERS}/read`, DELEGATION_KEY],
    dataActions: [`${CONTAINERS}/blobs/read`],
  },
  {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    name: 'Storage Blob Data Contributor',
    description: 'Allows for read, write and delete access to Azure Storage blob containers and data',
    actions: [`${CONTAINERS}/delete`, `${CONTAINERS}/read`, `${CONTAINERS}/write`, DELEGATION_KEY],
    dataActions: [
      `${CONTAINERS}/blobs/delete`,
      `${CONTAINERS}/blobs/read`,
      `${CONTAINERS}/blobs/write`,
      `${CONTAINERS}/blobs/move/action`,
      `${CONTAINERS}/blobs/add/action`,
    ],
  },
  {
    id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    name: 'Storage Blob Data Owner',
    description:
      'Allows for full access to Azure Storage blob containers and data, including assigning POSIX access control.',
    actions: [`${CONTAINERS}/*`, DELEGATION_KEY],
    dataActions: [`${CONTAINERS}/blobs/*`],
  },
  {
    id: '69566ab7-960f-475b-8e7c-b3118f30c6bd',
    name: 'Storage File Data Privileged Contributor',
    description: 'Customer has read, write, delete and modify NTFS permission access on Azure Storage file shares.',
    dataActions: [
      `${FILES}/fileshares/files/read`,
      `${FILES}/fileshares/files/write`,
      `${FILES}/fileshares/files/delete`,
      `${FILES}/fileshares/files/modifypermissions/action`,
      `${FILES}/readFileBackupSemantics/action`,
      `${FILES}/writeFileBackupSemantics/action`,
    ],
  },
  {
    id: 'b8eda974-7b85-4f76-af95-65846b26df6d',
    name: 'Storage File Data Privileged Reader',
    description: 'Customer has read access on Azure Storage file shares.',
    dataActions: [`${FILES}/fileshares/files/read`, `${FILES}/readFileBackupSemantics/action`],
  },
  {
    id: '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    name: 'Storage Account Contributor',
    description:
      'Lets you manage storage accounts, including accessing storage account keys which provide full access to storage account data.',
    actions: [
      ...ANY_MANAGER,
      'Microsoft.Insights/diagnosticSettings/*',
      'Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action',
      'Microsoft.Storage/storageAccounts/*',
    ],
  },
  {
    id: 'c12c1c16-33a1-487b-954d-41c89c60f349',
    name: 'Reader and Data Access',
    description:
      'Lets you view everything but will not let you delete or create a storage account or contained resource. It will also allow read/write access to all data contained in a storage account via access to storage account keys.',
    actions: [
      'Microsoft.Storage/storageAccounts/listKeys/action',
      'Microsoft.Storage/storageAccounts/ListAccountSas/action',
      'Microsoft.Storage/storageAccounts/read',
    ],
  },
  {
    id: '4d97b98b-1d4f-4787-a291-c67834d212e7',
    name: 'Network Contributor',
    description: 'Lets you manage networks, but not access to them.',
    actions: [...ANY_MANAGER, 'Microsoft.Network/*'],
  },
  {
    id: 'b12aa53e-6015-4669-85d0-8515ebb3ae7f',
    name: 'Private DNS Zone Contributor',
    description: 'Lets you manage private DNS zone resources, but not the virtual networks they are linked to.',
    actions: [
      ...ANY_MANAGER,
      'Microsoft.Network/privateDnsZones/*',
      'Microsoft.Network/privateDnsOperationResults/*',
      'Microsoft.Network/privateDnsOperationStatuses/*',
      'Microsoft.Network/virtualNetworks/read',
      'Microsoft.Network/virtualNetworks/join/action',
    ],
  },
  ...MANAGEMENT_ROLES,
];

/** The role with this GUID, in any casing. */
export function builtInRole(id: string): BuiltInRole | undefined {
  const wanted = id.toLowerCase();
  return BUILT_IN_ROLES.find((role) => role.id === wanted);
}

/** The GUID of a built-in role. @throws Error for a name that none has. */
export function roleNamed(name: string): string {
  const role = BUILT_IN_ROLES.find((each) => each.name === name);
  if (role === undefined) throw new Error(`There is no built-in role ${name}.`);
  return role.id;
}
