import type { Wait } from '../../arm/messages';
import { TENANT_ID } from '../../azure';
import { ServiceRefusal } from '../dataPlane';

export function vaultRefusal(
  status: number,
  code: string,
  message: string,
  inner?: string,
  wait?: Wait,
): ServiceRefusal {
  const error = { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) };
  return new ServiceRefusal({ status, body: { error }, ...(wait === undefined ? {} : { wait }) });
}

/** Reported shape: the inner code tells why. */
export const forbidden = (inner: string, message: string, wait?: Wait): ServiceRefusal =>
  vaultRefusal(403, 'Forbidden', message, inner, wait);

/** Reported wording. */
export const closed = (): ServiceRefusal =>
  forbidden(
    'ForbiddenByConnection',
    'Public network access is disabled and request is not from a trusted service nor via an approved private link.',
  );

/** Documented challenge: clients read the tenant and the audience from it. */
export function unauthorized(): ServiceRefusal {
  const challenge = `Bearer authorization="https://login.microsoftonline.com/${TENANT_ID}", resource="https://vault.azure.net"`;
  const error = { code: 'Unauthorized', message: 'AKV10000: Request is missing a Bearer or PoP token.' };
  return new ServiceRefusal({ status: 401, headers: { 'www-authenticate': challenge }, body: { error } });
}

/** Reported wording. */
export const certificateNotFound = (name: string): ServiceRefusal =>
  vaultRefusal(
    404,
    'CertificateNotFound',
    `A certificate with (name/id) ${name} was not found in this key vault. If you recently deleted this certificate you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );

/** Reported wording. */
export const deletedButRecoverable = (name: string): ServiceRefusal =>
  vaultRefusal(
    409,
    'Conflict',
    `Certificate ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the certificate can only be recovered or purged.`,
    'ObjectIsDeletedButRecoverable',
  );

/** Reported code. */
export const pendingNotFound = (name: string): ServiceRefusal =>
  vaultRefusal(404, 'PendingCertificateNotFound', `Pending certificate not found: ${name}.`);

/** Reported wording, for a wrong password as well. */
export const unreadablePfx = (): ServiceRefusal =>
  vaultRefusal(
    400,
    'BadParameter',
    'The specified PKCS#12 X.509 certificate content can not be read. Please check if certificate is in valid PKCS#12 format.',
  );
