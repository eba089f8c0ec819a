import { TENANT_ID } from '../../azure';
import type { Wait } from '../../arm/messages';
import { ServiceRefusal } from '../dataPlane';
import { element, xmlAnswer } from './blobXml';

/** A refusal as Azure Storage words it: XML, the code in a header too. */
function storageRefusal(
  status: number,
  code: string,
  message: string,
  {
    wait,
    headers = {},
  }: { readonly wait?: Wait | undefined; readonly headers?: Readonly<Record<string, string>> } = {},
): ServiceRefusal {
  const answer = xmlAnswer(status, element('Error', element('Code', code) + element('Message', message)));
  return new ServiceRefusal({
    ...answer,
    headers: { ...answer.headers, 'x-ms-error-code': code, ...headers },
    ...(wait === undefined ? {} : { wait }),
  });
}

/** The network rules. Reported. */
export const authorizationFailure = (): ServiceRefusal =>
  storageRefusal(403, 'AuthorizationFailure', 'This request is not authorized to perform this operation.');

/** The role. Reported. */
export const permissionMismatch = (wait?: Wait): ServiceRefusal =>
  storageRefusal(
    403,
    'AuthorizationPermissionMismatch',
    'This request is not authorized to perform this operation using this permission.',
    { wait },
  );

/** Reported. */
export const noAuthentication = (): ServiceRefusal =>
  storageRefusal(
    401,
    'NoAuthenticationInformation',
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
    {
      headers: {
        'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/${TENANT_ID}/oauth2/authorize resource_id=https://storage.azure.com`,
      },
    },
  );

export const wrongToken = (): ServiceRefusal =>
  storageRefusal(
    401,
    'InvalidAuthenticationInfo',
    'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  );

/** Documented: tokens need x-ms-version 2017-11-09 or later. */
export const versionNeeded = (): ServiceRefusal =>
  storageRefusal(
    403,
    'AuthenticationFailed',
    'Server failed to authenticate the request. Authentication scheme Bearer is not supported in this version.',
  );

/** Reported. */
export const keysNotPermitted = (): ServiceRefusal =>
  storageRefusal(
    403,
    'KeyBasedAuthenticationNotPermitted',
    'Key based authentication is not permitted on this storage account.',
  );

/** Reported. */
export const publicAccessNotPermitted = (): ServiceRefusal =>
  storageRefusal(409, 'PublicAccessNotPermitted', 'Public access is not permitted on this storage account.');

export const containerNotFound = (): ServiceRefusal =>
  storageRefusal(404, 'ContainerNotFound', 'The specified container does not exist.');

export const blobNotFound = (): ServiceRefusal =>
  storageRefusal(404, 'BlobNotFound', 'The specified blob does not exist.');

export const containerExists = (): ServiceRefusal =>
  storageRefusal(409, 'ContainerAlreadyExists', 'The specified container already exists.');

/** Reported: what somebody without a credential gets for a container that is private. */
export const resourceNotFound = (): ServiceRefusal =>
  storageRefusal(404, 'ResourceNotFound', 'The specified resource does not exist.');

/** Not Azure's: what the sandbox does not do, it says. */
export const notSimulated = (what: string): ServiceRefusal =>
  storageRefusal(501, 'NotSimulated', `The sandbox does not simulate ${what}.`);
