import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/core/resources/json';
import {
  account,
  accountId,
  aRecord,
  endpointId,
  groupId,
  networkId,
  privateDnsZone,
  privateEndpoint,
  put,
  REGISTERED,
  resourceGroup,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep, WorldSeed } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2025-03-01';
const target = accountId('rg', 'contoso');
const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'snet');
const endpoint = endpointId('rg', 'pe');
const zone = zoneId('rg', 'privatelink.openai.azure.com');
const named = { customSubDomainName: 'contoso' };

const ready: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(network, 'japaneast', '10.0.0.0/16', { snet: '10.0.0.0/28' }),
  account(target, { properties: named }),
];
const connected = [...ready, privateEndpoint(endpoint, 'japaneast', subnet, target)];

const within = <Result>(
  steps: readonly SeedStep[],
  use: (client: SandboxClient) => Promise<Result>,
  more: Partial<WorldSeed> = {},
) => withSandbox({ world: { name: 'test', registered: REGISTERED, steps, ...more } }, use);
const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];

const endpointBody = (
  changes: { location?: string; subnet?: string; target?: string; groupIds?: string[]; manual?: boolean } = {},
): Json => ({
  location: changes.location ?? 'japaneast',
  properties: {
    subnet: { id: changes.subnet ?? subnet },
    [changes.manual ? 'manualPrivateLinkServiceConnections' : 'privateLinkServiceConnections']: [
      {
        name: 'c',
        properties: { privateLinkServiceId: changes.target ?? target, groupIds: changes.groupIds ?? ['account'] },
      },
    ],
  },
});
const create = (client: SandboxClient, changes?: Parameters<typeof endpointBody>[0]) =>
  client.put(`${endpoint}${VERSION}`, endpointBody(changes));

const read = async (client: SandboxClient, id: string, version = VERSION) => (await client.get(`${id}${version}`)).body;
const readAccount = (client: SandboxClient) => read(client, target, '?api-version=2025-06-01');
const stateOf = (body: Json | undefined, list = 'privateLinkServiceConnections') =>
  at(body, 'properties', list, 0, 'properties', 'privateLinkServiceConnectionState', 'status');

describe('creating a private endpoint', () => {
  it('works from a network in another region than the account', () =>
    within(ready, async (client) => {
      await client.follow(await create(client));
      const body = await read(client, endpoint);
      expect(at(body, 'location')).toBe('japaneast');
      expect(at(body, 'properties', 'customDnsConfigs')).toEqual([
        { fqdn: 'contoso.openai.azure.com', ipAddresses: ['10.0.0.4'] },
      ]);
      expect(at(await readAccount(client), 'properties', 'privateEndpointConnections')).toHaveLength(1);
    }));

  it('keeps the account busy: nobody else can write it meanwhile', () =>
    within(ready, async (client) => {
      const first = await create(client);
      expect(at(await readAccount(client), 'properties', 'provisioningState')).toBe('Accepted');
      const refused = await client.patch(`${target}?api-version=2025-06-01`, { tags: {} });
      expect(codeOf(refused)).toEqual([409, 'RequestConflict']);
      await client.follow(first);
      expect(at(await readAccount(client), 'properties', 'provisioningState')).toBe('Succeeded');
    }));

  it('is refused while the account is busy', () =>
    within(ready, async (client) => {
      await client.patch(`${target}?api-version=2025-06-01`, { tags: { a: 'b' } });
      const refused = await create(client);
      expect(codeOf(refused)).toEqual([409, 'AccountProvisioningStateInvalid']);
      expect(at(refused.body, 'error', 'message')).toContain('in state Accepted');
    }));

  it('is refused while its subnet is being written, without Retry-After', () =>
    within(ready, async (client) => {
      await client.put(`${subnet}${VERSION}`, { properties: { addressPrefix: '10.0.0.0/27' } });
      const refused = await create(client);
      expect(refused.status).toBe(429);
      expect(at(refused.body, 'error', 'details', 0, 'code')).toBe('ReferencedResourceNotProvisioned');
      expect(refused.headers['retry-after']).toBeUndefined();
    }));

  it.each([
    ['for a subnet that is not there', { subnet: subnetId(network, 'none') }, 'InvalidResourceReference'],
    ['for a network in another region', { location: 'eastus' }, 'InvalidResourceReference'],
    ['for a target that is not there', { target: accountId('rg', 'none') }, 'InvalidResourceReference'],
    ['for a group that the service does not have', { groupIds: ['blob'] }, 'BadRequest'],
  ])('is refused %s', (_, changes, code) =>
    within(ready, async (client) => {
      expect(codeOf(await create(client, changes))).toEqual([400, code]);
    }),
  );

  it('is refused in a delegated subnet', () =>
    within(
      [
        ...ready,
        put(subnetId(network, 'web'), {
          properties: {
            addressPrefix: '10.0.1.0/26',
            delegations: [{ name: 'd', properties: { serviceName: 'Microsoft.Web/serverFarms' } }],
          },
        }),
      ],
      async (client) => {
        const refused = await create(client, { subnet: subnetId(network, 'web') });
        expect(codeOf(refused)).toEqual([400, 'PrivateEndpointCreationNotAllowedAsSubnetIsDelegated']);
      },
    ));

  it.each([
    [true, 400],
    [false, 201],
  ])('in a subnet with network policies, in a cloud that minds (%s), answers %s', (endpointsNeedPoliciesOff, status) =>
    within(
      [
        ...ready,
        put(subnetId(network, 'strict'), {
          properties: { addressPrefix: '10.0.1.0/26', privateEndpointNetworkPolicies: 'Enabled' },
        }),
      ],
      async (client) => {
        expect((await create(client, { subnet: subnetId(network, 'strict') })).status).toBe(status);
      },
      { endpointsNeedPoliciesOff },
    ),
  );

  it('is refused to an account without a custom subdomain', () =>
    within([...ready.slice(0, 2), account(target)], async (client) => {
      expect(codeOf(await create(client))).toEqual([400, 'BadRequest']);
    }));

  it('is refused in a subnet that is full', () =>
    within(
      [...ready, put(subnetId(network, 'tiny'), { properties: { addressPrefix: '10.0.1.0/29' } })],
      async (client) => {
        const tiny = { subnet: subnetId(network, 'tiny') };
        const statuses: unknown[] = [];
        for (const name of ['a', 'b', 'c', 'd']) {
          const answer = await client.put(`${endpointId('rg', name)}${VERSION}`, endpointBody(tiny));
          statuses.push(answer.status === 201 ? 201 : codeOf(answer)[1]);
          if (answer.status === 201) await client.follow(answer);
        }
        expect(statuses).toEqual([201, 201, 201, 'SubnetIsFull']);
      },
    ));

  it('gives an AIServices account one address for each of its three names', () =>
    within([...ready.slice(0, 2), account(target, { kind: 'AIServices', properties: named })], async (client) => {
      await client.follow(await create(client));
      expect(at(await read(client, endpoint), 'properties', 'customDnsConfigs')).toEqual([
        { fqdn: 'contoso.cognitiveservices.azure.com', ipAddresses: ['10.0.0.4'] },
        { fqdn: 'contoso.openai.azure.com', ipAddresses: ['10.0.0.5'] },
        { fqdn: 'contoso.services.ai.azure.com', ipAddresses: ['10.0.0.6'] },
      ]);
    }));
});

describe('a connection that waits for approval', () => {
  const pending = [...ready, privateEndpoint(endpoint, 'japaneast', subnet, target, { manual: true })];
  const manual = 'manualPrivateLinkServiceConnections';
  const answer = async (client: SandboxClient, status: string) => {
    const id = String(at(await readAccount(client), 'properties', 'privateEndpointConnections', 0, 'id'));
    return client.put(`${id}?api-version=2025-06-01`, {
      properties: { privateLinkServiceConnectionState: { status, description: null } },
    });
  };

  it('is Pending on both sides, and has no names yet', () =>
    within(pending, async (client) => {
      expect(stateOf(await read(client, endpoint), manual)).toBe('Pending');
      expect(at(await read(client, endpoint), 'properties', 'customDnsConfigs')).toEqual([]);
    }));

  it('is Approved on both sides once the account approves', () =>
    within(pending, async (client) => {
      expect((await answer(client, 'Approved')).status).toBe(200);
      expect(stateOf(await read(client, endpoint), manual)).toBe('Approved');
      expect(at(await read(client, endpoint), 'properties', 'customDnsConfigs')).toHaveLength(1);
    }));

  it('gets its records in DNS with the approval, not before', () =>
    within([...pending, privateDnsZone(zone), zoneGroup(endpoint, [zone])], async (client) => {
      const record = `${zone}/A/contoso?api-version=2020-06-01`;
      expect((await client.get(record)).status).toBe(404);
      await answer(client, 'Approved');
      expect((await client.get(record)).status).toBe(200);
    }));

  it('is Rejected on both sides', () =>
    within(pending, async (client) => {
      await answer(client, 'Rejected');
      expect(stateOf(await read(client, endpoint), manual)).toBe('Rejected');
    }));

  it('takes no other word', () =>
    within(pending, async (client) => {
      expect(codeOf(await answer(client, 'Perhaps'))).toEqual([400, 'BadRequest']);
    }));
});

describe('a zone group', () => {
  const withZone = [...connected, privateDnsZone(zone)];
  const group = `${endpoint}/privateDnsZoneGroups/default${VERSION}`;
  const record = `${zone}/A/contoso?api-version=2020-06-01`;

  it('writes the record when it is over, and empties customDnsConfigs', () =>
    within(withZone, async (client) => {
      const first = await client.put(group, {
        properties: { privateDnsZoneConfigs: [{ name: 'z', properties: { privateDnsZoneId: zone } }] },
      });
      expect(
        at(first.body, 'properties', 'privateDnsZoneConfigs', 0, 'properties', 'recordSets', 0, 'ipAddresses'),
      ).toEqual(['10.0.0.4']);
      expect((await client.get(record)).status).toBe(404);
      await client.follow(first);
      expect(at((await client.get(record)).body, 'properties', 'aRecords')).toEqual([{ ipv4Address: '10.0.0.4' }]);
      expect(at(await read(client, endpoint), 'properties', 'customDnsConfigs')).toEqual([]);
    }));

  it('takes its record with it, and leaves the others', () =>
    within([...withZone, zoneGroup(endpoint, [zone]), aRecord(zone, 'mine', '10.0.9.9')], async (client) => {
      await client.follow(await client.delete(group));
      expect((await client.get(record)).status).toBe(404);
      expect((await client.get(`${zone}/A/mine?api-version=2020-06-01`)).status).toBe(200);
      expect(at(await read(client, endpoint), 'properties', 'customDnsConfigs')).toHaveLength(1);
    }));

  it('is listed below the endpoint', () =>
    within([...withZone, zoneGroup(endpoint, [zone])], async (client) => {
      expect(at(await read(client, `${endpoint}/privateDnsZoneGroups`), 'value')).toHaveLength(1);
    }));

  it('must name a zone that exists', () =>
    within(connected, async (client) => {
      const body = { properties: { privateDnsZoneConfigs: [{ name: 'z', properties: { privateDnsZoneId: zone } }] } };
      expect(codeOf(await client.put(group, body))).toEqual([400, 'InvalidResourceReference']);
    }));
});

describe('deleting a private endpoint', () => {
  it('takes its interface, its records and its connection with it', () =>
    within([...connected, privateDnsZone(zone), zoneGroup(endpoint, [zone])], async (client) => {
      await client.follow(await client.delete(`${endpoint}${VERSION}`));
      expect((await client.get(`${endpoint}${VERSION}`)).status).toBe(404);
      expect(at(await read(client, `${groupId('rg')}/providers/Microsoft.Network/networkInterfaces`), 'value')).toEqual(
        [],
      );
      expect(at(await readAccount(client), 'properties', 'privateEndpointConnections')).toEqual([]);
      expect((await client.get(`${zone}/A/contoso?api-version=2020-06-01`)).status).toBe(404);
      const subnetNow = at(await read(client, subnet), 'properties');
      expect(subnetNow).not.toHaveProperty('purpose');
      expect(subnetNow).not.toHaveProperty('privateEndpoints');
    }));

  it('of an absent one answers 204', () =>
    within(ready, async (client) => {
      expect((await client.delete(`${endpoint}${VERSION}`)).status).toBe(204);
    }));

  it('does not happen when the account drops the connection: the endpoint stays, disconnected', () =>
    within(connected, async (client) => {
      const id = String(at(await readAccount(client), 'properties', 'privateEndpointConnections', 0, 'id'));
      expect((await client.delete(`${id}?api-version=2025-06-01`)).status).toBe(200);
      expect(stateOf(await read(client, endpoint))).toBe('Disconnected');
    }));

  it('is not possible by way of its interface', () =>
    within(connected, async (client) => {
      const nics = await read(client, `${groupId('rg')}/providers/Microsoft.Network/networkInterfaces`);
      expect(codeOf(await client.delete(`${String(at(nics, 'value', 0, 'id'))}${VERSION}`))).toEqual([400, 'NicInUse']);
    }));
});
