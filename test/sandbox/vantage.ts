import { Resolver } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { JsonObject } from '../../src/core/resources/json';
import type { PositionAccess } from '../../src/sandbox/positions/positions';
import { NETWORK } from '../../src/sandbox/worlds/exposed';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { withSandbox, type SandboxClient } from './client';

export const HOST = 'contoso-openai.openai.azure.com';
export const ALIAS = 'contoso-openai.privatelink.openai.azure.com';
export const MODELS = '/openai/models?api-version=2024-10-21';
export const internet = { kind: 'internet' } as const;
export const inside = { kind: 'virtualNetwork', virtualNetwork: NETWORK } as const;

export const open = async (client: SandboxClient, position: JsonObject) =>
  (await client.post('/.sandbox/positions', position)).body as unknown as PositionAccess;

export function resolverOf({ dns }: PositionAccess): Resolver {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([dns]);
  return resolver;
}

export const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error as { code: string }).code,
  );

/** A CONNECT through the proxy: the tunnel, or the status of the refusal. */
export function tunnel({ proxy }: PositionAccess, target: string): Promise<Duplex | number> {
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
export async function call(
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
    httpsRequest({ createConnection: () => tls, host, path, method, headers: { host, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        tls.destroy();
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as JsonObject,
        });
      });
    })
      .on('error', fail)
      .end();
  });
}

export const inWorld = <Result>(
  world: WorldName,
  use: (client: SandboxClient, bearer: Record<string, string>) => Promise<Result>,
) => withSandbox({ world }, (client, { token }) => use(client, { authorization: `Bearer ${token}` }));
