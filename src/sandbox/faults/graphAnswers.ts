import { asString, type JsonObject } from '../../core/resources/json';
import { errorOf, type Answer, type ArmRequest } from '../arm/messages';
import type { Azure } from '../azure';

export function isOfGraph({ path }: Pick<ArmRequest, 'path'>): boolean {
  return path.startsWith('/v1.0/');
}

/** Microsoft Graph says the same in a body of its own, and knows one code for tokens that are not good. Documented shape. */
export function inWordsOfGraph(azure: Azure, request: ArmRequest, answer: Answer): Answer {
  const id = azure.guids.next('graph request');
  const headers = Object.entries({ ...answer.headers }).filter(([name]) => !name.startsWith('x-ms-'));
  const inner: JsonObject = {
    date: new Date(azure.clock.now()).toISOString().replace(/\.\d+Z$/, ''),
    'request-id': id,
    'client-request-id': request.headers['client-request-id'] ?? id,
  };
  const { code, message } = errorOf(answer);
  const error: JsonObject = {
    code: answer.status === 401 ? 'InvalidAuthenticationToken' : (asString(code) ?? ''),
    message: asString(message) ?? '',
    innerError: inner,
  };
  return {
    ...answer,
    headers: { ...Object.fromEntries(headers), 'request-id': id },
    ...(answer.body === undefined ? {} : { body: { error } }),
  };
}
