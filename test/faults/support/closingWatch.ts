import type { ProbePort } from '../../../src/core/ports';
import { resourceName, sameResource } from '../../../src/core/resources/resourceId';
import type { Setup } from '../../../src/core/setup/setup';
import type { Exchange } from '../../../src/sandbox/http/exchange';
import {
  answersPrivately,
  CLOSABLE_SERVICES,
  isClosed,
  type ClosableService,
} from '../../contract/support/closedService';

/** Looks, at each request that closes a service to the internet, whether a client in the network reaches it by then. */
export class ClosingWatch {
  private readonly looks: Promise<string | undefined>[] = [];

  constructor(
    private readonly setup: Setup,
    private readonly probes: ProbePort,
  ) {}

  see({ method, url, requestBody }: Exchange): void {
    if (method !== 'PUT' && method !== 'PATCH') return;
    const path = decodeURIComponent(new URL(url, 'http://sandbox').pathname);
    const service = CLOSABLE_SERVICES.find((role) => sameResource(this.setup.roles[role]?.id ?? '-', path));
    if (service === undefined || !isClosed(requestBody)) return;
    this.looks.push(this.look(service, path));
  }

  /** Services that were closed before the private path answered. */
  async lockouts(): Promise<readonly string[]> {
    return (await Promise.all(this.looks)).flatMap((problem) => problem ?? []);
  }

  private async look(service: ClosableService, id: string): Promise<string | undefined> {
    const answers = await answersPrivately(this.probes, this.setup, service, id);
    return answers ? undefined : `${resourceName(id)} was closed before its private path answered`;
  }
}
