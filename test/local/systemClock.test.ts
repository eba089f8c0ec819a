import { expect, test } from 'vitest';
import { systemClock } from '../../src/local/systemClock';

const NEVER = new AbortController().signal;

test('sleeps for about as long as it was asked to', async () => {
  const before = systemClock.now();
  await systemClock.sleep(20, NEVER);
  expect(systemClock.now() - before).toBeGreaterThanOrEqual(18);
});

test('a sleep ends at once when it is cancelled, and was not slept', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(60_000, controller.signal);
  controller.abort();
  await expect(sleeping).rejects.toThrow();
  await expect(systemClock.sleep(0, AbortSignal.abort())).rejects.toThrow();
});
