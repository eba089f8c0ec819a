import type { ScenarioId } from '../setup/scenarios';
import { ALERT_STEPS } from './alerts';
import { DEVELOPER_ROLE_STEPS } from './developerRoles';
import { DIAGNOSTIC_STEPS } from './diagnostics';
import { FOUNDATION_STEPS } from './foundation';
import { GOVERNANCE_STEPS } from './governance';
import { inOrder } from './inOrder';
import { LOCK_STEPS } from './locks';
import { ON_YOUR_DATA_STEPS } from './onYourData';
import { OPENAI_STEPS } from './openAi';
import { OPENAI_NETWORK_STEPS } from './openAiNetwork';
import { policySteps } from './policy';
import { PRIVATE_ENDPOINT_STEPS } from './privateEndpoint';
import { SEARCH_STEPS } from './search';
import { SEARCH_ACCESS_STEPS } from './searchAccess';
import { SEARCH_LINK_STEPS } from './searchLinks';
import { SEARCH_RESIDENCY_STEPS } from './searchResidency';
import { SEARCH_ROUTE_STEPS } from './searchRoutes';
import { SERVICE_ROLE_STEPS } from './serviceRoles';
import type { Step } from './step';
import { STORAGE_STEPS } from './storage';
import { STORAGE_NETWORK_STEPS } from './storageNetwork';
import { SUBNET_STEPS } from './subnets';
import { VPN_STEPS } from './vpn';
import { WEB_APP_STEPS } from './webApp';
import { WORKSPACE_STEPS } from './workspace';

const FAMILIES: readonly Step[] = [
  ...FOUNDATION_STEPS,
  ...SUBNET_STEPS,
  ...OPENAI_STEPS,
  ...SEARCH_STEPS,
  ...STORAGE_STEPS,
  ...STORAGE_NETWORK_STEPS,
  ...SERVICE_ROLE_STEPS,
  ...DEVELOPER_ROLE_STEPS,
  ...PRIVATE_ENDPOINT_STEPS,
  ...SEARCH_LINK_STEPS,
  ...SEARCH_ACCESS_STEPS,
  ...SEARCH_ROUTE_STEPS,
  ...SEARCH_RESIDENCY_STEPS,
  ...OPENAI_NETWORK_STEPS,
  ...VPN_STEPS,
  ...WEB_APP_STEPS,
  ...ON_YOUR_DATA_STEPS,
  ...WORKSPACE_STEPS,
  ...DIAGNOSTIC_STEPS,
  ...ALERT_STEPS,
  ...LOCK_STEPS,
  ...GOVERNANCE_STEPS,
];

/** Every step, family by family, each after those that it needs: the order of plans and of reports. */
export const STEPS: readonly Step[] = inOrder([...FAMILIES, ...policySteps(FAMILIES)]);

export function stepsOf(scenarios: readonly ScenarioId[]): readonly Step[] {
  return STEPS.filter((step) => step.scenarios.some((scenario) => scenarios.includes(scenario)));
}

export function findStep(id: string): Step | undefined {
  return STEPS.find((step) => step.id === id);
}
