/**
 * Built-in roles of Azure RBAC by name; their ids are the same in every tenant.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const BUILT_IN_ROLE_IDS = {
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Role Based Access Control Administrator': 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  'User Access Administrator': '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'Cognitive Services OpenAI User': '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd',
  'Cognitive Services OpenAI Contributor': 'a001fd3d-188f-4b5d-821b-7da978bf7442',
  'Cognitive Services User': 'a97b65f3-24c7-4388-baec-2e87135dc908',
  'Search Index Data Reader': '1407120a-92aa-4202-b7e9-c0e197c71c8f',
  'Search Index Data Contributor': '8ebe5a00-799e-43f5-93ac-243d3dce84a7',
  'Search Service Contributor': '7ca78c08-252a-4471-8644-bb5ff32d4ba0',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Key Vault Certificates Officer': 'a4417e6f-fecd-4de8-b567-7b0420556985',
  'Key Vault Crypto Officer': '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
  'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  'Website Contributor': 'de139f84-1756-47ae-9be6-808fbbe84772',
} as const;

export type BuiltInRoleName = keyof typeof BUILT_IN_ROLE_IDS;

/**
 * Roles that include another one. Owner and Contributor manage a service, but read none of its data, so they include no
 * role on data.
 */
const INCLUDED_IN: Readonly<Partial<Record<BuiltInRoleName, readonly BuiltInRoleName[]>>> = {
  Contributor: ['Owner'],
  Reader: ['Contributor', 'Owner'],
  'Role Based Access Control Administrator': ['User Access Administrator', 'Owner'],
  'Cognitive Services OpenAI User': ['Cognitive Services OpenAI Contributor'],
  'Search Index Data Reader': ['Search Index Data Contributor'],
  'Search Service Contributor': ['Contributor', 'Owner'],
  'Storage Blob Data Reader': ['Storage Blob Data Contributor', 'Storage Blob Data Owner'],
  'Storage Blob Data Contributor': ['Storage Blob Data Owner'],
  'Key Vault Crypto Service Encryption User': ['Key Vault Crypto Officer'],
};

/** Ids of the role itself and of those that include it. */
export function sufficientRoles(role: BuiltInRoleName): readonly string[] {
  return [role, ...(INCLUDED_IN[role] ?? [])].map((name) => BUILT_IN_ROLE_IDS[name]);
}
