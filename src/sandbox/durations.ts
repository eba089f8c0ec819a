/**
 * How long Azure takes, in seconds. Recorded: polls in the recordings times their Retry-After, or start and end of the
 * operation. Reported: read in documentation or in what users report. The rest is a guess of the right order.
 */
export const DURATIONS = {
  /** Recorded: `Succeeded` at the first poll for kind OpenAI. */
  openAiAccountCreate: 8,
  /** Recorded: about 30 seconds for other kinds. */
  otherAccountCreate: 28,
  /** Reported: "a few minutes" in 2023, 30 to 60 seconds since. */
  accountUpdate: 60,
  /** Recorded: one second. */
  accountPurge: 1,
  /** Recorded: one poll after Retry-After 3. */
  virtualNetwork: 4,
  subnet: 4,
  networkSecurityGroup: 2,
  securityRule: 2,
  publicIpAddress: 2,
  /** Recorded: one poll in progress, or none, after Retry-After 10. */
  networkDelete: 12,
  networkSecurityGroupDelete: 2,
  networkInterfaceDelete: 4,
  /** Recorded: 31 polls, the last ones 100 seconds apart; documented: up to 45 minutes. */
  virtualNetworkGateway: 2700,
  /** Documented: about five minutes for a change of the point-to-site settings. */
  virtualNetworkGatewayUpdate: 300,
  virtualNetworkGatewayDelete: 600,
  /** Recorded: two or three polls of 10 seconds. */
  vpnProfile: 20,
  /** Reported: the link of an app that left a subnet stays for "some minutes". */
  serviceAssociationLink: 60,
  /** Recorded: 64 polls of 20 seconds; documented: 15 to 45 minutes for a change of the network too. */
  apiManagementActivation: 1270,
  apiManagementUpdate: 600,
  apiManagementIdentity: 60,
  apiManagementDelete: 300,
  apiManagementPurge: 60,
  /** Recorded: three polls of 20 seconds. */
  apiManagementV2Create: 50,
  apiManagementV2Update: 30,
  /** Recorded: three polls, after 5, 1 and 2 seconds. */
  applicationGateway: 7,
  applicationGatewayDelete: 30,
  backendHealth: 15,
  wafPolicy: 1,
  /** Recorded: one to three polls of 10 seconds; reported: one to three minutes end to end. */
  privateEndpoint: 40,
  privateEndpointDelete: 15,
  privateDnsZoneGroup: 15,
  privateDnsZoneGroupDelete: 10,
  /** Recorded: one poll in progress after Retry-After 30. */
  privateDns: 35,
  privateDnsDelete: 35,
  /** Recorded: three polls of 15 seconds for a group with one virtual network. */
  resourceGroupDelete: 60,
  /** Recorded: about five minutes of `provisioning` for a standard service, seven to eleven for a basic one. */
  searchServiceCreate: 300,
  basicSearchServiceCreate: 480,
  /** Recorded: about seven minutes after a change of the public access, on a basic service. */
  searchServiceUpdate: 420,
  /** Recorded: two polls of 30 seconds; reported: minutes. */
  sharedPrivateLink: 90,
  /** Recorded: one or two polls after Retry-After 17. */
  storageAccountCreate: 19,
  /** Recorded: two polls after Retry-After 20; `InProgress` at the first. */
  logAnalyticsWorkspace: 30,
  /** Recorded: two to four reads in `RegisteringDns`. */
  vaultCreate: 30,
  /** Recorded: one poll after Retry-After 5, or two. */
  vaultPurge: 8,
  /** Reported: self-signed certificates take some seconds. */
  vaultCertificate: 8,
  /** Recorded: about twelve polls of `Registering`. */
  providerRegistration: 60,
  providerUnregistration: 10,
  /** Reported: a new identity gives PrincipalNotFound for up to a minute, unless the assignment tells its type. */
  directoryReplication: 60,
  /** Reported: even then the first tries may fail. */
  directoryReplicationOfTypedPrincipal: 15,
  /** Reported: up to ten minutes until a role assignment is in force, most of them within two. */
  roleAssignment: 90,
  ingestionRun: 40,
  /** Documented: about five minutes until an assignment applies. */
  policyAssignment: 300,
  policyEvaluation: 120,
} as const;

/** Seconds that a client in life lets pass before it asks again, where Azure does not tell it. */
export const PATIENCE = {
  operationWithoutRetryAfter: 10,
  unsettledResource: 10,
  /** Documented: every 30 to 60 seconds. */
  searchProvisioning: 30,
  providerRegistration: 5,
  conflict: 10,
  principalNotFound: 10,
  roleNotInForce: 30,
  policyNotInForce: 60,
  ingestionRun: 10,
  vaultCertificate: 5,
} as const;
