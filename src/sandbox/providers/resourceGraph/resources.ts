import { asArray, asString, isJsonObject, type Json, type JsonObject } from '../../../core/resources/json';
import { parseResourceId } from '../../../core/resources/resourceId';
import { providerRefusal } from '../../arm/gatewayErrors';
import type { Answer, Refusal } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import { SUBSCRIPTION_ID, TENANT_ID, type Azure } from '../../azure';
import type { RouteCall, Router } from '../../http/router';
import { assignedRoles, ROLE_ASSIGNMENT_TYPE } from '../authorization/assignedRole';
import { policyStates, showState } from '../policy/compliance';
import { waitForPolicies } from '../policy/policyStates';
import { POLICY_ASSIGNMENT_TYPE, POLICY_SET_DEFINITION_TYPE } from '../policy/policyTypes';
import { regionName } from '../resources/regions';
import { parseQuery, QueryError } from './parseQuery';
import { runQuery, type Table } from './query';

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

/** POST /providers/Microsoft.ResourceGraph/resources. Always up to date here; in life it lags by seconds to minutes. */
export function addResourceGraphRoutes(router: Router): void {
  router.add('POST', '/providers/Microsoft.ResourceGraph/resources', {
    server: 'Microsoft.ResourceGraph',
    type: 'resources',
    apiVersions: ['2019-04-01', '2021-03-01', '2022-10-01', '2024-04-01'],
    answer: queryResources,
  });
}

function queryResources({ azure, request, apiVersion }: RouteCall): Answer {
  const body = isJsonObject(request.body) ? request.body : {};
  const options = isJsonObject(body['options']) ? body['options'] : {};
  const query = readQuery(azure, body);
  const found = runQuery(query, inScope(body) ? TABLES[query.table](azure) : []);
  const size = Math.min(typeof options['$top'] === 'number' ? options['$top'] : DEFAULT_PAGE, LARGEST_PAGE);
  const start = readSkipToken(options['$skipToken']) ?? (typeof options['$skip'] === 'number' ? options['$skip'] : 0);
  const page = found.slice(start, start + size);
  const next = start + page.length;
  const asTable = (asString(options['resultFormat']) ?? (apiVersion < '2020' ? 'table' : 'objectArray')) === 'table';
  return {
    status: 200,
    ...(query.table === 'policyresources' ? waitForPolicies(azure) : {}),
    headers: { 'x-ms-user-quota-remaining': '14', 'x-ms-user-quota-resets-after': '00:00:05' },
    body: {
      totalRecords: found.length,
      count: page.length,
      data: asTable ? table(page) : page,
      facets: [],
      // A string, in every recording.
      resultTruncated: 'false',
      ...(next < found.length ? { $skipToken: Buffer.from(String(next)).toString('base64') } : {}),
    },
  };
}

function readQuery(azure: Azure, body: JsonObject): ReturnType<typeof parseQuery> {
  try {
    return parseQuery(asString(body['query']) ?? '');
  } catch (error) {
    if (error instanceof QueryError) throw invalidQuery(azure, error.token);
    throw error;
  }
}

/** Reported shape. */
function invalidQuery(azure: Azure, token: string): Refusal {
  return providerRefusal(400, {
    code: 'BadRequest',
    message: `Please provide below info when asking for support: timestamp = ${azure.timestamp()}, correlationId = ${azure.guids.next('query')}.`,
    details: [
      {
        code: 'InvalidQuery',
        message:
          'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
      },
      { code: 'ParserFailure', message: 'ParserFailure', line: 1, characterPositionInLine: -1, token },
    ],
  });
}

function inScope(body: JsonObject): boolean {
  const subscriptions = asArray(body['subscriptions']);
  return subscriptions.length === 0 || subscriptions.some((id) => String(id).toLowerCase() === SUBSCRIPTION_ID);
}

const TABLES: Readonly<Record<Table, (azure: Azure) => readonly JsonObject[]>> = {
  resources: resourceRows,
  authorizationresources: roleAssignmentRows,
  policyresources: policyRows,
};

/** Every role assignment that the principal may read, with the columns of the table `authorizationresources`. */
function roleAssignmentRows(azure: Azure): readonly JsonObject[] {
  return assignedRoles(azure)
    .filter(({ scope }) => azure.access.allows(`${ROLE_ASSIGNMENT_TYPE}/read`, scope))
    .map(({ assignment }) => rowOf(assignment, azure.show(assignment)));
}

/** Assignments, initiatives, and what became of them: the table `policyresources`. */
function policyRows(azure: Azure): readonly JsonObject[] {
  const assigned = [POLICY_ASSIGNMENT_TYPE, POLICY_SET_DEFINITION_TYPE].flatMap((type) => azure.store.ofType(type));
  const states = policyStates(azure).map((state): JsonObject => {
    const properties = showState(azure, state);
    const name = azure.guids.next('policy state');
    const type = 'Microsoft.PolicyInsights/policyStates';
    const id = `${state.resource.id}/providers/${type}/${name}`;
    return rowOf({ ...state.resource, id, name, type }, { properties });
  });
  return [...assigned.map((each) => rowOf(each, azure.show(each))), ...states];
}

/** Every resource that the principal may read, with the columns of the table `resources`. */
function resourceRows(azure: Azure): readonly JsonObject[] {
  return azure.store
    .all()
    .filter((resource) => azure.types.of(resource).inGraph)
    .filter(({ id, type }) => azure.access.allows(`${type}/read`, id))
    .map((resource) => rowOf(resource, azure.show(resource)));
}

function rowOf({ id, name, type }: StoredResource, shown: JsonObject): JsonObject {
  const column = (key: string): Json => shown[key] ?? null;
  return {
    id,
    name,
    type: type.toLowerCase(),
    tenantId: TENANT_ID,
    kind: asString(shown['kind']) ?? '',
    location: regionName(asString(shown['location']) ?? ''),
    resourceGroup: parseResourceId(id)?.resourceGroup?.toLowerCase() ?? '',
    subscriptionId: SUBSCRIPTION_ID,
    managedBy: asString(shown['managedBy']) ?? '',
    sku: column('sku'),
    plan: column('plan'),
    properties: column('properties'),
    tags: column('tags'),
    identity: column('identity'),
    zones: column('zones'),
    extendedLocation: null,
    systemData: column('systemData'),
  };
}

function table(rows: readonly JsonObject[]): JsonObject {
  const names = Object.keys(rows[0] ?? {});
  return {
    columns: names.map((name) => ({
      name,
      type: rows.some((row) => typeof row[name] === 'object' && row[name] !== null) ? 'object' : 'string',
    })),
    rows: rows.map((row) => names.map((name) => row[name] ?? null)),
  };
}

function readSkipToken(token: Json | undefined): number | undefined {
  const text = asString(token);
  if (text === undefined) return undefined;
  const position = Number(Buffer.from(text, 'base64').toString());
  return Number.isInteger(position) && position >= 0 ? position : undefined;
}
