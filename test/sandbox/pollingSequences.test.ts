import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/resources/json';
import {
  account,
  accountId,
  endpointId,
  groupId,
  networkId,
  networkLink,
  privateDnsZone,
  privateEndpoint,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccountId,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox } from './client';

const id = accountId('rg', 'contoso');
const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'snet');
const endpoint = endpointId('rg', 'pe');
const search = searchServiceId('rg', 'contoso-search');
const zone = zoneId('rg', 'privatelink.openai.azure.com');
const link = `${zone}/virtualNetworkLinks/link`;

const group = resourceGroup('rg', 'eastus');
const withAccount = [group, account(id, { properties: { customSubDomainName: 'contoso' } })];
const withNetwork = [...withAccount, virtualNetwork(network, 'eastus', '10.0.0.0/16', { snet: '10.0.0.0/24' })];
const withZone = [...withNetwork, privateDnsZone(zone)];
const withEndpoint = [...withZone, privateEndpoint(endpoint, 'eastus', subnet, id)];
const withAll = [...withEndpoint, networkLink(zone, 'link', network), zoneGroup(endpoint, [zone])];

interface Sequence {
  readonly what: string;
  readonly seed: readonly SeedStep[];
  readonly method: string;
  readonly url: string;
  readonly body?: Json;
  /** The state in the first answer's body, where it has one. */
  readonly first: readonly [status: number, state?: string];
  /** Runs of equal polls: what, at least and at most how often. */
  readonly polls: readonly (readonly [poll: string, atLeast: number, atMost: number])[];
}

const create = (kind: string) => ({ kind, location: 'eastus', sku: { name: 'S0' }, properties: {} });
const connection = {
  location: 'eastus',
  properties: {
    subnet: { id: subnet },
    privateLinkServiceConnections: [{ name: 'c', properties: { privateLinkServiceId: id, groupIds: ['account'] } }],
  },
};

/** What the recordings show of each operation, poll by poll. */
const SEQUENCES: readonly Sequence[] = [
  {
    what: 'creating an account of kind OpenAI is over at the first poll',
    seed: [group],
    method: 'PUT',
    url: `${id}?api-version=2025-06-01`,
    body: create('OpenAI'),
    first: [201, 'Creating'],
    polls: [['200 Succeeded', 1, 1]],
  },
  {
    what: 'creating an account of another kind shows Creating once or twice',
    seed: [group],
    method: 'PUT',
    url: `${id}?api-version=2025-06-01`,
    body: create('AIServices'),
    first: [201, 'Creating'],
    polls: [
      ['200 Creating', 1, 2],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'changing an account shows Updating, also where nothing changes',
    seed: withAccount,
    method: 'PATCH',
    url: `${id}?api-version=2025-06-01`,
    body: { properties: {} },
    first: [202, 'Accepted'],
    polls: [
      ['200 Updating', 1, 10],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a virtual network is there at the first poll',
    seed: [group],
    method: 'PUT',
    url: `${network}?api-version=2025-03-01`,
    body: { location: 'eastus', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } },
    first: [201, 'Updating'],
    polls: [
      ['200 InProgress', 0, 1],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a private endpoint takes one to three polls',
    seed: withNetwork,
    method: 'PUT',
    url: `${endpoint}?api-version=2025-03-01`,
    body: connection,
    first: [201, 'Updating'],
    polls: [
      ['200 InProgress', 1, 3],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'deleting a private endpoint shows one InProgress',
    seed: withEndpoint,
    method: 'DELETE',
    url: `${endpoint}?api-version=2025-03-01`,
    first: [202],
    polls: [
      ['200 InProgress', 1, 1],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a zone is polled with 202 and then 200',
    seed: [group],
    method: 'PUT',
    url: `${zone}?api-version=2024-06-01`,
    body: { location: 'global' },
    first: [202],
    polls: [
      ['202 InProgress', 1, 1],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a second PUT on a link is as long as the first',
    seed: withAll,
    method: 'PUT',
    url: `${link}?api-version=2024-06-01`,
    body: { location: 'global', properties: { virtualNetwork: { id: network }, registrationEnabled: false } },
    first: [202],
    polls: [
      ['202 InProgress', 1, 1],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a zone group is there after one or two polls',
    seed: withEndpoint,
    method: 'PUT',
    url: `${endpoint}/privateDnsZoneGroups/default?api-version=2025-03-01`,
    body: { properties: { privateDnsZoneConfigs: [{ name: 'z', properties: { privateDnsZoneId: zone } }] } },
    first: [201, 'Updating'],
    polls: [
      ['200 InProgress', 0, 2],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'a storage account is polled with 202 once or twice, by Location only',
    seed: [group],
    method: 'PUT',
    url: `${storageAccountId('rg', 'contosodocs')}?api-version=2025-06-01`,
    body: { kind: 'StorageV2', location: 'eastus', sku: { name: 'Standard_LRS' } },
    first: [202],
    polls: [
      ['202', 1, 2],
      ['200', 1, 1],
    ],
  },
  {
    what: 'a shared private link shows Running for a minute or two',
    seed: [...withAccount, searchService(search)],
    method: 'PUT',
    url: `${search}/sharedPrivateLinkResources/link?api-version=2025-05-01`,
    body: { properties: { privateLinkResourceId: id, groupId: 'openai_account' } },
    first: [202],
    polls: [
      ['200 Running', 2, 12],
      ['200 Succeeded', 1, 1],
    ],
  },
  {
    what: 'deleting a resource group is polled with 202 by Location only',
    seed: withAll,
    method: 'DELETE',
    url: `${groupId('rg')}?api-version=2020-06-01`,
    first: [202],
    polls: [
      ['202', 1, 5],
      ['200', 1, 1],
    ],
  },
];

describe('a long-running operation, however fast the sandbox is asked', () => {
  it.each(SEQUENCES)('$what', async ({ seed, method, url, body, first, polls }) => {
    await withSandbox({ world: { name: 'test', registered: REGISTERED, steps: seed } }, async (client) => {
      const answer = await client.send({ method, url, ...(body === undefined ? {} : { body }) });
      const [status, state] = first;
      expect(answer.status).toBe(status);
      expect(at(answer.body, 'properties', 'provisioningState')).toBe(state);
      const seen = (await client.follow(answer)).map((poll) => `${poll};`).join('');
      const pattern = polls.map(([poll, least, most]) => `(${poll};){${String(least)},${String(most)}}`).join('');
      expect(seen).toMatch(new RegExp(`^${pattern}$`));
    });
  });
});
