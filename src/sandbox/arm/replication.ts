import type { VirtualClock } from '../clock';

/** What Azure has accepted and does not know everywhere yet: new principals, new role assignments. */
export class Replication {
  private readonly startedAt = new Map<string, number>();

  constructor(private readonly clock: VirtualClock) {}

  /** Something is new, from now on. */
  begin(key: string): void {
    this.startedAt.set(key.toLowerCase(), this.clock.now());
  }

  /** Seconds in the sandbox's time since it was new; infinite for what has always been there. */
  age(key: string): number {
    const startedAt = this.startedAt.get(key.toLowerCase());
    return startedAt === undefined ? Infinity : (this.clock.now() - startedAt) / 1000;
  }

  /** Everything is known everywhere: a world is made this way. */
  settleAll(): void {
    this.startedAt.clear();
  }
}
