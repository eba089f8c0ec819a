import { asArray, asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { policyIdOf, type Part } from '../../providers/network/applicationGatewayParts';
import type { ServiceRequest } from '../dataPlane';

/** Two rules of the managed rule sets stand for all of them. */
const RULES: Readonly<Record<string, RegExp>> = {
  '941110': /<script\b/i,
  '942100': /('|%27)\s*(or|and)\b.+=|\bunion\s+(all\s+)?select\b|;\s*(drop|delete|insert)\s/i,
};

interface Firewall {
  readonly mode: string;
  readonly looksAtBodies: boolean;
  readonly disabledRules: readonly string[];
}

/** True where the web application firewall of the listener or its gateway is there to prevent, and finds something. */
export function isBlocked(azure: Azure, gateway: StoredResource, listener: Part, request: ServiceRequest): boolean {
  const firewall = firewallOf(azure, gateway, listener);
  return firewall?.mode === 'Prevention' && finds(firewall, request);
}

function finds({ looksAtBodies, disabledRules }: Firewall, { url, body }: ServiceRequest): boolean {
  const texts = [decoded(url), ...(looksAtBodies ? [body] : [])];
  return Object.entries(RULES)
    .filter(([id]) => !disabledRules.includes(id))
    .some(([, pattern]) => texts.some((text) => pattern.test(text)));
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '));
  } catch {
    return url;
  }
}

/** The policy of a listener comes before that of its gateway; older gateways have a configuration of their own. */
function firewallOf(azure: Azure, gateway: StoredResource, listener: Part): Firewall | undefined {
  const policyId = policyIdOf(listener.properties) ?? policyIdOf(propertiesOf(gateway));
  const policy = policyId === undefined ? undefined : azure.store.get(policyId);
  if (policy) return ofPolicy(propertiesOf(policy));
  const legacy = objectOf(propertiesOf(gateway)['webApplicationFirewallConfiguration']);
  if (legacy['enabled'] !== true) return undefined;
  return {
    mode: asString(legacy['firewallMode']) ?? 'Detection',
    looksAtBodies: legacy['requestBodyCheck'] !== false,
    disabledRules: asObjects(legacy['disabledRuleGroups']).flatMap(({ rules }) => asArray(rules).map(String)),
  };
}

function ofPolicy({ policySettings, managedRules }: JsonObject): Firewall | undefined {
  const { state, mode, requestBodyCheck } = objectOf(policySettings);
  if (state !== 'Enabled') return undefined;
  const overrides = asObjects(objectOf(managedRules)['managedRuleSets']).flatMap(({ ruleGroupOverrides }) =>
    asObjects(ruleGroupOverrides).flatMap(({ rules }) => asObjects(rules)),
  );
  return {
    mode: String(mode),
    looksAtBodies: requestBodyCheck === true,
    disabledRules: overrides.filter((rule) => rule['state'] === 'Disabled').map(({ ruleId }) => String(ruleId)),
  };
}
