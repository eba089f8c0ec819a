import { gatewayRefusal } from '../arm/gatewayErrors';
import type { Answer } from '../arm/messages';
import { TENANT_ID } from '../azure';

/** UNVERIFIED: the shape is Azure's, as far as is known; no recording shows it. */
export function unauthorized(code: string, message: string): Answer {
  const { answer } = gatewayRefusal(401, code, message);
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/${TENANT_ID}", error="invalid_token", error_description="${message.replaceAll('"', "'")}"`;
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } };
}
