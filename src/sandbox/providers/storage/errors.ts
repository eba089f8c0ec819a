import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal, Wait } from '../../arm/messages';
import { PATIENCE } from '../../durations';
import type { KeyObstacle } from '../keyVault/customerKey';

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

/** Reported. */
export const operationInProgress = (): Refusal =>
  providerRefusal(
    409,
    {
      code: 'StorageAccountOperationInProgress',
      message: 'An operation is currently performing on this storage account that requires exclusive access.',
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

const AUTHENTICATION_FAILURE = {
  code: 'KeyVaultAuthenticationFailure',
  message:
    'The operation failed because of authentication issue on the keyvault. For more information, see - https://aka.ms/storagekeyvaultaccesspolicy',
} as const;

const KEY_NOT_FOUND = {
  code: 'KeyVaultEncryptionKeyNotFound',
  message: 'The operation failed because the KeyVault encryption key is not found.',
} as const;

/** Reported wording, of the authentication failure and of the policy. UNVERIFIED statuses, and the rest. */
const KEY_VAULT_ERRORS: Readonly<Record<KeyObstacle, { readonly code: string; readonly message: string }>> = {
  identity: AUTHENTICATION_FAILURE,
  firewall: AUTHENTICATION_FAILURE,
  right: AUTHENTICATION_FAILURE,
  onItsWay: AUTHENTICATION_FAILURE,
  unprotected: { code: 'KeyVaultPolicyError', message: 'Keyvault policy recoverable is not set' },
  vault: { code: 'KeyVaultVaultNotFound', message: 'The operation failed because the KeyVault was not found.' },
  key: KEY_NOT_FOUND,
  keySize: KEY_NOT_FOUND,
};

export const keyVaultRefused = (obstacle: KeyObstacle, wait?: Wait): Refusal =>
  providerRefusal(KEY_VAULT_ERRORS[obstacle] === AUTHENTICATION_FAILURE ? 403 : 400, KEY_VAULT_ERRORS[obstacle], wait);
