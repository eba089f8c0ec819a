import type { ScenarioId } from '../setup/scenarios';
import {
  developersAssignRoles,
  developersCallOpenAi,
  developersDeployWebApp,
  developersListKeys,
  developersUseIndexes,
  developersUseSearch,
  developersUseStorage,
} from './developerRoles';
import { privateEndpointSubnet, resourceGroup, resourceProviders, virtualNetwork } from './foundation';
import { defenderForAi } from './governance';
import { documentAccess, openAiDeployments } from './onYourData';
import { openAiAccount, openAiCustomSubdomain, openAiLocalAuthDisabled, openAiManagedIdentity } from './openAi';
import {
  openAiNetworkDefaultDeny,
  openAiPublicAccessDisabled,
  openAiSelectedNetworks,
  openAiTrustedServices,
} from './openAiNetwork';
import { privateDnsLinkStep, privateDnsRecordsStep, privateDnsZoneStep, privateEndpointStep } from './privateEndpoint';
import { PRIVATE_SERVICES } from './privateServices';
import {
  searchLocalAuthDisabled,
  searchManagedIdentity,
  searchPublicAccessDisabled,
  searchRoleBasedAccess,
  searchService,
  searchTier,
  searchTrustedServices,
} from './search';
import { searchManagedConnections, searchSharedLinkApproved, searchSharedPrivateLink } from './searchLinks';
import {
  openAiManagesIndexes,
  openAiReadsIndexes,
  openAiWritesBlobs,
  projectReadsEndpoints,
  searchCallsOpenAi,
  searchReadsBlobs,
  webAppCallsOpenAi,
} from './serviceRoles';
import type { Step } from './step';
import {
  storageAccount,
  storageContainer,
  storagePublicAccessDisabled,
  storageSecureBaseline,
  storageSharedKeyDisabled,
  storageTrustedServices,
} from './storage';
import { gatewaySubnet, webAppSubnet } from './subnets';
import { vpnGateway, vpnPointToSite, vpnPublicIp } from './vpn';
import { webApp, webAppHardening, webAppIdentity, webAppIntegration, webAppPlan, webAppRouteAll } from './webApp';

/** Every step, in the order in which plans are made: each after those that it needs. */
export const STEPS: readonly Step[] = [
  resourceProviders,
  resourceGroup,
  virtualNetwork,
  privateEndpointSubnet,
  gatewaySubnet,
  webAppSubnet,
  openAiAccount,
  openAiCustomSubdomain,
  openAiManagedIdentity,
  openAiDeployments,
  openAiTrustedServices,
  searchService,
  searchTier,
  searchManagedIdentity,
  searchRoleBasedAccess,
  searchTrustedServices,
  storageAccount,
  storageContainer,
  storageSecureBaseline,
  vpnPublicIp,
  vpnGateway,
  vpnPointToSite,
  webAppPlan,
  webApp,
  webAppIdentity,
  webAppIntegration,
  webAppRouteAll,
  webAppHardening,
  openAiReadsIndexes,
  openAiManagesIndexes,
  openAiWritesBlobs,
  searchCallsOpenAi,
  searchReadsBlobs,
  webAppCallsOpenAi,
  developersCallOpenAi,
  developersListKeys,
  developersUseSearch,
  developersUseIndexes,
  developersUseStorage,
  developersDeployWebApp,
  developersAssignRoles,
  documentAccess,
  ...PRIVATE_SERVICES.flatMap((service) => [
    privateDnsZoneStep(service),
    privateDnsLinkStep(service),
    privateEndpointStep(service),
    privateDnsRecordsStep(service),
  ]),
  projectReadsEndpoints,
  searchSharedPrivateLink,
  searchSharedLinkApproved,
  searchManagedConnections,
  openAiNetworkDefaultDeny,
  openAiSelectedNetworks,
  openAiPublicAccessDisabled,
  searchPublicAccessDisabled,
  storageTrustedServices,
  storagePublicAccessDisabled,
  openAiLocalAuthDisabled,
  searchLocalAuthDisabled,
  storageSharedKeyDisabled,
  defenderForAi,
];

export function stepsOf(scenarios: readonly ScenarioId[]): readonly Step[] {
  return STEPS.filter((step) => step.scenarios.some((scenario) => scenarios.includes(scenario)));
}

export function findStep(id: string): Step | undefined {
  return STEPS.find((step) => step.id === id);
}
