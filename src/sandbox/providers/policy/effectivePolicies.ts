import { asArray, asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { isWithin, resourceName } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { builtInPolicy, effectNameOf, parametersOf, type BuiltInPolicy } from './builtInPolicies';
import { resolved, valuesOf } from './parameters';
import { POLICY_ASSIGNMENT_TYPE } from './policyTypes';

/** A definition as an assignment puts it in force. */
export interface EffectivePolicy {
  readonly assignment: StoredResource;
  readonly scope: string;
  readonly policy: BuiltInPolicy;
  /** The initiative that it comes with, and its reference in there. */
  readonly set?: StoredResource;
  readonly referenceId?: string;
  /** Values by name. */
  readonly parameters: JsonObject;
  /** In Azure's casing: `Audit`. */
  readonly effect: string;
}

interface Member {
  readonly policy: BuiltInPolicy;
  readonly referenceId: string;
  /** `{name: {value}}`; values may refer to parameters of the set. */
  readonly parameters: JsonObject;
}

/** The definitions of an initiative. */
export function membersOf(set: StoredResource): readonly Member[] {
  return asObjects(propertiesOf(set)['policyDefinitions']).flatMap((member) => {
    const policy = builtInPolicy(resourceName(asString(member['policyDefinitionId']) ?? ''));
    const referenceId = String(member['policyDefinitionReferenceId']);
    return policy ? [{ policy, referenceId, parameters: objectOf(member['parameters']) }] : [];
  });
}

/** Everything that is assigned and, after some minutes, in force; what is switched off by its effect is left out. */
export function effectivePolicies(azure: Azure): readonly EffectivePolicy[] {
  return azure.store
    .ofType(POLICY_ASSIGNMENT_TYPE)
    .filter((assignment) => isInForce(azure, assignment))
    .flatMap((assignment) => policiesOf(azure, assignment))
    .filter(({ effect }) => effect.toLowerCase() !== 'disabled');
}

/** False for the first minutes. */
export function isInForce(azure: Azure, assignment: StoredResource): boolean {
  return azure.replication.age(assignment.id) >= DURATIONS.policyAssignment;
}

/** True where the policy is about this id: at or below its scope, and not in one that it leaves out. */
export function reaches({ assignment, scope }: EffectivePolicy, id: string): boolean {
  const notScopes = asArray(propertiesOf(assignment)['notScopes']).map(String);
  return isWithin(id, scope) && !notScopes.some((not) => isWithin(id, not));
}

function policiesOf(azure: Azure, assignment: StoredResource): readonly EffectivePolicy[] {
  const { policyDefinitionId, scope, parameters } = propertiesOf(assignment);
  const base = { assignment, scope: String(scope) };
  const id = String(policyDefinitionId);
  const set = azure.store.get(id);
  if (set === undefined) {
    const policy = builtInPolicy(resourceName(id));
    return policy ? [{ ...base, policy, ...chosen(policy, objectOf(parameters)) }] : [];
  }
  const outer = valuesOf(objectOf(propertiesOf(set)['parameters']), objectOf(parameters));
  return membersOf(set).map(({ policy, referenceId, parameters: own }) => ({
    ...base,
    set,
    referenceId,
    policy,
    ...chosen(policy, resolved(own, outer)),
  }));
}

function chosen(policy: BuiltInPolicy, given: JsonObject): Pick<EffectivePolicy, 'parameters' | 'effect'> {
  const parameters = valuesOf(parametersOf(policy), given);
  const wanted = asString(parameters[effectNameOf(policy)]) ?? policy.effects[0] ?? '';
  const effect = policy.effects.find((each) => each.toLowerCase() === wanted.toLowerCase()) ?? wanted;
  return { parameters, effect };
}
