import { applyChange } from '../../../src/core/apply/applyChange';
import type { ChangeResult } from '../../../src/core/apply/changeResult';
import type { Change } from '../../../src/core/plan/change';
import type { AzureError } from '../../../src/core/ports';
import { withPath } from '../../../src/core/resources/propertyPath';
import type { SnapshotEntry } from '../../../src/core/resources/snapshot';
import { text } from '../../../src/core/text';
import { FakeAzure } from './fakeAzure';
import { english } from './reading';
import { account, resourceGroup } from './resources';
import { NEVER } from './sessions';
import { World } from './world';

/** Makes one change over a world, and tells in which order things happened. */
export class Single {
  readonly azure: FakeAzure;
  readonly notes: string[] = [];
  readonly order: string[] = [];
  guard: string | undefined;
  signal: AbortSignal = NEVER;

  constructor(world: World = new World([resourceGroup(), account()])) {
    this.azure = new FakeAzure(world);
    this.azure.beforeWrite = () => this.order.push('write');
  }

  make(wanted: Change): Promise<ChangeResult> {
    return applyChange(
      wanted,
      {
        azure: this.azure,
        clock: this.azure.clock,
        checkGuard: () => {
          this.order.push('guard');
          return Promise.resolve(this.guard === undefined ? undefined : text('{0}', this.guard));
        },
        begin: () => {
          this.order.push('begin');
          return Promise.resolve();
        },
        note: (note) => this.notes.push(english(note)),
      },
      this.signal,
    );
  }

  /** Seconds that passed on the clock. */
  seconds(): number {
    return (this.azure.clock.now() - Date.UTC(2026, 0, 1)) / 1000;
  }
}

/** Azure refuses the first attempts like this. */
export function busy(times: number, error: () => AzureError): (write: unknown, attempt: number) => void {
  return (_, attempt) => {
    if (attempt <= times) throw error();
  };
}

/** What is seen, in the middle of an operation. */
export function working(seen: SnapshotEntry): SnapshotEntry {
  if (seen.state !== 'present') return seen;
  const resource = { ...withPath(seen.resource, 'properties.provisioningState', 'Accepted'), id: seen.resource.id };
  return { state: 'present', resource };
}
