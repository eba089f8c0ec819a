import { RESOURCE_GROUP_DELETION } from '../arm/dialects';
import type { Operation, OperationFailure } from '../arm/operations';
import { ACTIVATION_FAILED } from '../providers/apiManagement/errors';
import { GATEWAY_DEPLOYMENT_FAILED } from '../providers/network/vpnErrors';

/**
 * Why an operation fails that nothing is wrong with, so that it may be tried again. Recorded for VPN gateways, reported
 * for API Management; of the others only the outer code is reported.
 */
export function intermittentFailure({ target, dialect }: Operation): OperationFailure {
  if (/\/virtualNetworkGateways\/[^/]+$/i.test(target)) return GATEWAY_DEPLOYMENT_FAILED;
  if (/\/Microsoft\.ApiManagement\/service\/[^/]+$/i.test(target)) return ACTIVATION_FAILED;
  const cause = {
    code: 'ServiceUnavailable',
    message: `A service that the operation on ${target} depends on did not answer in time. Please try again.`,
  };
  const failure = { code: 'InternalServerError', message: 'An error occurred.', details: [cause] };
  if (dialect !== RESOURCE_GROUP_DELETION) return failure;
  const details = [
    { Code: null, Target: target, Message: JSON.stringify({ error: cause }), Details: null, AdditionalInfo: null },
  ];
  const { code: Code, message: Message } = failure;
  return { ...failure, body: { Error: { Code, Target: null, Message, Details: details, AdditionalInfo: null } } };
}
