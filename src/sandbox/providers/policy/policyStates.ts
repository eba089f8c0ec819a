import { asString } from '../../../core/resources/json';
import { isWithin } from '../../../core/resources/resourceId';
import { POLICY_EVALUATION } from '../../arm/dialects';
import { notRegistered, notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS, PATIENCE } from '../../durations';
import type { RouteCall, Router } from '../../http/router';
import { requireScope } from '../authorization/scopes';
import { policyStates, showState } from './compliance';
import { isInForce } from './effectivePolicies';
import { POLICY_ASSIGNMENT_TYPE } from './policyTypes';

const NAMESPACE = 'Microsoft.PolicyInsights';
const CLAUSE = /^(\w+) eq (?:'([^']*)'|(true|false))$/i;

/** Not kept: computed from what is assigned and what there is. Here so that the provider can be registered. */
export const POLICY_STATE: ResourceType = {
  type: `${NAMESPACE}/policyStates`,
  apiVersions: ['2018-04-04', '2018-07-01-preview', '2019-10-01', '2024-10-01'],
  inGraph: false,
  show: ({ id, name, type }) => ({ id, name, type }),
};

export function addPolicyStateRoutes(extensions: Router): void {
  const add = (path: string, answer: (call: RouteCall) => Answer): void => {
    extensions.add('POST', `/providers/${NAMESPACE}/policyStates/${path}`, {
      server: NAMESPACE,
      type: 'policyStates',
      apiVersions: POLICY_STATE.apiVersions,
      answer,
    });
  };
  add('latest/queryResults', queryResults);
  add('latest/triggerEvaluation', triggerEvaluation);
}

/** How long a client waits before it looks again, while something that is assigned is not in force yet. */
export function waitForPolicies(azure: Azure): Pick<Answer, 'wait'> {
  const isWaiting = azure.store.ofType(POLICY_ASSIGNMENT_TYPE).some((assignment) => !isInForce(azure, assignment));
  return isWaiting ? { wait: { seconds: PATIENCE.policyNotInForce, told: false } } : {};
}

/** Documented shape. `$filter` takes comparisons for equality that are joined by `and`. */
function queryResults(call: RouteCall): Answer {
  const { azure, request } = call;
  const scope = requireAt(call, 'queryResults/read');
  const tests = (request.query.get('$filter') ?? '')
    .split(/\s+and\s+/i)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, name = '', text, flag] = CLAUSE.exec(part.trim()) ?? [];
      if (name === '') throw notSimulated(400, `the filter '${part}' of policy states`);
      return { name, value: (text ?? flag ?? '').toLowerCase() };
    });
  const found = policyStates(azure)
    .filter(({ resource }) => isWithin(resource.id, scope))
    .map((state) => showState(azure, state))
    .filter((state) => tests.every(({ name, value }) => String(state[name]).toLowerCase() === value));
  const top = Number(request.query.get('$top') ?? Infinity);
  const context = `${request.origin}${scope}/providers/${NAMESPACE}/policyStates/$metadata#latest`;
  const value = found
    .slice(0, top)
    .map((state) => ({ '@odata.id': null, '@odata.context': `${context}/$entity`, ...state }));
  return {
    status: 200,
    body: { '@odata.nextLink': null, '@odata.context': context, '@odata.count': value.length, value },
    ...waitForPolicies(azure),
  };
}

/** An evaluation on demand, of the subscription or a resource group. */
function triggerEvaluation(call: RouteCall): Answer {
  const { azure, request } = call;
  const scope = requireAt(call, 'triggerEvaluation/action');
  if (asString(scope.split('/')[5]) !== undefined) throw notSimulated(400, 'the evaluation of a single resource');
  const operation = azure.operations.begin(request, {
    dialect: POLICY_EVALUATION,
    kind: 'update',
    target: scope,
    location: '',
    seconds: DURATIONS.policyEvaluation,
    retryAfter: 15,
    finish: () => undefined,
  });
  return azure.operations.accept(request, operation, 202);
}

function requireAt({ azure, params }: RouteCall, operation: string): string {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${NAMESPACE}/policyStates/${operation}`, scope);
  if (!azure.registrations.isRegistered(NAMESPACE)) throw notRegistered(NAMESPACE);
  return scope;
}
