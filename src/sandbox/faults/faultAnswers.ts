import { gatewayRefusal, providerRefusal } from '../arm/gatewayErrors';
import type { Answer, ArmRequest, Wait } from '../arm/messages';
import { SUBSCRIPTION_ID, PRINCIPAL_ID, TENANT_ID, type Azure } from '../azure';
import { countedAs } from '../http/headers';
import { unauthorized } from '../http/refusals';
import { namespaceOf } from './namespaceOf';

/** Whoever is thrown out for a moment waits this long of its own accord. */
const BREATH = { seconds: 2, told: false } as const;

const SHORTEST_WAIT = 3;
const LONGEST_WAIT = 17;

/** Too many requests, with the time to wait. Reported: ARM itself and the resource providers have different codes for it. */
export function throttled({ method, path }: ArmRequest, form: number): Answer {
  const seconds = SHORTEST_WAIT + Math.floor(form * (LONGEST_WAIT - SHORTEST_WAIT));
  const wait = { seconds, told: true };
  const kind = countedAs(method);
  if (form < 0.5 && path.startsWith('/subscriptions/')) {
    const message = `Number of '${kind}' requests for subscription '${SUBSCRIPTION_ID}' actor '${PRINCIPAL_ID}' exceeded. Please try again after '${String(seconds)}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
    return gatewayRefusal(429, 'SubscriptionRequestsThrottled', message, wait).answer;
  }
  return service(429, 'TooManyRequests', 'The request is being throttled.', wait);
}

/** What a server answers that is not well, and whether the request takes effect all the same. */
export interface ServerError {
  readonly answer: Answer;
  readonly takesEffect?: true;
}

/**
 * Recorded: 504, which tells that nobody knows whether the provider did it (here it did), and that a front end sends a
 * page. The wording of 500 and 502 is reported.
 */
export function serverError({ path }: ArmRequest, form: number): ServerError {
  const provider = namespaceOf(path) || 'Microsoft.Resources';
  const noConnection = `The network connectivity issue encountered for '${provider}'; cannot fulfill the request.`;
  const noResponse = `The gateway did not receive a response from '${provider}' within the specified time period.`;
  const notNow = 'The service is temporarily unavailable. Please try again later.';
  const forms: readonly ServerError[] = [
    { answer: INTERNAL },
    { answer: gatewayRefusal(502, 'BadGatewayConnection', noConnection, BREATH).answer },
    { answer: service(503, 'ServiceUnavailable', notNow, { seconds: 10, told: true }) },
    { answer: { status: 503, headers: { 'content-type': 'text/html' }, page: UNAVAILABLE_PAGE, wait: BREATH } },
    { answer: service(504, 'GatewayTimeout', noResponse, BREATH), takesEffect: true },
  ];
  return forms[Math.floor(form * forms.length)] ?? { answer: INTERNAL };
}

const INTERNAL = service(500, 'InternalServerError', 'An error occurred.', BREATH);

const UNAVAILABLE_PAGE =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">\r\n<HTML><HEAD><TITLE>Service Unavailable</TITLE>\r\n<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>\r\n<BODY><h2>Service Unavailable</h2>\r\n<hr><p>HTTP Error 503. The service is unavailable.</p>\r\n</BODY></HTML>\r\n';

/** Reported wording: times as in the United States. */
export function expiredToken(azure: Azure): Answer {
  const now = azure.clock.now();
  const [expiry, current] = [now - 5 * 60 * 1000, now].map((time) =>
    new Date(time).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replace(/\s/gu, ' '),
  );
  return unauthorized(
    'ExpiredAuthenticationToken',
    `The access token expiry UTC time '${expiry ?? ''}' is earlier than current UTC time '${current ?? ''}'.`,
  );
}

/** Documented: continuous access evaluation wants a token that is newer than what has happened meanwhile. */
export function claimsChallenge(azure: Azure): Answer {
  const notBefore = String(Math.trunc(azure.clock.now() / 1000));
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: notBefore } } })).toString(
    'base64',
  );
  const answer = unauthorized(
    'InvalidAuthenticationToken',
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
  );
  const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/${TENANT_ID}/oauth2/authorize", error="insufficient_claims", claims="${claims}"`;
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } };
}

function service(status: number, code: string, message: string, wait: Wait): Answer {
  return providerRefusal(status, { code, message }, wait).answer;
}
