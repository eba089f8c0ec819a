import { badRequest, networkRefusal } from './errors';
import type { Refusal } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';

/** Reported: how Azure tells since September 2025 that the Basic SKU is retired. */
export const basicPublicIpRetired = (): Refusal =>
  networkRefusal(
    400,
    'IPv4BasicSkuPublicIpCountLimitReached',
    'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.',
  );

/** UNVERIFIED code and wording. */
export const standardPublicIpIsStatic = (id: string): Refusal =>
  badRequest(`Standard sku publicIp ${id} must have AllocationMethod set to Static.`);

/** Reported wording. */
export function zonesCannotBeModified(id: string, before: readonly string[], sent: readonly string[]): Refusal {
  const named = (zones: readonly string[]): string => (zones.length === 0 ? 'NoZone' : zones.join(', '));
  return networkRefusal(
    400,
    'ResourceAvailabilityZonesCannotBeModified',
    `Resource ${id} has an existing availability zone constraint ${named(before)} and the request has availability zone constraint ${named(sent)}, which do not match. Zones cannot be added/updated/removed once the resource is created. The resource cannot be updated from regional to zonal or vice-versa.`,
  );
}

/** UNVERIFIED code and wording. */
export const zonesNotAvailable = (id: string, zones: readonly string[], location: string): Refusal =>
  networkRefusal(
    400,
    'AvailabilityZoneNotSupported',
    `The zone(s) '${zones.join(', ')}' for resource '${id}' is not supported. The supported zones for location '${location}' are ''`,
  );

/** Recorded, two spaces included. */
export const publicIpInUse = (id: string, by: string): OperationFailure => ({
  code: 'PublicIPAddressCannotBeDeleted',
  message: `Public IP address ${id} can not be deleted since it is still allocated to resource ${by}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
});
