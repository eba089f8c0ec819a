import type { Answer } from '../arm/messages';
import { TENANT_ID } from '../azure';

/** Azure Resource Manager itself refuses, before it looks at what is asked. */
export const gatewayError = (status: number, code: string, message: string): Answer => ({
  status,
  headers: { 'x-ms-failure-cause': 'gateway' },
  body: { error: { code, message } },
});

/** UNVERIFIED: the shape is Azure's, as far as is known; no recording shows it. */
export function unauthorized(code: string, message: string): Answer {
  const answer = gatewayError(401, code, message);
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${TENANT_ID}", error="invalid_token", error_description="${message.replaceAll('"', "'")}"`;
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } };
}
