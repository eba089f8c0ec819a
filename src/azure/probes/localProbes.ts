import { lookup, Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TokenCredential } from '@azure/core-auth';
import type { Cloud, DataService } from '../../core/clouds';
import type { ProbePort } from '../../core/ports';
import type { HostMeasurement, ProbePosition, ProbeRequest } from '../../core/probes/probe';
import { measureHost, type Vantage } from './measureHost';

/** Resolvers that answer as the public internet does, whatever this machine is configured to ask. */
const PUBLIC_RESOLVERS = ['1.1.1.1', '8.8.8.8'];

/** Measurements from this machine: as it is configured, and as the internet would see it. */
export class LocalProbes implements ProbePort {
  constructor(
    private readonly cloud: Cloud,
    private readonly credential: TokenCredential,
    /** Reads a key of a subscription of API Management. */
    private readonly subscriptionKey: (subscription: string, signal: AbortSignal) => Promise<string | undefined>,
  ) {}

  positions(): readonly ProbePosition['kind'][] {
    return ['internet', 'here'];
  }

  measure(request: ProbeRequest, position: ProbePosition, signal: AbortSignal): Promise<HostMeasurement> {
    const resolver = new Resolver({ timeout: 3000, tries: 2 });
    if (position.kind === 'internet') resolver.setServers(PUBLIC_RESOLVERS);
    const vantage: Vantage = {
      position,
      // `lookup` asks as applications do: hosts file first.
      resolve:
        position.kind === 'internet'
          ? (name) => resolver.resolve4(name)
          : async (name) => (await lookup(name, { all: true, family: 4 })).map(({ address }) => address),
      canonicalName: async (name) => (await resolver.resolveCname(name))[0],
      open: openTcp,
      credentials: {
        token: ({ service }) => this.token(service, signal),
        subscriptionKey: (subscription) => this.subscriptionKey(subscription, signal),
      },
    };
    return measureHost(request, vantage, signal);
  }

  private async token(service: DataService, signal: AbortSignal): Promise<string | undefined> {
    const token = await this.credential
      .getToken(this.cloud.dataScopes[service], { abortSignal: signal })
      .catch(() => null);
    return token?.token;
  }
}

export function openTcp(address: string, port: number, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, signal });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
