import type { Clock } from './ports';

/** A clock for a world that lives faster: waiting for it takes that much less. What it shows stays this machine's time. */
export function clockAtSpeed(clock: Clock, speed: number): Clock {
  return {
    now: () => clock.now(),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / speed, signal),
  };
}
