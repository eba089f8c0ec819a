import type { Refusal } from '../../arm/messages';
import { networkRefusal } from './errors';

/** Reported. */
export const subnetHasOthers = (subnet: string, gateway: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewaySubnetCannotHaveOtherResources',
    `Subnet ${subnet} cannot be used for application gateway ${gateway} since it has other resources deployed. Subnet used for application gateway can only have other application gateways.`,
  );

/** Reported. */
export const subnetIsDelegatedElsewhere = (subnet: string): Refusal =>
  networkRefusal(
    400,
    'InvalidSubnet',
    `Subnet '${subnet}' is delegated to a different service and can't be used by Application Gateway`,
  );

/** Reported. */
export const managementIsBlocked = (group: string, subnet: string, gateway: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup',
    `Network security group ${group} blocks incoming internet traffic on ports 65200 - 65535 to subnet ${subnet}, associated with Application Gateway ${gateway}. This is not permitted for Application Gateways that have V2 Sku.`,
  );

/** Reported code, UNVERIFIED wording. */
export const priorityIsEmpty = (rule: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty',
    `Priority for the request routing rule ${rule} cannot be empty. All request routing rules should have a priority defined starting from api-version 2021-08-01.`,
  );

/** Reported code, UNVERIFIED wording. */
export const keyVaultNeedsIdentity = (certificate: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity',
    `Certificate ${certificate} refers to a secret of Key Vault, which requires that a user-assigned identity is associated with the Application Gateway.`,
  );

/** Reported, as the innermost of the failure. */
export const keyVaultSecretDenied = (secret: string, gateway: string) => ({
  code: 'ApplicationGatewayKeyVaultSecretAccessDenied',
  message: `Access denied for KeyVault Secret '${secret}' for Application Gateway '${gateway}'. Make sure that Identity assigned to Application Gateway has access to the KeyVault associated with secret.`,
});

/** UNVERIFIED code and wording. */
export const keyVaultSecretMissing = (secret: string, gateway: string) => ({
  code: 'ApplicationGatewayKeyVaultSecretNotFound',
  message: `KeyVault Secret '${secret}' for Application Gateway '${gateway}' was not found.`,
});

/** UNVERIFIED code and wording. */
export const certificateHasNoData = (certificate: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewaySslCertificateDataMustBeSpecified',
    `Data or KeyVaultSecretId must be specified for Certificate ${certificate}.`,
  );

/** UNVERIFIED code and wording. */
export const listenerNeedsCertificate = (listener: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewayHttpsListenerMustReferenceSslCertificate',
    `Http Listener ${listener} with protocol Https must reference an SSL certificate.`,
  );

/** UNVERIFIED code and wording. */
export const policyNeedsWafSku = (gateway: string): Refusal =>
  networkRefusal(
    400,
    'ApplicationGatewayFirewallPolicyRequiresWafSku',
    `Application Gateway ${gateway} does not have the SKU WAF_v2, so it cannot have a web application firewall policy.`,
  );

/** UNVERIFIED code and wording. */
export const policyInUse = (policy: string, gateway: string) => ({
  code: 'ApplicationGatewayWafPolicyCannotBeDeletedWhenInUse',
  message: `Web application firewall policy ${policy} cannot be deleted since it is associated with ${gateway}.`,
});
