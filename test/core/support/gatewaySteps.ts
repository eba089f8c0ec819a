import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { Change } from '../../../src/core/plan/change';
import { frontSetup } from './gatewayWorlds';
import { changeOf as onlyChange, planOf } from './planning';
import { english, findingOf } from './reading';
import type { World } from './world';

/** How a step of the application gateway is judged on a world, for another setup where one is given. */
export function statusOf(step: string, world: World, setup = frontSetup()): FindingStatus {
  return findingOf(step, world, { setup }).status;
}

/** The notes on a step of the application gateway. */
export function notesOf(step: string, world: World, setup = frontSetup()): string {
  return (findingOf(step, world, { setup }).notes ?? []).map(english).join(' ');
}

/** The only change that is planned for a step. */
export function changeOf(step: string, world: World, setup = frontSetup()): Change {
  return onlyChange(planOf(world, { setup }, [step]), step);
}
