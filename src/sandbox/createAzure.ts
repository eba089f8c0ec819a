import { ResourceTypes, type ResourceType } from './arm/resourceType';
import { Azure } from './azure';
import { VirtualClock } from './clock';
import { PEOPLE } from './directory/people';
import { Gateway } from './http/gateway';
import { addResourceRoutes } from './http/resourceRoutes';
import { Router, type Routes } from './http/router';
import { addLockRoutes, LOCK } from './providers/authorization/locks';
import { addDeletedServiceRoutes, DELETED_SERVICE } from './providers/apiManagement/deletedServices';
import { API_MANAGEMENT_TYPES } from './providers/apiManagement/types';
import { addPermissionRoutes } from './providers/authorization/permissions';
import { addRoleAssignmentRoutes, ROLE_ASSIGNMENT } from './providers/authorization/roleAssignments';
import { addRoleDefinitionRoutes } from './providers/authorization/roleDefinitions';
import { ACCOUNT } from './providers/cognitiveServices/accounts';
import { CONNECTION } from './providers/cognitiveServices/connections';
import { addDeletedAccountRoutes, DELETED_ACCOUNT } from './providers/cognitiveServices/deletedAccounts';
import { DEPLOYMENT } from './providers/cognitiveServices/deployments';
import { ACCOUNT_PRIVATE_LINK } from './providers/cognitiveServices/privateLink';
import { APPLICATION_GATEWAY } from './providers/network/applicationGateways';
import { VAULT_CONNECTION, VAULT_PRIVATE_LINK } from './providers/keyVault/connections';
import { addDeletedVaultRoutes, DELETED_VAULT } from './providers/keyVault/deletedVaults';
import { VAULT_KEY, VAULT_SECRET } from './providers/keyVault/vaultObjects';
import { VAULT } from './providers/keyVault/vaults';
import { ACTION_GROUP, ACTIVITY_LOG_ALERT } from './providers/insights/alerts';
import { addDiagnosticSettingRoutes, DIAGNOSTIC_SETTING } from './providers/insights/diagnosticSettings';
import { USER_ASSIGNED_IDENTITY } from './providers/managedIdentity/identities';
import { NETWORK_INTERFACE } from './providers/network/networkInterfaces';
import { NETWORK_SECURITY_GROUP, SECURITY_RULE } from './providers/network/networkSecurityGroups';
import { PRIVATE_ENDPOINT } from './providers/network/privateEndpoints';
import { PrivateLinkServices } from './providers/network/privateLinkService';
import { PUBLIC_IP_ADDRESS } from './providers/network/publicIpAddresses';
import { SERVICE_ASSOCIATION_LINK } from './providers/network/serviceAssociationLinks';
import { SUBNET } from './providers/network/subnets';
import { addNetworkUsageRoutes } from './providers/network/usages';
import { VIRTUAL_NETWORK_GATEWAY } from './providers/network/virtualNetworkGateways';
import { VIRTUAL_NETWORK } from './providers/network/virtualNetworks';
import { WAF_POLICY } from './providers/network/wafPolicies';
import { addWafRuleSetRoutes } from './providers/network/wafRuleSets';
import { ZONE_GROUP } from './providers/network/zoneGroups';
import { addPolicyAssignmentRoutes, POLICY_ASSIGNMENT } from './providers/policy/assignments';
import { addPolicyDefinitionRoutes, POLICY_SET_DEFINITION } from './providers/policy/definitions';
import { addPolicyRestrictionRoutes } from './providers/policy/policyRestrictions';
import { addPolicyStateRoutes, POLICY_STATE } from './providers/policy/policyStates';
import { addNameRoutes } from './providers/nameAvailability';
import { addOperationRoutes } from './providers/operations';
import { WORKSPACE } from './providers/operationalInsights/workspaces';
import { VIRTUAL_NETWORK_LINK } from './providers/privateDns/links';
import { A_RECORD_SET } from './providers/privateDns/recordSets';
import { PRIVATE_DNS_ZONE } from './providers/privateDns/zones';
import { addResourceGraphRoutes } from './providers/resourceGraph/resources';
import { addProviderRoutes } from './providers/resources/providers';
import { addTagRoutes } from './providers/resources/tags';
import { addResourceGroupRoutes, RESOURCE_GROUP } from './providers/resources/resourceGroups';
import { addSubscriptionRoutes } from './providers/resources/subscriptions';
import { SEARCH_CONNECTION } from './providers/search/connections';
import { SEARCH_PRIVATE_LINK } from './providers/search/privateLink';
import { addSearchRoutes, SEARCH_SERVICE } from './providers/search/services';
import { SHARED_PRIVATE_LINK_RESOURCE } from './providers/search/sharedPrivateLinks';
import { addStorageRoutes, STORAGE_ACCOUNT } from './providers/storage/accounts';
import { BLOB_CONTAINER } from './providers/storage/blobContainers';
import { BLOB_SERVICE } from './providers/storage/blobServices';
import { STORAGE_CONNECTION } from './providers/storage/connections';
import { STORAGE_PRIVATE_LINK } from './providers/storage/privateLink';
import { addPricingRoutes, PRICING } from './providers/security/pricings';
import { SITE_CONNECTION, SITE_PRIVATE_LINK } from './providers/web/connections';
import { APP_SERVICE_PLAN } from './providers/web/plans';
import { PUBLISHING_POLICY } from './providers/web/publishingPolicies';
import { SITE_CONFIG } from './providers/web/siteConfig';
import { SITE } from './providers/web/sites';
import { grow } from './worlds/grow';
import { OPERATOR_ROLES } from './worlds/roles';
import type { WorldSeed } from './worlds/seed';

/** Types with routes of the common kind. */
const RESOURCE_TYPES: readonly ResourceType[] = [
  ACCOUNT,
  CONNECTION,
  DEPLOYMENT,
  VIRTUAL_NETWORK,
  SUBNET,
  NETWORK_INTERFACE,
  NETWORK_SECURITY_GROUP,
  SECURITY_RULE,
  PUBLIC_IP_ADDRESS,
  SERVICE_ASSOCIATION_LINK,
  VIRTUAL_NETWORK_GATEWAY,
  APPLICATION_GATEWAY,
  ...API_MANAGEMENT_TYPES,
  WAF_POLICY,
  PRIVATE_ENDPOINT,
  ZONE_GROUP,
  PRIVATE_DNS_ZONE,
  VIRTUAL_NETWORK_LINK,
  A_RECORD_SET,
  SEARCH_SERVICE,
  SEARCH_CONNECTION,
  SHARED_PRIVATE_LINK_RESOURCE,
  STORAGE_ACCOUNT,
  STORAGE_CONNECTION,
  BLOB_SERVICE,
  BLOB_CONTAINER,
  APP_SERVICE_PLAN,
  SITE,
  SITE_CONNECTION,
  SITE_CONFIG,
  PUBLISHING_POLICY,
  WORKSPACE,
  ACTION_GROUP,
  ACTIVITY_LOG_ALERT,
  VAULT,
  VAULT_CONNECTION,
  VAULT_KEY,
  VAULT_SECRET,
  USER_ASSIGNED_IDENTITY,
];

/** Routes know no Azure of their own, so one set serves every sandbox of this process. */
const RESOURCES = routes((router) => {
  for (const type of RESOURCE_TYPES) addResourceRoutes(router, type);
  addSubscriptionRoutes(router);
  addProviderRoutes(router);
  addResourceGroupRoutes(router);
  addTagRoutes(router);
  addDeletedAccountRoutes(router);
  addDeletedVaultRoutes(router);
  addSearchRoutes(router);
  addStorageRoutes(router);
  addPricingRoutes(router);
  addWafRuleSetRoutes(router);
  addNetworkUsageRoutes(router);
  addDeletedServiceRoutes(router);
  addNameRoutes(router);
  addOperationRoutes(router);
  addResourceGraphRoutes(router);
});
const EXTENSIONS = routes((router) => {
  addPermissionRoutes(router);
  addLockRoutes(router);
  addPolicyDefinitionRoutes(router);
  addPolicyAssignmentRoutes(router);
  addPolicyStateRoutes(router);
  addPolicyRestrictionRoutes(router);
  addDiagnosticSettingRoutes(router);
  addRoleAssignmentRoutes(router);
  addRoleDefinitionRoutes(router);
});

function routes(add: (router: Router) => void): Routes {
  const router = new Router();
  add(router);
  return router;
}

/** Builds an Azure out of its providers and grows the world in it. A further provider is added in this file and nowhere else. */
export function createAzure(seed: WorldSeed, speed: number, realNow: () => number): { azure: Azure; gateway: Gateway } {
  const azure = new Azure({
    clock: new VirtualClock(speed, realNow),
    types: new ResourceTypes([
      RESOURCE_GROUP,
      DELETED_ACCOUNT,
      DELETED_VAULT,
      DELETED_SERVICE,
      ROLE_ASSIGNMENT,
      LOCK,
      POLICY_ASSIGNMENT,
      POLICY_SET_DEFINITION,
      POLICY_STATE,
      DIAGNOSTIC_SETTING,
      PRICING,
      ...RESOURCE_TYPES,
    ]),
    privateLink: new PrivateLinkServices([
      ACCOUNT_PRIVATE_LINK,
      SEARCH_PRIVATE_LINK,
      STORAGE_PRIVATE_LINK,
      VAULT_PRIVATE_LINK,
      SITE_PRIVATE_LINK,
    ]),
    rules: { endpointsNeedPoliciesOff: seed.endpointsNeedPoliciesOff ?? false, limits: seed.limits ?? {} },
  });
  const gateway = new Gateway(azure, RESOURCES, EXTENSIONS);
  // Every subscription has this one.
  azure.registrations.assume('Microsoft.Resources');
  for (const principal of PEOPLE) azure.directory.enroll(principal);
  const steps = [...OPERATOR_ROLES, ...seed.steps];
  grow(azure, { ...seed, steps }, (request) => gateway.answer(request));
  return { azure, gateway };
}
