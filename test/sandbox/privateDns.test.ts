import { describe, expect, it } from 'vitest';
import {
  aRecord,
  networkId,
  networkLink,
  privateDnsZone,
  REGISTERED,
  resourceGroup,
  virtualNetwork,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at, withSandbox, type SandboxClient } from './client';

const VERSION = '?api-version=2020-06-01';
const network = networkId('rg', 'vnet');
const zone = zoneId('rg', 'privatelink.openai.azure.com');
const twin = zoneId('other', 'privatelink.openai.azure.com');
const linkBody = (id = network) => ({
  location: 'global',
  properties: { virtualNetwork: { id }, registrationEnabled: false },
});

const seed = [
  resourceGroup('rg', 'eastus'),
  resourceGroup('other', 'eastus'),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', {}),
  privateDnsZone(zone),
  privateDnsZone(twin),
];
const within = <Result>(use: (client: SandboxClient) => Promise<Result>, more: readonly SeedStep[] = []) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps: [...seed, ...more] } }, use);
const linked = [networkLink(zone, 'link', network)];

describe('a virtual network link', () => {
  it('cannot be had to a second zone of the same name: the operation fails and says why', () =>
    within(async (client) => {
      const answer = await client.put(`${twin}/virtualNetworkLinks/link${VERSION}`, linkBody());
      expect(answer.status).toBe(202);
      expect((await client.follow(answer)).at(-1)).toBe('200 Failed');
      const poll = await client.get(answer.headers['azure-asyncoperation'] ?? '');
      expect(at(poll.body, 'error', 'code')).toBe('BadRequest');
      expect(at(poll.body, 'error', 'message')).toContain('overlapping namespaces');
      expect((await client.get(`${twin}/virtualNetworkLinks/link${VERSION}`)).status).toBe(404);
    }, linked));

  it('to a second network is fine', () =>
    within(
      async (client) => {
        const answer = await client.put(
          `${twin}/virtualNetworkLinks/link${VERSION}`,
          linkBody(networkId('other', 'vnet')),
        );
        expect((await client.follow(answer)).at(-1)).toBe('200 Succeeded');
      },
      [...linked, virtualNetwork(networkId('other', 'vnet'), 'eastus', '10.1.0.0/16', {})],
    ));

  it('needs a network that exists', () =>
    within(async (client) => {
      const answer = await client.put(`${zone}/virtualNetworkLinks/link${VERSION}`, linkBody(networkId('rg', 'none')));
      expect([answer.status, at(answer.body, 'code')]).toEqual([400, 'BadRequest']);
    }));

  it('is Completed when it can be read, and counted by its zone', () =>
    within(async (client) => {
      const first = await client.put(`${zone}/virtualNetworkLinks/link${VERSION}`, linkBody());
      expect((await client.get(`${zone}/virtualNetworkLinks/link${VERSION}`)).status).toBe(404);
      await client.follow(first);
      const { body } = await client.get(`${zone}/virtualNetworkLinks/link${VERSION}`);
      expect(at(body, 'properties', 'virtualNetworkLinkState')).toBe('Completed');
      expect(at((await client.get(`${zone}${VERSION}`)).body, 'properties', 'numberOfVirtualNetworkLinks')).toBe(1);
    }));
});

describe('a zone', () => {
  it('cannot be deleted while it has links, until their deletion is over', () =>
    within(async (client) => {
      const refused = async () => at((await client.delete(`${zone}${VERSION}`)).body, 'error', 'code');
      expect(await refused()).toBe('CannotDeleteResource');
      const deleting = await client.delete(`${zone}/virtualNetworkLinks/link${VERSION}`);
      expect(await refused()).toBe('CannotDeleteResource');
      await client.follow(deleting);
      await client.follow(await client.delete(`${zone}${VERSION}`));
      expect((await client.get(`${zone}${VERSION}`)).status).toBe(404);
    }, linked));

  it.each([
    ['anywhere but global', 'a.test', 'eastus'],
    ['with a single label', 'test', 'global'],
  ])('is refused %s', (_, name, location) =>
    within(async (client) => {
      const answer = await client.put(`${zoneId('rg', name)}${VERSION}`, { location });
      expect([answer.status, at(answer.body, 'code')]).toEqual([400, 'BadRequest']);
    }),
  );

  it('that exists is not created again when the client says so', () =>
    within(async (client) => {
      const answer = await client.put(`${zone}${VERSION}`, { location: 'global' }, { 'if-none-match': '*' });
      expect(answer.status).toBe(412);
    }));

  it('shows its internal id to newer api-versions only', () =>
    within(async (client) => {
      const show = async (version: string) =>
        at((await client.get(`${zone}?api-version=${version}`)).body, 'properties');
      expect(await show('2024-06-01')).toHaveProperty('internalId');
      expect(await show('2020-06-01')).not.toHaveProperty('internalId');
    }));
});

describe('a record set', () => {
  it('is kept in lower case, with the name that it makes', () =>
    within(async (client) => {
      const answer = await client.put(`${zone}/A/WWW${VERSION}`, {
        properties: { ttl: 60, aRecords: [{ ipv4Address: '10.0.0.9' }] },
      });
      expect(answer.body).toMatchObject({ name: 'www', properties: { fqdn: 'www.privatelink.openai.azure.com.' } });
      expect((await client.put(`${zone}/A/www${VERSION}`, { properties: { ttl: 60, aRecords: [] } })).status).toBe(200);
    }));

  it('is changed under its own etag only', () =>
    within(
      async (client) => {
        const url = `${zone}/A/www${VERSION}`;
        const { headers } = await client.get(url);
        const body = { properties: { ttl: 60, aRecords: [] } };
        expect((await client.put(url, body, { 'if-match': 'other' })).status).toBe(412);
        expect((await client.put(url, body, { 'if-match': headers['etag'] ?? '' })).status).toBe(200);
      },
      [aRecord(zone, 'www', '10.0.0.9')],
    ));

  it('counts, beside the SOA that every zone has', () =>
    within(
      async (client) => {
        const count = at((await client.get(`${zone}${VERSION}`)).body, 'properties', 'numberOfRecordSets');
        const listed = at((await client.get(`${zone}/ALL${VERSION}`)).body, 'value') as { type: string }[];
        expect(count).toBe(2);
        expect(listed.map(({ type }) => type.split('/').at(-1))).toEqual(['SOA', 'A']);
      },
      [aRecord(zone, 'www', '10.0.0.9')],
    ));
});
