import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import {
  clientInterface,
  networkId,
  put,
  REGISTERED,
  resourceGroup,
  subnetId,
  virtualNetwork,
} from '../../src/sandbox/worlds/builders';
import {
  allow,
  applicationGateway,
  applicationGatewayBody,
  applicationGatewayId,
  applicationGatewayRules,
  securityGroup,
  securityGroupId,
  wafPolicy,
  wafPolicyId,
} from '../../src/sandbox/worlds/edgeBuilders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { publicIpAddress, publicIpId } from '../../src/sandbox/worlds/vpnBuilders';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = '?api-version=2025-01-01';
const network = networkId('rg', 'vnet');
const subnet = subnetId(network, 'gateways');
const other = subnetId(network, 'other');
const publicIp = publicIpId('rg', 'pip');
const policy = wafPolicyId('rg', 'waf');
const gateway = applicationGatewayId('rg', 'gw');
const group = securityGroupId('rg', 'nsg');
const plan = { subnet, publicIp, policy, backend: 'apim.azure-api.net', probePath: '/status-0123456789abcdef' };
const body = applicationGatewayBody(gateway, 'eastus', plan);

const places: readonly SeedStep[] = [
  resourceGroup('rg', 'eastus'),
  virtualNetwork(network, 'eastus', '10.0.0.0/16', { gateways: '10.0.0.0/24', other: '10.0.1.0/24' }),
  publicIpAddress(publicIp, 'eastus'),
  wafPolicy(policy, 'eastus', 'Detection'),
];
const made = [...places, applicationGateway(gateway, 'eastus', plan)];
const guarded = (rules: Readonly<Record<string, JsonObject>>): readonly SeedStep[] => [
  securityGroup(group, 'eastus', rules),
  put(subnet, { properties: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: { id: group } } }),
];
const inWorld = <Result>(steps: readonly SeedStep[], use: (client: SandboxClient) => Promise<Result>) =>
  withSandbox({ world: { name: 'test', registered: REGISTERED, steps } }, (client) => use(client));
const codeOf = (answer: Received) => [answer.status, at(answer.body, 'error', 'code')];
const changed = (changes: JsonObject): JsonObject => ({
  ...body,
  properties: { ...(body['properties'] as JsonObject), ...changes },
});

describe('an application gateway', () => {
  it('runs once it is made, and shows what it stands on and what stands on it', () =>
    inWorld(places, async (client) => {
      const first = await client.put(`${gateway}${VERSION}`, body);
      expect([first.status, at(first.body, 'properties', 'operationalState')]).toEqual([201, 'Stopped']);
      expect(await client.follow(first)).toEqual(['200 InProgress', '200 InProgress', '200 Succeeded']);
      const { body: shown } = await client.get(`${gateway}${VERSION}`);
      expect(at(shown, 'properties')).toMatchObject({
        operationalState: 'Running',
        sslCertificates: [{ name: 'listener' }],
      });
      expect(at(shown, 'properties', 'probes', 0, 'properties', 'backendHttpSettings', 0, 'id')).toBe(
        `${gateway}/backendHttpSettingsCollection/https`,
      );
      const place = await client.get(`${subnet}${VERSION}`);
      expect(at(place.body, 'properties', 'applicationGatewayIPConfigurations', 0, 'id')).toBe(
        `${gateway}/gatewayIPConfigurations/instances`,
      );
      expect(codeOf(await client.delete(`${policy}${VERSION}`))[0]).toBe(400);
      expect(codeOf(await client.delete(`${subnet}${VERSION}`))).toEqual([400, 'InUseSubnetCannotBeDeleted']);
    }));

  it('never gives back what a certificate was made of, and takes its own answer for a write', () =>
    inWorld(made, async (client) => {
      const shown = await client.get(`${gateway}${VERSION}`);
      expect(JSON.stringify(shown.body)).not.toMatch(/UEZY|password/);
      const again = await client.put(`${gateway}${VERSION}`, shown.body ?? {});
      expect(again.status).toBe(200);
      await client.follow(again);
      const after = await client.get(`${gateway}${VERSION}`);
      expect(at(after.body, 'properties', 'requestRoutingRules', 0, 'properties')).toEqual(
        at(shown.body, 'properties', 'requestRoutingRules', 0, 'properties'),
      );
    }));

  it('is replaced whole by a PUT: what is not sent is gone', () =>
    inWorld(made, async (client) => {
      await client.follow(await client.put(`${gateway}${VERSION}`, changed({ sslPolicy: null })));
      const { body: shown } = await client.get(`${gateway}${VERSION}`);
      expect(at(shown, 'properties', 'sslPolicy')).toBeUndefined();
      expect(at(shown, 'properties', 'defaultPredefinedSslPolicy')).toBe('AppGwSslPolicy20220101');
    }));

  const certificate = [{ name: 'listener', properties: {} }];
  const fromVault = [{ name: 'listener', properties: { keyVaultSecretId: 'https://v.vault.azure.net/secrets/c' } }];
  it.each<[string, JsonObject, string]>([
    [
      'a rule without a priority',
      { requestRoutingRules: withoutPriority() },
      'ApplicationGatewayRequestRoutingRulePriorityCannotBeEmpty',
    ],
    [
      'a certificate without data',
      { sslCertificates: certificate },
      'ApplicationGatewaySslCertificateDataMustBeSpecified',
    ],
    [
      'a certificate of Key Vault without an identity',
      { sslCertificates: fromVault },
      'ApplicationGatewayKeyVaultSecretRequiresUserAssignedIdentity',
    ],
    ['an HTTPS listener whose certificate is not there', { sslCertificates: [] }, 'InvalidResourceReference'],
    [
      'a policy in the SKU without a firewall',
      { sku: { name: 'Standard_v2', tier: 'Standard_v2' } },
      'ApplicationGatewayFirewallPolicyRequiresWafSku',
    ],
    [
      'a subnet that is not there',
      { gatewayIPConfigurations: instancesIn(subnetId(network, 'none')) },
      'InvalidResourceReference',
    ],
  ])('is refused with %s', (_, changes, code) =>
    inWorld(places, async (client) => {
      expect(codeOf(await client.put(`${gateway}${VERSION}`, changed(changes)))).toEqual([400, code]);
    }),
  );

  it('wants a subnet without anything else in it', () =>
    inWorld([...places, clientInterface('rg', 'nic', 'eastus', other)], async (client) => {
      const answer = await client.put(`${gateway}${VERSION}`, changed({ gatewayIPConfigurations: instancesIn(other) }));
      expect(codeOf(answer)).toEqual([400, 'ApplicationGatewaySubnetCannotHaveOtherResources']);
    }));
});

describe('the network security group of a gateway', () => {
  const BLOCKED = [400, 'ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup'];

  it.each([
    ['lets Azure manage it', applicationGatewayRules, [201, undefined]],
    ['says nothing of that', {}, BLOCKED],
    ['lets Azure in on some of the ports', { Some: allow('in', 'GatewayManager', '*', '65200-65500') }, BLOCKED],
    [
      'denies it before it allows it',
      { Deny: allow('in', '*', '*', '*', { access: 'Deny', protocol: '*' }), ...applicationGatewayRules },
      BLOCKED,
    ],
  ])('that %s decides whether it is made', (_, rules, expected) =>
    inWorld([...places, ...guarded(rules)], async (client) => {
      expect(codeOf(await client.put(`${gateway}${VERSION}`, body))).toEqual(expected);
    }),
  );

  it('cannot be changed, nor put in place, so that Azure is shut out', () =>
    inWorld(
      [...places, ...guarded(applicationGatewayRules), applicationGateway(gateway, 'eastus', plan)],
      async (client) => {
        const rule = `${group}/securityRules/Deny${VERSION}`;
        const properties = { ...allow('in', '*', '*', '*', { access: 'Deny' }), priority: 90 };
        expect(codeOf(await client.put(rule, { properties }))).toEqual(BLOCKED);
        expect(codeOf(await client.delete(`${group}/securityRules/AllowGatewayManager${VERSION}`))).toEqual(BLOCKED);
        expect(codeOf(await client.put(`${group}${VERSION}`, { location: 'eastus', properties: {} }))).toEqual(BLOCKED);
        expect(at((await client.get(`${group}${VERSION}`)).body, 'properties', 'securityRules')).toHaveLength(3);
      },
    ));
});

describe('a web application firewall policy', () => {
  it('detects unless it is told to prevent, and says which modes and rule sets there are', () =>
    inWorld(places, async (client) => {
      const url = `${wafPolicyId('rg', 'another')}${VERSION}`;
      const managedRules = { managedRuleSets: [{ ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' }] };
      const first = await client.put(url, { location: 'eastus', properties: { managedRules } });
      expect(at(first.body, 'properties', 'policySettings', 'mode')).toBe('Detection');
      await client.follow(first);
      const wrong = { managedRules, policySettings: { mode: 'prevention' } };
      expect((await client.put(url, { location: 'eastus', properties: wrong })).status).toBe(400);
      const old = { managedRules: { managedRuleSets: [{ ruleSetType: 'OWASP', ruleSetVersion: '2.2.9' }] } };
      expect((await client.put(url, { location: 'eastus', properties: old })).status).toBe(400);
      const list = '/providers/Microsoft.Network/applicationGatewayAvailableWafRuleSets';
      const sets = await client.get(`/subscriptions/${SUBSCRIPTION_ID}${list}${VERSION}`);
      expect(JSON.stringify(sets.body)).toContain('Microsoft_DefaultRuleSet_2.1');
    }));
});

function withoutPriority() {
  const [rule] = (body['properties'] as JsonObject)['requestRoutingRules'] as unknown as readonly JsonObject[];
  return [{ ...rule, properties: { ...(rule?.['properties'] as JsonObject), priority: null } }];
}

function instancesIn(id: string) {
  return [{ name: 'instances', properties: { subnet: { id } } }];
}
