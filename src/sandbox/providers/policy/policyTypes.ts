export const POLICY_ASSIGNMENT_TYPE = 'Microsoft.Authorization/policyAssignments';
export const POLICY_SET_DEFINITION_TYPE = 'Microsoft.Authorization/policySetDefinitions';

export const POLICY_VERSIONS = [
  '2019-09-01',
  '2020-09-01',
  '2021-06-01',
  '2022-06-01',
  '2023-04-01',
  '2024-04-01',
  '2024-05-01',
  '2025-01-01',
  '2025-03-01',
] as const;
