import { findScenario, SCENARIOS } from '../../../core/setup/scenarios';
import type { Setup } from '../../../core/setup/setup';

/**
 * Edits of the setup form. Each gives a candidate: what the user has typed so far, valid or not. Only a candidate that
 * `checkSetup` accepts becomes the setup. An edit that names nothing known leaves the candidate as it is.
 */
export function toggleScenario(candidate: Setup, id: string, chosen: boolean): Setup {
  const scenario = findScenario(id);
  if (scenario === undefined || candidate.scenarios.includes(scenario.id) === chosen) return candidate;
  const scenarios = SCENARIOS.map((known) => known.id).filter((known) =>
    known === scenario.id ? chosen : candidate.scenarios.includes(known),
  );
  // Without a scenario there would be nothing to secure it for.
  return scenarios.length === 0 ? candidate : { ...candidate, scenarios };
}

export function skipStep(candidate: Setup, step: string, reason: string): Setup {
  return { ...candidate, skip: { ...candidate.skip, [step]: reason } };
}

export function unskipStep(candidate: Setup, step: string): Setup {
  const { [step]: _reason, ...skip } = candidate.skip;
  return { ...candidate, skip };
}
