import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/resources/json';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { REGISTERED } from '../../src/sandbox/worlds/builders';
import { vpnGateway } from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type SandboxClient } from './client';
import { body, gateway, made, places, pointToSite, publicIp, subnet, VERSION, withGateway } from './vpnSetup';

describe('point-to-site', () => {
  const sent = (changes: JsonObject): Json => body({ vpnClientConfiguration: { ...pointToSite, ...changes } });

  it.each([
    ['with another protocol than OpenVPN', { vpnClientProtocols: ['OpenVPN', 'IkeV2'] }],
    ['with an issuer that does not end with a slash', { aadIssuer: String(pointToSite['aadIssuer']).slice(0, -1) }],
    ['without an audience', { aadAudience: null }],
    ['with a tenant that is no URL', { aadTenant: 'contoso.com' }],
    ['with a pool that is no range', { vpnClientAddressPool: { addressPrefixes: ['172.16.201.5'] } }],
    ['with a pool that is the network’s own', { vpnClientAddressPool: { addressPrefixes: ['10.0.128.0/17'] } }],
    ['without a pool', { vpnClientAddressPool: null }],
  ])('%s is refused', (_, changes) =>
    withGateway(async (client) => {
      expect((await client.put(`${gateway}${VERSION}`, sent(changes))).status).toBe(400);
      expect((await client.get(`${gateway}${VERSION}`)).status).toBe(404);
    }, places),
  );

  it('is shown as it was sent, and gone when it is not sent', () =>
    withGateway(async (client) => {
      const before = (await client.get(`${gateway}${VERSION}`)).body;
      expect(at(before, 'properties', 'vpnClientConfiguration')).toMatchObject(pointToSite);
      const polls = await client.follow(await client.put(`${gateway}${VERSION}`, body()));
      expect(polls.length).toBeLessThan(10);
      const after = at((await client.get(`${gateway}${VERSION}`)).body, 'properties') as JsonObject;
      expect(after).toMatchObject({ provisioningState: 'Succeeded' });
      expect(after).not.toHaveProperty('vpnClientConfiguration');
    }));
});

describe('the package for VPN clients', () => {
  const generate = async (client: SandboxClient): Promise<string> => {
    const first = await client.post(`${gateway}/generatevpnprofile${VERSION}`, { processorArchitecture: 'Amd64' });
    expect([first.status, first.body, first.headers['azure-asyncoperation']]).toEqual([202, null, undefined]);
    const poll = await client.get(first.headers['location'] ?? '');
    expect([poll.status, poll.body]).toEqual([202, null]);
    expect(poll.headers['azure-asyncoperation']).toBeDefined();
    const last = await client.get(poll.headers['location'] ?? '');
    expect(last.status).toBe(200);
    return String(last.body);
  };

  it('is a zip that is fetched without a token, with the settings of the gateway', () =>
    withGateway(async (client) => {
      const response = await fetch(await generate(client));
      expect(response.status).toBe(200);
      const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
      const profile = strFromU8(files['AzureVPN/azurevpnconfig.xml'] ?? new Uint8Array());
      expect(profile).toContain(`<audience>${String(pointToSite['aadAudience'])}</audience>`);
      expect(profile).toContain(`<issuer>${String(pointToSite['aadIssuer'])}</issuer>`);
      expect(profile).toContain(`<tenant>${String(pointToSite['aadTenant']).slice(0, -1)}</tenant>`);
      expect(profile).toMatch(/<fqdn>azuregateway-[0-9a-f-]{36}-[0-9a-f]{12}\.vpn\.azure\.com<\/fqdn>/);
      expect(profile).toMatch(/<serversecret>[0-9a-f]{512}<\/serversecret>/);
      expect(profile).toContain('<name>vnet</name>');
      const settings = strFromU8(files['Generic/VpnSettings.xml'] ?? new Uint8Array());
      expect(settings).toContain('<Routes>10.0.0.0/16</Routes>');
    }));

  it('is refused to whoever changes the URL, and after an hour', async () => {
    let time = Date.parse('2026-01-05T09:00:00Z');
    const world = { name: 'test', registered: REGISTERED, steps: made };
    await withSandbox({ world, speed: 1, now: () => time }, async (client) => {
      const first = await client.post(`${gateway}/generatevpnprofile${VERSION}`, {});
      time += 30_000;
      const url = new URL(String((await client.get(first.headers['location'] ?? '')).body));
      expect((await fetch(url)).status).toBe(200);
      const longer = new URL(url);
      longer.searchParams.set('se', '2027-01-05T09:00:00Z');
      expect((await fetch(longer)).status).toBe(403);
      const another = new URL(url);
      another.pathname = another.pathname.replace('.zip', '.txt');
      expect((await fetch(another)).status).toBe(403);
      time += 3_700_000;
      expect((await fetch(url)).status).toBe(403);
    });
  });

  it('leaves its signature in no record', async () => {
    const exchanges: Exchange[] = [];
    const url = await withGateway(generate, made, (exchange) => exchanges.push(exchange));
    const signature = new URL(url).searchParams.get('sig') ?? '';
    const recorded = JSON.stringify(exchanges);
    expect(signature).not.toBe('');
    expect(recorded).toContain('sig={KEY}');
    expect(recorded).not.toContain(encodeURIComponent(signature));
    expect(recorded).not.toContain(signature);
  });

  it('needs point-to-site', () =>
    withGateway(
      async (client) => {
        expect((await client.post(`${gateway}/generatevpnprofile${VERSION}`, {})).status).toBe(400);
      },
      [...places, vpnGateway(gateway, 'eastus', { subnet, publicIp })],
    ));
});
