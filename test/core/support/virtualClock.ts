import type { Clock } from '../../../src/core/ports';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock whose time passes only while everybody sleeps: an hour takes no time, and the order is always the same. */
export class VirtualClock implements Clock {
  private time = Date.UTC(2026, 0, 1);
  private timers: Timer[] = [];
  private waking = false;

  now(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const abort = (): void => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(signal?.reason as Error);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const timer: Timer = { at: this.time + milliseconds, wake };
      this.timers.push(timer);
      signal?.addEventListener('abort', abort);
      this.wakeNext();
    });
  }

  private wakeNext(): void {
    if (this.waking) return;
    this.waking = true;
    setImmediate(() => {
      this.waking = false;
      const next = this.timers.reduce<Timer | undefined>(
        (first, timer) => (first && first.at <= timer.at ? first : timer),
        undefined,
      );
      if (next === undefined) return;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.wake();
      if (this.timers.length > 0) this.wakeNext();
    });
  }
}
