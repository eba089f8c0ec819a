import { SnapshotContext } from '../evaluate/context';
import { asArray, asObjects, asString } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { childId } from '../resources/resourceId';
import type { Snapshot } from '../resources/snapshot';
import type { FirewallMode, Setup } from '../setup/setup';
import { subscriptionFor } from '../steps/apiManagementOpenAi';
import { certificateId, isSelfSigned } from '../steps/gatewayCertificate';
import {
  apiHost,
  gatewayHostName,
  publicIpOf,
  routeOf,
  STATUS_PATH,
  whereCertificateIsElsewhere,
} from '../steps/gatewayFacts';
import { deploymentsIn } from '../steps/onYourData';
import { apiIdsFor } from '../steps/openAiApis';
import { attempt, type StepContext } from '../steps/step';
import { text, type Text } from '../text';
import { describeAnswer } from './judge';
import { NO_CREDENTIALS, type HostMeasurement, type Judgement, type ProbeRequest, type ProbeResult } from './probe';

/** Calls of somebody outside who knows the gateway, and of somebody who tries to get around it. */

export type GatewayProof = 'gateway-answers' | 'gateway-chat' | 'gateway-blocks' | 'gateway-only';

export const GATEWAY_PROOFS: readonly GatewayProof[] = [
  'gateway-answers',
  'gateway-chat',
  'gateway-blocks',
  'gateway-only',
];

const CHAT_VERSION = '2024-10-21';

/** What every firewall with rules of Microsoft’s takes for an attack. */
const ATTACK = '/?q=%3Cscript%3Ealert(1)%3C/script%3E';

/** The request of a proof, or why it cannot be made. */
export function gatewayRequest(proof: GatewayProof, setup: Setup, snapshot: Snapshot): ProbeRequest | Text {
  const request = attempt(() => requestFor(proof, new SnapshotContext(setup, snapshot)));
  return request.known ? request.value : request.reason;
}

function requestFor(proof: GatewayProof, context: StepContext): ProbeRequest | Text {
  const gateway = context.role('applicationGateway').id;
  if (routeOf(context, gateway) === undefined) return text('The gateway does not lead to API Management yet.');
  if (proof === 'gateway-only') return statusOf(apiHost(context));
  const request = { ...statusOf(gatewayHostName(context, gateway)), ...howToReach(context, gateway) };
  switch (proof) {
    case 'gateway-answers':
      return request;
    case 'gateway-blocks':
      return { ...request, path: ATTACK };
    case 'gateway-chat':
      return chatRequest(context, request);
  }
}

function statusOf(host: string): ProbeRequest {
  return { service: 'openAi', host, method: 'GET', path: STATUS_PATH, as: 'nobody' };
}

/** The gateway’s own address, should its name not be in public DNS, and its certificate, should it be signed by itself. */
function howToReach(context: StepContext, gateway: string): Pick<ProbeRequest, 'addressIfUnresolved' | 'trusted'> {
  const address = asString(readPath(context.read(publicIpOf(context, gateway)), 'properties.ipAddress'));
  const trusted = selfSigned(context);
  return { ...(address !== undefined && { addressIfUnresolved: address }), ...(trusted !== undefined && { trusted }) };
}

/** Undefined as well where it may not be looked at: then the certificate has to prove itself. */
function selfSigned(context: StepContext): string | undefined {
  const vault = context.optionalRole('keyVault');
  if (vault === undefined || whereCertificateIsElsewhere(context) !== undefined) return undefined;
  const id = certificateId(context, vault.id);
  const certificate = attempt(() => context.read(id));
  if (!certificate.known || certificate.value === undefined) return undefined;
  return isSelfSigned(certificate.value) ? asString(certificate.value['cer']) : undefined;
}

/** A question as clients of Azure OpenAI ask it, with a key of API Management instead of one of the account. */
function chatRequest(context: StepContext, request: ProbeRequest): ProbeRequest | Text {
  const service = context.role('apiManagement').id;
  const [id = ''] = apiIdsFor(context, service);
  const api = context.read(id);
  if (api === undefined) return text('Azure OpenAI is no API of API Management yet.');
  const subscription = subscriptionFor(context, service);
  if (subscription === undefined) return text('API Management has no subscription for callers outside yet.');
  const deployments = context.read(childId(context.role('openAi').id, 'deployments'));
  const { chat } = deploymentsIn(asObjects(deployments?.['value']));
  if (chat === undefined) return text('No model is deployed that answers.');
  const prefix = (asString(readPath(api, 'properties.path')) ?? '').replace(/^\/|\/$/g, '');
  const header = asString(readPath(api, 'properties.subscriptionKeyParameterNames.header'));
  return {
    ...request,
    method: 'POST',
    path: `${prefix && `/${prefix}`}/deployments/${encodeURIComponent(chat)}/chat/completions?api-version=${CHAT_VERSION}`,
    key: { subscription: subscription.id, header: header ?? 'Ocp-Apim-Subscription-Key' },
    body: { messages: [{ role: 'user', content: 'Say hello.' }], max_tokens: 10 },
  };
}

const TITLES: Readonly<Record<GatewayProof, Text>> = {
  'gateway-answers': text('The gateway leads callers outside to API Management'),
  'gateway-chat': text('A question from outside is answered'),
  'gateway-blocks': text('The firewall stops an attack'),
  'gateway-only': text('API Management is out of reach from the internet'),
};

function expectedOf(proof: GatewayProof, mode: FirewallMode): Text {
  switch (proof) {
    case 'gateway-answers':
      return text('200 from API Management');
    case 'gateway-chat':
      return text('an answer of Azure OpenAI, for a key of API Management');
    case 'gateway-blocks':
      return mode === 'Prevention' ? text('403 from the firewall') : text('only logged, because the firewall detects');
    case 'gateway-only':
      return text('no way there');
  }
}

/** A call that could not be made. */
export function unmadeCall(proof: GatewayProof, { options }: Setup, reason: Text): ProbeResult {
  return {
    id: `${proof}/internet`,
    title: TITLES[proof],
    host: '',
    position: { kind: 'internet' },
    expected: expectedOf(proof, options.firewallMode),
    actual: text('not asked'),
    verdict: 'unknown',
    advice: reason,
  };
}

/** Judges a call. @param isReached Whether the gateway itself answered, so that there is a way to the internet from here. */
export function judgeGateway(
  proof: GatewayProof,
  measurement: HostMeasurement,
  { options }: Setup,
  isReached: boolean,
): ProbeResult {
  return {
    id: `${proof}/internet`,
    title: TITLES[proof],
    host: measurement.host,
    position: measurement.position,
    expected: expectedOf(proof, options.firewallMode),
    actual: describeCall(measurement),
    ...(proof === 'gateway-only'
      ? judgeAround(measurement, isReached)
      : judgeThrough(proof, measurement, options.firewallMode)),
  };
}

/** A name that is not in public DNS does not say how the gateway’s address answered. */
function describeCall(measurement: HostMeasurement): Text {
  const { resolveError: _, ...answered } = measurement;
  if (measurement.https?.error === NO_CREDENTIALS) return text('not asked');
  return describeAnswer(measurement.https === undefined ? measurement : answered);
}

/** Whether API Management is where nobody gets from the internet. */
function judgeAround({ resolveError, https }: HostMeasurement, isReached: boolean): Judgement {
  if (https?.status !== undefined) {
    return {
      verdict: 'fail',
      advice: text(
        'API Management answers the internet itself, so callers get around the firewall. Put it into internal mode.',
      ),
    };
  }
  if (resolveError === 'ENOTFOUND' || resolveError === 'ENODATA' || (https?.error !== undefined && isReached)) {
    return { verdict: 'pass' };
  }
  return { verdict: 'unknown', advice: text('Nothing was reached at all. Is there a way to the internet from here?') };
}

function judgeThrough(
  proof: Exclude<GatewayProof, 'gateway-only'>,
  measurement: HostMeasurement,
  mode: FirewallMode,
): Judgement {
  const judgement = judgeAnswer(proof, measurement, mode);
  if (judgement.advice !== undefined || measurement.resolveError === undefined) return judgement;
  return {
    ...judgement,
    advice: text(
      '{0} is not in public DNS yet, so the call went to the gateway’s address {1}. Add a record for it where the domain is kept.',
      measurement.host,
      measurement.https?.address ?? '',
    ),
  };
}

function judgeAnswer(
  proof: Exclude<GatewayProof, 'gateway-only'>,
  { https }: HostMeasurement,
  mode: FirewallMode,
): Judgement {
  if (https === undefined) {
    return { verdict: 'fail', advice: text('The name of the gateway does not resolve, and it has no public address.') };
  }
  if (https.error !== undefined) return unreached(https.error);
  if (https.status === 502) return NO_BACKEND;
  if (proof === 'gateway-blocks') return judgeFirewall(https.status, mode);
  if (https.status === 403 && https.code === undefined && https.message === undefined) return MISTAKEN;
  if (https.status !== 200) return { verdict: 'fail', advice: adviceFor(https.status) };
  const isAnswer = proof === 'gateway-answers' || asArray(readPath(https.body, 'choices')).length > 0;
  return isAnswer ? { verdict: 'pass' } : { verdict: 'fail', advice: text('Something answered, but not a model.') };
}

function judgeFirewall(status: number | undefined, mode: FirewallMode): Judgement {
  if (status === 403 || mode === 'Detection') return { verdict: 'pass' };
  return {
    verdict: 'fail',
    advice: text('The firewall let an attack pass. Is its policy on the gateway, and does it prevent?'),
  };
}

function unreached(error: string): Judgement {
  if (error === NO_CREDENTIALS) {
    return {
      verdict: 'unknown',
      advice: text('You may not list the keys of the subscription in API Management, so nothing could be asked.'),
    };
  }
  if (/CERT|SELF_SIGNED|ISSUER/i.test(error)) {
    return {
      verdict: 'fail',
      advice: text('The certificate of the gateway is not trusted, or not for this name. Replace it in the key vault.'),
    };
  }
  return {
    verdict: 'fail',
    advice: text('Nobody answers at the gateway’s address. Does its security group let callers in on port 443?'),
  };
}

const NO_BACKEND: Judgement = {
  verdict: 'fail',
  advice: text(
    'The gateway finds no healthy backend. Look at its backend health, the private DNS records of API Management and the security groups between them.',
  ),
};

const MISTAKEN: Judgement = {
  verdict: 'fail',
  advice: text('The firewall takes an honest request for an attack. Look at its log, and exclude the rule.'),
};

function adviceFor(status: number | undefined): Text {
  switch (status) {
    case 401:
      return text(
        'The call was refused for want of a key or of a role. Does the identity of API Management have its role on Azure OpenAI, and does the policy sign in with it?',
      );
    case 404:
      return text('API Management knows no such operation. Look at the path and the operations of the API.');
    default:
      return text(
        'API Management did not get an answer. Trace the request there, and look at the private path to Azure OpenAI.',
      );
  }
}
