import type { ScenarioId } from '../setup/scenarios';
import { ALERT_STEPS } from './alerts';
import { API_MANAGEMENT_STEPS } from './apiManagement';
import { API_MANAGEMENT_DNS_STEPS } from './apiManagementDns';
import { API_MANAGEMENT_HARDENING_STEPS } from './apiManagementHardening';
import { API_MANAGEMENT_OPENAI_STEPS } from './apiManagementOpenAi';
import { APPLICATION_GATEWAY_STEPS } from './applicationGateway';
import { APPLICATION_GATEWAY_HARDENING_STEPS } from './applicationGatewayHardening';
import { DEVELOPER_ROLE_STEPS } from './developerRoles';
import { DIAGNOSTIC_STEPS } from './diagnostics';
import { EDGE_SUBNET_STEPS } from './edgeSubnets';
import { FIREWALL_STEPS } from './firewall';
import { FOUNDATION_STEPS } from './foundation';
import { GATEWAY_CERTIFICATE_STEPS } from './gatewayCertificate';
import { GATEWAY_QUOTA_STEPS } from './gatewayQuotas';
import { GOVERNANCE_STEPS } from './governance';
import { inOrder } from './inOrder';
import { KEY_ROTATION_STEPS } from './keyRotation';
import { KEY_VAULT_STEPS } from './keyVault';
import { KEY_VAULT_PRESENCE_STEPS } from './keyVaultPresence';
import { LOCK_STEPS } from './locks';
import { ON_YOUR_DATA_STEPS } from './onYourData';
import { OPENAI_STEPS } from './openAi';
import { OPENAI_NETWORK_STEPS } from './openAiNetwork';
import { OWN_KEY_ENCRYPTION_STEPS } from './ownKeyEncryption';
import { OWN_KEY_RIGHTS_STEPS } from './ownKeyRights';
import { policySteps } from './policy';
import { PRIVATE_ENDPOINT_STEPS } from './privateEndpoint';
import { SEARCH_STEPS } from './search';
import { SEARCH_ACCESS_STEPS } from './searchAccess';
import { SEARCH_LINK_STEPS } from './searchLinks';
import { SEARCH_RESIDENCY_STEPS } from './searchResidency';
import { SEARCH_ROUTE_STEPS } from './searchRoutes';
import { SECURITY_GROUP_STEPS } from './securityGroups';
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
  ...GATEWAY_QUOTA_STEPS,
  ...SUBNET_STEPS,
  ...SECURITY_GROUP_STEPS,
  ...EDGE_SUBNET_STEPS,
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
  ...API_MANAGEMENT_STEPS,
  ...API_MANAGEMENT_DNS_STEPS,
  ...API_MANAGEMENT_HARDENING_STEPS,
  ...API_MANAGEMENT_OPENAI_STEPS,
  ...KEY_VAULT_STEPS,
  ...OWN_KEY_RIGHTS_STEPS,
  ...OWN_KEY_ENCRYPTION_STEPS,
  ...KEY_ROTATION_STEPS,
  ...WORKSPACE_STEPS,
  ...DIAGNOSTIC_STEPS,
  ...ALERT_STEPS,
  ...LOCK_STEPS,
  ...KEY_VAULT_PRESENCE_STEPS,
  ...GATEWAY_CERTIFICATE_STEPS,
  ...APPLICATION_GATEWAY_STEPS,
  ...FIREWALL_STEPS,
  ...APPLICATION_GATEWAY_HARDENING_STEPS,
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
