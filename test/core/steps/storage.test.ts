import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { container, storageAccount } from '../support/dataResources';
import { dataWorld, dataWorldWithout, FILE_PATH, privatePath } from '../support/dataWorlds';
import { DATA } from '../support/ids';
import { before, changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { dataSetup } from '../support/setups';

function onAccount(step: string, patch: JsonObject) {
  return findingOf(step, dataWorld(storageAccount(patch)), { setup: dataSetup() });
}

function changeOn(step: string, properties: JsonObject) {
  return changeOf(planOf(dataWorld(storageAccount({ properties })), { setup: dataSetup() }), step);
}

const OPEN = { publicNetworkAccess: null };

describe.each<[string, JsonObject, FindingStatus]>([
  ['storage-account', {}, 'compliant'],
  ['storage-account', { provisioningState: 'ResolvingDNS' }, 'compliant'],
  ['storage-account', { provisioningState: 'Failed' }, 'nonCompliant'],
  ['storage-secure-baseline', {}, 'compliant'],
  ['storage-secure-baseline', { minimumTlsVersion: 'TLS1_3' }, 'compliant'],
  ['storage-secure-baseline', { minimumTlsVersion: 'TLS1_1' }, 'nonCompliant'],
  ['storage-secure-baseline', { minimumTlsVersion: null }, 'nonCompliant'],
  ['storage-secure-baseline', { supportsHttpsTrafficOnly: null }, 'compliant'],
  ['storage-secure-baseline', { supportsHttpsTrafficOnly: false }, 'nonCompliant'],
  ['storage-secure-baseline', { allowBlobPublicAccess: null }, 'nonCompliant'],
  ['storage-secure-baseline', { allowBlobPublicAccess: true }, 'nonCompliant'],
  ['storage-secure-baseline', { allowCrossTenantReplication: null }, 'nonCompliant'],
  ['storage-disable-shared-key', { allowSharedKeyAccess: null }, 'nonCompliant'],
  ['storage-disable-shared-key', { allowSharedKeyAccess: true }, 'nonCompliant'],
  ['storage-disable-shared-key', { allowSharedKeyAccess: false }, 'compliant'],
  ['storage-trusted-services', { networkAcls: null }, 'compliant'],
  ['storage-trusted-services', { networkAcls: { bypass: 'None' } }, 'nonCompliant'],
  ['storage-trusted-services', { networkAcls: { bypass: 'Logging, Metrics' } }, 'nonCompliant'],
  ['storage-trusted-services', { networkAcls: { bypass: 'Logging, Metrics, AzureServices' } }, 'compliant'],
  ['storage-network-default-deny', { ...OPEN, networkAcls: { defaultAction: 'Allow' } }, 'nonCompliant'],
  ['storage-network-default-deny', { ...OPEN, networkAcls: null }, 'nonCompliant'],
  ['storage-network-default-deny', { networkAcls: { defaultAction: 'Allow' } }, 'compliant'],
  ['storage-network-default-deny', OPEN, 'compliant'],
  ['storage-trusted-services', OPEN, 'compliant'],
  ['storage-public-access-disabled', {}, 'compliant'],
  ['storage-public-access-disabled', OPEN, 'nonCompliant'],
  ['storage-public-access-disabled', { publicNetworkAccess: 'Enabled' }, 'nonCompliant'],
  ['storage-public-access-disabled', { publicNetworkAccess: 'SecuredByPerimeter' }, 'unknown'],
])('%s on an account with %j', (step, properties, status) => {
  test(`is ${status}`, () => {
    expect(onAccount(step, { properties }).status).toBe(status);
  });
});

describe('the changes of an account', () => {
  test('undoing never opens it to everybody: what was left out comes back closed, all else as it meant', () => {
    const silent = {
      minimumTlsVersion: null,
      supportsHttpsTrafficOnly: false,
      allowBlobPublicAccess: null,
      allowCrossTenantReplication: true,
    };
    const change = changeOn('storage-secure-baseline', silent);
    expect(change.body).toEqual({
      properties: {
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
      },
    });
    expect(change.undo).toEqual({
      kind: 'restore',
      body: {
        properties: {
          minimumTlsVersion: 'TLS1_0',
          supportsHttpsTrafficOnly: false,
          allowBlobPublicAccess: false,
          allowCrossTenantReplication: true,
        },
      },
    });
  });

  test('other exceptions and rules of the network stay when trusted services are let in', () => {
    const networkAcls = { defaultAction: 'Allow', bypass: 'Logging, Metrics', ipRules: [{ value: '20.9.9.9' }] };
    expect(changeOn('storage-trusted-services', { ...OPEN, networkAcls })).toMatchObject({
      guards: [],
      body: {
        properties: {
          networkAcls: {
            defaultAction: 'Allow',
            bypass: 'AzureServices, Logging, Metrics',
            ipRules: [{ value: '20.9.9.9' }],
          },
        },
      },
    });
  });

  test('all others are denied only after that, and only where the private path answers', () => {
    const networkAcls = { defaultAction: 'Allow', bypass: 'None', ipRules: [{ value: '20.9.9.9' }] };
    const plan = planOf(dataWorld(storageAccount({ properties: { ...OPEN, networkAcls } })), { setup: dataSetup() });
    const change = changeOf(plan, 'storage-network-default-deny');
    expect(change).toMatchObject({
      guards: ['privatePathAnswers'],
      dependsOn: [changeOf(plan, 'storage-trusted-services').id],
      body: {
        properties: {
          networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [{ value: '20.9.9.9' }] },
        },
      },
    });
  });

  test('shared keys come back as they were meant: on', () => {
    expect(changeOn('storage-disable-shared-key', { allowSharedKeyAccess: null })).toMatchObject({
      undo: { kind: 'restore', body: { properties: { allowSharedKeyAccess: true } } },
    });
  });
});

test('the way in that stays open is said where the account is closed, and only there', () => {
  const words = (patch: JsonObject) =>
    (onAccount('storage-public-access-disabled', patch).notes ?? []).map((note) => english(note)).join();
  expect(words({})).toContain('trusted services of Azure that have a role');
  expect(words({ properties: OPEN })).toBe('');
});

test('with shared keys kept for an evaluation, they are not judged', () => {
  const setup = dataSetup({ options: { apiKeys: 'keep' } });
  const world = dataWorld(storageAccount({ properties: { allowSharedKeyAccess: true } }));
  expect(findingOf('storage-disable-shared-key', world, { setup }).status).toBe('notApplicable');
});

describe('storage-container', () => {
  const step = 'storage-container';
  const documents = `${DATA.storage}/blobServices/default/containers/documents`;

  test('any container of the account’s own will do', () => {
    const world = dataWorldWithout(documents).put(container('reports'));
    expect(findingOf(step, world, { setup: dataSetup() }).status).toBe('compliant');
  });

  test('those that Azure keeps for itself do not count: one is created', () => {
    const world = dataWorldWithout(documents).put(container('$logs'));
    expect(changeOf(planOf(world, { setup: dataSetup() }), step)).toMatchObject({
      action: 'create',
      resource: documents,
      body: { properties: { publicAccess: 'None' } },
    });
  });
});

test('an account that is to have an endpoint for files is closed only after that one is reached, too', () => {
  const setup = dataSetup({ options: { fileEndpoint: true } });
  const open = storageAccount({ properties: { ...OPEN, networkAcls: null } });
  const plan = planOf(dataWorld(open), { setup });
  for (const step of ['storage-network-default-deny', 'storage-public-access-disabled']) {
    expect(before(plan, changeOf(plan, step).id).map((change) => change.step)).toEqual(
      expect.arrayContaining([
        'storage-private-endpoint-file',
        'storage-private-dns-link-file',
        'storage-private-dns-records-file',
      ]),
    );
  }
  const withFiles = dataWorld(open, ...privatePath(DATA.fileEndpoint, FILE_PATH));
  expect(stepsOf(planOf(withFiles, { setup }))).toEqual([
    'storage-network-default-deny',
    'storage-public-access-disabled',
  ]);
});
