/** A difference between a record and the sandbox that is known, and why it is there. */
export interface KnownDifference {
  /** As `compare` tells it; the beginning is enough where texts are long, then it ends with `…`. */
  readonly difference: string;
  readonly because: string;
}

const SIGNED = 'The recording is older than 2023, when Azure began to sign the URLs of operations.';
const LOAD = 'Microsoft.Network tells how near its limits it is; the sandbox has no such limits.';

/** Other records show both. */
const YOUNGER_VAULTS: readonly KnownDifference[] = ['softDeleteRetentionInDays', 'publicNetworkAccess'].map((name) => ({
  difference: `body properties.${name}: extra`,
  because: 'The recorded vault is older than this property, or does not show its default.',
}));

/** Listed again in docs/sandbox.md. The test fails on a difference that is not here, and on one here that is gone. */
export const DIFFERENCES: Readonly<Record<string, readonly KnownDifference[]>> = {
  'resourceGroups.put.badLocation': [
    {
      difference: 'body error.message: …',
      because:
        'The list of regions ends with swedencentral, which is newer than the recording and matters for Azure OpenAI.',
    },
  ],
  'error.gateway.AuthorizationFailed': [
    {
      difference: 'body error.message: …',
      because:
        'The recording is of 2017. Since then the message also names the exact scope and ends with advice; many later texts quote it.',
    },
  ],
  'error.gateway.NoRegisteredProviderFound': [
    {
      difference: 'body error.message: …',
      because: 'The lists of api-versions and locations are those of the sandbox; the record shortens its own.',
    },
  ],
  'cognitiveservices.account.put.update.async': [
    {
      difference: 'body properties.armFeatures: missing',
      because: 'The recorded subscription takes part in an early-access program; others show an empty list or none.',
    },
  ],
  'cognitiveservices.account.patch': [
    { difference: 'header azure-asyncoperation: …', because: SIGNED },
    { difference: 'header location: …', because: SIGNED },
  ],
  'cognitiveservices.account.put.subdomainConflict': [
    {
      difference: 'body error.message: …',
      because: 'One public text has the wording of the record, several newer ones that of the sandbox.',
    },
  ],
  'network.subnet.put.withPrivateEndpoint': [{ difference: 'header azure-asyncoperation: …', because: SIGNED }],
  'network.subnet.put.409': [{ difference: 'header x-ms-throttle-levels: missing', because: LOAD }],
  'network.subnet.put.429': [{ difference: 'header x-ms-throttle-levels: missing', because: LOAD }],
  'network.nic.put.429.parentNotProvisioned': [{ difference: 'header x-ms-throttle-levels: missing', because: LOAD }],
  'network.nic.put.create': [{ difference: 'header x-ms-throttle-levels: missing', because: LOAD }],
  'network.privateEndpoint.manual.get': [
    {
      difference: 'body properties.manualPrivateLinkServiceConnections[].properties.groupIds: extra',
      because:
        'The recorded endpoint leads to a private link service by its alias, which has no groups; here it leads to a storage account.',
    },
    {
      difference:
        'body properties.manualPrivateLinkServiceConnections[0].properties.privateLinkServiceConnectionState.status: …',
      because: 'The owner of the recorded service had approved the connection; here nobody has.',
    },
  ],
  'search.sharedPrivateLinkResources.put': [
    { difference: 'header azure-asyncoperation: …', because: SIGNED },
    { difference: 'header location: …', because: SIGNED },
  ],
  'storage.checkNameAvailability': [
    {
      difference: 'header x-ms-ratelimit-remaining-subscription-reads: missing',
      because: 'The recording is of 2018, when this POST counted as a read.',
    },
  ],
  'authorization.permissions.list': [
    {
      difference: 'body value[].dataActions: extra',
      because: 'The example is of the version 2015-07-01, which knew no data planes.',
    },
    { difference: 'body value[].notDataActions: extra', because: 'The same.' },
  ],
  'apim.service.put.create': [
    {
      difference:
        'body properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Protocols.Ssl30: extra',
      because: 'Azure shows two of the eight only when the service is made.',
    },
    {
      difference:
        'body properties.customProperties.Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TripleDes168: extra',
      because: 'The same.',
    },
  ],
  'network.vpnGateway.generatevpnprofile': [{ difference: 'header location: …', because: SIGNED }],
  'network.vpnGateway.generatevpnprofile.result': [{ difference: 'header location: …', because: SIGNED }],
  'web.site.config.web.get': [
    {
      difference: 'body properties.cors: null instead of object',
      because: 'The recorded app is a function app, which lets the portal in; a web app has no such rules.',
    },
    { difference: 'body properties.cors.allowedOrigins: missing', because: 'The same.' },
    { difference: 'body properties.cors.supportCredentials: missing', because: 'The same.' },
  ],
  'security.pricings.list': [
    {
      difference: 'body value[].properties.enablementTime: extra',
      because: 'The recorded plan had been switched on before Defender for Cloud kept the time.',
    },
  ],
  'keyvault.vault.put.create': YOUNGER_VAULTS,
  'keyvault.vault.get.registeringDns': YOUNGER_VAULTS,
};

/** True where a difference that was found is the known one. */
export function isKnown(found: string, { difference }: KnownDifference): boolean {
  return difference.endsWith('…') ? found.startsWith(difference.slice(0, -1)) : found === difference;
}
