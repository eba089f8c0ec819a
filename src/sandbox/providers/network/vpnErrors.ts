import type { Refusal } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { networkRefusal } from './errors';

/** Reported. */
export const nonAzSkusNotAllowed = (): Refusal =>
  networkRefusal(
    400,
    'NonAzSkusNotAllowedForVPNGateway',
    'VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways. Only VpnGw1-5AZ SKUs can be created going forward.',
  );

/** Reported. */
export const publicIpsMustHaveZones = (): Refusal =>
  networkRefusal(
    400,
    'VmssVpnGatewayPublicIpsMustHaveZonesConfigured',
    'Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.',
  );

/** Reported, spelled like this. */
export const publicIpForGatewayIsRequired = (gateway: string): Refusal =>
  networkRefusal(
    400,
    'PublicIpForGatewayIsRequired',
    `Public IP address reference is required for gateway IP configration ${gateway}.`,
  );

/** UNVERIFIED code and wording. */
export const publicIpAlreadyUsed = (gateway: string, publicIp: string, by: string): Refusal =>
  networkRefusal(
    400,
    'PublicIPAddressInUse',
    `Resource ${gateway} is referencing public IP address ${publicIp} that is already allocated to resource ${by}.`,
  );

/** UNVERIFIED code and wording. */
export const notTheGatewaySubnet = (gateway: string, subnet: string): Refusal =>
  networkRefusal(
    400,
    'VirtualNetworkGatewaySubnetNameInvalid',
    `Virtual network gateway ${gateway} references subnet ${subnet}. The subnet of a virtual network gateway must be named GatewaySubnet.`,
  );

/** Reported wording, UNVERIFIED code. */
export const oneGatewayPerNetwork = (): Refusal =>
  networkRefusal(
    400,
    'VirtualNetworkHasMoreThanOneGateway',
    "A virtual network can't be associated with more than one gateway.",
  );

/** Reported. */
export const clientAddressPoolMissing = (gateway: string): Refusal =>
  networkRefusal(
    400,
    'VpnClientAddressPoolNotSpecified',
    `Vpn client addresspool is not specified for gateway ${gateway}.`,
  );

/** Reported wording, UNVERIFIED code. */
export const clientAddressPoolOverlaps = (space: string, pool: string): Refusal =>
  networkRefusal(
    400,
    'VpnClientAddressPoolOverlapsWithVirtualNetwork',
    `The virtual network gateway's VPN client address pool overlaps with the virtual network's address space. The overlapping address space prefixes are ${space} and ${pool}.`,
  );

/** Recorded, when a deployment failed for a reason that nobody was told. */
export const GATEWAY_DEPLOYMENT_FAILED: OperationFailure = {
  code: 'VmssGatewayDeploymentFailed',
  message: 'The gateway deployment operation failed due to an intermittent error. Please try again.',
};
