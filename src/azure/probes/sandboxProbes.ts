import { Resolver } from 'node:dns/promises';
import { ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProbePort } from '../../core/ports';
import type { HostMeasurement, ProbePosition, ProbeRequest } from '../../core/probes/probe';
import { measureHost } from './measureHost';

/** What the sandbox opens for one network position. */
interface PositionAccess {
  /** `127.0.0.1:PORT` of a DNS server that answers as this position's resolver would. */
  readonly dns: string;
  /** `127.0.0.1:PORT` of an HTTP CONNECT proxy whose connections start at this position. */
  readonly proxy: string;
  readonly certificateAuthority: string;
  /** The token of the web app's own identity, where the position is one that has it. */
  readonly token?: string;
}

/** Real DNS and TLS against the sandbox: the same measurement as in life, with other resolvers and another way out. */
export class SandboxProbes implements ProbePort {
  constructor(
    private readonly address: string,
    private readonly bearer: string,
    /** Reads a key of a subscription of API Management. */
    private readonly subscriptionKey: (subscription: string, signal: AbortSignal) => Promise<string | undefined>,
  ) {}

  positions(): readonly ProbePosition['kind'][] {
    return ['internet', 'virtualNetwork', 'webApp'];
  }

  async measure(request: ProbeRequest, position: ProbePosition, signal: AbortSignal): Promise<HostMeasurement> {
    const access = await this.access(position, signal);
    if (access === undefined)
      return { host: request.host, position, canonicalNames: [], addresses: [], resolveError: NO_SUCH_PLACE };
    const resolver = new Resolver({ timeout: 3000, tries: 2 });
    resolver.setServers([access.dns]);
    return measureHost(
      request,
      {
        position,
        resolve: (name) => resolver.resolve4(name),
        canonicalName: async (name) => (await resolver.resolveCname(name))[0],
        open: (address, port, deadline) => openThroughProxy(access.proxy, address, port, deadline),
        tls: { ca: access.certificateAuthority },
        credentials: {
          token: ({ as }) => Promise.resolve(as === 'webApp' ? access.token : this.bearer),
          subscriptionKey: (subscription) => this.subscriptionKey(subscription, signal),
        },
      },
      signal,
    );
  }

  /** Undefined where the network or the app is not there. */
  private async access(position: ProbePosition, signal: AbortSignal): Promise<PositionAccess | undefined> {
    const response = await fetch(`${this.address}/.sandbox/positions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(position),
      signal,
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The sandbox refused the position ${position.kind}: ${response.status}`);
    return (await response.json()) as PositionAccess;
  }
}

/** As an operating system says that a machine is in no network. */
const NO_SUCH_PLACE = 'ENONET';

function openThroughProxy(proxy: string, address: string, port: number, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const [host, proxyPort] = proxy.split(':');
    const outgoing = new ClientRequest({
      host,
      port: proxyPort,
      method: 'CONNECT',
      path: `${address}:${port}`,
      signal,
      agent: false,
    });
    outgoing.once('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else
        reject(
          Object.assign(new Error('not connected'), { code: PROXY_ERRORS[response.statusCode ?? 0] ?? 'ECONNREFUSED' }),
        );
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** What a CONNECT proxy's refusal means for a socket. */
const PROXY_ERRORS: Readonly<Record<number, string>> = { 502: 'ECONNREFUSED', 504: 'ETIMEDOUT' };
