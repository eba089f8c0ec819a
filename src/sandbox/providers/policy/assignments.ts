import { asArray, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { extensionId, isWithin, resourceName, sameResource } from '../../../core/resources/resourceId';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { forgetIdentity, writeIdentity } from '../../directory/identities';
import { listAnswer } from '../../http/listing';
import type { RouteCall, Router } from '../../http/router';
import { unsupportedQuery } from '../authorization/authorizationErrors';
import { requireScope } from '../authorization/scopes';
import { changesResources, parametersOf } from './builtInPolicies';
import { requireBuiltIn, stamps } from './definitions';
import { membersOf } from './effectivePolicies';
import { checkParameters } from './parameters';
import {
  badRequest,
  identityRequired,
  locationRequired,
  policyAssignmentNotFound,
  policySetDefinitionNotFound,
} from './policyErrors';
import { POLICY_ASSIGNMENT_TYPE, POLICY_SET_DEFINITION_TYPE, POLICY_VERSIONS } from './policyTypes';

const LONGEST_NAME = 64;
const MODES = ['Default', 'DoNotEnforce'];
const OF_DEFINITION = /^policyDefinitionId eq '([^']*)'$/i;

/** A definition or an initiative is in force at a scope: `{scope}/providers/Microsoft.Authorization/policyAssignments/{name}`. */
export const POLICY_ASSIGNMENT: ResourceType = {
  type: POLICY_ASSIGNMENT_TYPE,
  apiVersions: POLICY_VERSIONS,
  inGraph: false,
  show: (assignment) => ({
    ...pick(assignment.body, ['identity', 'location']),
    properties: propertiesOf(assignment),
    id: assignment.id,
    type: assignment.type,
    name: assignment.name,
  }),
  vanish: (assignment, azure) => {
    forgetIdentity(azure, assignment);
  },
};

export function addPolicyAssignmentRoutes(extensions: Router): void {
  const add = (method: 'GET' | 'PUT' | 'DELETE', path: string, answer: (call: RouteCall) => Answer): void => {
    extensions.add(method, `/providers/${POLICY_ASSIGNMENT_TYPE}${path}`, {
      server: 'Microsoft.Authorization',
      type: 'policyAssignments',
      apiVersions: POLICY_VERSIONS,
      answer,
    });
  };
  add('GET', '', list);
  add('GET', '/:name', get);
  add('PUT', '/:name', put);
  add('DELETE', '/:name', remove);
}

function find({ azure, params }: RouteCall, operation: 'read' | 'write' | 'delete') {
  const scope = requireScope(azure, params['scope'] ?? '');
  const name = params['name'] ?? '';
  const id = extensionId(scope, POLICY_ASSIGNMENT_TYPE, name);
  azure.authorize(`${POLICY_ASSIGNMENT_TYPE}/${operation}`, scope, id);
  return { scope, name, id, existing: azure.store.get(id) };
}

/** Those that apply to the scope and, unless `atScope()` is asked for, those below it. */
function list({ azure, request, params }: RouteCall): Answer {
  const scope = requireScope(azure, params['scope'] ?? '');
  azure.authorize(`${POLICY_ASSIGNMENT_TYPE}/read`, scope);
  const filter = request.query.get('$filter')?.trim() ?? '';
  const definition = OF_DEFINITION.exec(filter)?.[1];
  const onlyAtScope = /^atScope\(\)$/i.test(filter);
  if (filter !== '' && !onlyAtScope && definition === undefined) throw unsupportedQuery(filter);
  const found = azure.store.ofType(POLICY_ASSIGNMENT_TYPE).filter((assignment) => {
    const { scope: at, policyDefinitionId } = propertiesOf(assignment);
    const applies = isWithin(scope, String(at)) || (!onlyAtScope && isWithin(String(at), scope));
    return applies && (definition === undefined || sameResource(String(policyDefinitionId), definition));
  });
  return listAnswer(
    request,
    found.map((assignment) => azure.show(assignment)),
  );
}

function get(call: RouteCall): Answer {
  const { name, existing } = find(call, 'read');
  if (existing === undefined) throw policyAssignmentNotFound(name);
  return { status: 200, body: call.azure.show(existing) };
}

function remove(call: RouteCall): Answer {
  const { existing } = find(call, 'delete');
  if (existing === undefined) return { status: 204 };
  const body = call.azure.show(existing);
  call.azure.vanish(existing);
  return { status: 200, body };
}

/** Documented: 201 for a change as well. It takes minutes until it is in force. */
function put(call: RouteCall): Answer {
  const { azure, request } = call;
  const { scope, id, name, existing } = find(call, 'write');
  if (!isJsonObject(request.body)) throw invalidRequestContent('The request body must be a JSON object');
  const { body } = request;
  const sent = objectOf(body['properties']);
  if (name.length > LONGEST_NAME)
    throw badRequest(`The name of a policy assignment has at most ${String(LONGEST_NAME)} characters`);
  const enforcementMode = asString(sent['enforcementMode']) ?? 'Default';
  if (!MODES.includes(enforcementMode)) throw badRequest(`The enforcement mode '${enforcementMode}' is not valid`);
  const needsIdentity = checkDefinition(
    azure,
    asString(sent['policyDefinitionId']) ?? '',
    objectOf(sent['parameters']),
  );
  const identityType = String(objectOf(body['identity'])['type']);
  if (needsIdentity && !/assigned/i.test(identityType)) throw identityRequired(name);
  if (/assigned/i.test(identityType) && asString(body['location']) === undefined) throw locationRequired(name);
  const assignment: StoredResource = {
    id: existing?.id ?? id,
    name: existing?.name ?? resourceName(id),
    type: POLICY_ASSIGNMENT_TYPE,
    body: compact({
      location: body['location'],
      identity: writeIdentity(azure, id, body['identity'], existing?.body['identity']),
      properties: {
        ...compact(pick(sent, ['displayName', 'description', 'policyDefinitionId', 'nonComplianceMessages'])),
        scope,
        notScopes: asArray(sent['notScopes']),
        parameters: objectOf(sent['parameters']),
        metadata: { ...objectOf(sent['metadata']), ...stamps(azure, existing) },
        enforcementMode,
      },
    }),
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(assignment);
  azure.replication.begin(assignment.id);
  return { status: 201, body: azure.show(assignment) };
}

/** Whether the assignment needs an identity. @throws Refusal where there is no such definition, or its parameters differ. */
function checkDefinition(azure: Azure, id: string, given: JsonObject): boolean {
  if (!/\/policySetDefinitions\//i.test(id)) {
    const policy = requireBuiltIn(id);
    checkParameters(given, parametersOf(policy), { of: policy.id, strict: !changesResources(policy) });
    return changesResources(policy);
  }
  const set = azure.store.get(id);
  if (set?.type !== POLICY_SET_DEFINITION_TYPE) throw policySetDefinitionNotFound(resourceName(id));
  checkParameters(given, objectOf(propertiesOf(set)['parameters']), { of: set.name, strict: true });
  return membersOf(set).some(({ policy }) => changesResources(policy));
}
