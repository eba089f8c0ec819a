import type { JsonObject } from '../../../src/core/resources/json';
import { STORAGE } from '../../../src/sandbox/worlds/exposed';
import type { ByHand } from '../support/byHand';
import { DOCUMENTS } from './ids';
import { deleted, INGESTION_FAILS, NOT_PROVED, type Fate } from './removal';

const account = (properties: JsonObject) => (hand: ByHand) => hand.patch(STORAGE, { properties });

export const STORAGE_STEPS: Readonly<Record<string, Fate>> = {
  'storage-account': deleted('the account is deleted', (hand) => hand.delete(STORAGE), {
    nonCompliant: [
      'storage-account',
      'storage-container',
      'storage-secure-baseline',
      'storage-private-endpoint-blob',
      'storage-private-endpoint-file',
      'storage-trusted-services',
      'storage-network-default-deny',
      'storage-public-access-disabled',
      'storage-disable-shared-key',
      'rbac-aoai-blob-contributor',
      'rbac-search-blob-reader',
      'rbac-dev-storage',
    ],
    // Only the account says which zones it needs.
    unknown: [
      'storage-private-dns-zone-blob',
      'storage-private-dns-link-blob',
      'storage-private-dns-records-blob',
      'storage-private-dns-zone-file',
      'storage-private-dns-link-file',
      'storage-private-dns-records-file',
    ],
    probes: {
      ...NOT_PROVED,
      'internet-refused/storage': 'gone',
      'internet-refused/files': 'gone',
      'resolves/virtualNetwork/storage': 'gone',
      'answers/virtualNetwork/storage': 'gone',
      'resolves/virtualNetwork/files': 'gone',
      'answers/virtualNetwork/files': 'gone',
    },
  }),
  'storage-container': {
    when: 'the container is deleted',
    remove: (hand) => hand.delete(DOCUMENTS),
    nonCompliant: ['storage-container'],
    probes: NOT_PROVED,
  },
  'storage-secure-baseline': {
    when: 'TLS 1.0 is taken again',
    remove: account({ minimumTlsVersion: 'TLS1_0' }),
    nonCompliant: ['storage-secure-baseline'],
  },
  'storage-trusted-services': {
    when: 'nobody is trusted any more',
    remove: account({
      networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [], virtualNetworkRules: [] },
    }),
    nonCompliant: ['storage-trusted-services'],
    // At inference, nobody asks Storage.
    probes: INGESTION_FAILS,
  },
  'storage-network-default-deny': {
    when: 'the rules let everybody in who is not listed, and public access is on again',
    remove: account({
      publicNetworkAccess: 'Enabled',
      networkAcls: { defaultAction: 'Allow', bypass: 'AzureServices', ipRules: [], virtualNetworkRules: [] },
    }),
    nonCompliant: ['storage-network-default-deny', 'storage-public-access-disabled'],
    probes: { 'internet-refused/storage': 'fail', 'internet-refused/files': 'fail' },
  },
  'storage-public-access-disabled': {
    when: 'public access is on again',
    remove: account({ publicNetworkAccess: 'Enabled' }),
    nonCompliant: ['storage-public-access-disabled'],
    // The second lock holds: the rules deny by default.
    probes: {},
  },
  'storage-disable-shared-key': {
    when: 'shared keys are on again',
    remove: account({ allowSharedKeyAccess: true }),
    nonCompliant: ['storage-disable-shared-key'],
  },
};
