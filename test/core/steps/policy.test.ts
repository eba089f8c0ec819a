import { describe, expect, test } from 'vitest';
import { asObjects } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { resourceName } from '../../../src/core/resources/resourceId';
import { canDeny, effectParameter, isAssignable } from '../../../src/core/steps/policyDefinitions';
import { STEPS } from '../../../src/core/steps/registry';
import { BUILT_IN_POLICIES, parametersOf } from '../../../src/sandbox/providers/policy/builtInPolicies';
import { DATA, ID } from '../support/ids';
import { changeOf, planOf } from '../support/planning';
import { findingOf } from '../support/reading';
import { governedSetup, ungovernedWorld } from '../support/governed';

const INITIATIVE = `${ID.subscription}/providers/Microsoft.Authorization/policySetDefinitions/ringfence`;
const ASSIGNMENT = `${ID.group}/providers/Microsoft.Authorization/policyAssignments/ringfence`;
const SEARCH_CLOSED = 'ee980b6d-0eca-4501-8d54-f6290fd512c3';
const SEARCH_LOGS = 'b4330a05-a843-4bc8-bf9a-cacce50c67f4';
const NO_KEYS = '6300012e-e9a4-4649-b41f-a85f5c43be91';
const NO_BASIC_GATEWAY = 'e345b6c3-24bd-4c93-9bbb-7e5e49a17b78';
const setup = governedSetup();

function initiativeOf(changed = setup) {
  return changeOf(planOf(ungovernedWorld(), { setup: changed }, ['policy-initiative']), 'policy-initiative');
}

function membersOf(changed = setup): readonly string[] {
  const members = asObjects(readPath(initiativeOf(changed).body, 'properties.policyDefinitions'));
  return members.map(({ policyDefinitionId }) => resourceName(String(policyDefinitionId)));
}

describe('policy-initiative', () => {
  test('has the definitions that the steps of the setup name, each once', () => {
    const members = membersOf();
    expect(members).toEqual(expect.arrayContaining([SEARCH_CLOSED, SEARCH_LOGS, NO_KEYS]));
    expect(new Set(members).size).toBe(members.length);
    expect(members.filter((id) => !isAssignable(id))).toEqual([]);
  });

  test('leaves out what the setup does not want', () => {
    const withKeys = governedSetup({ apiKeys: 'keep' });
    expect(membersOf(withKeys)).not.toContain(NO_KEYS);
    expect(membersOf({ ...setup, skip: { 'search-diagnostics': 'no logs' } })).not.toContain(SEARCH_LOGS);
  });

  test('leaves it to the assignment whether what can refuse does', () => {
    const members = asObjects(readPath(initiativeOf().body, 'properties.policyDefinitions'));
    for (const { policyDefinitionReferenceId: id, parameters } of members) {
      const decided = readPath(parameters, `${effectParameter(String(id))}.value`);
      expect(decided).toBe(canDeny(String(id)) ? "[parameters('effect')]" : undefined);
    }
  });

  test('keeps the members that another setup has put into it', () => {
    const theirs = { policyDefinitionReferenceId: 'x', policyDefinitionId: '/providers/x', parameters: {} };
    const present = { id: INITIATIVE, properties: { parameters: { effect: {} }, policyDefinitions: [theirs] } };
    const plan = planOf(ungovernedWorld(present), { setup }, ['policy-initiative']);
    const members = asObjects(readPath(changeOf(plan, 'policy-initiative').body, 'properties.policyDefinitions'));
    expect(members[0]).toEqual(theirs);
    expect(members.length).toBe(membersOf().length + 1);
  });

  test('has nothing of other scenarios, though the setup has a resource for them', () => {
    const withGateway = governedSetup({}, { vpnGateway: { id: DATA.gateway } });
    expect(membersOf(withGateway)).not.toContain(NO_BASIC_GATEWAY);
    expect(membersOf({ ...withGateway, scenarios: ['on-your-data', 'ai-search'] })).toContain(NO_BASIC_GATEWAY);
  });
});

describe('policy-assignments', () => {
  test.each([
    ['audit', 'Audit'],
    ['deny', 'Deny'],
  ] as const)('of a setup that says “%s” have the effect %s', (policies, effect) => {
    const plan = planOf(ungovernedWorld(), { setup: governedSetup({ policies }) }, ['policy-assignments']);
    const change = changeOf(plan, 'policy-assignments');
    expect(change).toMatchObject({
      resource: ASSIGNMENT,
      body: { properties: { policyDefinitionId: INITIATIVE, parameters: { effect: { value: effect } } } },
      permissions: [{ action: 'Microsoft.Authorization/policyAssignments/write', scope: ID.group }],
    });
    expect(change.dependsOn).toContain(changeOf(plan, 'policy-initiative').id);
  });

  const assigned = (effect: string, enforcementMode = 'Default') => ({
    id: ASSIGNMENT,
    properties: { policyDefinitionId: INITIATIVE, enforcementMode, parameters: { effect: { value: effect } } },
  });

  test.each([
    ['audit', assigned('Audit'), 'compliant'],
    ['audit', assigned('Deny'), 'compliant'],
    ['audit', assigned('Disabled'), 'nonCompliant'],
    ['audit', assigned('Audit', 'DoNotEnforce'), 'nonCompliant'],
    ['deny', assigned('Audit'), 'nonCompliant'],
    ['off', assigned('Disabled'), 'notApplicable'],
  ] as const)('of a setup that says “%s”, with %j, are %s', (policies, assignment, status) => {
    const reading = { setup: governedSetup({ policies }) };
    expect(findingOf('policy-assignments', ungovernedWorld(assignment), reading).status).toBe(status);
  });
});

describe('what is known of built-in definitions', () => {
  test('is what Azure publishes', () => {
    for (const { id, effects } of BUILT_IN_POLICIES) {
      const onlyReports = effects.every((effect) => /^(Audit|AuditIfNotExists|Deny|Disabled)$/.test(effect));
      const reports = effects.some((effect) => effect.startsWith('Audit'));
      expect([id, canDeny(id)]).toEqual([id, onlyReports && reports && effects.includes('Deny')]);
      if (isAssignable(id)) expect([id, onlyReports && reports]).toEqual([id, true]);
    }
  });

  test('is what their effect is called, so that an initiative can decide about it', () => {
    for (const policy of BUILT_IN_POLICIES.filter(({ id }) => canDeny(id))) {
      expect(Object.keys(parametersOf(policy))).toContain(effectParameter(policy.id));
    }
  });

  test('covers every definition that a step names', () => {
    const named = STEPS.flatMap(({ sources }) =>
      sources.flatMap((source) => ('policy' in source ? source.policy : [])),
    );
    const known = BUILT_IN_POLICIES.map(({ id }) => id);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });
});
