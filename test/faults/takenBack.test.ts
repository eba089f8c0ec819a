import { expect, it } from 'vitest';
import { killAtEach } from './support/kills';
import { dieAndTakeBack } from './support/voyage';

it('a run whose client is killed at any of its requests is taken back, and the world is as it was', async () => {
  const { problems, killed, requests } = await killAtEach(dieAndTakeBack);
  expect(problems).toEqual({});
  expect(requests).toBeGreaterThan(100);
  expect(killed).toBe(requests);
});
