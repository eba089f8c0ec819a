import type { JsonObject } from '../../../core/resources/json';
import { providerRefusal } from '../../arm/gatewayErrors';
import { Refusal, type Wait } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { PATIENCE } from '../../durations';

/** Recorded: `details` is there, and null. */
export function apimRefusal(status: number, code: string, message: string, wait?: Wait): Refusal {
  return providerRefusal(status, { code, message, details: null }, wait);
}

/** Reported code; what comes behind the colon is UNVERIFIED but where it says otherwise. */
export const invalidParameters = (reason: string): Refusal =>
  apimRefusal(400, 'InvalidParameters', `Invalid parameter: ${reason}`);

/** Reported: one change of a service's infrastructure at a time, and nothing else meanwhile. */
export const serviceLocked = (name: string): Refusal =>
  apimRefusal(
    409,
    'ServiceLocked',
    `The API Service ${name} is transitioning at this time. Please try the request again later.`,
    { seconds: PATIENCE.conflict, told: false },
  );

/** Reported. */
export const softDeleted = (name: string): Refusal =>
  apimRefusal(
    409,
    'ServiceAlreadyExistsInSoftDeletedState',
    `Api service ${name} was soft-deleted. In order to create the new service with the same name, you have to either undelete the service or purge it. See https://aka.ms/apimsoftdelete.`,
  );

/** UNVERIFIED wording. */
export const nameTaken = (name: string): Refusal =>
  apimRefusal(409, 'ServiceAlreadyExists', `Api service already exists: ${name}`);

/** Reported. */
export const securityGroupNotFound = (subnet: string): Refusal =>
  apimRefusal(
    400,
    'NetworkSecurityGroupNotFound',
    `API Management service deployment into SubnetId \`${subnet}\` requires a Network Security Group to be associated with it. For recommended configuration and sample templates, please refer to aka.ms/apimvnet`,
  );

/** Reported. Azure adds a correlation id and a time. */
export const ACTIVATION_FAILED: OperationFailure = {
  code: 'ActivationFailed',
  message:
    'Unable to activate API service at this time. Please make sure the all the requirements for setting up vnet injection are met as specified in the doc https://aka.ms/apimvnet. Otherwise, this could be temporary issue in the region. Please check https://aka.ms/azurestatus for any issues. If the issue persists after retry, please open a support case for your API management service using the Azure portal.',
};

/** Reported, with 422. */
export const managementUnreachable = (name: string): Refusal =>
  apimRefusal(
    422,
    'ManagementApiRequestFailed',
    `Failed to connect to management endpoint ${name}.management.azure-api.net:3443 for a service deployed in a Virtual Network. Make sure to follow guidance at https://aka.ms/apim-vnet-common-issues for Inbound connectivity to Management endpoint. Check 'ApiManagement Control Plane - inbound' connectivity at https://aka.ms/apimnetworkstatus.`,
  );

/** Recorded. */
export const contentNotFound = (what: string): Refusal => apimRefusal(404, 'ResourceNotFound', `${what} not found.`);

/** Reported shape: what is wrong stands among the details. */
export function validationError(target: string, message: string): Refusal {
  const details: JsonObject[] = [{ code: 'ValidationError', target, message }];
  return providerRefusal(400, {
    code: 'ValidationError',
    message: 'One or more fields contain incorrect values:',
    details,
  });
}

/** Recorded. */
export const methodNotSupported = (method: string): Refusal =>
  new Refusal({ status: 405, body: { Message: `The requested resource does not support http method '${method}'.` } });
