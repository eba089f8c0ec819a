import type { FaultPlan } from '../../../src/sandbox/faults/faultPlan';
import { Estate } from './estate';
import type { Log } from './voyage';

/** What came of killing a client at each request of a run. */
export interface Kills {
  /** What went wrong, by the request at which the client was killed. */
  readonly problems: Readonly<Record<string, readonly string[]>>;
  readonly killed: number;
  /** How many requests a run makes in fair weather. */
  readonly requests: number;
}

/** Kills the client at each request of a run, one after the other: at even ones before they take effect, at odd ones after. */
export async function killAtEach(sail: (estate: Estate, plan: FaultPlan) => Promise<Log>): Promise<Kills> {
  const estate = await Estate.open('private-access');
  try {
    const requests = await estate.requestsOfRun();
    const problems: Record<string, readonly string[]> = {};
    let killed = 0;
    for (let at = 1; at <= requests; at += 1) {
      const log = await sail(estate, { at, kind: 'crash', when: at % 2 === 0 ? 'before' : 'after' });
      killed += log.faults['crash'] ?? 0;
      if (log.problems.length > 0) problems[`request ${at}`] = log.problems;
    }
    return { problems, killed, requests };
  } finally {
    await estate.sandbox.stop();
  }
}
