import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { isWithin } from '../../../core/resources/resourceId';
import { requireScope } from '../authorization/scopes';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { objectOf } from '../../bodies';
import type { RouteCall, Router } from '../../http/router';
import { denies, violatedBy } from './compliance';
import type { EffectivePolicy } from './effectivePolicies';
import { badRequest } from './policyErrors';

const NAMESPACE = 'Microsoft.PolicyInsights';
const API_VERSIONS = ['2020-07-01', '2022-03-01', '2023-03-01', '2024-10-01'];

/**
 * POST {subscription or group}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions: what policies would say to a
 * resource that somebody means to write.
 * Source: https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions
 */
export function addPolicyRestrictionRoutes(extensions: Router): void {
  extensions.add('POST', `/providers/${NAMESPACE}/checkPolicyRestrictions`, {
    server: NAMESPACE,
    type: 'checkPolicyRestrictions',
    apiVersions: API_VERSIONS,
    answer: check,
  });
}

function check({ azure, request, params }: RouteCall): Answer {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${NAMESPACE}/checkPolicyRestrictions/read`, scope);
  const body = objectOf(request.body);
  if (asArray(body['pendingFields']).length > 0) throw notSimulated(400, 'restrictions of single fields');
  const details = objectOf(body['resourceDetails']);
  const content = details['resourceContent'];
  if (!isJsonObject(content)) throw badRequest('resourceDetails.resourceContent is required');
  const type = asString(content['type']) ?? '';
  const id = idOf(asString(details['scope']) ?? scope, type, asString(content['name']) ?? '');
  if (!isWithin(id, scope)) throw badRequest(`The scope of the resource is not in '${scope}'`);
  const withAudit = body['includeAuditEffect'] === true;
  const shown = violatedBy(azure, { id, type }, () => content).filter(
    (policy) => denies(policy) || (withAudit && policy.effect.startsWith('Audit')),
  );
  return {
    status: 200,
    body: { fieldRestrictions: [], contentEvaluationResult: { policyEvaluations: shown.map(showEvaluation) } },
  };
}

/** A child belongs to the resource that is told as its scope. */
function idOf(scope: string, type: string, name: string): string {
  const segments = type.split('/');
  const child = `${segments.at(-1) ?? ''}/${name}`;
  return segments.length > 2 ? `${scope}/${child}` : `${scope}/providers/${segments[0] ?? ''}/${child}`;
}

function showEvaluation({ assignment, policy, set, referenceId, effect }: EffectivePolicy): JsonObject {
  return {
    policyInfo: {
      policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${policy.id}`,
      ...(set && { policySetDefinitionId: set.id }),
      ...(set && referenceId !== undefined ? { policyDefinitionReferenceId: referenceId } : {}),
      policyAssignmentId: assignment.id,
    },
    evaluationResult: 'NonCompliant',
    evaluationDetails: { evaluatedExpressions: [] },
    effectDetails: { policyEffect: effect },
  };
}
