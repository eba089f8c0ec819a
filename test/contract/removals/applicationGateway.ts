import { asObjects, type JsonObject } from '../../../src/core/resources/json';
import { childId, resourceIdIn } from '../../../src/core/resources/resourceId';
import { readPath } from '../../../src/core/resources/propertyPath';
import { PRINCIPAL_ID } from '../../../src/sandbox/azure';
import { applicationGatewayId, wafPolicyId } from '../../../src/sandbox/worlds/edgeBuilders';
import { NETWORK, NETWORK_GROUP, NETWORK_LOCATION, VAULT } from '../../../src/sandbox/worlds/exposed';
import { publicIpId } from '../../../src/sandbox/worlds/vpnBuilders';
import type { ByHand } from '../support/byHand';
import { NETWORK_RESOURCES } from './ids';
import { deleted, type Failures, type Fate } from './removal';

const GATEWAY = applicationGatewayId(NETWORK_GROUP, 'agw-vnet-app');
const PUBLIC_IP = publicIpId(NETWORK_GROUP, 'pip-agw-vnet-app');
const POLICY = wafPolicyId(NETWORK_GROUP, 'waf-agw-vnet-app');
const IDENTITY = resourceIdIn(NETWORK_RESOURCES, 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-agw-vnet-app');

/** There is no way through, so that no call can be made. */
const NO_WAY: Failures = {
  'gateway-answers/internet': 'unknown',
  'gateway-chat/internet': 'unknown',
  'gateway-blocks/internet': 'unknown',
  'gateway-only/internet': 'unknown',
};

/** What is about a gateway that is not there. */
const WITH_GATEWAY = ['appgw', 'appgw-health-probe', 'appgw-tls-policy', 'appgw-https-only', 'appgw-diagnostics'];

/** A PUT replaces a gateway, so it begins with what is there. */
const rewritten = (change: (properties: JsonObject) => JsonObject) => async (hand: ByHand) => {
  const present = await hand.get(GATEWAY);
  const properties = readPath(present, 'properties') as JsonObject;
  await hand.put(GATEWAY, { ...present, properties: { ...properties, ...change(properties) } });
};

const policy = (mode: string, more: readonly JsonObject[]): JsonObject => ({
  location: NETWORK_LOCATION,
  properties: {
    policySettings: { state: 'Enabled', mode, requestBodyCheck: true },
    managedRules: {
      managedRuleSets: [{ ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }, ...more],
    },
  },
});
const ROBOTS = { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' };

/** A listener without encryption, and a rule that leads from it where the other rule leads. */
function withPlainListener({ frontendPorts, httpListeners, requestRoutingRules }: JsonObject): JsonObject {
  const ref = (list: string, name: string) => ({ id: childId(GATEWAY, list, name) });
  const [rule = {}] = asObjects(requestRoutingRules);
  return {
    frontendPorts: [...asObjects(frontendPorts), { name: 'http', properties: { port: 80 } }],
    httpListeners: [
      ...asObjects(httpListeners),
      {
        name: 'http',
        properties: {
          protocol: 'Http',
          frontendIPConfiguration: ref('frontendIPConfigurations', 'public'),
          frontendPort: ref('frontendPorts', 'http'),
        },
      },
    ],
    requestRoutingRules: [
      rule,
      {
        name: 'http',
        properties: {
          ...(rule['properties'] as JsonObject),
          priority: 200,
          httpListener: ref('httpListeners', 'http'),
        },
      },
    ],
  };
}

export const APPLICATION_GATEWAY_FATES: Readonly<Record<string, Fate>> = {
  'key-vault': {
    in: 'gateway',
    ...deleted('the vault is deleted', (hand) => hand.delete(VAULT), {
      nonCompliant: [
        'key-vault',
        'key-vault-protected',
        'key-vault-role-based-access',
        'key-vault-diagnostics',
        'rbac-dev-key-vault-certificates',
        'rbac-appgw-key-vault',
        'appgw-certificate',
      ],
    }),
  },
  'rbac-dev-key-vault-certificates': {
    in: 'gateway',
    when: 'the role of who is signed in is taken away',
    remove: (hand) => hand.unassign(PRINCIPAL_ID, 'Key Vault Certificates Officer', VAULT),
    // Nobody sees the certificate then.
    nonCompliant: ['rbac-dev-key-vault-certificates', 'appgw-certificate'],
  },
  'appgw-identity': {
    in: 'gateway',
    when: 'the identity is deleted',
    remove: (hand) => hand.delete(IDENTITY),
    nonCompliant: ['appgw-identity', 'rbac-appgw-key-vault'],
    // The gateway goes on with the certificate that it has.
    probes: {},
  },
  'rbac-appgw-key-vault': {
    in: 'gateway',
    when: 'the role of the gateway’s identity is taken away',
    remove: async (hand) => {
      const principal = String(readPath(await hand.get(IDENTITY), 'properties.principalId'));
      await hand.unassign(principal, 'Key Vault Secrets User', VAULT);
    },
    nonCompliant: ['rbac-appgw-key-vault'],
  },
  'appgw-certificate': {
    in: 'gateway',
    when: 'the certificate is deleted',
    remove: async (hand) => {
      await hand.ask(NETWORK, {
        service: 'keyVault',
        host: 'contoso-kv.vault.azure.net',
        method: 'DELETE',
        path: '/certificates/ringfence-gateway?api-version=7.4',
      });
    },
    nonCompliant: ['appgw-certificate'],
  },
  'appgw-public-ip': {
    in: 'gateway',
    when: 'the address is deleted, the gateway that holds it first',
    remove: async (hand) => {
      await hand.delete(GATEWAY);
      await hand.delete(PUBLIC_IP);
    },
    nonCompliant: ['appgw-public-ip', ...WITH_GATEWAY],
    probes: NO_WAY,
  },
  'appgw-waf-policy': {
    in: 'gateway',
    when: 'robots are no longer looked at',
    remove: (hand) => hand.put(POLICY, policy('Prevention', [])),
    nonCompliant: ['appgw-waf-policy'],
  },
  appgw: {
    in: 'gateway',
    when: 'the gateway is deleted',
    remove: (hand) => hand.delete(GATEWAY),
    nonCompliant: WITH_GATEWAY,
    probes: NO_WAY,
  },
  'appgw-health-probe': {
    in: 'gateway',
    when: 'the settings of the backend lose their probe',
    remove: rewritten(({ backendHttpSettingsCollection }) => ({
      backendHttpSettingsCollection: asObjects(backendHttpSettingsCollection).map(({ name, properties }) => {
        const { probe: _, ...others } = properties as JsonObject;
        return { name, properties: others };
      }),
    })),
    nonCompliant: ['appgw-health-probe'],
    // The default probe asks for what API Management does not have, so nothing is healthy. The firewall looks before.
    probes: { 'gateway-answers/internet': 'fail', 'gateway-chat/internet': 'fail' },
  },
  'appgw-tls-policy': {
    in: 'gateway',
    when: 'an old TLS policy is chosen',
    remove: rewritten(() => ({ sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20150501' } })),
    nonCompliant: ['appgw-tls-policy'],
  },
  'appgw-https-only': {
    in: 'gateway',
    when: 'a listener without encryption leads to API Management too',
    remove: rewritten(withPlainListener),
    nonCompliant: ['appgw-https-only'],
    notMended: { steps: ['appgw-https-only'], because: 'somebody may use the listener' },
  },
  'appgw-waf-prevention': {
    in: 'gateway',
    when: 'the firewall only detects again',
    remove: (hand) => hand.put(POLICY, policy('Detection', [ROBOTS])),
    nonCompliant: ['appgw-waf-prevention'],
    probes: { 'gateway-blocks/internet': 'fail' },
  },
};
