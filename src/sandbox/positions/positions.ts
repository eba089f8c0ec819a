import { isIPv4 } from 'node:net';
import type { Azure } from '../azure';
import { principalOf } from '../directory/identities';
import { API_MANAGEMENT_SUFFIX } from '../providers/apiManagement/serviceState';
import type { Tokens } from '../tokens';
import { createCertificates, type Certificates } from './certificates';
import { ConnectProxy } from './connectProxy';
import { DnsServer } from './dnsServer';
import { answerService } from '../dataPlanes/answerService';
import type { Position } from './position';
import { REGIONAL_SUFFIX, resolveName } from './resolver';
import { routeTo, type Route } from './route';

/**
 * How to measure from a position: `dns` and `proxy` are `127.0.0.1:PORT`, the authority is PEM. The token is that of the
 * web app's system-assigned identity, where there is one.
 */
export interface PositionAccess {
  readonly dns: string;
  readonly proxy: string;
  readonly certificateAuthority: string;
  readonly token?: string;
}

interface OpenPosition {
  readonly dns: DnsServer;
  readonly proxy: ConnectProxy;
}

/** Opens a DNS server and a proxy for each position that is asked for, once. */
export class Positions {
  private readonly open = new Map<string, Promise<OpenPosition>>();
  private certificates: Promise<Certificates> | undefined;

  constructor(
    private readonly azure: Azure,
    private readonly tokens: Tokens,
  ) {}

  async access(position: Position): Promise<PositionAccess> {
    const key = JSON.stringify(position).toLowerCase();
    const opening = this.open.get(key) ?? this.start(position);
    this.open.set(key, opening);
    const { dns, proxy } = await opening;
    return {
      dns: dns.address,
      proxy: proxy.address,
      certificateAuthority: (await this.requireCertificates()).authority,
      ...this.identityAt(position),
    };
  }

  private identityAt(position: Position): { readonly token?: string } {
    const site = position.kind === 'webApp' ? this.azure.store.get(position.site) : undefined;
    const principal = site && principalOf(site);
    return site === undefined || principal === undefined ? {} : { token: this.tokens.ofIdentity(principal, site.name) };
  }

  async stop(): Promise<void> {
    const all = await Promise.allSettled(this.open.values());
    const started = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    await Promise.all(started.flatMap(({ dns, proxy }) => [dns.stop(), proxy.stop()]));
  }

  private async start(position: Position): Promise<OpenPosition> {
    const { azure, tokens } = this;
    const certificates = await this.requireCertificates();
    const dns = await DnsServer.start((name) => {
      azure.operations.settle();
      return resolveName(azure, position, name);
    });
    const proxy = await ConnectProxy.start({
      certificates,
      route: (host, port) => this.route(position, host, port),
      answer: (way, request) => answerService({ azure, tokens }, way, request),
    });
    return { dns, proxy };
  }

  /** The proxy also takes names, which it resolves as the position does. */
  private route(position: Position, host: string, port: number): Route {
    const { azure } = this;
    azure.operations.settle();
    const address = isIPv4(host) ? host : resolveName(azure, position, host).addresses[0];
    return address === undefined ? { kind: 'refused' } : routeTo(azure, position, address, port);
  }

  private requireCertificates(): Promise<Certificates> {
    this.certificates ??= createCertificates(
      [...this.azure.privateLink.suffixes, REGIONAL_SUFFIX, API_MANAGEMENT_SUFFIX],
      Date.now(),
    );
    return this.certificates;
  }
}
