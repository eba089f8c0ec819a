import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import {
  endpointId,
  networkId,
  networkLink,
  privateDnsZone,
  privateEndpoint,
  REGISTERED,
  resourceGroup,
  searchService,
  searchServiceId,
  storageAccount,
  storageAccountId,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import { createAzure } from '../../src/sandbox/createAzure';
import { routeTo } from '../../src/sandbox/positions/route';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type SandboxClient } from './client';
import { codeOf, open, resolverOf, tunnel } from './vantage';

const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'snet');
const position = { kind: 'virtualNetwork', virtualNetwork: network } as const;
const pe = endpointId('rg', 'pe');

interface Service {
  readonly target: string;
  readonly group: string;
  readonly host: string;
  readonly alias: string;
  readonly zone: string;
  /** The name of the record in the zone. */
  readonly record: string;
  readonly version: string;
}

const docs = storageAccountId('rg', 'contosodocs');
const storageService = (group: string, host = `contosodocs.${group}.core.windows.net`): Service => ({
  target: docs,
  group,
  host,
  alias: `contosodocs.privatelink.${group}.core.windows.net`,
  zone: zoneId('rg', `privatelink.${group}.core.windows.net`),
  record: 'contosodocs',
  version: '2025-06-01',
});
const blob = storageService('blob');
const search: Service = {
  target: searchServiceId('rg', 'contoso-search'),
  group: 'searchService',
  host: 'contoso-search.search.windows.net',
  alias: 'contoso-search.privatelink.search.windows.net',
  zone: zoneId('rg', 'privatelink.search.windows.net'),
  record: 'contoso-search',
  version: '2025-05-01',
};

const estate: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  searchService(search.target),
  storageAccount(docs),
  virtualNetwork(network, 'japaneast', '10.0.0.0/16', { snet: '10.0.0.0/24' }),
];
const linkedTo = ({ target, group, zone }: Service, manual = false): readonly SeedStep[] => [
  ...estate,
  privateDnsZone(zone),
  networkLink(zone, 'link', network),
  privateEndpoint(pe, 'japaneast', subnet, target, { group, manual }),
  zoneGroup(pe, [zone]),
];
const seedOf = (steps: readonly SeedStep[]) => ({ name: 'test', registered: REGISTERED, steps });
const within = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: seedOf(steps) }, use);

const stateOf = async (client: SandboxClient, list: string) =>
  at(
    (await client.get(`${pe}?api-version=2025-03-01`)).body,
    'properties',
    list,
    0,
    'properties',
    'privateLinkServiceConnectionState',
    'status',
  );

describe.each<[string, Service]>([
  ['AI Search', search],
  ...['blob', 'file', 'dfs', 'queue', 'table'].map((group): [string, Service] => [group, storageService(group)]),
  ['a static website', storageService('web', 'contosodocs.z5.web.core.windows.net')],
])('the name of %s', (_, service) => {
  const { host, alias } = service;

  it('is public and no alias as long as there is no private endpoint', () =>
    within(estate, async (client) => {
      const resolver = resolverOf(await open(client, position));
      expect(await resolver.resolve4(host)).toEqual([expect.stringMatching(/^198\.51\.100\./)]);
      expect(await codeOf(resolver.resolveCname(host))).toBe('ENODATA');
    }));

  it('is an alias once there is one: public outside, the endpoint inside', () =>
    within(linkedTo(service), async (client) => {
      const outside = resolverOf(await open(client, { kind: 'internet' }));
      expect(await outside.resolveCname(host)).toEqual([alias]);
      expect(await outside.resolve4(host)).toEqual([expect.stringMatching(/^198\.51\.100\./)]);
      expect(await resolverOf(await open(client, position)).resolve4(host)).toEqual(['10.0.0.4']);
    }));
});

describe('a private endpoint', () => {
  it('to blobs says nothing about the other services of the account', () =>
    within(linkedTo(blob), async (client) => {
      const resolver = resolverOf(await open(client, { kind: 'internet' }));
      expect(await codeOf(resolver.resolveCname('contosodocs.file.core.windows.net'))).toBe('ENODATA');
    }));

  it('leads to one group of one resource', () => {
    const { azure } = createAzure(seedOf(linkedTo(blob)), Infinity, Date.now);
    expect(routeTo(azure, position, '10.0.0.4', 443)).toEqual({
      kind: 'service',
      way: { kind: 'private', targetId: docs, groupId: 'blob' },
    });
  });

  it('needs a group that the resource has', () =>
    within(estate, async (client) => {
      const answer = await client.put(`${pe}?api-version=2025-03-01`, {
        location: 'japaneast',
        properties: {
          subnet: { id: subnet },
          privateLinkServiceConnections: [
            { name: 'c', properties: { privateLinkServiceId: search.target, groupIds: ['account'] } },
          ],
        },
      });
      expect(answer.status).toBe(400);
    }));
});

describe.each([
  ['AI Search', search],
  ['blobs', blob],
] as const)('an endpoint of %s that waits for approval', (_, service) => {
  const { target, zone, record, version, host } = service;
  const connection = async (client: SandboxClient) =>
    at((await client.get(`${target}/privateEndpointConnections?api-version=${version}`)).body, 'value', 0);
  const answer = async (client: SandboxClient, status: string) =>
    client.put(`${String(at(await connection(client), 'id'))}?api-version=${version}`, {
      properties: { privateLinkServiceConnectionState: { status, description: 'Said so' } },
    });
  const recordUrl = `${zone}/A/${record}?api-version=2020-06-01`;
  const manual = 'manualPrivateLinkServiceConnections';

  it('is pending on both sides, without a record and without an alias', () =>
    within(linkedTo(service, true), async (client) => {
      expect(await stateOf(client, manual)).toBe('Pending');
      expect(at(await connection(client), 'properties', 'privateLinkServiceConnectionState', 'status')).toBe('Pending');
      expect((await client.get(recordUrl)).status).toBe(404);
      const outside = resolverOf(await open(client, { kind: 'internet' }));
      expect(await codeOf(outside.resolveCname(host))).toBe('ENODATA');
    }));

  it('gets its record when the service approves it', () =>
    within(linkedTo(service, true), async (client) => {
      expect((await answer(client, 'Approved')).status).toBe(200);
      expect(await stateOf(client, manual)).toBe('Approved');
      expect(at((await client.get(recordUrl)).body, 'properties', 'aRecords')).toEqual([{ ipv4Address: '10.0.0.4' }]);
    }));

  it('is rejected when the service rejects it, and nothing else can be said', () =>
    within(linkedTo(service, true), async (client) => {
      expect((await answer(client, 'Maybe')).status).toBe(400);
      await answer(client, 'Rejected');
      expect(await stateOf(client, manual)).toBe('Rejected');
    }));

  it('is disconnected when the service deletes the connection', () =>
    within(linkedTo(service), async (client) => {
      await client.delete(`${String(at(await connection(client), 'id'))}?api-version=${version}`);
      expect(await stateOf(client, 'privateLinkServiceConnections')).toBe('Disconnected');
    }));
});

describe('the certificate', () => {
  const subjectAt = async (client: SandboxClient, host: string) => {
    const access = await open(client, position);
    const socket = await tunnel(access, `${host}:443`);
    if (typeof socket === 'number') return socket;
    return new Promise<string>((resolve) => {
      const tls = connect({ socket, servername: host, ca: access.certificateAuthority });
      tls.on('secureConnect', () => {
        resolve('proved');
        tls.destroy();
      });
      tls.on('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.message);
      });
    });
  };

  it('proves the public names, not the aliases', () =>
    within(linkedTo(blob), async (client) => {
      expect(await subjectAt(client, search.host)).toBe('proved');
      expect(await subjectAt(client, blob.host)).toBe('proved');
      expect(await subjectAt(client, blob.alias)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    }));
});

describe('Resource Graph', () => {
  it('knows search services and storage accounts as they are shown, and not what is inside of them', () =>
    within(linkedTo(blob), async (client) => {
      const { body } = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
        query:
          "resources | where type in~ ('microsoft.search/searchservices', 'microsoft.storage/storageaccounts', 'microsoft.storage/storageaccounts/blobservices') | project name, type, location, properties",
        options: { resultFormat: 'objectArray' },
      });
      const rows = at(body, 'data') as never[];
      expect(rows.map((row) => [at(row, 'name'), at(row, 'location')]).sort()).toEqual([
        ['contoso-search', 'eastus'],
        ['contosodocs', 'eastus'],
      ]);
      const account = rows.find((row) => at(row, 'name') === 'contosodocs');
      expect(at(account, 'properties', 'privateEndpointConnections')).toHaveLength(1);
    }));
});
