import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../core/ports';

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, { signal });
  },
};
