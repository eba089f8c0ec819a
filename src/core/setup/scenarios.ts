import { text, type Text } from '../text';

/** A named set of steps with a goal that a user would say. */
export type ScenarioId = 'private-access' | 'on-your-data' | 'api-gateway' | 'ai-search';

export interface Scenario {
  readonly id: ScenarioId;
  readonly title: Text;
  readonly goal: Text;
}

/** The scenarios that this version has steps for. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'private-access',
    title: text('Private access only'),
    goal: text('Azure OpenAI answers inside your virtual network and nowhere else.'),
  },
];

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
