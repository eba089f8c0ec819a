import { providerRefusal } from '../../arm/gatewayErrors';
import type { Refusal } from '../../arm/messages';

const refusal = (status: number, code: string, message: string): Refusal => providerRefusal(status, { code, message });

export const badRequest = (message: string): Refusal => refusal(400, 'BadRequest', message);

/** Reported wording. */
export const purgeProtectionStays = (): Refusal =>
  badRequest(
    'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
  );

/** Reported wording. */
export const softDeleteStays = (): Refusal =>
  badRequest(
    'The property "enableSoftDelete" can be set to false only for creating new vault. Enabling the \'soft delete\' functionality is an irreversible action.',
  );

/** Reported wording. */
export const retentionStays = (): Refusal =>
  badRequest('The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.');

/** Reported wording. */
export const vaultAlreadyExists = (name: string): Refusal =>
  refusal(
    409,
    'VaultAlreadyExists',
    `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740.`,
  );

/** Reported wording. */
export const deletedVaultInTheWay = (): Refusal =>
  refusal(
    409,
    'ConflictError',
    'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link for more information https://go.microsoft.com/fwlink/?linkid=2149745.',
  );

export const deletedVaultNotFound = (name: string): Refusal =>
  refusal(
    404,
    'DeletedVaultNotFound',
    `The specified deleted vault '${name}' does not exist. Ensure that the vault was indeed deleted and that it is in recoverable state. If soft delete was not enabled then the vault is permanently deleted. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2149745`,
  );

/** Reported wording. UNVERIFIED status. */
export const purgeNotAllowed = (): Refusal =>
  refusal(
    405,
    'MethodNotAllowed',
    'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
  );

/** UNVERIFIED wording. */
export const objectNotFound = (id: string): Refusal =>
  refusal(404, 'NotFound', `The resource '${id}' was not found in this key vault.`);
