import type { AzurePort } from '../../core/ports';
import { Snapshot } from '../../core/resources/snapshot';
import { DISCOVERY_TYPES } from '../../core/setup/discover';
import { Listeners } from '../listeners';

export interface InventoryState {
  readonly snapshot: Snapshot;
  readonly reading: boolean;
  /** Milliseconds since the epoch; undefined before the first reading. */
  readonly readAt: number | undefined;
  /** Why nothing could be listed; undefined where it could. */
  readonly failure: string | undefined;
}

/** What a subscription has, as listings. Read once and then again only when asked. */
export class Inventory {
  readonly onChange = new Listeners();
  private current: InventoryState = {
    snapshot: Snapshot.empty,
    reading: false,
    readAt: undefined,
    failure: undefined,
  };
  private pending: Promise<void> | undefined;

  constructor(
    private readonly azure: AzurePort,
    private readonly now: () => number,
  ) {}

  get state(): InventoryState {
    return this.current;
  }

  /** Reads the listings if nobody has yet. */
  ensure(signal: AbortSignal): Promise<void> {
    return this.current.readAt === undefined ? this.refresh(signal) : Promise.resolve();
  }

  /** Reads the listings again. Several callers at once share one reading. */
  refresh(signal: AbortSignal): Promise<void> {
    this.pending ??= this.read(signal).finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async read(signal: AbortSignal): Promise<void> {
    this.set({ reading: true });
    try {
      const listings = await this.azure.list(DISCOVERY_TYPES, signal);
      const snapshot = [...listings].reduce((known, [type, found]) => known.withListing(type, found), Snapshot.empty);
      const refused = [...listings.values()].find((listing) => listing.state === 'unreadable');
      const failure = refused?.state === 'unreadable' ? refused.detail : undefined;
      this.set({ snapshot, reading: false, readAt: this.now(), failure });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      this.set({ reading: false, readAt: this.now(), failure });
    }
  }

  private set(fields: Partial<InventoryState>): void {
    this.current = { ...this.current, ...fields };
    this.onChange.emit();
  }
}
