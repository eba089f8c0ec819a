import type { JsonObject } from '../../core/resources/json';
import { Refusal, type Answer, type Wait } from './messages';

/** Azure Resource Manager itself refuses, before or instead of a resource provider. */
export function gatewayRefusal(status: number, code: string, message: string, wait?: Wait): Refusal {
  return new Refusal({
    status,
    headers: { 'x-ms-failure-cause': 'gateway' },
    body: { error: { code, message } },
    ...(wait === undefined ? {} : { wait }),
  });
}

/** A resource provider refuses, in the plain shape that most of them use. */
export function providerRefusal(status: number, error: JsonObject, wait?: Wait): Refusal {
  const answer: Answer = {
    status,
    headers: status === 429 || status >= 500 ? { 'x-ms-failure-cause': 'service' } : {},
    body: { error },
    ...(wait === undefined ? {} : { wait }),
  };
  return new Refusal(answer);
}

export const missingApiVersion = (): Refusal =>
  gatewayRefusal(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  );

export function noRegisteredProvider(type: string, version: string, location: string, versions: string): Refusal {
  return gatewayRefusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. The supported api-versions are '${versions}'. The supported locations are '${location}'.`,
  );
}

/** For what the gateway serves itself. UNVERIFIED wording. */
export function invalidApiVersion(version: string, versions: string): Refusal {
  return gatewayRefusal(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${versions}'.`,
  );
}

export const subscriptionNotFound = (id: string): Refusal =>
  gatewayRefusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);

export const resourceGroupNotFound = (name: string): Refusal =>
  gatewayRefusal(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);

export const resourceGroupBeingDeleted = (name: string): Refusal =>
  gatewayRefusal(
    409,
    'ResourceGroupBeingDeleted',
    `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
  );

/** `path` is the type with its names: `Microsoft.Network/virtualNetworks/vnet-app`. */
export const resourceNotFound = (path: string, group: string): Refusal =>
  gatewayRefusal(
    404,
    'ResourceNotFound',
    `The Resource '${path}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const parentResourceNotFound = (type: string, parent: string): Refusal =>
  gatewayRefusal(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'delete' on resource(s) of type '${type}', because the parent resource '${parent}' could not be found.`,
  );

/** `children` are relative ids: `Microsoft.Network/privateDnsZones/x/virtualNetworkLinks/y`. */
export const cannotDeleteParent = (children: readonly string[]): Refusal =>
  gatewayRefusal(
    409,
    'CannotDeleteResource',
    `Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${children.join(',')}'. Please delete all nested resources before deleting this resource.`,
  );

export const notRegistered = (namespace: string): Refusal =>
  gatewayRefusal(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  );

/** The wording of 2017 ends after the scope; the rest was added later. */
export const authorizationFailed = (principal: string, action: string, scope: string): Refusal =>
  gatewayRefusal(
    403,
    'AuthorizationFailed',
    `The client '${principal}' with object id '${principal}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

/** Code and status are known from public code, the wording is from memory. */
export const scopeLocked = (scope: string, operation: 'delete' | 'write', locked: readonly string[]): Refusal =>
  gatewayRefusal(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${locked.join(',')}'. Please remove the lock and try again.`,
  );

/** The principal may write the resource, but not join it to another one. UNVERIFIED wording. */
export function linkedAuthorizationFailed(
  principal: string,
  own: { readonly action: string; readonly scope: string },
  linked: { readonly action: string; readonly scope: string },
): Refusal {
  return gatewayRefusal(
    403,
    'LinkedAuthorizationFailed',
    `The client '${principal}' with object id '${principal}' has permission to perform action '${own.action}' on scope '${own.scope}'; however, it does not have permission to perform action(s) '${linked.action}' on the linked scope(s) '${linked.scope}' (respectively) or the linked scope(s) are invalid.`,
  );
}

export const locationNotAvailable = (location: string, regions: readonly string[]): Refusal =>
  gatewayRefusal(
    400,
    'LocationNotAvailableForResourceGroup',
    `The provided location '${location}' is not available for resource group. List of available regions is '${regions.join(',')}'.`,
  );

/** UNVERIFIED wording. */
export const resourceGroupLocationFixed = (wanted: string, actual: string): Refusal =>
  gatewayRefusal(
    409,
    'InvalidResourceGroupLocation',
    `Invalid resource group location '${wanted}'. The Resource group already exists in location '${actual}'.`,
  );

/** UNVERIFIED wording. */
export const invalidRequestContent = (reason: string): Refusal =>
  gatewayRefusal(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );

/** The path names no resource type that the sandbox knows. UNVERIFIED wording. */
export const invalidResourceType = (path: string): Refusal =>
  gatewayRefusal(404, 'InvalidResourceType', `The resource type could not be found for '${path}'.`);

/** Not Azure's: what the sandbox does not do, it says. */
export const notSimulated = (status: number, what: string): Refusal =>
  gatewayRefusal(status, 'NotSimulated', `The sandbox does not simulate ${what}.`);
