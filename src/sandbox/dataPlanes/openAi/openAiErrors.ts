import type { Wait } from '../../arm/messages';
import { ServiceRefusal } from '../dataPlane';

/** A refusal as the front of Azure OpenAI words it. */
export function openAiRefusal(status: number, code: string, message: string, wait?: Wait): ServiceRefusal {
  return new ServiceRefusal({ status, body: { error: { code, message } }, ...(wait ? { wait } : {}) });
}

export const notFound = (): ServiceRefusal => openAiRefusal(404, '404', 'Resource not found');

export const noCredentials = (): ServiceRefusal =>
  openAiRefusal(
    401,
    '401',
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
  );

/** UNVERIFIED wording. */
export const badToken = (): ServiceRefusal =>
  openAiRefusal(
    401,
    'Unauthorized',
    'Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.',
  );

export const noTokensHere = (): ServiceRefusal =>
  openAiRefusal(
    400,
    'BadRequest',
    'Please provide a custom subdomain for token authentication, otherwise API key is required.',
  );

export const keysDisabled = (): ServiceRefusal =>
  openAiRefusal(403, 'AuthenticationTypeDisabled', 'Key based authentication is disabled for this resource.');

export const publicAccessDisabled = (): ServiceRefusal =>
  openAiRefusal(403, '403', 'Public access is disabled. Please configure private endpoint.');

export const firewalled = (): ServiceRefusal =>
  openAiRefusal(403, '403', 'Access denied due to Virtual Network/Firewall rules.');

export const noDeployment = (): ServiceRefusal =>
  openAiRefusal(
    404,
    'DeploymentNotFound',
    'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
  );

/** What goes wrong about data sources comes with a request id, and the status again as the code. Reported. */
export function onYourDataRefusal(requestId: string, message: string, wait?: Wait): ServiceRefusal {
  const error = { requestid: requestId, code: 400, message };
  return new ServiceRefusal({ status: 400, body: { error }, ...(wait ? { wait } : {}) });
}
