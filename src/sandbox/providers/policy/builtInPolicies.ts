import type { JsonObject } from '../../../core/resources/json';
import builtIns from './builtInPolicies.json';

/** A built-in policy definition of Azure. */
export interface BuiltInPolicy {
  /** The GUID, the same in every tenant. */
  readonly id: string;
  readonly displayName: string;
  readonly version: string;
  /** Effects that an assignment can choose, the default first. */
  readonly effects: readonly string[];
}

/** The definitions that matter here. Source: https://github.com/Azure/azure-policy, as of April 2026. */
export const BUILT_IN_POLICIES: readonly BuiltInPolicy[] = builtIns;

/** Definitions whose effect is not a parameter. */
const FIXED_EFFECT = ['35f9c03a-cc27-418e-9c0c-539ff999d010'];

/** What definitions call the parameter of their effect, where it is not `effect`. */
const EFFECT_NAMES: Readonly<Record<string, string>> = { 'a6abeaec-4d90-4a02-805f-6b26c4d3fbe9': 'audit_effect' };

/** The parameter that decides about the definition's effect. */
export function effectNameOf({ id }: BuiltInPolicy): string {
  return EFFECT_NAMES[id] ?? 'effect';
}

/** Parameters besides the effect, of definitions that are judged by them. */
const FURTHER_PARAMETERS: Readonly<Record<string, JsonObject>> = {
  'fe83a0eb-a853-422d-aac2-1bffd182c5d0': {
    minimumTlsVersion: { type: 'String', defaultValue: 'TLS1_2', allowedValues: ['TLS1_0', 'TLS1_1', 'TLS1_2'] },
  },
  '12430be1-6cc8-4527-a9a8-e3d38f250096': {
    modeRequirement: { type: 'String', defaultValue: 'Detection', allowedValues: ['Prevention', 'Detection'] },
  },
};

/** The definition with this GUID, in any casing. */
export function builtInPolicy(id: string): BuiltInPolicy | undefined {
  const wanted = id.toLowerCase();
  return BUILT_IN_POLICIES.find((policy) => policy.id === wanted);
}

/** Writes to resources by itself, for which its assignment needs an identity. */
export function changesResources({ effects }: BuiltInPolicy): boolean {
  return effects.some((effect) => effect === 'Modify' || effect === 'DeployIfNotExists');
}

/** The parameters as the definition declares them. Those of definitions that change resources are a selection. */
export function parametersOf(policy: BuiltInPolicy): JsonObject {
  const { id, effects } = policy;
  const effect = { type: 'String', defaultValue: effects[0], allowedValues: effects };
  return { ...(FIXED_EFFECT.includes(id) ? {} : { [effectNameOf(policy)]: effect }), ...FURTHER_PARAMETERS[id] };
}

/** The conditions that Azure publishes with a definition are left out: the sandbox judges by rules of its own. */
export function showBuiltInPolicy(policy: BuiltInPolicy): JsonObject {
  const { id, displayName, version } = policy;
  return {
    properties: {
      displayName,
      policyType: 'BuiltIn',
      mode: 'Indexed',
      metadata: { version },
      version,
      parameters: parametersOf(policy),
      versions: [version],
    },
    id: `/providers/Microsoft.Authorization/policyDefinitions/${id}`,
    type: 'Microsoft.Authorization/policyDefinitions',
    name: id,
  };
}
