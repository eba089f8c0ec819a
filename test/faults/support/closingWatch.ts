import type { ProbePort } from '../../../src/core/ports';
import { cheapestRequest } from '../../../src/core/probes/requests';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName, sameResource } from '../../../src/core/resources/resourceId';
import type { Setup } from '../../../src/core/setup/setup';
import type { Exchange } from '../../../src/sandbox/http/exchange';
import { signal } from '../../contract/support/sandboxSession';

const SUFFIXES = {
  openAi: 'openai.azure.com',
  search: 'search.windows.net',
  storage: 'blob.core.windows.net',
} as const;
type Watched = keyof typeof SUFFIXES;

/** Looks, at each request that closes a service to the internet, whether a client in the network reaches it by then. */
export class ClosingWatch {
  readonly closings: string[] = [];
  private readonly looks: Promise<string | undefined>[] = [];

  constructor(
    private readonly setup: Setup,
    private readonly probes: ProbePort,
  ) {}

  see({ method, url, requestBody }: Exchange): void {
    if (method !== 'PUT' && method !== 'PATCH') return;
    const path = decodeURIComponent(new URL(url, 'http://sandbox').pathname);
    const service = (Object.keys(SUFFIXES) as Watched[]).find((role) =>
      sameResource(this.setup.roles[role]?.id ?? '-', path),
    );
    const access = String(readPath(requestBody, 'properties.publicNetworkAccess')).toLowerCase();
    const isClosing = access === 'disabled' || readPath(requestBody, 'properties.networkAcls.defaultAction') === 'Deny';
    if (service === undefined || !isClosing) return;
    this.closings.push(path);
    this.looks.push(this.look(service, path));
  }

  /** Services that were closed before the private path answered. */
  async lockouts(): Promise<readonly string[]> {
    return (await Promise.all(this.looks)).flatMap((problem) => problem ?? []);
  }

  private async look(service: Watched, id: string): Promise<string | undefined> {
    const position = { kind: 'virtualNetwork', virtualNetwork: this.setup.roles.virtualNetwork?.id ?? '' } as const;
    const request = cheapestRequest(service, `${resourceName(id)}.${SUFFIXES[service]}`);
    const { https } = await this.probes.measure(request, position, signal);
    const answers = https?.status !== undefined && https.address.startsWith('10.');
    return answers ? undefined : `${resourceName(id)} was closed before its private path answered`;
  }
}
