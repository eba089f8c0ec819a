import { asObjects } from '../resources/json';
import { readPath } from '../resources/propertyPath';
import { text } from '../text';
import { firewallPolicyOf, gatewayLocation } from './gatewayFacts';
import { GATEWAY_SOURCES } from './gatewaySources';
import { holds, type Assertion } from './matcher';
import { defineStep, type Step, type StepContext } from './step';

/** The web application firewall of the application gateway: a policy, and what it does with what it finds. */

const DEFAULT_RULES = { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1' };
const BOT_RULES = { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' };
/** Azure supports the newest and the two before it; a policy has one of these. */
const GENERAL_RULES = { types: ['Microsoft_DefaultRuleSet', 'OWASP'], versions: ['2.2', '2.1', '3.2'] };

const firewallPolicy = defineStep({
  id: 'appgw-waf-policy',
  title: text('Web application firewall'),
  why: text(
    'The firewall looks at every request before it reaches API Management, with rules that Microsoft keeps up to date, and at robots.',
  ),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['resource-group', 'resource-providers'],
  sources: [
    ...GATEWAY_SOURCES,
    { seed: 'apim-app-gateway.fr', section: 'Services requis pour cette intégration' },
    { policy: '564feb30-bf6a-4854-b4bb-0d2d2d1e6c66' },
    { policy: 'ca85ef9a-741d-461d-8b7a-18c2da82c666' },
    { policy: 'ebea0d86-7fbd-42e3-8a46-27e7568c2525' },
    { policy: '882e19a6-996f-400e-a30f-c090887254f4' },
    { policy: 'ff1f1879-a60d-4f23-9641-41e7391ec19a' },
  ],
  severity: 'high',
  notes: () => [
    text(
      'The firewall looks at the first 128 KB of a request and refuses longer ones while it prevents. Raise the limit for prompts that are longer.',
    ),
  ],
  expects: (context, target) => {
    const id = firewallPolicyOf(context, target);
    if (context.read(id) !== undefined) return [{ resource: id, assertions: firewallRules(context, id) }];
    const location = gatewayLocation(context, target);
    return [{ resource: id, assertions: [], ...(location !== undefined && { create: newPolicy(location) }) }];
  },
  permissions: ['Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/write'],
  risk: { kind: 'cost', note: text('The firewall is part of the price of the gateway; robots cost nothing besides.') },
  typicalSeconds: 10,
});

/** It only detects at first, so that nobody is refused by mistake; blocking is a step of its own. */
function newPolicy(location: string) {
  return {
    location,
    properties: {
      policySettings: {
        state: 'Enabled',
        mode: 'Detection',
        requestBodyCheck: true,
        maxRequestBodySizeInKb: 128,
        fileUploadLimitInMb: 100,
      },
      managedRules: { managedRuleSets: [DEFAULT_RULES, BOT_RULES] },
    },
  };
}

function firewallRules(context: StepContext, policy: string): readonly Assertion[] {
  const at = 'properties.managedRules.managedRuleSets';
  const isGeneral: Assertion = {
    at: 'ruleSetType',
    must: { kind: 'oneOf', values: GENERAL_RULES.types, prefer: '' },
  };
  // A policy takes one general rule set, and an old one is for a person to replace: exclusions hang on it.
  const mayAdd = !asObjects(readPath(context.read(policy), at)).some((set) => holds(set, isGeneral));
  return [
    { at: 'properties.policySettings.state', absentMeans: 'Enabled', must: { kind: 'equals', value: 'Enabled' } },
    { at: 'properties.policySettings.requestBodyCheck', absentMeans: true, must: { kind: 'equals', value: true } },
    {
      at,
      must: {
        kind: 'someItem',
        where: [
          isGeneral,
          { at: 'ruleSetVersion', must: { kind: 'oneOf', values: GENERAL_RULES.versions, prefer: '' } },
        ],
        ...(mayAdd && { add: DEFAULT_RULES }),
        what: text('a current rule set'),
      },
    },
    {
      at,
      must: {
        kind: 'someItem',
        where: [{ at: 'ruleSetType', must: { kind: 'equals', value: BOT_RULES.ruleSetType } }],
        add: BOT_RULES,
        what: text('rules about robots'),
      },
    },
  ];
}

/** Rules that are known to take prompts for attacks. Source: Microsoft's walk-through, on the developer portal and APIs. */
const OFTEN_MISTAKEN = '942100, 942110, 942180, 942200, 942260, 942340, 942370, 942430, 942440, 941110';

const firewallPrevents = defineStep({
  id: 'appgw-waf-prevention',
  title: text('The firewall blocks what it finds'),
  why: text('While it only detects, the firewall writes into its log and lets everything pass.'),
  group: 'applicationGateway',
  on: 'applicationGateway',
  scenarios: ['api-gateway'],
  after: ['appgw', 'appgw-waf-policy'],
  preferAfter: ['apim-openai-api', 'apim-openai-policy', 'apim-subscription', 'appgw-health-probe', 'appgw-tls-policy'],
  sources: [...GATEWAY_SOURCES, { policy: '12430be1-6cc8-4527-a9a8-e3d38f250096' }],
  severity: 'high',
  notes: ({ setup }) => [
    setup.options.firewallMode === 'Detection'
      ? text('The firewall only logs, as this setup wants it. Switch it to prevention once the log shows no mistakes.')
      : text(
          'Prompts can look like attacks. Choose detection for a while where callers are many, watch the log of the firewall for rules such as {0}, and exclude those that are mistaken.',
          OFTEN_MISTAKEN,
        ),
  ],
  expects: (context, target) => {
    const { firewallMode } = context.setup.options;
    return [
      {
        resource: firewallPolicyOf(context, target),
        assertions: [
          {
            at: 'properties.policySettings.mode',
            absentMeans: 'Detection',
            must:
              firewallMode === 'Prevention'
                ? { kind: 'equals', value: 'Prevention' }
                : { kind: 'oneOf', values: ['Detection', 'Prevention'], prefer: 'Detection' },
          },
        ],
      },
    ];
  },
  permissions: ['Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies/write'],
  risk: { kind: 'lockout', note: text('Requests that the rules take for attacks are refused from then on, with 403.') },
  typicalSeconds: 20,
});

export const FIREWALL_STEPS: readonly Step[] = [firewallPolicy, firewallPrevents];
