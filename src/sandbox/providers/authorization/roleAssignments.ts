import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { extensionId, resourceName, sameResource } from '../../../core/resources/resourceId';
import { invalidRequestContent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import { PRINCIPAL_ID, type Azure } from '../../azure';
import { isGuid } from '../../guids';
import type { RouteCall, Router } from '../../http/router';
import { assignedRoles, ROLE_ASSIGNMENT_TYPE, type AssignedRole } from './assignedRole';
import {
  invalidPrincipalId,
  invalidRoleAssignmentId,
  principalNotFound,
  roleAssignmentExists,
  roleAssignmentNotFound,
  roleAssignmentUpdateNotPermitted,
  roleDefinitionDoesNotExist,
  unmatchedPrincipalType,
} from './authorizationErrors';
import { builtInRole } from './builtInRoles';
import { listRoleAssignments } from './listRoleAssignments';
import { requireScope } from './scopes';

/** Somebody has a role at a scope. It hangs on its scope: `{scope}/providers/Microsoft.Authorization/roleAssignments/{guid}`. */
export const ROLE_ASSIGNMENT: ResourceType = {
  type: ROLE_ASSIGNMENT_TYPE,
  apiVersions: ['2015-07-01', '2018-09-01-preview', '2020-04-01-preview', '2020-08-01-preview', '2022-04-01'],
  inGraph: false,
  show: (assignment, azure) => ({
    properties: {
      ...propertiesOf(assignment),
      // Reported: what is left of a principal that is gone.
      ...(azure.directory.find(String(propertiesOf(assignment)['principalId'])) ? {} : { principalType: 'Unknown' }),
    },
    id: assignment.id,
    type: assignment.type,
    name: assignment.name,
  }),
};

export function addRoleAssignmentRoutes(extensions: Router): void {
  const add = (method: 'GET' | 'PUT' | 'DELETE', path: string, answer: (call: RouteCall) => Answer): void => {
    extensions.add(method, `/providers/${ROLE_ASSIGNMENT_TYPE}${path}`, {
      server: 'Microsoft.Authorization',
      type: 'roleAssignments',
      apiVersions: ROLE_ASSIGNMENT.apiVersions,
      answer,
    });
  };
  add('GET', '', listRoleAssignments);
  add('GET', '/:name', get);
  add('PUT', '/:name', put);
  add('DELETE', '/:name', remove);
}

function find({ azure, params }: RouteCall, operation: 'read' | 'delete' | 'write') {
  const scope = requireScope(azure, params['scope'] ?? '');
  const name = params['name'] ?? '';
  const id = extensionId(scope, ROLE_ASSIGNMENT_TYPE, name);
  azure.authorize(`${ROLE_ASSIGNMENT_TYPE}/${operation}`, scope, id);
  return { scope, name, existing: azure.store.get(id) };
}

function get(call: RouteCall): Answer {
  const { name, existing } = find(call, 'read');
  if (existing === undefined) throw roleAssignmentNotFound(name);
  return { status: 200, body: call.azure.show(existing) };
}

/** Recorded: 200 with what was deleted. */
function remove(call: RouteCall): Answer {
  const { existing } = find(call, 'delete');
  if (existing === undefined) return { status: 204 };
  const body = call.azure.show(existing);
  call.azure.vanish(existing);
  return { status: 200, body };
}

function put(call: RouteCall): Answer {
  const { azure, request } = call;
  const { scope, name, existing } = find(call, 'write');
  if (!isGuid(name)) throw invalidRoleAssignmentId(name);
  const sent = sentProperties(request.body);
  const roleId = resourceName(sent.roleDefinitionId);
  if (builtInRole(roleId) === undefined) throw roleDefinitionDoesNotExist(roleId);
  const isSame = (each: AssignedRole): boolean =>
    each.principalId === sent.principalId.toLowerCase() && each.roleId === roleId.toLowerCase();
  const all = assignedRoles(azure);
  const named = all.find(({ assignment }) => assignment.name.toLowerCase() === name.toLowerCase());
  if (named && !(named.assignment === existing && isSame(named))) throw roleAssignmentUpdateNotPermitted();
  if (all.some((each) => each !== named && sameResource(each.scope, scope) && isSame(each))) {
    throw roleAssignmentExists();
  }
  const principalType = requirePrincipal(azure, sent.principalId, sent.principalType);
  return write(
    azure,
    { id: existing?.id ?? extensionId(scope, ROLE_ASSIGNMENT_TYPE, name), scope, existing },
    {
      roleDefinitionId: sent.roleDefinitionId,
      principalId: sent.principalId,
      principalType,
      condition: sent.condition,
      conditionVersion: sent.conditionVersion,
      description: sent.description,
    },
  );
}

function write(
  azure: Azure,
  {
    id,
    scope,
    existing,
  }: { readonly id: string; readonly scope: string; readonly existing: StoredResource | undefined },
  { roleDefinitionId, principalId, principalType, condition, conditionVersion, description }: JsonObject,
): Answer {
  const now = azure.timestamp();
  const before = existing && propertiesOf(existing);
  const properties: JsonObject = {
    roleDefinitionId,
    principalId,
    principalType,
    scope,
    condition,
    conditionVersion,
    createdOn: before?.['createdOn'] ?? now,
    updatedOn: now,
    createdBy: before?.['createdBy'] ?? PRINCIPAL_ID,
    updatedBy: PRINCIPAL_ID,
    delegatedManagedIdentityResourceId: null,
    description,
  };
  const name = resourceName(id);
  const stored = { id, name, type: ROLE_ASSIGNMENT_TYPE, body: { properties }, state: 'Succeeded', etag: '' };
  azure.store.put(stored);
  if (existing === undefined) azure.replication.begin(id);
  // Recorded: the answer to a PUT does not tell who made it, a GET does.
  const shown = { ...properties, ...(existing ? {} : { createdBy: null }) };
  return { status: existing ? 200 : 201, body: { properties: shown, id, type: ROLE_ASSIGNMENT_TYPE, name } };
}

interface SentProperties {
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly principalType: string | undefined;
  readonly condition: Json;
  readonly conditionVersion: Json;
  readonly description: Json;
}

function sentProperties(body: Json | undefined): SentProperties {
  const properties = isJsonObject(body) && isJsonObject(body['properties']) ? body['properties'] : {};
  const roleDefinitionId = asString(properties['roleDefinitionId']);
  const principalId = asString(properties['principalId']);
  if (roleDefinitionId === undefined) throw invalidRequestContent("Required property 'roleDefinitionId' not found");
  if (principalId === undefined) throw invalidRequestContent("Required property 'principalId' not found");
  if (!isGuid(principalId)) throw invalidPrincipalId(principalId);
  return {
    roleDefinitionId,
    principalId,
    principalType: asString(properties['principalType']),
    condition: properties['condition'] ?? null,
    conditionVersion: properties['conditionVersion'] ?? null,
    description: properties['description'] ?? null,
  };
}

/** @throws Refusal for a principal that is not known, or not yet: whoever tells its type waits for a shorter time. */
function requirePrincipal(azure: Azure, id: string, toldType: string | undefined): string {
  const principal = azure.directory.find(id);
  const renown = azure.directory.renownOf(id);
  if (principal === undefined || renown === 'nowhere' || (renown !== 'everywhere' && toldType === undefined)) {
    throw principalNotFound(id);
  }
  if (toldType !== undefined && toldType.toLowerCase() !== principal.type.toLowerCase()) {
    throw unmatchedPrincipalType(id, principal.type, toldType);
  }
  return principal.type;
}
