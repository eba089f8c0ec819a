import type { Connection } from '../../../src/azure/connection';
import type { AzurePort } from '../../../src/core/ports';
import { cheapestRequest } from '../../../src/core/probes/requests';
import type { DataService } from '../../../src/core/clouds';
import { readPath } from '../../../src/core/resources/propertyPath';
import type { Setup } from '../../../src/core/setup/setup';
import { signal } from './sandboxSession';

/** A service that is watched. */
interface Watched {
  readonly service: DataService;
  readonly id: string;
  readonly host: string;
}

const SUFFIXES = {
  openAi: 'openai.azure.com',
  search: 'search.windows.net',
  storage: 'blob.core.windows.net',
} as const;

/**
 * Looks at the three services after every write, and notes when one was closed to the internet while a client
 * in the virtual network did not reach it either.
 */
export class LockoutWatch {
  readonly lockouts: string[] = [];
  /** Looks that found a service closed. Without any, nothing was proved. */
  closedSeen = 0;
  private readonly read: AzurePort['read'];
  private readonly watched: readonly Watched[];
  private readonly network: string;

  constructor(
    private readonly connection: Connection,
    { roles }: Setup,
  ) {
    const write = connection.azure.write.bind(connection.azure);
    this.read = connection.azure.read.bind(connection.azure);
    this.network = roles.virtualNetwork?.id ?? '';
    this.watched = (['openAi', 'search', 'storage'] as const).flatMap((service) => {
      const id = roles[service]?.id;
      return id === undefined
        ? []
        : [{ service, id, host: `${id.slice(id.lastIndexOf('/') + 1)}.${SUFFIXES[service]}` }];
    });
    connection.azure.write = async (change, options) => {
      await write(change, options);
      await this.look(`after ${change.action} ${change.resource}`);
    };
  }

  async look(moment: string): Promise<void> {
    for (const each of this.watched) {
      if (!(await this.isClosed(each))) continue;
      this.closedSeen += 1;
      // What runs beside this may have opened it since, and only then taken the private path away.
      if (!(await this.answersPrivately(each)) && (await this.isClosed(each)))
        this.lockouts.push(`${each.host} ${moment}`);
    }
  }

  /** The private endpoint lets connections through or not; what the service says to the caller is another matter. */
  private async answersPrivately({ service, host }: Watched): Promise<boolean> {
    const position = { kind: 'virtualNetwork', virtualNetwork: this.network } as const;
    const request = cheapestRequest(service, host);
    const { https } = await this.connection.probes
      .measure(request, position, signal)
      .catch(() => ({ https: undefined }));
    return https?.status !== undefined && https.address.startsWith('10.');
  }

  private async isClosed({ id }: Watched): Promise<boolean> {
    const entry = await this.read(id, signal);
    if (entry.state !== 'present') return false;
    const access = String(readPath(entry.resource, 'properties.publicNetworkAccess')).toLowerCase();
    return access === 'disabled' || readPath(entry.resource, 'properties.networkAcls.defaultAction') === 'Deny';
  }
}
