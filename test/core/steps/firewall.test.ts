import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { changeOf, notesOf, statusOf } from '../support/gatewaySteps';
import { firewall, FRONT, frontSetup, frontWorld, frontWorldWithout, RULES } from '../support/gatewayWorlds';
import { before, blockedOf, planOf } from '../support/planning';

const setup = frontSetup();

describe.each<[string, string, WireResource, FindingStatus]>([
  ['appgw-waf-policy', 'is off', firewall({ state: 'Disabled' }), 'nonCompliant'],
  ['appgw-waf-policy', 'does not look into bodies', firewall({ requestBodyCheck: false }), 'nonCompliant'],
  ['appgw-waf-policy', 'does not know robots', firewall({}, RULES.slice(0, 1)), 'nonCompliant'],
  ['appgw-waf-policy', 'has old rules', firewall({}, [old('3.1'), ...RULES.slice(1)]), 'nonCompliant'],
  ['appgw-waf-policy', 'has the rules of CRS 3.2', firewall({}, [old('3.2'), ...RULES.slice(1)]), 'compliant'],
  ['appgw-waf-prevention', 'detects', firewall({ mode: 'Detection' }), 'nonCompliant'],
])('%s of a firewall that %s', (step, _, policy, status) => {
  test(`is ${status}`, () => {
    expect(statusOf(step, frontWorld(policy))).toBe(status);
  });
});

function old(ruleSetVersion: string): JsonObject {
  return { ruleSetType: 'OWASP', ruleSetVersion };
}

describe('the firewall', () => {
  test('gains what it lacks, and nobody replaces the rules that exclusions hang on', () => {
    const robots = changeOf('appgw-waf-policy', frontWorld(firewall({}, RULES.slice(0, 1))));
    expect(readPath(robots.body, 'properties.managedRules.managedRuleSets')).toEqual(RULES);
    const world = frontWorld(firewall({}, [old('3.1'), ...RULES.slice(1)]));
    expect(Object.keys(blockedOf(planOf(world, { setup }, ['appgw-waf-policy'])))).toEqual(['appgw-waf-policy']);
  });

  test('may detect where the setup says so, and never stops preventing for that', () => {
    const detecting = frontSetup({ firewallMode: 'Detection' });
    for (const mode of ['Detection', 'Prevention'])
      expect(statusOf('appgw-waf-prevention', frontWorld(firewall({ mode })), detecting)).toBe('compliant');
    expect(notesOf('appgw-waf-prevention', frontWorld(), detecting)).toContain('only logs');
    expect(notesOf('appgw-waf-prevention', frontWorld())).toContain('942430');
  });

  test('only detects when it is made, and prevents by a step of its own after the gateway', () => {
    const plan = planOf(frontWorldWithout(FRONT.policy, FRONT.gateway), { setup }, ['appgw-waf-prevention']);
    const [created, , prevents] = ['appgw-waf-policy', 'appgw', 'appgw-waf-prevention'].map((step) =>
      plan.changes.find((change) => change.step === step),
    );
    expect(readPath(created?.body, 'properties.policySettings.mode')).toBe('Detection');
    expect(prevents?.body).toEqual({ properties: { policySettings: { mode: 'Prevention' } } });
    expect(before(plan, prevents?.id ?? '').map(({ step }) => step)).toEqual(
      expect.arrayContaining(['appgw-waf-policy', 'appgw']),
    );
  });
});
