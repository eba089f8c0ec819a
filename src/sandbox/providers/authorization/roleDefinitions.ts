import type { JsonObject } from '../../../core/resources/json';
import type { Answer } from '../../arm/messages';
import type { Azure } from '../../azure';
import { listAnswer } from '../../http/listing';
import type { RouteCall, Router } from '../../http/router';
import { roleDefinitionNotFound } from './authorizationErrors';
import { builtInRole, BUILT_IN_ROLES, type BuiltInRole } from './builtInRoles';

const TYPE = 'Microsoft.Authorization/roleDefinitions';
const VERSIONS = ['2015-07-01', '2018-01-01-preview', '2022-04-01', '2022-05-01-preview'] as const;
const ROLE_NAME = /roleName eq '((?:[^']|'')*)'/i;
const ROLE_TYPE = /type eq '([^']*)'/i;

/** GET {scope}/providers/Microsoft.Authorization/roleDefinitions: the built-in roles, at any scope and at none. */
export function addRoleDefinitionRoutes(extensions: Router): void {
  const route = (answer: (call: RouteCall) => Answer) => ({
    server: 'Microsoft.Authorization' as const,
    type: 'roleDefinitions',
    apiVersions: VERSIONS,
    answer,
  });
  extensions.add('GET', `/providers/${TYPE}`, route(list));
  extensions.add('GET', `/providers/${TYPE}/:name`, route(get));
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize(`${TYPE}/read`, azure.subscription);
  const filter = request.query.get('$filter') ?? '';
  const name = ROLE_NAME.exec(filter)?.[1]?.replaceAll("''", "'").toLowerCase();
  const type = ROLE_TYPE.exec(filter)?.[1]?.toLowerCase();
  const found = BUILT_IN_ROLES.filter(
    (role) => (name === undefined || role.name.toLowerCase() === name) && (type ?? 'builtinrole') === 'builtinrole',
  );
  const answer = listAnswer(
    request,
    found.map((role) => show(azure, role)),
  );
  return { ...answer, headers: { ...answer.headers, 'x-ms-request-charge': '1' } };
}

function get({ azure, params }: RouteCall): Answer {
  azure.authorize(`${TYPE}/read`, azure.subscription);
  const name = params['name'] ?? '';
  const role = builtInRole(name);
  if (role === undefined) throw roleDefinitionNotFound(name);
  return { status: 200, body: show(azure, role) };
}

/** Recorded: even a built-in role has an id of the subscription. */
function show(azure: Azure, role: BuiltInRole): JsonObject {
  return {
    properties: {
      roleName: role.name,
      type: 'BuiltInRole',
      description: role.description,
      assignableScopes: ['/'],
      permissions: [
        {
          actions: role.actions ?? [],
          notActions: role.notActions ?? [],
          dataActions: role.dataActions ?? [],
          notDataActions: [],
        },
      ],
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2023-12-04T22:24:45.8361434Z',
      createdBy: null,
      updatedBy: null,
    },
    id: `${azure.subscription}/providers/${TYPE}/${role.id}`,
    type: TYPE,
    name: role.id,
  };
}
