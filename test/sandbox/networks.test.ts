import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRange, canonicalCidr, freeAddresses, overlap, within } from '../../src/sandbox/addresses';
import {
  clientInterface,
  groupId,
  networkId,
  put,
  REGISTERED,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'one');
const VERSION = '?api-version=2025-03-01';
const seed = [resourceGroup('rg', 'eastus'), virtualNetwork(network, 'eastus', '10.0.0.0/16', { one: '10.0.0.0/24' })];

const withNetwork = <Result>(use: (client: SandboxClient) => Promise<Result>, more: readonly SeedStep[] = []) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps: [...seed, ...more] } }, use);
const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const nic = clientInterface('rg', 'nic', 'eastus', subnet);

describe('a subnet', () => {
  it.each([
    ['overlaps another', '10.0.0.128/25', 'NetcfgSubnetRangesOverlap'],
    ['lies outside its network', '10.1.0.0/24', 'NetcfgSubnetRangeOutsideVnet'],
    ['has host bits', '10.0.1.5/24', 'InvalidCIDRNotation'],
    ['is no range at all', 'ten', 'InvalidAddressPrefixFormat'],
  ])('that %s is refused', (_, addressPrefix, code) =>
    withNetwork(async (client) => {
      const answer = await client.put(`${subnetId(network, 'two')}${VERSION}`, { properties: { addressPrefix } });
      expect(codeOf(answer)).toEqual([400, code]);
    }),
  );

  it('is replaced whole by a PUT: what is not sent is gone', () =>
    withNetwork(async (client) => {
      const url = `${subnet}${VERSION}`;
      const delegations = [{ name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }];
      const first = { addressPrefix: '10.0.0.0/24', delegations, privateEndpointNetworkPolicies: 'Enabled' };
      await client.follow(await client.put(url, { properties: first }));
      expect(at((await client.get(url)).body, 'properties', 'delegations')).toHaveLength(1);
      await client.follow(await client.put(url, { properties: { addressPrefix: '10.0.0.0/24' } }));
      expect(at((await client.get(url)).body, 'properties')).toMatchObject({
        delegations: [],
        privateEndpointNetworkPolicies: 'Disabled',
      });
    }));

  it('cannot be deleted while something is in it', () =>
    withNetwork(
      async (client) => {
        expect(codeOf(await client.delete(`${subnet}${VERSION}`))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
        expect(codeOf(await client.delete(`${network}${VERSION}`))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
      },
      [nic],
    ));

  it('shares the etag of its network, which changes with it', () =>
    withNetwork(async (client) => {
      const etag = async (id: string) => (await client.get(`${id}${VERSION}`)).headers['etag'];
      const before = await etag(network);
      expect(await etag(subnet)).toBe(before);
      await client.follow(
        await client.put(`${subnetId(network, 'two')}${VERSION}`, { properties: { addressPrefix: '10.0.1.0/24' } }),
      );
      expect(await etag(network)).not.toBe(before);
      expect(await etag(subnet)).toBe(await etag(network));
    }));

  it('must refer to what exists', () =>
    withNetwork(async (client) => {
      const missing = `${groupId('rg')}/providers/Microsoft.Network/networkSecurityGroups/none`;
      const properties = { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: missing } };
      expect(codeOf(await client.put(`${subnet}${VERSION}`, { properties }))).toEqual([
        400,
        'InvalidResourceReference',
      ]);
    }));
});

describe('a virtual network has one writer at a time', () => {
  const two = (client: SandboxClient) =>
    client.put(`${subnetId(network, 'two')}${VERSION}`, { properties: { addressPrefix: '10.0.2.0/24' } });
  const three = (client: SandboxClient) =>
    client.put(`${subnetId(network, 'three')}${VERSION}`, { properties: { addressPrefix: '10.0.3.0/24' } });

  it('a second subnet waits for the first: 429 with Retry-After and its reason inside', () =>
    withNetwork(async (client) => {
      const first = await two(client);
      const refused = await three(client);
      expect(refused.status).toBe(429);
      expect(refused.headers['retry-after']).toBe('0');
      expect(at(refused.body, 'error', 'details', 0, 'code')).toBe('RetryableErrorDueToAnotherOperation');
      await client.follow(first);
      expect((await three(client)).status).toBe(201);
    }));

  it('a subnet waits for the network itself: 409 with the URL of the operation', () =>
    withNetwork(async (client) => {
      const body = {
        location: 'eastus',
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16', '10.1.0.0/16'] },
          subnets: [{ name: 'one', properties: { addressPrefix: '10.0.0.0/24' } }],
        },
      };
      const first = await client.put(`${network}${VERSION}`, body);
      const refused = await two(client);
      expect(codeOf(refused)).toEqual([409, 'AnotherOperationInProgress']);
      const [url] = /http\S+[^.\s]/.exec(String(at(refused.body, 'error', 'message'))) ?? [];
      expect((await client.get(url ?? '')).body).toEqual({ status: 'InProgress' });
      await client.follow(first);
      expect((await two(client)).status).toBe(201);
    }));

  it('whoever repeats after Retry-After gets through', () =>
    withNetwork(async (client) => {
      await two(client);
      const attempts = [await three(client), await three(client)].map(({ status }) => status);
      expect(attempts).toEqual([429, 201]);
    }));
});

describe('a PUT of a whole network', () => {
  it('deletes subnets that it does not name', () =>
    withNetwork(async (client) => {
      const body = {
        location: 'eastus',
        properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [] },
      };
      await client.follow(await client.put(`${network}${VERSION}`, body));
      expect((await client.get(`${subnet}${VERSION}`)).status).toBe(404);
    }));

  it('is refused where such a subnet is in use', () =>
    withNetwork(
      async (client) => {
        const body = { location: 'eastus', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } };
        expect(codeOf(await client.put(`${network}${VERSION}`, body))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
      },
      [nic],
    ));

  it('with nothing to do is over at once and asks for no patience', () =>
    withNetwork(async (client) => {
      const body = {
        location: 'East US',
        tags: { a: 'b' },
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
          subnets: [{ name: 'one', properties: { addressPrefix: '10.0.0.0/24' } }],
        },
      };
      const answer = await client.put(`${network}${VERSION}`, body);
      expect([answer.status, at(answer.body, 'properties', 'provisioningState')]).toEqual([200, 'Succeeded']);
      expect(at(answer.body, 'location')).toBe('eastus');
      expect(answer.headers['retry-after']).toBeUndefined();
    }));
});

describe('network security groups', () => {
  const group = `${groupId('rg')}/providers/Microsoft.Network/networkSecurityGroups/nsg`;
  const rule = {
    priority: 100,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    destinationPortRanges: ['443'],
  };

  it('take rules in parallel, know their subnets, and cannot go while one uses them', () =>
    withNetwork(
      async (client) => {
        const rules = [`${group}/securityRules/a${VERSION}`, `${group}/securityRules/b${VERSION}`];
        const answers = [
          await client.put(rules[0] ?? '', { properties: rule }),
          await client.put(rules[1] ?? '', { properties: { ...rule, priority: 101 } }),
        ];
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
        for (const answer of answers) await client.follow(answer);
        await client.follow(
          await client.put(`${subnet}${VERSION}`, {
            properties: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: group } },
          }),
        );
        const { body } = await client.get(`${group}${VERSION}`);
        expect(at(body, 'properties', 'securityRules')).toHaveLength(2);
        expect(at(body, 'properties', 'subnets')).toEqual([{ id: subnet }]);
        expect(codeOf(await client.delete(`${group}${VERSION}`))).toEqual([
          400,
          'InUseNetworkSecurityGroupCannotBeDeleted',
        ]);
      },
      [put(group, { location: 'eastus' })],
    ));
});

describe('network interfaces', () => {
  it('get the lowest free address, four after the first', () =>
    withNetwork(
      async (client) => {
        const { body } = await client.get(`${groupId('rg')}/providers/Microsoft.Network/networkInterfaces${VERSION}`);
        const addresses = (at(body, 'value') as object[]).map((each) =>
          at(each as never, 'properties', 'ipConfigurations', 0, 'properties', 'privateIPAddress'),
        );
        expect(addresses).toEqual(['10.0.0.4', '10.0.0.5']);
      },
      [nic, clientInterface('rg', 'nic2', 'eastus', subnet)],
    ));

  it('keep their address when they are written again', () =>
    withNetwork(
      async (client) => {
        const url = `${groupId('rg')}/providers/Microsoft.Network/networkInterfaces/nic${VERSION}`;
        const address = (answer: Received) =>
          at(answer.body, 'properties', 'ipConfigurations', 0, 'properties', 'privateIPAddress');
        const body = {
          location: 'eastus',
          properties: { ipConfigurations: [{ name: 'ipconfig1', properties: { subnet: { id: subnet } } }] },
        };
        expect(address(await client.put(url, body))).toBe('10.0.0.4');
      },
      [nic],
    ));
});

describe('address arithmetic', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const cidr = fc
    .tuple(byte, byte, byte, byte, fc.integer({ min: 8, max: 29 }))
    .map(([a, b, c, d, length]) => canonicalCidr(`${[a, b, c, d].join('.')}/${String(length)}`));

  it('knows a range as within itself and overlapping itself', () => {
    fc.assert(
      fc.property(cidr, (text) => {
        const range = addressRange(text);
        return range !== undefined && within(range, range) && overlap(range, range);
      }),
    );
  });

  it('never gives out a reserved or a used address, nor one twice', () => {
    fc.assert(
      fc.property(cidr, fc.integer({ min: 1, max: 20 }), (text, count) => {
        const range = addressRange(text);
        if (range === undefined) return false;
        const first = freeAddresses(range, new Set(), count);
        if (first === undefined) return range.last - range.first + 1 - 5 < count;
        const second = freeAddresses(range, new Set(first), count) ?? [];
        const numbers = [...first, ...second].map((address) => addressRange(address)?.first ?? 0);
        return (
          new Set(numbers).size === numbers.length &&
          numbers.every((number) => number >= range.first + 4 && number < range.last)
        );
      }),
    );
  });

  it.each(['10.0.0.0/33', '10.0.0/24', '::1/64', '', '10.0.0.256', 'a/8'])('takes %j for no range', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });
});
