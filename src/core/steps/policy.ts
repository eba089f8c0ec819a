import type { JsonObject } from '../resources/json';
import { extensionId, resourceGroupIdOf, resourceKey, subscriptionScope } from '../resources/resourceId';
import { rolesOf } from '../setup/roles';
import type { Setup } from '../setup/setup';
import { text, type Text } from '../text';
import type { Assertion } from './matcher';
import { canDeny, effectParameter, isAssignable } from './policyDefinitions';
import type { Source } from './source';
import { defineStep, type Expectation, type Step, type StepContext } from './step';

/**
 * Azure Policy keeps the fence up: an initiative of the built-in definitions that match the steps of the setup.
 * Source: https://learn.microsoft.com/azure/governance/policy/concepts/initiative-definition-structure, api-version 2025-03-01
 */

const NAME = 'ringfence';
const DEFINITIONS = '/providers/Microsoft.Authorization/policyDefinitions';

/** “Web Application Firewall (WAF) should use the specified mode for Application Gateway” */
const FIREWALL_MODE = '12430be1-6cc8-4527-a9a8-e3d38f250096';

const SOURCES: readonly Source[] = [
  { seed: 'ai-search-security.fr', section: 'Certifications et conformité' },
  {
    reference: 'Azure Policy initiative definition structure',
    url: 'https://learn.microsoft.com/azure/governance/policy/concepts/initiative-definition-structure',
  },
];

/** One parameter for all members that can refuse, so that an assignment decides about them at once. */
const EFFECT: JsonObject = {
  type: 'String',
  defaultValue: 'Audit',
  allowedValues: ['Audit', 'Deny', 'Disabled'],
};

/** The definitions that match steps which apply to the setup, each once. */
function membersFor(context: StepContext, steps: readonly Step[]): readonly string[] {
  const { scenarios, skip, roles } = context.setup;
  const applying = steps.filter(
    (step) =>
      step.scenarios.some((scenario) => scenarios.includes(scenario)) &&
      skip[step.id] === undefined &&
      step.on !== 'subscription' &&
      roles[step.on] !== undefined,
  );
  const found = applying.flatMap((step) => {
    const policies = step.sources.flatMap((source) => ('policy' in source ? source.policy : []));
    const assignable = policies.filter(isAssignable);
    return assignable.length === 0 || step.notApplicable?.(context) ? [] : assignable;
  });
  return [...new Set(found)];
}

function member(definition: string, { options }: Setup): JsonObject {
  return {
    policyDefinitionReferenceId: definition,
    policyDefinitionId: `${DEFINITIONS}/${definition}`,
    parameters: {
      ...(canDeny(definition) && { [effectParameter(definition)]: { value: "[parameters('effect')]" } }),
      ...(definition === FIREWALL_MODE && { modeRequirement: { value: options.firewallMode } }),
    },
  };
}

/** It may be of several setups, so what is in it already stays. */
function hasMember(definition: string, setup: Setup): Assertion {
  return {
    at: 'properties.policyDefinitions',
    must: {
      kind: 'someItem',
      where: [{ at: 'policyDefinitionId', must: { kind: 'endsWithOneOf', values: [definition] } }],
      add: member(definition, setup),
      what: text('{0}', definition),
    },
  };
}

function initiativeId({ subscription }: Setup): string {
  return extensionId(subscriptionScope(subscription), 'Microsoft.Authorization/policySetDefinitions', NAME);
}

function noPolicies({ setup }: StepContext): Text | undefined {
  return setup.options.policies === 'off' ? text('Azure Policy is left out of this setup.') : undefined;
}

function initiative(steps: readonly Step[]): Step {
  return defineStep({
    id: 'policy-initiative',
    title: text('Initiative of Azure Policy'),
    why: text(
      'Many of these steps are built-in definitions of Azure Policy as well. One initiative has those that match this setup, for any number of resources.',
    ),
    group: 'governance',
    on: 'subscription',
    scenarios: ['api-gateway', 'ai-search'],
    after: ['resource-providers'],
    last: true,
    sources: SOURCES,
    severity: 'low',
    notApplicable: noPolicies,
    expects: (context) => {
      const { setup } = context;
      const members = membersFor(context, steps);
      return [
        {
          resource: initiativeId(setup),
          assertions: [
            { at: 'properties.parameters.effect', must: { kind: 'present', propose: EFFECT } },
            ...members.map((definition) => hasMember(definition, setup)),
          ],
          create: {
            properties: {
              displayName: 'Ringfence',
              description: 'The built-in definitions that match the hardening steps of Ringfence.',
              parameters: { effect: EFFECT },
              policyDefinitions: members.map((definition) => member(definition, setup)),
            },
          },
          permissions: [
            {
              action: 'Microsoft.Authorization/policySetDefinitions/write',
              scope: subscriptionScope(setup.subscription),
            },
          ],
        },
      ];
    },
    permissions: ['Microsoft.Authorization/policySetDefinitions/write'],
    risk: { kind: 'none' },
    typicalSeconds: 5,
  });
}

/** The groups that hold the resources of the setup's scenarios. */
function groupsOf({ roles, scenarios }: Setup): readonly string[] {
  const groups = rolesOf(scenarios).flatMap(({ id }) => resourceGroupIdOf(roles[id]?.id ?? '') ?? []);
  return [...new Map(groups.map((group) => [resourceKey(group), group])).values()];
}

function assignmentIn(group: string, setup: Setup): Expectation {
  const initiative = initiativeId(setup);
  const denies = setup.options.policies === 'deny';
  const effect = denies ? 'Deny' : 'Audit';
  return {
    resource: extensionId(group, 'Microsoft.Authorization/policyAssignments', NAME),
    assertions: [
      { at: 'properties.policyDefinitionId', must: { kind: 'refersTo', id: initiative } },
      { at: 'properties.enforcementMode', absentMeans: 'Default', must: { kind: 'equals', value: 'Default' } },
      {
        at: 'properties.parameters.effect.value',
        absentMeans: 'Audit',
        must: { kind: 'oneOf', values: denies ? ['Deny'] : ['Audit', 'Deny'], prefer: effect },
      },
    ],
    create: {
      properties: {
        displayName: 'Ringfence',
        policyDefinitionId: initiative,
        enforcementMode: 'Default',
        parameters: { effect: { value: effect } },
      },
    },
    permissions: [{ action: 'Microsoft.Authorization/policyAssignments/write', scope: group }],
  };
}

const assignments = defineStep({
  id: 'policy-assignments',
  title: text('Azure Policy watches the resource groups'),
  why: text(
    'Azure itself then reports what leaves the desired state, for these resources and for every one that joins them. It comes after all other changes, so that it never judges them half done.',
  ),
  group: 'governance',
  on: 'subscription',
  scenarios: ['api-gateway', 'ai-search'],
  after: ['policy-initiative'],
  last: true,
  sources: SOURCES,
  severity: 'medium',
  notApplicable: noPolicies,
  notes: ({ setup }) => [
    setup.options.policies === 'deny'
      ? text(
          'Azure refuses every write to a resource that would leave it outside of a policy, in these groups and by anybody.',
        )
      : text('Azure Policy reports and refuses nothing. Once its report is clean, the setup can ask for refusals.'),
    text('Azure judges within half an hour or so; until then the report of the portal is empty.'),
  ],
  expects: ({ setup }) => groupsOf(setup).map((group) => assignmentIn(group, setup)),
  permissions: ['Microsoft.Authorization/policyAssignments/write'],
  risk: {
    kind: 'none',
    note: text(
      'Where the setup asks for refusals, they hold for all resources of the groups, and for some minutes after the assignment is taken back.',
    ),
  },
  typicalSeconds: 5,
});

/**
 * The steps of Azure Policy.
 * @param steps All others: what they name as matching definitions becomes the initiative.
 */
export function policySteps(steps: readonly Step[]): readonly Step[] {
  return [initiative(steps), assignments];
}
