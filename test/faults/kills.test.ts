import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultPlan } from '../../src/sandbox/faults/faultPlan';
import { Estate } from './support/estate';
import { dieAndGoOn, dieAndTakeBack, type Log } from './support/voyage';

const world: { estate?: Estate; requests?: number } = {};

beforeAll(async () => {
  world.estate = await Estate.open('private-access');
  world.requests = await world.estate.requestsOfRun();
});
afterAll(() => world.estate?.sandbox.stop());

/** What went wrong, by the request at which the client was killed: each one of a run, one after the other. */
async function killedAtEach(sail: (estate: Estate, plan: FaultPlan) => Promise<Log>): Promise<{
  readonly problems: Readonly<Record<string, readonly string[]>>;
  readonly killed: number;
}> {
  const { estate, requests = 0 } = world;
  if (estate === undefined) throw new Error('There is no estate.');
  const problems: Record<string, readonly string[]> = {};
  let killed = 0;
  for (let at = 1; at <= requests; at += 1) {
    // Before one and after the next: `npm run test:faults -- --kills` does both at each.
    const log = await sail(estate, { at, kind: 'crash', when: at % 2 === 0 ? 'before' : 'after' });
    killed += log.faults['crash'] ?? 0;
    if (log.problems.length > 0) problems[`request ${at}`] = log.problems;
  }
  return { problems, killed };
}

describe('a client that is killed at any request of a run', () => {
  it('is continued by the next one, which ends as if nothing had been', async () => {
    const { problems, killed } = await killedAtEach(dieAndGoOn);
    expect(problems).toEqual({});
    expect(killed).toBe(world.requests);
  });

  it('is taken back by the next one, and the world is as it was', async () => {
    const { problems, killed } = await killedAtEach(dieAndTakeBack);
    expect(problems).toEqual({});
    expect(killed).toBe(world.requests);
  });
});
