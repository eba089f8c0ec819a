import type { JsonObject } from '../../../core/resources/json';
import { providerRefusal } from '../../arm/gatewayErrors';
import { Refusal } from '../../arm/messages';

const refusal = (status: number, code: string, message: string): Refusal => providerRefusal(status, { code, message });

/** Reported wording. */
export const policyDefinitionNotFound = (id: string): Refusal =>
  refusal(404, 'PolicyDefinitionNotFound', `The policy definition '${id}' could not be found.`);

/** Reported wording. */
export const policySetDefinitionNotFound = (id: string): Refusal =>
  refusal(404, 'PolicySetDefinitionNotFound', `The policy set definition '${id}' could not be found.`);

/** Reported wording. */
export const policyAssignmentNotFound = (name: string): Refusal =>
  refusal(404, 'PolicyAssignmentNotFound', `The policy assignment '${name}' is not found.`);

/** Reported code, UNVERIFIED wording. */
export const undefinedParameter = (name: string, of: string): Refusal =>
  refusal(400, 'UndefinedPolicyParameter', `The parameter '${name}' is not defined in the policy '${of}'.`);

/** UNVERIFIED code and wording. */
export const valueNotAllowed = (name: string, value: string, allowed: readonly string[]): Refusal =>
  refusal(
    400,
    'PolicyParameterValueNotAllowed',
    `The value '${value}' of the parameter '${name}' is not allowed. Allowed values are '${allowed.join(',')}'.`,
  );

/** Reported code, UNVERIFIED wording. */
export const identityRequired = (name: string): Refusal =>
  refusal(
    400,
    'ResourceIdentityRequired',
    `The policy assignment '${name}' needs an identity: its definition has the effect 'modify' or 'deployIfNotExists'.`,
  );

/** UNVERIFIED code and wording. */
export const locationRequired = (name: string): Refusal =>
  refusal(
    400,
    'LocationRequired',
    `The location of the policy assignment '${name}' is required, as it has an identity.`,
  );

/** UNVERIFIED code and wording. */
export const setDefinitionInUse = (name: string, assignment: string): Refusal =>
  refusal(
    400,
    'PolicySetDefinitionInUse',
    `The policy set definition '${name}' cannot be deleted: the policy assignment '${assignment}' uses it.`,
  );

export const badRequest = (message: string): Refusal => refusal(400, 'InvalidRequestContent', message);

/** What a resource would violate. */
export interface Violation {
  readonly assignment: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly definition: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly info: JsonObject;
}

/**
 * Azure Resource Manager refuses a write that a policy denies.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy
 */
export function requestDisallowed(resource: string, violations: readonly Violation[]): Refusal {
  const identifiers = violations.map(({ assignment, definition }) => ({
    policyAssignment: { name: assignment.displayName, id: assignment.id },
    policyDefinition: { name: definition.displayName, id: definition.id },
  }));
  return new Refusal({
    status: 403,
    headers: { 'x-ms-failure-cause': 'gateway' },
    body: {
      error: {
        code: 'RequestDisallowedByPolicy',
        target: resource,
        message: `Resource '${resource}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
        additionalInfo: violations.map(({ info }) => ({ type: 'PolicyViolation', info })),
      },
    },
  });
}
