/** A setup, as far as it is watched. */
export interface Watchable {
  readonly isConnected: boolean;
  readonly isRunning: boolean;
  /** Reads everything again, without anybody having asked for it. */
  refresh(quietly: true): Promise<void>;
  readonly state: { readonly session: { readonly checkedAt: number | undefined } };
}

export interface WatchOptions {
  readonly setups: () => readonly Watchable[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How often to look; 0 for never. */
  readonly minutes: () => number;
  /** Whether somebody would see what is found. */
  readonly isWatched: () => boolean;
}

const MINUTE_MS = 60_000;

/** Looks at the setups in use again: when the window gets the focus, and every few minutes while somebody is there. */
export class Watch {
  private readonly tried = new WeakMap<Watchable, number>();

  constructor(private readonly options: WatchOptions) {}

  /** The window has got the focus. */
  focused(): void {
    if (this.options.minutes() > 0) this.look(MINUTE_MS);
  }

  /** Some time has passed. */
  tick(): void {
    const minutes = this.options.minutes();
    if (minutes > 0 && this.options.isWatched()) this.look(minutes * MINUTE_MS);
  }

  /** Looks at each setup that nobody has looked at for so long. One that cannot be read is not asked more often. */
  private look(age: number): void {
    const now = this.options.now();
    for (const setup of this.options.setups()) {
      const last = Math.max(this.tried.get(setup) ?? 0, setup.state.session.checkedAt ?? 0);
      if (!setup.isConnected || setup.isRunning || now - last < age) continue;
      this.tried.set(setup, now);
      void setup.refresh(true);
    }
  }
}
