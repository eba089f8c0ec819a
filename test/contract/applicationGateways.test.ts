import { describe, expect, it } from 'vitest';
import { connectToSandbox } from '../../src/azure/sandboxConnection';
import type { JsonObject } from '../../src/core/resources/json';
import { readPath } from '../../src/core/resources/propertyPath';
import { startSandbox } from '../../src/sandbox/sandbox';
import { put, REGISTERED } from '../../src/sandbox/worlds/builders';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { EDGE, gateway, policy, publicIp } from '../sandbox/edgeSetup';
import { differences } from './support/differences';
import { signal } from './support/sandboxSession';

/** Parts and settings that Ringfence never writes itself, and that an adopted gateway may have. */
const withMore: SeedStep = (() => {
  const [made] = EDGE.flatMap((step) => (step.kind === 'put' && step.id === gateway ? [step.body] : []));
  const properties = readPath(made, 'properties') as JsonObject;
  const ref = (list: string, name: string): JsonObject => ({ id: `${gateway}/${list}/${name}` });
  return put(gateway, {
    ...made,
    tags: { owner: 'shop' },
    zones: ['1', '2'],
    properties: {
      ...properties,
      enableHttp2: true,
      globalConfiguration: { enableRequestBuffering: true, enableResponseBuffering: false },
      customErrorConfigurations: [{ statusCode: 'HttpStatus403', customErrorPageUrl: 'https://contoso.com/403' }],
      trustedRootCertificates: [{ name: 'root', properties: { data: 'MIIB' } }],
      redirectConfigurations: [
        {
          name: 'secure',
          properties: { redirectType: 'Permanent', targetListener: ref('httpListeners', 'https'), includePath: true },
        },
      ],
      rewriteRuleSets: [
        {
          name: 'headers',
          properties: {
            rewriteRules: [
              {
                name: 'hsts',
                ruleSequence: 100,
                conditions: [],
                actionSet: {
                  requestHeaderConfigurations: [],
                  responseHeaderConfigurations: [{ headerName: 'Strict-Transport-Security', headerValue: 'max-age=1' }],
                },
              },
            ],
          },
        },
      ],
    },
  });
})();

const firewallWithMore = put(policy, {
  location: 'eastus',
  tags: { owner: 'security' },
  properties: {
    policySettings: { state: 'Enabled', mode: 'Detection', requestBodyCheck: true, maxRequestBodySizeInKb: 256 },
    customRules: [
      {
        name: 'partners',
        priority: 10,
        ruleType: 'MatchRule',
        action: 'Allow',
        matchConditions: [
          { matchVariables: [{ variableName: 'RemoteAddr' }], operator: 'IPMatch', matchValues: ['203.0.113.0/24'] },
        ],
      },
    ],
    managedRules: {
      exclusions: [{ matchVariable: 'RequestArgNames', selectorMatchOperator: 'Equals', selector: 'messages' }],
      managedRuleSets: [
        {
          ruleSetType: 'Microsoft_DefaultRuleSet',
          ruleSetVersion: '2.1',
          ruleGroupOverrides: [{ ruleGroupName: 'SQLI', rules: [{ ruleId: '942430', state: 'Disabled' }] }],
        },
      ],
    },
  },
});

describe('an update of what is written as a whole', () => {
  it.each<[string, string, JsonObject, readonly string[]]>([
    [
      'an application gateway',
      gateway,
      { properties: { sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101S' } } },
      ['properties.sslPolicy.policyName: "AppGwSslPolicy20220101" → "AppGwSslPolicy20220101S"'],
    ],
    [
      'a firewall policy',
      policy,
      { properties: { policySettings: { mode: 'Prevention' } } },
      ['properties.policySettings.mode: "Detection" → "Prevention"'],
    ],
    [
      'a public IP address',
      publicIp,
      { properties: { dnsSettings: { domainNameLabel: 'contoso' } } },
      ['properties.dnsSettings: absent → {"domainNameLabel":"contoso","fqdn":"contoso.eastus.cloudapp.azure.com"}'],
    ],
  ])('changes that of %s and drops nothing', async (_, id, body, expected) => {
    const sandbox = await startSandbox({
      world: { name: 'edge', registered: REGISTERED, steps: [...EDGE, firewallWithMore, withMore] },
    });
    try {
      const { azure } = connectToSandbox(sandbox);
      const read = async (): Promise<JsonObject> => {
        const entry = await azure.read(id, signal);
        if (entry.state !== 'present') throw new Error(`${id} is ${entry.state}.`);
        return { [id]: entry.resource };
      };
      const before = await read();
      await azure.write({ resource: id, action: 'update', body }, { signal });
      const lines = differences(before, await read()).map((line) => line.slice(line.indexOf(' › ') + 3));
      // A policy is written at once, and says for a moment that it is being updated.
      expect(lines.filter((line) => !line.startsWith('properties.provisioningState'))).toEqual(expected);
    } finally {
      await sandbox.stop();
    }
  });
});
