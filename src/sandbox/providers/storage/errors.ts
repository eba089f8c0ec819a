import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal } from '../../arm/messages';
import { PATIENCE } from '../../durations';

export const accountNameInvalid = (name: string): Refusal =>
  providerRefusal(400, {
    code: 'AccountNameInvalid',
    message: `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  });

/** Names as in `keyPolicy.keyExpirationPeriodInDays`. */
export const invalidValues = (names: readonly string[]): Refusal =>
  providerRefusal(400, {
    code: 'InvalidValuesForRequestParameters',
    message: `Values for request parameters are invalid: ${names.join(', ')}.`,
  });

/** Reported wording. UNVERIFIED status. */
export const accountAlreadyTaken = (name: string): Refusal =>
  providerRefusal(409, {
    code: 'StorageAccountAlreadyTaken',
    message: `The storage account named ${name} is already taken.`,
  });

/** Reported wording. UNVERIFIED status. */
export const propertyCannotBeUpdated = (name: string): Refusal =>
  providerRefusal(400, {
    code: 'AccountPropertyCannotBeUpdated',
    message: `The property '${name}' was specified in the input, but it cannot be updated as it is read-only.`,
  });

export const notProvisioned = (): Refusal =>
  providerRefusal(
    409,
    {
      code: 'StorageAccountIsNotProvisioned',
      message: "The storage account provisioning state must be 'Succeeded' before executing the operation.",
    },
    { seconds: PATIENCE.conflict, told: false },
  );

/** Reported wording. UNVERIFIED status. */
export const publicAccessNotPermitted = (): Refusal =>
  providerRefusal(409, {
    code: 'PublicAccessNotPermitted',
    message: 'Public access is not permitted on this storage account.',
  });

export const invalidResourceName = (): Refusal =>
  providerRefusal(400, {
    code: 'InvalidResourceName',
    message: 'The specified resource name contains invalid characters.',
  });

/** UNVERIFIED wording. */
export const childNotFound = (id: string): Refusal =>
  providerRefusal(404, { code: 'ResourceNotFound', message: `The resource '${id}' was not found.` });
