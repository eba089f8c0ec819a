import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal } from '../../arm/messages';
import { TENANT_ID } from '../../azure';
import { PATIENCE } from '../../durations';

const refusal = (status: number, code: string, message: string): Refusal => providerRefusal(status, { code, message });

export const roleAssignmentNotFound = (name: string): Refusal =>
  refusal(404, 'RoleAssignmentNotFound', `The role assignment '${name}' is not found.`);

export const roleAssignmentExists = (): Refusal =>
  refusal(409, 'RoleAssignmentExists', 'The role assignment already exists.');

export const roleAssignmentUpdateNotPermitted = (): Refusal =>
  refusal(
    400,
    'RoleAssignmentUpdateNotPermitted',
    'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  );

export const invalidPrincipalId = (id: string): Refusal =>
  refusal(400, 'InvalidPrincipalId', `The Principal ID '${id}' is not valid. Principal ID must be a GUID.`);

/** Recorded: the principal without dashes, the directory with them. */
export const principalNotFound = (id: string): Refusal =>
  providerRefusal(
    400,
    {
      code: 'PrincipalNotFound',
      message: `Principal ${withoutDashes(id)} does not exist in the directory ${TENANT_ID}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype`,
    },
    { seconds: PATIENCE.principalNotFound, told: false },
  );

/** Azure's own spelling. Reported wording. */
export const unmatchedPrincipalType = (id: string, actual: string, sent: string): Refusal =>
  refusal(
    400,
    'UnmatchedPrincipalType',
    `The PrincipalId '${withoutDashes(id)}' has type '${actual}' , which is different from specified PrinciaplType '${sent}'.`,
  );

/** UNVERIFIED wording. */
export const invalidRoleAssignmentId = (name: string): Refusal =>
  refusal(
    400,
    'InvalidRoleAssignmentId',
    `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
  );

/** Reported wording. */
export const roleDefinitionDoesNotExist = (id: string): Refusal =>
  refusal(
    400,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${withoutDashes(id)}' does not exist.`,
  );

/** UNVERIFIED wording. */
export const roleDefinitionNotFound = (id: string): Refusal =>
  refusal(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${id}' does not exist.`);

/** UNVERIFIED wording. */
export const unsupportedQuery = (filter: string): Refusal =>
  refusal(
    400,
    'UnsupportedQuery',
    `The filter '${filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}'' or 'assignedTo('{value}')'.`,
  );

function withoutDashes(guid: string): string {
  return guid.replaceAll('-', '');
}
