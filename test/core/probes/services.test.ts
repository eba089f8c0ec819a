import { describe, expect, test } from 'vitest';
import type { DataService } from '../../../src/core/clouds';
import { judgeMeasurement, refusesNetwork, type HostExpectation } from '../../../src/core/probes/judge';
import type { HostMeasurement, HttpsMeasurement, ProbePosition } from '../../../src/core/probes/probe';
import { cheapestRequest } from '../../../src/core/probes/requests';
import { hostExpectations, mainHost, privateHosts } from '../../../src/core/probes/targets';
import { DEFAULT_OPTIONS, type SetupOptions } from '../../../src/core/setup/setup';
import { dataWorld, dataWorldWithout, FILE_PATH, privatePath } from '../support/dataWorlds';
import { DATA, ID } from '../support/ids';
import { snapshotOf } from '../support/reading';
import { dataSetup } from '../support/setups';
import type { World } from '../support/world';

type Answer = Omit<HttpsMeasurement, 'address'>;

describe('a refusal of the network, as against one of the caller', () => {
  test.each<[DataService, string, Answer, boolean]>([
    ['search', 'says nothing but 403', { status: 403 }, true],
    ['search', 'is not one of a key', { status: 403, message: 'Invalid api-key' }, false],
    ['search', 'is not one of a role', { status: 403, message: 'The principal lacks a role' }, false],
    ['search', 'is not one of a token', { status: 401 }, false],
    ['storage', 'has a code of its own', { status: 403, code: 'AuthorizationFailure' }, true],
    ['storage', 'is not one of a role', { status: 403, code: 'AuthorizationPermissionMismatch' }, false],
    ['storage', 'is not one of keys that are off', { status: 403, code: 'KeyBasedAuthenticationNotPermitted' }, false],
    ['storage', 'is not one without a code', { status: 403 }, false],
    ['openAi', 'has words of its own', { status: 403, message: 'Public access is disabled.' }, true],
    ['openAi', 'is not one of a role', { status: 403, message: 'PermissionDenied' }, false],
  ])('of %s %s', (service, _, answer, refuses) => {
    expect(refusesNetwork(service, { address: '20.1.2.3', ...answer })).toBe(refuses);
  });
});

describe('judged by its service', () => {
  const EXPECTED = (service: DataService): HostExpectation => ({ service, host: 'h', addresses: ['10.0.1.4'] });
  const verdicts = (
    service: DataService,
    kind: 'internet' | 'inside',
    answer: Answer,
    options: Partial<SetupOptions> = {},
  ) => {
    const position: ProbePosition =
      kind === 'internet' ? { kind } : { kind: 'virtualNetwork', virtualNetwork: ID.network };
    const address = kind === 'internet' ? '20.1.2.3' : '10.0.1.4';
    const measurement: HostMeasurement = {
      host: 'h',
      position,
      canonicalNames: [],
      addresses: [address],
      https: { address, ...answer },
    };
    return judgeMeasurement(measurement, EXPECTED(service), { ...DEFAULT_OPTIONS, ...options }).map(
      ({ verdict }) => verdict,
    );
  };

  test.each<[DataService, Answer]>([
    ['search', { status: 403 }],
    ['storage', { status: 403, code: 'AuthorizationFailure' }],
  ])('%s refused from the internet is as it should be, answered is not', (service, refusal) => {
    expect(verdicts(service, 'internet', refusal)).toEqual(['pass']);
    expect(verdicts(service, 'internet', { status: 200 })).toEqual(['fail']);
    expect(verdicts(service, 'internet', { status: 401 })).toEqual(['unknown']);
  });

  test.each<[keyof SetupOptions, DataService]>([
    ['publicAccess', 'openAi'],
    ['searchPublicAccess', 'search'],
  ])('%s lists addresses for one service: an answer of another is never right', (option, open) => {
    for (const service of ['openAi', 'search', 'storage'] as const) {
      const verdict = service === open ? 'unknown' : 'fail';
      expect(verdicts(service, 'internet', { status: 200 }, { [option]: 'selectedNetworks' })).toEqual([verdict]);
    }
  });

  test('at the endpoint Search refuses only callers, in the words that it has for networks: it was reached', () => {
    expect(verdicts('search', 'inside', { status: 403 })).toEqual(['pass', 'pass']);
    expect(verdicts('storage', 'inside', { status: 403, code: 'AuthorizationFailure' })).toEqual(['pass', 'fail']);
    expect(verdicts('storage', 'inside', { status: 403, code: 'AuthorizationPermissionMismatch' })).toEqual([
      'pass',
      'pass',
    ]);
  });
});

describe('the names that On Your Data measures', () => {
  const expectations = (world: World, options = {}) => {
    const setup = dataSetup({ options });
    return hostExpectations(setup, snapshotOf(world, { setup })).map(({ service, host, addresses }) => [
      service,
      host,
      ...addresses,
    ]);
  };

  test('are one for each service, each with its endpoint’s address', () => {
    const [openAi, search, storage, ...others] = expectations(dataWorld());
    expect([openAi, search, storage].map((row) => row?.slice(0, 2))).toEqual([
      ['openAi', 'contoso-openai.openai.azure.com'],
      ['search', 'contoso-search.search.windows.net'],
      ['storage', 'contosodata.blob.core.windows.net'],
    ]);
    expect(new Set([openAi, search, storage].map((row) => row?.[2])).size).toBe(3);
    expect(others).toEqual([]);
  });

  test('have that of files where there is to be an endpoint for it', () => {
    const world = dataWorld(...privatePath(DATA.fileEndpoint, FILE_PATH));
    const rows = expectations(world, { fileEndpoint: true });
    expect(rows.map(([, host]) => host)).toContain('contosodata.file.core.windows.net');
    expect(expectations(world).map(([, host]) => host)).not.toContain('contosodata.file.core.windows.net');
  });

  test('have no address where the endpoint is not there, and are not there themselves without the service', () => {
    expect(expectations(dataWorldWithout(DATA.searchEndpoint))[1]).toEqual([
      'search',
      'contoso-search.search.windows.net',
    ]);
    expect(expectations(dataWorldWithout(DATA.search)).map(([service]) => service)).toEqual(['openAi', 'storage']);
  });

  test('the main one of a service is the one that calls go to, and blobs are that of Storage', () => {
    const setup = dataSetup({ options: { fileEndpoint: true } });
    const snapshot = snapshotOf(dataWorld(), { setup });
    expect(mainHost(setup, snapshot, 'storage')).toBe('contosodata.blob.core.windows.net');
    expect(mainHost(setup, snapshotOf(dataWorldWithout(DATA.storage), { setup }), 'storage')).toBeUndefined();
  });

  test('are in the hosts file with their addresses, all of them', () => {
    const setup = dataSetup();
    const hosts = privateHosts(setup, snapshotOf(dataWorld(), { setup }));
    expect(hosts.map(({ host }) => host)).toEqual([
      'contoso-openai.openai.azure.com',
      'contoso-search.search.windows.net',
      'contosodata.blob.core.windows.net',
    ]);
    expect(new Set(hosts.map(({ address }) => address)).size).toBe(3);
  });
});

test('what is asked of a service to see whether it answers changes nothing', () => {
  for (const service of ['openAi', 'search', 'storage'] as const) {
    const request = cheapestRequest(service, 'h');
    expect(request).toMatchObject({ service, host: 'h', method: 'GET' });
    expect(request).not.toHaveProperty('body');
  }
});
