import { text, type Text } from '../text';

/** A named set of steps with a goal that a user would say. */
export type ScenarioId = (typeof SCENARIO_IDS)[number];

/** The scenarios that this version has steps for. */
export const SCENARIO_IDS = ['private-access', 'on-your-data', 'api-gateway', 'ai-search'] as const;

export interface Scenario {
  readonly id: ScenarioId;
  readonly title: Text;
  readonly goal: Text;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'private-access',
    title: text('Private access only'),
    goal: text('Azure OpenAI answers inside your virtual network and nowhere else.'),
  },
  {
    id: 'on-your-data',
    title: text('On your data'),
    goal: text(
      'Azure OpenAI, AI Search and Storage call each other with identities of their own, and only your network reaches them.',
    ),
  },
  {
    id: 'api-gateway',
    title: text('API gateway in front'),
    goal: text(
      'Callers outside of Azure reach Azure OpenAI through Application Gateway and API Management, and in no other way.',
    ),
  },
  {
    id: 'ai-search',
    title: text('AI Search hardening'),
    goal: text('AI Search answers named identities inside your network, and logs, locks and policies keep it so.'),
  },
];

export function findScenario(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}
