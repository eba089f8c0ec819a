import type { DataService } from '../clouds';
import { isPrivateIpv4 } from '../setup/addresses';
import type { Setup } from '../setup/setup';
import { text, type Text } from '../text';
import type { HostMeasurement, HttpsMeasurement, Judgement, ProbeResult } from './probe';

/** What a host's private endpoint answers on, by the account's own word. */
export interface HostExpectation {
  readonly service: DataService;
  readonly host: string;
  /** Addresses of the private endpoint for this host; empty while there is none. */
  readonly addresses: readonly string[];
}

/** Judges one measurement: the internet must be refused, everybody else must arrive at the private endpoint. */
export function judgeMeasurement(
  measurement: HostMeasurement,
  expectation: HostExpectation,
  options: AccessOptions,
): readonly ProbeResult[] {
  return measurement.position.kind === 'internet'
    ? [judgeInternet(measurement, expectation.service, accessTo(expectation.service, options))]
    : [judgeResolution(measurement, expectation), judgePrivateAnswer(measurement, expectation)];
}

type AccessOptions = Pick<Setup['options'], 'publicAccess' | 'searchPublicAccess'>;

/** What a setup wants of a service’s public address. Storage has no alternative: services call it from addresses that change. */
function accessTo(
  service: DataService,
  { publicAccess, searchPublicAccess }: AccessOptions,
): Setup['options']['publicAccess'] {
  switch (service) {
    case 'openAi':
      return publicAccess;
    case 'search':
      return searchPublicAccess;
    case 'storage':
    case 'keyVault':
      return 'disabled';
  }
}

/** True where the measurement shows that calls arrive at the private endpoint and are answered there. */
export function reachesPrivately(measurement: HostMeasurement, expectation: HostExpectation): boolean {
  return (
    judgeResolution(measurement, expectation).verdict === 'pass' &&
    judgePrivateAnswer(measurement, expectation).verdict === 'pass'
  );
}

function judgeInternet(
  measurement: HostMeasurement,
  service: DataService,
  publicAccess: Setup['options']['publicAccess'],
): ProbeResult {
  return {
    id: `internet-refused/${measurement.host}`,
    title: text('Refused from the internet'),
    host: measurement.host,
    position: measurement.position,
    expected: publicAccess === 'disabled' ? text('refused: public access is disabled') : REFUSED_UNLESS_LISTED,
    actual: describeAnswer(measurement),
    ...refusal(measurement, service, publicAccess),
  };
}

function refusal(
  { https, resolveError }: HostMeasurement,
  service: DataService,
  publicAccess: Setup['options']['publicAccess'],
): Judgement {
  if (resolveError !== undefined)
    return { verdict: 'unknown', advice: text('The public name did not resolve, so nothing was asked.') };
  if (https === undefined) return { verdict: 'unknown' };
  if (https.error !== undefined) {
    return {
      verdict: 'unknown',
      advice: text(
        'The service was not reached, so it did not refuse either. Is there a way to the internet from here?',
      ),
    };
  }
  if (refusesNetwork(service, https)) return { verdict: 'pass' };
  if (https.status === 401) {
    return {
      verdict: 'unknown',
      advice: text(
        'The call was refused for want of a token, before the network was judged. Sign in and verify again.',
      ),
    };
  }
  if (publicAccess === 'selectedNetworks') {
    return { verdict: 'unknown', advice: ANSWERED_IF_LISTED };
  }
  return {
    verdict: 'fail',
    advice: text('The internet still gets an answer. A change of public access can take a few minutes to apply.'),
  };
}

export const REFUSED_UNLESS_LISTED = text('refused, unless the address is listed');

/** With selected networks, an answer alone does not tell whether the rules are right. */
export const ANSWERED_IF_LISTED = text(
  'An answer is right if the address that this call came from is listed. Verify from one that is not.',
);

/**
 * Whether the service refuses a network, as against a caller. Sources: vnet-only.ja, section 1; Azure AI Search says
 * nothing but 403; Storage has a code for either.
 */
export function refusesNetwork(service: DataService, { status, code, message = '' }: HttpsMeasurement): boolean {
  if (status !== 403) return false;
  switch (service) {
    case 'openAi':
      return /public access is disabled|virtual network\/firewall rules/i.test(message);
    case 'search':
      return !/api.?key|token|role|permission|principal/i.test(message);
    case 'storage':
      return code === 'AuthorizationFailure';
    case 'keyVault':
      return /public network access is disabled|client address is not authorized/i.test(message);
  }
}

function judgeResolution(measurement: HostMeasurement, { addresses }: HostExpectation): ProbeResult {
  const found = measurement.addresses;
  const right = addresses.length > 0 && found.length > 0 && found.every((address) => addresses.includes(address));
  return {
    id: `resolves/${measurement.position.kind}/${measurement.host}`,
    title: text('Name resolves to the private endpoint'),
    host: measurement.host,
    position: measurement.position,
    expected: addresses.length > 0 ? text('{0}', addresses.join(', ')) : text('the address of a private endpoint'),
    actual: describeResolution(measurement),
    verdict: right ? 'pass' : 'fail',
    ...(right ? {} : { advice: resolutionAdvice(measurement, addresses) }),
  };
}

function describeResolution({ addresses, resolveError }: HostMeasurement): Text {
  if (resolveError !== undefined) return text('no answer: {0}', resolveError);
  return addresses.length > 0 ? text('{0}', addresses.join(', ')) : text('no address');
}

/** The usual causes of a wrong answer. Source: private endpoint DNS, and vnet-only.ja, notes 2 and 3. */
function resolutionAdvice(measurement: HostMeasurement, expected: readonly string[]): Text {
  const privateLink = measurement.canonicalNames.some((name) => /\.privatelink\./i.test(name));
  if (expected.length === 0) return text('Create the private endpoint first.');
  if (measurement.resolveError !== undefined && privateLink) {
    return text('A private DNS zone is linked, but it has no record for this name. Apply “Private DNS records”.');
  }
  if (measurement.addresses.some(isPrivateIpv4)) {
    return text('A private address, but not the endpoint’s: a stale line in the hosts file, or a stale DNS record.');
  }
  if (measurement.position.kind === 'here') {
    return text(
      'This machine asks public DNS. Connect it to the virtual network (VPN) and add the hosts-file block, or forward DNS to a resolver in the network.',
    );
  }
  return text('The private DNS zone is not linked to this network, or its DNS servers do not forward to Azure.');
}

function judgePrivateAnswer(measurement: HostMeasurement, { service, addresses }: HostExpectation): ProbeResult {
  const { https } = measurement;
  const atEndpoint = https !== undefined && addresses.includes(https.address);
  // At the private address Search refuses callers only, in the same words.
  const answered = https?.status !== undefined && (service === 'search' || !refusesNetwork(service, https));
  const pass = atEndpoint && answered;
  return {
    id: `answers/${measurement.position.kind}/${measurement.host}`,
    title: text('Answers through the private endpoint'),
    host: measurement.host,
    position: measurement.position,
    expected: text('an answer from the service at the endpoint’s address'),
    actual: describeAnswer(measurement),
    verdict: pass ? 'pass' : 'fail',
    ...(pass ? {} : { advice: answerAdvice(https, atEndpoint) }),
  };
}

function answerAdvice(https: HttpsMeasurement | undefined, atEndpoint: boolean): Text {
  if (https === undefined || !atEndpoint)
    return text('The call did not go to the endpoint. Mend the name resolution first.');
  if (https.error === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return text(
      'The certificate is for the public name. Call the account by that name, never by its privatelink name.',
    );
  }
  if (https.error !== undefined)
    return text(
      'The endpoint’s address cannot be reached from here: is the VPN up, and do routes and security groups let port 443 through?',
    );
  return text('The service saw a public caller: a proxy may be in the way. Let this host bypass it.');
}

export function describeAnswer({ https, resolveError }: HostMeasurement): Text {
  if (resolveError !== undefined) return text('no answer: {0}', resolveError);
  if (https === undefined) return text('not asked');
  if (https.error !== undefined) return text('no answer from {0}: {1}', https.address, https.error);
  if (https.message !== undefined) return text('{0} from {1}: {2}', https.status ?? 0, https.address, https.message);
  return text('{0} from {1}', https.status ?? 0, https.address);
}
