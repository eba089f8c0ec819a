import type { JsonObject } from '../../../src/core/resources/json';
import { childId } from '../../../src/core/resources/resourceId';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { Setup, SetupOptions } from '../../../src/core/setup/setup';
import { roleAssignment } from './dataResources';
import { edgeSetup, edgeWorld, service } from './edgeWorlds';
import { inGroup } from './ids';
import { keyVault, VAULT } from './keyVaults';
import { built, provider } from './resources';
import { DEVELOPER } from './setups';
import type { World } from './world';

/** An application gateway in front of API Management. */
export const FRONT = {
  gateway: inGroup('rg-contoso', 'Microsoft.Network/applicationGateways', 'agw-contoso'),
  publicIp: inGroup('rg-contoso', 'Microsoft.Network/publicIPAddresses', 'pip-agw-contoso'),
  policy: inGroup(
    'rg-contoso',
    'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
    'waf-agw-contoso',
  ),
  identity: inGroup('rg-contoso', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-agw-contoso'),
  certificate: childId(VAULT, 'certificates', 'ringfence-gateway'),
  host: 'api.contoso.com',
  principal: 'principal-of-gateway',
} as const;

export function frontSetup(options: Partial<SetupOptions> = {}, roles: Partial<Setup['roles']> = {}): Setup {
  const base = edgeSetup();
  return {
    ...base,
    tenant: '99999999-2222-3333-4444-555555555555',
    roles: {
      ...base.roles,
      applicationGateway: { id: FRONT.gateway, create: { location: 'japaneast' } },
      keyVault: { id: VAULT, create: { location: 'japaneast' } },
      ...roles,
    },
    options: { ...base.options, developers: [DEVELOPER], gatewayHostName: FRONT.host, ...options },
  };
}

export const ref = (list: string, name: string): JsonObject => ({ id: childId(FRONT.gateway, list, name) });
const part = (name: string, properties: JsonObject): readonly JsonObject[] => [
  { name, id: childId(FRONT.gateway, 'parts', name), etag: 'W/"1"', properties },
];

/** The parts that lead callers to API Management. */
export const PARTS = {
  frontendIPConfigurations: part('public', { publicIPAddress: { id: FRONT.publicIp } }),
  frontendPorts: part('https', { port: 443 }),
  sslCertificates: part('api', { keyVaultSecretId: 'https://kv-contoso.vault.azure.net/secrets/ringfence-gateway' }),
  httpListeners: part('api', {
    protocol: 'Https',
    hostName: FRONT.host,
    frontendIPConfiguration: ref('frontendIPConfigurations', 'public'),
    frontendPort: ref('frontendPorts', 'https'),
    sslCertificate: ref('sslCertificates', 'api'),
  }),
  backendAddressPools: part('api', { backendAddresses: [{ fqdn: 'contoso-apim.azure-api.net' }] }),
  probes: part('status', { protocol: 'Https', host: 'contoso-apim.azure-api.net', path: '/status-0123456789abcdef' }),
  backendHttpSettingsCollection: part('api', { port: 443, protocol: 'Https', probe: ref('probes', 'status') }),
  requestRoutingRules: part('api', {
    ruleType: 'Basic',
    priority: 100,
    httpListener: ref('httpListeners', 'api'),
    backendAddressPool: ref('backendAddressPools', 'api'),
    backendHttpSettings: ref('backendHttpSettingsCollection', 'api'),
  }),
} satisfies JsonObject;

export function applicationGateway(properties: JsonObject = {}, patch: JsonObject = {}): WireResource {
  const whole: JsonObject = {
    provisioningState: 'Succeeded',
    operationalState: 'Running',
    sku: { name: 'WAF_v2', tier: 'WAF_v2' },
    firewallPolicy: { id: FRONT.policy },
    sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' },
    ...PARTS,
    ...properties,
  };
  const identity = { type: 'UserAssigned', userAssignedIdentities: { [FRONT.identity]: {} } };
  return built({ id: FRONT.gateway, location: 'japaneast', identity, properties: whole }, patch);
}

export function publicIp(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: FRONT.publicIp,
      location: 'japaneast',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static', ipAddress: '192.0.2.4' },
    },
    patch,
  );
}

export function firewall(settings: JsonObject = {}, managedRuleSets: readonly JsonObject[] = RULES): WireResource {
  return {
    id: FRONT.policy,
    location: 'japaneast',
    properties: {
      policySettings: { state: 'Enabled', mode: 'Prevention', requestBodyCheck: true, ...settings },
      managedRules: { managedRuleSets },
    },
  };
}

export const RULES: readonly JsonObject[] = [
  { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' },
  { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' },
];

/** As the connection to the vault shows it. */
export function certificate(patch: JsonObject = {}): WireResource {
  return built(
    {
      id: FRONT.certificate,
      attributes: { enabled: true },
      policy: { issuer: { name: 'Self' } },
      cer: 'MIIB',
      names: [{ value: FRONT.host }],
      expired: false,
    },
    patch,
  );
}

export const officer = (): WireResource =>
  roleAssignment({ scope: VAULT, role: 'Key Vault Certificates Officer', to: DEVELOPER.id });

/** Everything of the gateway done; what is given replaces or joins what is there. */
export function frontWorld(...others: readonly WireResource[]): World {
  const world = edgeWorld(
    provider('Microsoft.KeyVault'),
    provider('Microsoft.ManagedIdentity'),
    service(),
    keyVault(),
    applicationGateway(),
    publicIp(),
    firewall(),
    { id: FRONT.identity, location: 'japaneast', properties: { principalId: FRONT.principal } },
    certificate(),
    officer(),
    roleAssignment({ scope: VAULT, role: 'Key Vault Secrets User', to: FRONT.principal }),
  );
  others.forEach((resource) => world.put(resource));
  return world;
}

export function frontWorldWithout(...ids: readonly string[]): World {
  const world = frontWorld();
  ids.forEach((id) => world.remove(id));
  return world;
}
