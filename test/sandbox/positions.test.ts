import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { NETWORK, OPENAI, SITE } from '../../src/sandbox/worlds/exposed';
import {
  account,
  accountId,
  endpointId,
  networkId,
  networkLink,
  privateDnsZone,
  privateEndpoint,
  REGISTERED,
  resourceGroup,
  subnetId,
  virtualNetwork,
  zoneGroup,
  zoneId,
} from '../../src/sandbox/worlds/builders';
import { withSandbox } from './client';
import { ALIAS, call, codeOf, HOST, inside, internet, inWorld, open, resolverOf, tunnel } from './vantage';

describe('names', () => {
  it('of an account without a private endpoint are public from everywhere, with no alias', () =>
    inWorld('exposed', async (client) => {
      for (const position of [internet, inside]) {
        const resolver = resolverOf(await open(client, position));
        expect(await resolver.resolve4(HOST)).toEqual([expect.stringMatching(/^198\.51\.100\./)]);
        expect(await codeOf(resolver.resolveCname(HOST))).toBe('ENODATA');
      }
    }));

  it('of an account with one are an alias: public outside, the endpoint inside', () =>
    inWorld('hardened', async (client) => {
      const outside = resolverOf(await open(client, internet));
      expect(await outside.resolveCname(HOST)).toEqual([ALIAS]);
      expect(await outside.resolve4(HOST)).toEqual([expect.stringMatching(/^198\.51\.100\./)]);
      const within = resolverOf(await open(client, inside));
      expect(await within.resolve4(HOST)).toEqual(['10.3.1.4']);
      expect(await within.resolve4(ALIAS)).toEqual(['10.3.1.4']);
    }));

  it('do not exist inside where the linked zone lacks the record', () =>
    inWorld('hardened', async (client) => {
      const zone = zoneId('rg-contoso-network', 'privatelink.openai.azure.com');
      await client.delete(`${zone}/A/contoso-openai?api-version=2020-06-01`);
      expect(await codeOf(resolverOf(await open(client, inside)).resolve4(HOST))).toBe('ENOTFOUND');
      const link = `${zone}/virtualNetworkLinks/link-vnet-app?api-version=2024-06-01`;
      await client.follow(await client.patch(link, { properties: { resolutionPolicy: 'NxDomainRedirect' } }));
      expect(await resolverOf(await open(client, inside)).resolve4(HOST)).toEqual([expect.stringMatching(/^198\./)]);
    }));

  it('of an account whose endpoint waits for approval are still public', () =>
    inWorld('half', async (client) => {
      const resolver = resolverOf(await open(client, inside));
      expect(await codeOf(resolver.resolveCname(HOST))).toBe('ENODATA');
      expect(await resolver.resolve4(HOST)).toEqual([expect.stringMatching(/^198\./)]);
    }));

  it('that nobody has do not exist, and what is not simulated is refused', () =>
    inWorld('exposed', async (client) => {
      const resolver = resolverOf(await open(client, internet));
      expect(await codeOf(resolver.resolve4('nobody.openai.azure.com'))).toBe('ENOTFOUND');
      expect(await codeOf(resolver.resolve4('example.com'))).toBe('EREFUSED');
    }));

  it('have no IPv6 address', () =>
    inWorld('exposed', async (client) => {
      expect(await codeOf(resolverOf(await open(client, internet)).resolve6(HOST))).toBe('ENODATA');
    }));

  it('of an AIServices account lead to three addresses', async () => {
    const [id, network, endpoint] = [accountId('rg', 'foundry'), networkId('rg', 'vnet'), endpointId('rg', 'pe')];
    const zones = ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'].map((suffix) =>
      zoneId('rg', `privatelink.${suffix}`),
    );
    const steps = [
      resourceGroup('rg', 'eastus'),
      account(id, { kind: 'AIServices', properties: { customSubDomainName: 'foundry' } }),
      virtualNetwork(network, 'eastus', '10.0.0.0/16', { snet: '10.0.0.0/24' }),
      privateEndpoint(endpoint, 'eastus', subnetId(network, 'snet'), id),
      ...zones.flatMap((zone) => [privateDnsZone(zone), networkLink(zone, 'link', network)]),
      zoneGroup(endpoint, zones),
    ];
    await withSandbox({ world: { name: 'foundry', registered: REGISTERED, steps } }, async (client, { token }) => {
      const access = await open(client, { kind: 'virtualNetwork', virtualNetwork: network });
      const hosts = ['cognitiveservices.azure.com', 'openai.azure.com', 'services.ai.azure.com'].map(
        (suffix) => `foundry.${suffix}`,
      );
      const addresses = await Promise.all(hosts.map((host) => resolverOf(access).resolve4(host)));
      expect(addresses.flat()).toEqual(['10.0.0.4', '10.0.0.5', '10.0.0.6']);
      for (const [index, host] of hosts.entries()) {
        const answer = await call(access, {
          address: addresses[index]?.[0] ?? '',
          host,
          headers: { authorization: `Bearer ${token}` },
        });
        expect(answer).toMatchObject({ status: 200 });
      }
    });
  });

  it('change when the operation is over, not before', () =>
    inWorld('exposed', async (client) => {
      const resolver = resolverOf(await open(client, internet));
      const body = {
        location: 'japaneast',
        properties: {
          subnet: { id: subnetId(NETWORK, 'snet-clients') },
          privateLinkServiceConnections: [
            { name: 'c', properties: { privateLinkServiceId: OPENAI, groupIds: ['account'] } },
          ],
        },
      };
      const created = await client.put(`${endpointId('rg-contoso-network', 'pe')}?api-version=2025-03-01`, body);
      expect(await codeOf(resolver.resolveCname(HOST))).toBe('ENODATA');
      await client.follow(created);
      expect(await resolver.resolveCname(HOST)).toEqual([ALIAS]);
    }));
});

describe('connections', () => {
  it.each([
    ['a private address, from the internet', internet, '10.3.1.4:443', 504],
    ['an address that nobody has, from inside', inside, '10.3.1.99:443', 504],
    ['an address of another network, from inside', inside, '10.9.0.4:443', 504],
    ['a machine that serves nothing, from inside', inside, '10.3.0.4:443', 502],
    ['another port of the endpoint', inside, '10.3.1.4:80', 504],
    ['a name that does not exist', inside, 'nobody.openai.azure.com:443', 502],
  ])('to %s come to nothing', (_, position, target, status) =>
    inWorld('hardened', async (client) => {
      expect(await tunnel(await open(client, position), target)).toBe(status);
    }),
  );

  it('to an endpoint that waits for approval come to nothing', () =>
    inWorld('half', async (client) => {
      expect(await tunnel(await open(client, inside), '10.3.1.4:443')).toBe(504);
    }));

  it('straight to the alias fail at the certificate', () =>
    inWorld('hardened', async (client, headers) => {
      const access = await open(client, inside);
      expect(await call(access, { address: '10.3.1.4', host: ALIAS, headers })).toEqual({
        error: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    }));

  it('are proven by the sandbox’s own authority only', () =>
    inWorld('hardened', async (client, headers) => {
      const access = { ...(await open(client, inside)), certificateAuthority: '' };
      expect(await call(access, { address: '10.3.1.4', headers })).toHaveProperty('error');
    }));
});

const webApp = { kind: 'webApp', site: SITE } as const;

describe('a web app', () => {
  const RESOLVED = { outside: '198.51.100.', inside: '10.3.1.4' };

  it('resolves names and connects like its network once it is integrated, and like the internet before', () =>
    inWorld('exposed', async (client) => {
      const access = await open(client, webApp);
      expect(access.token).toBeUndefined();
      expect((await resolverOf(access).resolve4(HOST))[0]).toContain(RESOLVED.outside);
    }).then(() =>
      inWorld('hardened', async (client) => {
        const access = await open(client, webApp);
        expect(await resolverOf(access).resolve4(HOST)).toEqual([RESOLVED.inside]);
        const headers = { authorization: `Bearer ${access.token ?? ''}` };
        expect(await call(access, { address: RESOLVED.inside, headers })).toMatchObject({ status: 200 });
      }),
    ));

  it('has a token of its own, which tells who it is and is no key to Azure Resource Manager', () =>
    inWorld('hardened', async (client) => {
      const { token = '' } = await open(client, webApp);
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
      expect(claims).toMatchObject({ oid: firstPrincipalOf(SITE), idtyp: 'app' });
      const headers = { authorization: `Bearer ${token}` };
      expect((await client.send({ method: 'GET', url: '/.sandbox', headers })).status).toBe(401);
    }));

  it('keeps its token out of what is recorded', async () => {
    const recorded: string[] = [];
    const onExchange = (exchange: object) => recorded.push(JSON.stringify(exchange));
    await withSandbox({ world: 'hardened', onExchange }, async (client) => {
      const { token } = await open(client, webApp);
      expect(recorded.join()).toContain('"token":"{KEY}"');
      expect(recorded.join()).not.toContain(token);
    });
  });

  it('that is not there has no position', () =>
    inWorld('empty', async (client) => {
      expect((await client.post('/.sandbox/positions', webApp)).status).toBe(404);
    }));
});
