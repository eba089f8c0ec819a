import { asObjects, asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { extensionId, resourceName } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import { PRINCIPAL_ID, type Azure } from '../../azure';
import { compact, objectOf, pick } from '../../bodies';
import { listAnswer } from '../../http/listing';
import type { RouteCall, Router } from '../../http/router';
import { preciseTime } from '../../time';
import {
  BUILT_IN_POLICIES,
  builtInPolicy,
  changesResources,
  parametersOf,
  showBuiltInPolicy,
  type BuiltInPolicy,
} from './builtInPolicies';
import { checkParameters } from './parameters';
import { badRequest, policyDefinitionNotFound, policySetDefinitionNotFound, setDefinitionInUse } from './policyErrors';
import { POLICY_ASSIGNMENT_TYPE, POLICY_SET_DEFINITION_TYPE, POLICY_VERSIONS } from './policyTypes';

const DEFINITION_TYPE = 'Microsoft.Authorization/policyDefinitions';

/** An initiative of the subscription: several definitions that are assigned together. */
export const POLICY_SET_DEFINITION: ResourceType = {
  type: POLICY_SET_DEFINITION_TYPE,
  apiVersions: POLICY_VERSIONS,
  inGraph: false,
  show: (definition) => ({
    properties: propertiesOf(definition),
    id: definition.id,
    type: definition.type,
    name: definition.name,
  }),
};

/** Built-in definitions can be read at the tenant and at the subscription; initiatives are the subscription's own. */
export function addPolicyDefinitionRoutes(extensions: Router): void {
  const add = (method: 'GET' | 'PUT' | 'DELETE', type: string, path: string, answer: (call: RouteCall) => Answer) => {
    extensions.add(method, `/providers/${type}${path}`, {
      server: 'Microsoft.Authorization',
      type: resourceName(type),
      apiVersions: POLICY_VERSIONS,
      answer,
    });
  };
  add('GET', DEFINITION_TYPE, '', listBuiltIns);
  add('GET', DEFINITION_TYPE, '/:name', getBuiltIn);
  add('GET', POLICY_SET_DEFINITION_TYPE, '', listSets);
  add('GET', POLICY_SET_DEFINITION_TYPE, '/:name', getSet);
  add('PUT', POLICY_SET_DEFINITION_TYPE, '/:name', putSet);
  add('DELETE', POLICY_SET_DEFINITION_TYPE, '/:name', removeSet);
}

/** The built-in definition with this id, at the tenant or at the subscription. @throws Refusal for any other id. */
export function requireBuiltIn(id: string): BuiltInPolicy {
  const policy = /\/policyDefinitions\/[^/]+$/i.test(id) ? builtInPolicy(resourceName(id)) : undefined;
  if (policy === undefined) throw policyDefinitionNotFound(resourceName(id));
  return policy;
}

function listBuiltIns({ azure, request }: RouteCall): Answer {
  azure.authorize(`${DEFINITION_TYPE}/read`, azure.subscription);
  const filter = request.query.get('$filter') ?? '';
  if (!/^$|^policyType eq '(BuiltIn|Custom)'$/i.test(filter)) throw notSimulated(400, `the filter '${filter}'`);
  const found = /custom/i.test(filter) ? [] : BUILT_IN_POLICIES;
  return listAnswer(request, found.map(showBuiltInPolicy));
}

function getBuiltIn({ azure, params }: RouteCall): Answer {
  azure.authorize(`${DEFINITION_TYPE}/read`, azure.subscription);
  const name = params['name'] ?? '';
  return { status: 200, body: showBuiltInPolicy(requireBuiltIn(`/policyDefinitions/${name}`)) };
}

function findSet({ azure, params }: RouteCall, operation: 'read' | 'write' | 'delete') {
  const scope = params['scope'] ?? '';
  const name = params['name'] ?? '';
  if (scope !== '' && scope.toLowerCase() !== azure.subscription) {
    throw notSimulated(400, `policy set definitions of ${scope}`);
  }
  const id = extensionId(azure.subscription, POLICY_SET_DEFINITION_TYPE, name);
  azure.authorize(`${POLICY_SET_DEFINITION_TYPE}/${operation}`, azure.subscription, id);
  return { id, name, existing: scope === '' ? undefined : azure.store.get(id) };
}

function listSets({ azure, request }: RouteCall): Answer {
  azure.authorize(`${POLICY_SET_DEFINITION_TYPE}/read`, azure.subscription);
  const sets = azure.store.ofType(POLICY_SET_DEFINITION_TYPE);
  return listAnswer(
    request,
    sets.map((each) => azure.show(each)),
  );
}

function getSet(call: RouteCall): Answer {
  const { name, existing } = findSet(call, 'read');
  if (existing === undefined) throw policySetDefinitionNotFound(name);
  return { status: 200, body: call.azure.show(existing) };
}

function putSet(call: RouteCall): Answer {
  const { azure, request } = call;
  const { id, existing } = findSet(call, 'write');
  if (!isJsonObject(request.body)) throw badRequest('The request body must be a JSON object');
  const sent = objectOf(request.body['properties']);
  const members = membersIn(sent, resourceName(id));
  const stored: StoredResource = {
    id: existing?.id ?? id,
    name: existing?.name ?? resourceName(id),
    type: POLICY_SET_DEFINITION_TYPE,
    body: {
      properties: {
        ...compact(pick(sent, ['displayName', 'description'])),
        policyType: 'Custom',
        metadata: { ...objectOf(sent['metadata']), ...stamps(azure, existing) },
        parameters: objectOf(sent['parameters']),
        policyDefinitions: members,
        ...compact(pick(sent, ['policyDefinitionGroups'])),
        version: '1.0.0',
        versions: ['1.0.0'],
      },
    },
    state: 'Succeeded',
    etag: '',
  };
  azure.store.put(stored);
  return { status: existing === undefined ? 201 : 200, body: azure.show(stored) };
}

/** The definitions of an initiative, each with a reference of its own. */
function membersIn(sent: JsonObject, set: string): readonly JsonObject[] {
  const members = asObjects(sent['policyDefinitions']);
  if (members.length === 0) throw badRequest('A policy set definition needs at least one policy definition');
  const outer = objectOf(sent['parameters']);
  const shown = members.map((member, index): JsonObject => {
    const policy = requireBuiltIn(asString(member['policyDefinitionId']) ?? '');
    const parameters = objectOf(member['parameters']);
    checkParameters(parameters, parametersOf(policy), { of: set, strict: !changesResources(policy), outer });
    return {
      policyDefinitionReferenceId:
        asString(member['policyDefinitionReferenceId']) ?? `${policy.id}_${String(index + 1)}`,
      policyDefinitionId: showBuiltInPolicy(policy)['id'],
      definitionVersion: `${policy.version.split('.')[0] ?? '1'}.*.*`,
      parameters,
      ...compact(pick(member, ['groupNames'])),
    };
  });
  const references = shown.map((member) => String(member['policyDefinitionReferenceId']).toLowerCase());
  if (new Set(references).size < references.length) throw badRequest('A policyDefinitionReferenceId is used twice');
  return shown;
}

function removeSet(call: RouteCall): Answer {
  const { azure } = call;
  const { existing } = findSet(call, 'delete');
  if (existing === undefined) return { status: 204 };
  const user = azure.store
    .ofType(POLICY_ASSIGNMENT_TYPE)
    .find((each) => String(propertiesOf(each)['policyDefinitionId']).toLowerCase() === existing.id.toLowerCase());
  if (user) throw setDefinitionInUse(existing.name, user.name);
  azure.vanish(existing);
  return { status: 200 };
}

/** Who wrote it when, as Azure keeps it in the metadata of definitions and assignments. */
export function stamps(azure: Azure, existing: StoredResource | undefined): JsonObject {
  const now = preciseTime(azure.clock.now());
  if (existing === undefined) return { createdBy: PRINCIPAL_ID, createdOn: now, updatedBy: null, updatedOn: null };
  const { createdBy, createdOn } = objectOf(propertiesOf(existing)['metadata']);
  return { createdBy: createdBy ?? null, createdOn: createdOn ?? null, updatedBy: PRINCIPAL_ID, updatedOn: now };
}
