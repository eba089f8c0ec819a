import type { ScenarioId } from '../setup/scenarios';
import { privateEndpointSubnet, resourceGroup, resourceProviders, virtualNetwork } from './foundation';
import {
  openAiAccount,
  openAiCustomSubdomain,
  openAiLocalAuthDisabled,
  openAiManagedIdentity,
  openAiNetworkDefaultDeny,
  openAiPublicAccessDisabled,
  openAiSelectedNetworks,
} from './openAi';
import {
  openAiPrivateDnsLink,
  openAiPrivateDnsRecords,
  openAiPrivateDnsZone,
  openAiPrivateEndpoint,
} from './privateEndpoint';
import type { Step } from './step';

/** Every step, in the order in which a checklist shows them: each after those that it needs. */
export const STEPS: readonly Step[] = [
  resourceProviders,
  resourceGroup,
  virtualNetwork,
  privateEndpointSubnet,
  openAiAccount,
  openAiCustomSubdomain,
  openAiManagedIdentity,
  openAiPrivateDnsZone,
  openAiPrivateDnsLink,
  openAiPrivateEndpoint,
  openAiPrivateDnsRecords,
  openAiNetworkDefaultDeny,
  openAiSelectedNetworks,
  openAiPublicAccessDisabled,
  openAiLocalAuthDisabled,
];

export function stepsOf(scenarios: readonly ScenarioId[]): readonly Step[] {
  return STEPS.filter((step) => step.scenarios.some((scenario) => scenarios.includes(scenario)));
}

export function findStep(id: string): Step | undefined {
  return STEPS.find((step) => step.id === id);
}
