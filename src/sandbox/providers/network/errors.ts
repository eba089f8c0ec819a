import type { JsonObject } from '../../../core/resources/json';
import { providerRefusal } from '../../arm/gatewayErrors';
import type { ArmRequest, Refusal, Wait } from '../../arm/messages';
import type { Operation, OperationFailure } from '../../arm/operations';
import type { Azure } from '../../azure';
import { PATIENCE } from '../../durations';

/** Microsoft.Network always sends `details`. */
export function networkRefusal(
  status: number,
  code: string,
  message: string,
  details: JsonObject[] = [],
  wait?: Wait,
): Refusal {
  return providerRefusal(status, { code, message, details }, wait);
}

export const networkError = ({ code, message }: OperationFailure, wait?: Wait): Refusal =>
  networkRefusal(400, code, message, [], wait);

export const childNotFound = (id: string): Refusal => networkRefusal(404, 'NotFound', `Resource ${id} not found.`);

/** Another operation is updating the virtual network that this one belongs to. Recorded with 11 to 14 seconds. */
export function retryableError(operation: Operation, updated: string): Refusal {
  const seconds = 11;
  const label = operation.label ?? 'Operation';
  const inner = {
    code: 'RetryableErrorDueToAnotherOperation',
    message: `Operation ${label} (${operation.id}) is updating resource ${updated}. The call can be retried in ${String(seconds)} seconds.`,
  };
  return networkRefusal(429, 'RetryableError', 'A retryable error occurred.', [inner], { seconds, told: true });
}

/** Recorded without Retry-After. */
export function referencedNotProvisioned(referenced: string, by: string, operation: Operation): Refusal {
  const inner = {
    code: 'ReferencedResourceNotProvisioned',
    message: `Cannot proceed with operation because resource ${referenced} used by resource ${by} is not in Succeeded state. Resource is in Updating state and the last operation that updated/is updating the resource is ${operation.label ?? 'another operation'}.`,
  };
  const wait = { seconds: PATIENCE.conflict, told: false };
  return networkRefusal(429, 'RetryableError', 'A retryable error occurred.', [inner], wait);
}

export function anotherOperationInProgress(azure: Azure, request: ArmRequest, operation: Operation): Refusal {
  const url = azure.operations.statusUrl(request, operation);
  return networkRefusal(
    409,
    'AnotherOperationInProgress',
    `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${url}.`,
    [],
    { seconds: PATIENCE.conflict, told: false },
  );
}

export const invalidReference = (referenced: string, by: string): Refusal =>
  networkRefusal(
    400,
    'InvalidResourceReference',
    `Resource ${referenced} referenced by resource ${by} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );

export const subnetInUse = (name: string, by: string): OperationFailure => ({
  code: 'InUseSubnetCannotBeDeleted',
  message: `Subnet ${name} is in use by ${by} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
});

/** Reported. */
export const missingRequiredDelegation = (subnet: string, service: string, link: string): Refusal =>
  networkRefusal(
    400,
    'SubnetMissingRequiredDelegation',
    `Subnet ${subnet} requires any of the following delegation(s) [${service}] to reference service association link ${link}.`,
  );

/** Reported. */
export const delegationsInUse = (
  subnet: string,
  before: readonly string[],
  wanted: readonly string[],
  by: string,
): Refusal =>
  networkRefusal(
    400,
    'SubnetDelegationsCannotChangeWhenSubnetUsedByResource',
    `Delegations of subnet ${subnet} cannot be changed from [${before.join(', ')}] to [${wanted.join(', ')}] because it is being used by the resource ${by}.`,
  );

/** Reported. */
export const prefixInUse = (prefix: string, subnet: string): Refusal =>
  networkRefusal(
    400,
    'InUsePrefixCannotBeDeleted',
    `IpPrefix ${prefix} on Subnet ${subnet} has active allocations and cannot be deleted.`,
  );

export const subnetOverlaps = (subnet: string, other: string, network: string): Refusal =>
  networkRefusal(
    400,
    'NetcfgSubnetRangesOverlap',
    `Subnet '${subnet}' is not valid because its IP address range overlaps with that of an existing subnet '${other}' in virtual network '${network}'.`,
  );

export const subnetOutside = (subnet: string, network: string): Refusal =>
  networkRefusal(
    400,
    'NetcfgSubnetRangeOutsideVnet',
    `Subnet '${subnet}' is not valid because its IP address range is outside the IP address range of virtual network '${network}'.`,
  );

/** Wording from memory. UNVERIFIED. */
export const invalidCidr = (prefix: string, id: string, expected: string | undefined): Refusal =>
  expected === undefined
    ? networkRefusal(
        400,
        'InvalidAddressPrefixFormat',
        `Address prefix ${prefix} of resource ${id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
      )
    : networkRefusal(
        400,
        'InvalidCIDRNotation',
        `The address prefix ${prefix} in resource ${id} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${expected}.`,
      );

export const subnetIsFull = (subnet: string, prefix: string, wanted: number): Refusal =>
  networkRefusal(
    400,
    'SubnetIsFull',
    `Subnet ${subnet} with address prefix ${prefix} does not have enough capacity for ${String(wanted)} IP addresses.`,
  );

export const subnetIsDelegated = (endpoint: string, subnet: string): Refusal =>
  networkRefusal(
    400,
    'PrivateEndpointCreationNotAllowedAsSubnetIsDelegated',
    `Private endpoint ${endpoint} cannot be created as subnet ${subnet} is delegated.`,
  );

export const subnetHasPolicies = (endpoint: string, subnet: string): Refusal =>
  networkRefusal(
    400,
    'PrivateEndpointCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
    `Private endpoint ${endpoint} cannot be created in a subnet ${subnet} since it has private endpoint network policies enabled.`,
  );

export const nicInUse = (id: string, by: string): Refusal =>
  networkRefusal(
    400,
    'NicInUse',
    `Network Interface ${id} is used by existing resource ${by}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
  );

/** Rules that Azure documents, with a code and wording that nobody recorded. UNVERIFIED. */
export const badRequest = (message: string): Refusal => networkRefusal(400, 'BadRequest', message);
