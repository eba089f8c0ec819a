import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { parseResourceId, resourceName } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { SUBSCRIPTION_ID, type Azure } from '../../azure';
import { diagnosticSettingsOf } from '../insights/diagnosticSettings';
import { RULES } from './conditions';
import { effectivePolicies, reaches, type EffectivePolicy } from './effectivePolicies';
import { requestDisallowed, type Violation } from './policyErrors';

/** What a resource is in the eyes of a policy. */
export interface PolicyState {
  readonly resource: StoredResource;
  readonly by: EffectivePolicy;
  readonly isCompliant: boolean;
}

/** Every resource under every policy that is in force, as far as the sandbox knows the policy's conditions. */
export function policyStates(azure: Azure): readonly PolicyState[] {
  const policies = effectivePolicies(azure);
  if (policies.length === 0) return [];
  return azure.store
    .all()
    .flatMap((resource) =>
      policies
        .filter((policy) => concerns(policy, resource.type) && reaches(policy, resource.id))
        .map((by) => ({ resource, by, isCompliant: complies(azure, by, resource.id, azure.show(resource)) })),
    );
}

/** What a policy is asked about: a resource that there is, or one that somebody means to have. */
interface PolicyTarget {
  readonly id: string;
  readonly type: string;
}

/**
 * What policies with the effect Deny say to a write.
 * @param sent The body. A PATCH is judged by what would become of the resource.
 * @throws Refusal where one denies it.
 */
export function requireAllowed(
  azure: Azure,
  target: PolicyTarget & { readonly resource: StoredResource | undefined },
  method: 'PUT' | 'PATCH',
  sent: JsonObject,
): void {
  const before = target.resource && method === 'PATCH' ? azure.show(target.resource) : {};
  const violated = violatedBy(azure, target, () => merged(before, sent)).filter(denies);
  if (violated.length > 0) throw requestDisallowed(resourceName(target.id), violated.map(violation));
}

/** The policies in force that a resource would not comply with, whatever their effect. */
export function violatedBy(
  azure: Azure,
  { id, type }: PolicyTarget,
  content: () => JsonObject,
): readonly EffectivePolicy[] {
  const concerned = effectivePolicies(azure).filter((policy) => concerns(policy, type) && reaches(policy, id));
  if (concerned.length === 0) return [];
  const wanted = { ...content(), id, name: resourceName(id), type };
  return concerned.filter((policy) => !complies(azure, policy, id, wanted));
}

/** Whether a write that violates the policy is refused. */
export function denies({ effect, assignment }: EffectivePolicy): boolean {
  return effect === 'Deny' && propertiesOf(assignment)['enforcementMode'] !== 'DoNotEnforce';
}

function concerns({ policy }: EffectivePolicy, type: string): boolean {
  return RULES[policy.id]?.types.includes(type.toLowerCase()) ?? false;
}

function complies(azure: Azure, { policy, parameters }: EffectivePolicy, id: string, shown: JsonObject): boolean {
  const diagnosticSettings = diagnosticSettingsOf(azure, id).map(propertiesOf);
  return RULES[policy.id]?.complies(shown, { parameters, diagnosticSettings }) ?? false;
}

/** Objects property by property, everything else whole; null takes a property away. */
function merged(before: JsonObject, sent: JsonObject): JsonObject {
  const changes = Object.entries(sent).map(([name, value]): [string, Json | undefined] => {
    const old = before[name];
    if (value === null) return [name, undefined];
    return [name, isJsonObject(value) && isJsonObject(old) ? merged(old, value) : value];
  });
  return { ...before, ...Object.fromEntries(changes) };
}

function violation({ assignment, policy, set, referenceId, scope }: EffectivePolicy): Violation {
  const { displayName, parameters } = propertiesOf(assignment);
  const definitionId = `/providers/Microsoft.Authorization/policyDefinitions/${policy.id}`;
  const assignmentName = asString(displayName) ?? assignment.name;
  return {
    assignment: { id: assignment.id, name: assignment.name, displayName: assignmentName },
    definition: { id: definitionId, name: policy.id, displayName: policy.displayName },
    info: {
      policyDefinitionId: definitionId,
      ...(set && referenceId !== undefined
        ? {
            policySetDefinitionId: set.id,
            policySetDefinitionName: set.name,
            policySetDefinitionDisplayName: asString(propertiesOf(set)['displayName']) ?? set.name,
            policyDefinitionReferenceId: referenceId,
          }
        : {}),
      policyDefinitionName: policy.id,
      policyDefinitionDisplayName: policy.displayName,
      policyDefinitionVersion: policy.version,
      policyDefinitionEffect: 'deny',
      policyAssignmentId: assignment.id,
      policyAssignmentName: assignment.name,
      policyAssignmentDisplayName: assignmentName,
      policyAssignmentScope: scope,
      policyAssignmentParameters: parameters ?? {},
      policyExemptionIds: [],
    },
  };
}

/** A state as `policyStates` and Azure Resource Graph show it. */
export function showState(azure: Azure, { resource, by, isCompliant }: PolicyState): JsonObject {
  const { assignment, policy, set, referenceId, scope, effect } = by;
  return {
    timestamp: azure.timestamp(),
    resourceId: resource.id.toLowerCase(),
    policyAssignmentId: assignment.id.toLowerCase(),
    policyDefinitionId: `/providers/microsoft.authorization/policydefinitions/${policy.id}`,
    isCompliant,
    subscriptionId: SUBSCRIPTION_ID,
    resourceType: resource.type.toLowerCase(),
    resourceLocation: asString(resource.body['location'])?.toLowerCase().replaceAll(' ', '') ?? '',
    resourceGroup: parseResourceId(resource.id)?.resourceGroup?.toLowerCase() ?? '',
    resourceTags: 'tbd',
    policyAssignmentName: assignment.name.toLowerCase(),
    policyAssignmentOwner: 'tbd',
    policyAssignmentScope: scope,
    policyDefinitionName: policy.id,
    policyDefinitionAction: effect.toLowerCase(),
    policyDefinitionCategory: 'tbd',
    policySetDefinitionId: set?.id.toLowerCase() ?? '',
    policySetDefinitionName: set?.name.toLowerCase() ?? '',
    policyDefinitionReferenceId: referenceId?.toLowerCase() ?? '',
    complianceState: isCompliant ? 'Compliant' : 'NonCompliant',
    policyDefinitionVersion: policy.version,
  };
}
