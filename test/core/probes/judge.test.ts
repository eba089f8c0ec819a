import { describe, expect, test } from 'vitest';
import { judgeMeasurement, reachesPrivately, type HostExpectation } from '../../../src/core/probes/judge';
import type { HostMeasurement, HttpsMeasurement, ProbePosition } from '../../../src/core/probes/probe';
import { DEFAULT_OPTIONS } from '../../../src/core/setup/setup';
import { ID } from '../support/ids';
import { english } from '../support/reading';

const HOST = 'contoso-openai.openai.azure.com';
const EXPECTED: HostExpectation = { service: 'openAi', host: HOST, addresses: ['10.0.1.4'] };
const REFUSED = 'Public access is disabled. Please configure private endpoint.';
const INTERNET: ProbePosition = { kind: 'internet' };
const HERE: ProbePosition = { kind: 'here' };
const INSIDE: ProbePosition = { kind: 'virtualNetwork', virtualNetwork: ID.network };

function seen(
  position: ProbePosition,
  address: string,
  https: Partial<HttpsMeasurement>,
  parts: Partial<HostMeasurement> = {},
): HostMeasurement {
  return { host: HOST, position, canonicalNames: [], addresses: [address], https: { address, ...https }, ...parts };
}

function fromInternet(https: Partial<HttpsMeasurement>, access: 'disabled' | 'selectedNetworks' = 'disabled') {
  const [result] = judgeMeasurement(seen(INTERNET, '20.1.2.3', https), EXPECTED, {
    ...DEFAULT_OPTIONS,
    publicAccess: access,
  });
  if (result === undefined) throw new Error('A measurement gives a result.');
  return result;
}

describe('from the internet', () => {
  test.each([
    ['because public access is off', REFUSED],
    ['because of the network rules', 'Access denied due to Virtual Network/Firewall rules.'],
  ])('a refusal %s is what is wanted', (_, message) => {
    expect(fromInternet({ status: 403, message }).verdict).toBe('pass');
    expect(fromInternet({ status: 403, message }, 'selectedNetworks').verdict).toBe('pass');
  });

  test.each([200, 404, 429, 500])('an answer with %i is an answer: the account is open', (status) => {
    const result = fromInternet({ status });
    expect(result.verdict).toBe('fail');
    expect(english(result.advice)).toContain('few minutes');
  });

  test('a refusal of the caller is not a refusal of the network', () => {
    expect(fromInternet({ status: 403, message: 'The principal lacks the required data action' }).verdict).toBe('fail');
  });

  test('without a token nobody can tell', () => {
    expect(fromInternet({ status: 401 }).verdict).toBe('unknown');
  });

  test('a service that was not reached did not refuse', () => {
    expect(fromInternet({ error: 'ETIMEDOUT' }).verdict).toBe('unknown');
    const [unresolved] = judgeMeasurement(
      { host: HOST, position: INTERNET, canonicalNames: [], addresses: [], resolveError: 'ENOTFOUND' },
      EXPECTED,
      DEFAULT_OPTIONS,
    );
    expect(unresolved?.verdict).toBe('unknown');
  });

  test('with selected networks, an answer may be right: the address may be listed', () => {
    const result = fromInternet({ status: 200 }, 'selectedNetworks');
    expect(result.verdict).toBe('unknown');
    expect(english(result.advice)).toContain('listed');
  });
});

describe.each([
  ['here', HERE],
  ['inside the network', INSIDE],
])('%s', (_, position) => {
  const judged = (measurement: HostMeasurement, expectation = EXPECTED) =>
    judgeMeasurement(measurement, expectation, DEFAULT_OPTIONS).map(({ verdict }) => verdict);

  test('the name must lead to the endpoint, and the service answer there', () => {
    expect(judged(seen(position, '10.0.1.4', { status: 200 }))).toEqual(['pass', 'pass']);
    expect(judged(seen(position, '10.0.1.4', { status: 401 }))).toEqual(['pass', 'pass']);
    expect(reachesPrivately(seen(position, '10.0.1.4', { status: 404 }), EXPECTED)).toBe(true);
  });

  test.each<[string, HostMeasurement]>([
    ['a public address', seen(position, '20.1.2.3', { status: 200 })],
    ['another private address', seen(position, '10.9.9.9', { status: 200 })],
    ['no address', { host: HOST, position, canonicalNames: [], addresses: [], resolveError: 'ENOTFOUND' }],
    [
      'the endpoint and a public address beside it',
      seen(position, '10.0.1.4', { status: 200 }, { addresses: ['10.0.1.4', '20.1.2.3'] }),
    ],
  ])('%s is not the endpoint', (_name, measurement) => {
    expect(judged(measurement)[0]).toBe('fail');
    expect(reachesPrivately(measurement, EXPECTED)).toBe(false);
  });

  test.each<[string, Partial<HttpsMeasurement>]>([
    ['a closed port', { error: 'ECONNREFUSED' }],
    ['a certificate for another name', { error: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['a refusal of the network, as through a proxy', { status: 403, message: REFUSED }],
    ['nothing', {}],
  ])('%s is not an answer', (_name, https) => {
    expect(judged(seen(position, '10.0.1.4', https))).toEqual(['pass', 'fail']);
    expect(reachesPrivately(seen(position, '10.0.1.4', https), EXPECTED)).toBe(false);
  });

  test('an account without an endpoint is not reached, whatever answers', () => {
    expect(
      judged(seen(position, '10.0.1.4', { status: 200 }), { service: 'openAi', host: HOST, addresses: [] }),
    ).toEqual(['fail', 'fail']);
  });
});

describe('the advice names the cause', () => {
  const advice = (measurement: HostMeasurement, addresses = EXPECTED.addresses): readonly string[] =>
    judgeMeasurement(measurement, { service: 'openAi', host: HOST, addresses }, DEFAULT_OPTIONS).map((result) =>
      english(result.advice),
    );

  test.each<[string, HostMeasurement, number, string]>([
    ['public DNS on this machine', seen(HERE, '20.1.2.3', {}), 0, 'hosts-file block'],
    ['a zone that is not linked', seen(INSIDE, '20.1.2.3', {}), 0, 'not linked'],
    ['a stale line', seen(HERE, '10.9.9.9', {}), 0, 'stale'],
    [
      'a zone without the record',
      {
        host: HOST,
        position: INSIDE,
        canonicalNames: ['contoso-openai.privatelink.openai.azure.com'],
        addresses: [],
        resolveError: 'ENOTFOUND',
      },
      0,
      'no record',
    ],
    ['a call that went elsewhere', seen(HERE, '20.1.2.3', { status: 200 }), 1, 'name resolution first'],
    ['the privatelink name', seen(HERE, '10.0.1.4', { error: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 1, 'privatelink name'],
    ['a VPN that is down', seen(HERE, '10.0.1.4', { error: 'ETIMEDOUT' }), 1, 'VPN'],
    ['a proxy', seen(HERE, '10.0.1.4', { status: 403, message: REFUSED }), 1, 'proxy'],
  ])('%s', (_, measurement, index, words) => {
    expect(advice(measurement)[index]).toContain(words);
  });

  test('there is none where all is well', () => {
    expect(advice(seen(INSIDE, '10.0.1.4', { status: 200 }))).toEqual(['', '']);
  });

  test('no endpoint comes before everything else', () => {
    expect(advice(seen(HERE, '20.1.2.3', {}), [])[0]).toBe('Create the private endpoint first.');
  });
});
