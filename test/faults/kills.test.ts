import { expect, it } from 'vitest';
import { killAtEach } from './support/kills';
import { dieAndGoOn } from './support/voyage';

it('a run whose client is killed at any of its requests is continued, and ends as if nothing had been', async () => {
  const { problems, killed, requests } = await killAtEach(dieAndGoOn);
  expect(problems).toEqual({});
  expect(requests).toBeGreaterThan(100);
  expect(killed).toBe(requests);
});
