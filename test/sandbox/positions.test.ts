import { Resolver } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import type { PositionAccess } from '../../src/sandbox/positions/positions';
import { NETWORK, OPENAI } from '../../src/sandbox/worlds/exposed';
import {
  account,
  accountId,
  deployment,
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
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { at, withSandbox, type SandboxClient } from './client';

const HOST = 'contoso-openai.openai.azure.com';
const ALIAS = 'contoso-openai.privatelink.openai.azure.com';
const MODELS = '/openai/models?api-version=2024-10-21';
const internet = { kind: 'internet' } as const;
const inside = { kind: 'virtualNetwork', virtualNetwork: NETWORK } as const;

const open = async (client: SandboxClient, position: JsonObject) =>
  (await client.post('/.sandbox/positions', position)).body as unknown as PositionAccess;

function resolverOf({ dns }: PositionAccess): Resolver {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([dns]);
  return resolver;
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code: string }).code,
  );

/** A CONNECT through the proxy: the tunnel, or the status of the refusal. */
function tunnel({ proxy }: PositionAccess, target: string): Promise<Duplex | number> {
  const [host, port] = proxy.split(':');
  return new Promise((resolve, reject) => {
    httpRequest({ host, port, method: 'CONNECT', path: target, agent: false })
      .on('connect', (response, socket) => {
        resolve(response.statusCode === 200 ? socket : (response.statusCode ?? 0));
      })
      .on('error', reject)
      .end();
  });
}

interface Call {
  readonly address: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** HTTPS to an address from a position, the certificate checked against the sandbox's authority. */
async function call(
  access: PositionAccess,
  { address, host = HOST, path = MODELS, method = 'GET', headers = {} }: Call,
) {
  const socket = await tunnel(access, `${address}:443`);
  if (typeof socket === 'number') return { proxy: socket };
  return new Promise<{ status: number; body: JsonObject } | { error: string }>((resolve) => {
    const tls = connect({ socket, servername: host, ca: access.certificateAuthority });
    const fail = (error: NodeJS.ErrnoException) => {
      resolve({ error: error.code ?? error.message });
    };
    tls.on('error', fail);
    httpsRequest(
      { createConnection: () => tls, host, path, method, headers: { host, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          tls.destroy();
          resolve({
            status: response.statusCode ?? 0,
            body: JSON.parse(Buffer.concat(chunks).toString()) as JsonObject,
          });
        });
      },
    )
      .on('error', fail)
      .end();
  });
}

const inWorld = <Result>(
  world: WorldName,
  use: (client: SandboxClient, bearer: Record<string, string>) => Promise<Result>,
) => withSandbox({ world }, (client, { token }) => use(client, { authorization: `Bearer ${token}` }));

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

describe('the service', () => {
  const PUBLIC = async (access: PositionAccess) => (await resolverOf(access).resolve4(HOST))[0] ?? '';
  const errorOf = (answer: unknown) => [
    at(answer as never, 'status'),
    at(answer as never, 'body', 'error', 'code'),
    at(answer as never, 'body', 'error', 'message'),
  ];

  it('answers the internet while public access is on', () =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const answer = await call(access, { address: await PUBLIC(access), headers });
      expect(answer).toMatchObject({ status: 200, body: { object: 'list', data: [{ id: 'gpt-4o' }] } });
    }));

  it('refuses the internet when it is off, and answers inside', () =>
    inWorld('hardened', async (client, headers) => {
      const outside = await open(client, internet);
      expect(errorOf(await call(outside, { address: await PUBLIC(outside), headers }))).toEqual([
        403,
        '403',
        'Public access is disabled. Please configure private endpoint.',
      ]);
      expect(await call(await open(client, inside), { address: '10.3.1.4', headers })).toMatchObject({ status: 200 });
    }));

  it('refuses the network too when it comes by the public address', () =>
    inWorld('hardened', async (client, headers) => {
      const outside = await open(client, internet);
      const address = await PUBLIC(outside);
      expect(errorOf(await call(await open(client, inside), { address, headers }))[0]).toBe(403);
    }));

  it.each([
    ['nobody', [], 403],
    ['this caller', [{ value: '203.0.113.10' }], 200],
    ['a range with this caller', [{ value: '203.0.113.0/28' }], 200],
    ['somebody else', [{ value: '203.0.113.99' }], 403],
  ])('with a firewall that lets in %s answers accordingly', (_, ipRules, status) =>
    inWorld('exposed', async (client, headers) => {
      const networkAcls = { defaultAction: 'Deny', ipRules };
      await client.follow(await client.patch(`${OPENAI}?api-version=2025-06-01`, { properties: { networkAcls } }));
      const access = await open(client, internet);
      const answer = await call(access, { address: await PUBLIC(access), headers });
      expect(at(answer as never, 'status')).toBe(status);
      if (status === 403) expect(errorOf(answer)[2]).toBe('Access denied due to Virtual Network/Firewall rules.');
    }),
  );

  it('goes by the new settings when the operation is over, not before', () =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const ask = async () => at((await call(access, { address: await PUBLIC(access), headers })) as never, 'status');
      const patched = await client.patch(`${OPENAI}?api-version=2025-06-01`, {
        properties: { publicNetworkAccess: 'Disabled' },
      });
      expect(await ask()).toBe(200);
      await client.follow(patched);
      expect(await ask()).toBe(403);
    }));

  it('wants a credential: none is 401, a wrong token or key as well', () =>
    inWorld('exposed', async (client) => {
      const access = await open(client, internet);
      const address = await PUBLIC(access);
      const attempts: Record<string, string>[] = [{}, { authorization: 'Bearer wrong' }, { 'api-key': 'wrong' }];
      for (const headers of attempts) expect(errorOf(await call(access, { address, headers }))[0]).toBe(401);
    }));

  it('takes a key while keys are on, and says when they are off', () =>
    inWorld('exposed', async (client) => {
      const access = await open(client, internet);
      const address = await PUBLIC(access);
      const key = String(at((await client.post(`${OPENAI}/listKeys?api-version=2025-06-01`)).body, 'key1'));
      expect(await call(access, { address, headers: { 'api-key': key } })).toMatchObject({ status: 200 });
      await client.follow(
        await client.patch(`${OPENAI}?api-version=2025-06-01`, { properties: { disableLocalAuth: true } }),
      );
      expect(errorOf(await call(access, { address, headers: { 'api-key': key } }))).toEqual([
        403,
        'AuthenticationTypeDisabled',
        'Key based authentication is disabled for this resource.',
      ]);
    }));

  it('takes tokens under a custom subdomain only', async () => {
    const id = accountId('rg', 'regional');
    const steps = [resourceGroup('rg', 'eastus'), account(id), deployment(id, 'gpt-4o', '2024-11-20')];
    await withSandbox({ world: { name: 'regional', registered: REGISTERED, steps } }, async (client, { token }) => {
      const access = await open(client, internet);
      const host = 'eastus.api.cognitive.microsoft.com';
      const [address = ''] = await resolverOf(access).resolve4(host);
      const byToken = await call(access, { address, host, headers: { authorization: `Bearer ${token}` } });
      expect(errorOf(byToken)).toEqual([400, 'BadRequest', expect.stringContaining('custom subdomain')]);
      const key = String(at((await client.post(`${id}/listKeys?api-version=2025-06-01`)).body, 'key2'));
      expect(await call(access, { address, host, headers: { 'api-key': key } })).toMatchObject({ status: 200 });
    });
  });

  it.each([
    ['gpt-4o', 200],
    ['nothing', 404],
  ])('completes a chat with the deployment %s: %s', (name, status) =>
    inWorld('exposed', async (client, headers) => {
      const access = await open(client, internet);
      const path = `/openai/deployments/${name}/chat/completions?api-version=2024-10-21`;
      const answer = await call(access, { address: await PUBLIC(access), path, method: 'POST', headers });
      expect(at(answer as never, 'status')).toBe(status);
    }),
  );

  it('says PermissionDenied to whoever lacks the data action', () =>
    inWorld('exposed', async (client, headers) => {
      await client.post('/.sandbox/denials', {
        action: 'Microsoft.CognitiveServices/accounts/OpenAI/*',
        scope: OPENAI,
      });
      const access = await open(client, internet);
      expect(errorOf(await call(access, { address: await PUBLIC(access), headers })).slice(0, 2)).toEqual([
        401,
        'PermissionDenied',
      ]);
    }));
});
