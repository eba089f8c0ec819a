import { SCENARIO_IDS, type ScenarioId } from '../../../src/core/setup/scenarios';
import { Estate } from './estate';
import { harden, hardenAndTakeBack, type Log } from './voyage';

/** What one seed stands for: always the same scenario, the same weather, and the same way. */
export interface Course {
  readonly seed: number;
  readonly scenario: ScenarioId;
  readonly rate: number;
  /** Every fifth voyage goes back as well. */
  readonly andBack: boolean;
  /** In every third the client's machine loses its name resolution for a while, longer than the SDK keeps trying. */
  readonly losesNames: boolean;
}

/** Requests of the client: so many go out, and the last of them find no names. */
const LIFE_WITH_NAMES = 90;
const REQUESTS_WITHOUT = 12;

const RATES = [0.01, 0.03, 0.06, 0.1];

export function courseOf(seed: number): Course {
  const scenario = SCENARIO_IDS[seed % SCENARIO_IDS.length] ?? 'private-access';
  const rate = RATES[Math.floor(seed / SCENARIO_IDS.length) % RATES.length] ?? 0.05;
  return { seed, scenario, rate, andBack: seed % 5 === 0, losesNames: seed % 3 === 0 };
}

/** The estates of a fleet: one for each scenario, made when it is first sailed to. */
export class Estates {
  private readonly open = new Map<ScenarioId, Promise<Estate>>();

  of(scenario: ScenarioId): Promise<Estate> {
    const estate = this.open.get(scenario) ?? Estate.open(scenario);
    this.open.set(scenario, estate);
    return estate;
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(async (estate) => (await estate).sandbox.stop()));
  }
}

/** Sails one course. What is thrown is a problem like any other. */
export async function sail({ seed, scenario, rate, andBack, losesNames }: Course, estates: Estates): Promise<Log> {
  const estate = await estates.of(scenario);
  const plan = { seed, rate };
  if (andBack) return hardenAndTakeBack(estate, plan);
  return harden(
    estate,
    plan,
    losesNames ? (sent) => sent % LIFE_WITH_NAMES > LIFE_WITH_NAMES - REQUESTS_WITHOUT : undefined,
  );
}
