import { afterAll, describe, expect, it } from 'vitest';
import { courseOf, Estates, sail } from './support/course';

/** Enough for every scenario to meet every weather; `npm run test:faults` sails as many as wanted. */
const SEEDS = Array.from({ length: 12 }, (_, at) => 1001 + at);

const estates = new Estates();
afterAll(() => estates.close());

describe('a setup that is applied through all weathers ends as it does without any', () => {
  it.each(SEEDS.map(courseOf))('seed $seed: $scenario at rate $rate', async (course) => {
    expect((await sail(course, estates)).problems).toEqual([]);
  });
});
