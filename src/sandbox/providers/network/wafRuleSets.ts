import type { JsonObject } from '../../../core/resources/json';
import { listAnswer } from '../../http/listing';
import type { Router } from '../../http/router';
import { NETWORK_VERSIONS } from './networkResource';

interface RuleSet {
  readonly type: string;
  readonly version: string;
  /** A selection. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const XSS = {
  '941100': 'XSS Attack Detected via libinjection',
  '941110': 'XSS Filter - Category 1: Script Tag Vector',
};
const SQL_INJECTION = {
  '942100': 'SQL Injection Attack Detected via libinjection',
  '942190': 'Detects MSSQL code execution and information gathering attempts',
};
const DEFAULT_GROUPS = { XSS, SQLI: SQL_INJECTION };
const OWASP_GROUPS = {
  'REQUEST-941-APPLICATION-ATTACK-XSS': XSS,
  'REQUEST-942-APPLICATION-ATTACK-SQLI': SQL_INJECTION,
};
const BOTS = { BadBots: { '100100': 'Malicious bots detected by threat intelligence' } };

/** The managed rule sets that policies can have. */
const RULE_SETS: readonly RuleSet[] = [
  { type: 'Microsoft_DefaultRuleSet', version: '2.2', groups: DEFAULT_GROUPS },
  { type: 'Microsoft_DefaultRuleSet', version: '2.1', groups: DEFAULT_GROUPS },
  { type: 'Microsoft_BotManagerRuleSet', version: '1.1', groups: BOTS },
  { type: 'Microsoft_BotManagerRuleSet', version: '1.0', groups: BOTS },
  { type: 'OWASP', version: '3.2', groups: OWASP_GROUPS },
];

export function findRuleSet(type: string, version: string): RuleSet | undefined {
  return RULE_SETS.find((set) => set.type === type && set.version === version);
}

/** GET …/applicationGatewayAvailableWafRuleSets: what a policy can have, with a selection of the rules. */
export function addWafRuleSetRoutes(router: Router): void {
  const list = 'applicationGatewayAvailableWafRuleSets';
  router.add('GET', `/subscriptions/:subscriptionId/providers/Microsoft.Network/${list}`, {
    server: 'Microsoft.Network',
    type: list,
    apiVersions: NETWORK_VERSIONS,
    answer: ({ azure, request }) => {
      azure.authorize(`Microsoft.Network/${list}/read`, azure.subscription);
      return listAnswer(
        request,
        RULE_SETS.map((set) => show(azure.subscription, list, set)),
      );
    },
  });
}

function show(subscription: string, list: string, { type, version, groups }: RuleSet): JsonObject {
  const name = `${type}_${version}`;
  return {
    name,
    id: `${subscription}/providers/Microsoft.Network/${list}/${name}`,
    type: `Microsoft.Network/${list}`,
    properties: {
      provisioningState: 'Succeeded',
      ruleSetType: type,
      ruleSetVersion: version,
      ruleGroups: Object.entries(groups).map(([ruleGroupName, rules]) => ({
        ruleGroupName,
        description: '',
        rules: Object.entries(rules).map(([ruleId, description]) => ({ ruleId: Number(ruleId), description })),
      })),
    },
  };
}
