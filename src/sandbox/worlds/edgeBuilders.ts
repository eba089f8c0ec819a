import type { JsonObject } from '../../core/resources/json';
import { childId, resourceIdIn } from '../../core/resources/resourceId';
import { groupId, put } from './builders';
import type { SeedStep } from './seed';

export const securityGroupId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/networkSecurityGroups', name);
export const wafPolicyId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies', name);
export const applicationGatewayId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.Network/applicationGateways', name);

export const serviceId = (group: string, name: string): string =>
  resourceIdIn(groupId(group), 'Microsoft.ApiManagement/service', name);

/** `allow('in', 'ApiManagement', 'VirtualNetwork', '3443')`: one TCP rule, from any port. */
export const allow = (
  direction: 'in' | 'out',
  source: string,
  destination: string,
  ports: string,
  changes: JsonObject = {},
): JsonObject => ({
  direction: direction === 'in' ? 'Inbound' : 'Outbound',
  access: 'Allow',
  protocol: 'Tcp',
  sourceAddressPrefix: source,
  sourcePortRange: '*',
  destinationAddressPrefix: destination,
  destinationPortRange: ports,
  ...changes,
});

/** A network security group whose rules go in the order in which they are given. */
export const securityGroup = (
  id: string,
  location: string,
  rules: Readonly<Record<string, JsonObject>> = {},
): SeedStep =>
  put(id, {
    location,
    properties: {
      securityRules: Object.entries(rules).map(([name, properties], index) => ({
        name,
        properties: { priority: 100 + 10 * index, ...properties },
      })),
    },
  });

/** The rules that a subnet with an application gateway cannot be without, and HTTPS from everywhere. */
export const applicationGatewayRules: Readonly<Record<string, JsonObject>> = {
  AllowGatewayManager: allow('in', 'GatewayManager', '*', '65200-65535'),
  AllowLoadBalancer: allow('in', 'AzureLoadBalancer', '*', '*', { protocol: '*' }),
  AllowHttps: allow('in', 'Internet', '*', '443'),
};

/** The rules that API Management in internal mode cannot be without, and HTTPS from its network. */
export const apiManagementRules: Readonly<Record<string, JsonObject>> = {
  AllowManagement: allow('in', 'ApiManagement', 'VirtualNetwork', '3443'),
  AllowLoadBalancer: allow('in', 'AzureLoadBalancer', 'VirtualNetwork', '6390'),
  AllowClients: allow('in', 'VirtualNetwork', 'VirtualNetwork', '443'),
  AllowCertificates: allow('out', 'VirtualNetwork', 'Internet', '80'),
  AllowStorage: allow('out', 'VirtualNetwork', 'Storage', '443'),
  AllowSql: allow('out', 'VirtualNetwork', 'Sql', '1433'),
  AllowKeyVault: allow('out', 'VirtualNetwork', 'AzureKeyVault', '443'),
  AllowMonitor: allow('out', 'VirtualNetwork', 'AzureMonitor', '', { destinationPortRanges: ['1886', '443'] }),
};

/** A service of a classic tier, in a subnet in internal mode where one is given. */
export function apiManagement(
  id: string,
  location: string,
  settings: {
    readonly tier?: string;
    readonly subnet?: string;
    readonly identity?: JsonObject;
    readonly properties?: JsonObject;
  } = {},
): SeedStep {
  const { tier = 'Developer', subnet, identity, properties = {} } = settings;
  return put(id, {
    location,
    sku: { name: tier, capacity: 1 },
    ...(identity === undefined ? {} : { identity }),
    properties: {
      publisherEmail: 'admin@contoso.com',
      publisherName: 'Contoso',
      ...(subnet === undefined
        ? {}
        : { virtualNetworkType: 'Internal', virtualNetworkConfiguration: { subnetResourceId: subnet } }),
      ...properties,
    },
  });
}

export const wafPolicy = (id: string, location: string, mode: 'Detection' | 'Prevention'): SeedStep =>
  put(id, {
    location,
    properties: {
      policySettings: { state: 'Enabled', mode, requestBodyCheck: true },
      managedRules: { managedRuleSets: [{ ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }] },
    },
  });

export interface GatewayPlan {
  readonly subnet: string;
  readonly publicIp: string;
  readonly policy?: string;
  /** The name that callers use; whoever asks for another one gets no listener. Any name where not given. */
  readonly hostName?: string;
  /** Host name or address of the backend, and the path of its probe. */
  readonly backend: string;
  readonly probePath?: string;
}

/** The body of an application gateway with one HTTPS listener, and HTTPS to its backend. */
export function applicationGatewayBody(id: string, location: string, plan: GatewayPlan): JsonObject {
  const { subnet, publicIp, policy, hostName, backend, probePath } = plan;
  const ref = (collection: string, name: string): JsonObject => ({ id: childId(id, collection, name) });
  const part = (name: string, properties: JsonObject): readonly JsonObject[] => [{ name, properties }];
  return {
    location,
    properties: {
      sku: { name: 'WAF_v2', tier: 'WAF_v2' },
      autoscaleConfiguration: { minCapacity: 1, maxCapacity: 3 },
      ...(policy === undefined ? {} : { firewallPolicy: { id: policy } }),
      sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' },
      gatewayIPConfigurations: part('instances', { subnet: { id: subnet } }),
      frontendIPConfigurations: part('public', { publicIPAddress: { id: publicIp } }),
      frontendPorts: part('https', { port: 443 }),
      sslCertificates: part('listener', { data: 'UEZY', password: 'none' }),
      httpListeners: part('https', {
        protocol: 'Https',
        frontendIPConfiguration: ref('frontendIPConfigurations', 'public'),
        frontendPort: ref('frontendPorts', 'https'),
        sslCertificate: ref('sslCertificates', 'listener'),
        ...(hostName === undefined ? {} : { hostName }),
      }),
      backendAddressPools: part('gateway', { backendAddresses: [{ fqdn: backend }] }),
      probes:
        probePath === undefined
          ? []
          : part('status', {
              protocol: 'Https',
              host: backend,
              path: probePath,
              interval: 30,
              timeout: 120,
              unhealthyThreshold: 8,
            }),
      backendHttpSettingsCollection: part('https', {
        port: 443,
        protocol: 'Https',
        pickHostNameFromBackendAddress: true,
        requestTimeout: 180,
        ...(probePath === undefined ? {} : { probe: ref('probes', 'status') }),
      }),
      requestRoutingRules: part('all', {
        ruleType: 'Basic',
        priority: 100,
        httpListener: ref('httpListeners', 'https'),
        backendAddressPool: ref('backendAddressPools', 'gateway'),
        backendHttpSettings: ref('backendHttpSettingsCollection', 'https'),
      }),
    },
  };
}

export const applicationGateway = (id: string, location: string, plan: GatewayPlan): SeedStep =>
  put(id, applicationGatewayBody(id, location, plan));
