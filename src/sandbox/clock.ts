import { setTimeout } from 'node:timers/promises';

const NOTICEABLE_MILLISECONDS = 5;

/**
 * The sandbox's time. At a finite speed it runs that many times faster than life. At infinite speed it stands still
 * between requests and moves by discrete events: a client that was told to wait has waited when it comes back. Every
 * polling sequence then stays as it was recorded, operations overlap as in life, and nothing ever sleeps.
 */
export class VirtualClock {
  /** The sandbox's time at some moment of life; it runs from there. */
  private reached: number;
  private reachedAt: number;
  private readonly expected = new Map<string, number>();

  constructor(
    private pace: number,
    private readonly realNow: () => number,
  ) {
    this.reached = this.reachedAt = realNow();
  }

  /** How much faster than life it runs. */
  get speed(): number {
    return this.pace;
  }

  /** Runs at another speed from now on. */
  set speed(speed: number) {
    this.reached = this.now();
    this.reachedAt = this.realNow();
    this.pace = speed;
  }

  /** Milliseconds since the epoch, in the sandbox's time. */
  now(): number {
    return this.reached + (this.runsByItself ? (this.realNow() - this.reachedAt) * this.speed : 0);
  }

  /** The Retry-After to send where Azure sends `seconds`: whole seconds, at least one, or zero where time only moves by events. */
  retryAfter(seconds: number): number {
    return this.runsByItself ? Math.max(1, Math.ceil(seconds / this.speed)) : 0;
  }

  /** Whoever is in this conversation was told to come back in so many seconds of life. */
  expect(conversation: string, seconds: number): void {
    if (!this.runsByItself) this.expected.set(conversation, this.now() + seconds * 1000);
  }

  /** Whoever is in this conversation came back: the time that it was told to wait has passed. */
  arrive(conversation: string): void {
    const due = this.expected.get(conversation);
    if (due === undefined) return;
    this.expected.delete(conversation);
    this.reached = Math.max(this.reached, due);
  }

  /** Lets so many seconds of life go by. At infinite speed the client notices just that it had to wait. */
  async pass(seconds: number): Promise<void> {
    this.skip(seconds * 1000);
    const milliseconds = this.runsByItself ? (seconds * 1000) / this.speed : NOTICEABLE_MILLISECONDS;
    await setTimeout(milliseconds, undefined, { ref: false });
  }

  /** Skips time that somebody waits of its own accord; at a finite speed it passes by itself. */
  skip(milliseconds: number): void {
    if (!this.runsByItself) this.reached += milliseconds;
  }

  private get runsByItself(): boolean {
    return Number.isFinite(this.speed);
  }
}
