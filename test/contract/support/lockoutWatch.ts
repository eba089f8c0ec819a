import type { Connection } from '../../../src/azure/connection';
import type { AzurePort } from '../../../src/core/ports';
import type { Setup } from '../../../src/core/setup/setup';
import { answersPrivately, CLOSABLE_SERVICES, hostOf, isClosed, type ClosableService } from './closedService';
import { signal } from './sandboxSession';

/** A service that is watched. */
interface Watched {
  readonly service: ClosableService;
  readonly id: string;
}

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

  constructor(
    private readonly connection: Connection,
    private readonly setup: Setup,
  ) {
    const write = connection.azure.write.bind(connection.azure);
    this.read = connection.azure.read.bind(connection.azure);
    this.watched = CLOSABLE_SERVICES.flatMap((service) => {
      const id = setup.roles[service]?.id;
      return id === undefined ? [] : [{ service, id }];
    });
    connection.azure.write = async (change, options) => {
      await write(change, options);
      await this.look(`after ${change.action} ${change.resource}`);
    };
  }

  async look(moment: string): Promise<void> {
    for (const { service, id } of this.watched) {
      if (!(await this.isClosed(id))) continue;
      this.closedSeen += 1;
      const answers = await answersPrivately(this.connection.probes, this.setup, service, id).catch(() => false);
      // What runs beside this may have opened it since, and only then taken the private path away.
      if (!answers && (await this.isClosed(id))) this.lockouts.push(`${hostOf(service, id)} ${moment}`);
    }
  }

  private async isClosed(id: string): Promise<boolean> {
    const entry = await this.read(id, signal);
    return entry.state === 'present' && isClosed(entry.resource);
  }
}
