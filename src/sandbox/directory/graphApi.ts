import { asArray, isJsonObject, type JsonObject } from '../../core/resources/json';
import type { Answer, ArmRequest } from '../arm/messages';
import { PRINCIPAL_ID } from '../azure';
import type { Directory, Principal, PrincipalType } from './directory';

const COLLECTIONS: Readonly<Record<string, PrincipalType>> = {
  users: 'User',
  groups: 'Group',
  serviceprincipals: 'ServicePrincipal',
};
const ODATA_TYPES: Readonly<Record<PrincipalType, string>> = {
  User: '#microsoft.graph.user',
  Group: '#microsoft.graph.group',
  ServicePrincipal: '#microsoft.graph.servicePrincipal',
};
const STARTS_WITH = /^startswith\((displayName|userPrincipalName),\s*'((?:[^']|'')*)'\)$/i;
const SEARCH = /^"(displayName|userPrincipalName):(.*)"$/;
const DEFAULT_PAGE = 100;

/**
 * The part of Microsoft Graph that looks principals up: `/v1.0/me`, users, groups, servicePrincipals and directoryObjects.
 * Source: https://learn.microsoft.com/graph/api/overview
 */
export function answerGraph(directory: Directory, request: ArmRequest): Answer {
  const { method, path } = request;
  const [, , collection = '', id, rest] = path.split('/');
  const type = COLLECTIONS[collection.toLowerCase()];
  if (method === 'POST' && /^\/v1\.0\/directoryObjects\/getByIds$/i.test(path)) return getByIds(directory, request);
  if (method !== 'GET') return badRequest(`The sandbox does not simulate ${method} ${path} of Microsoft Graph.`);
  if (/^me$/i.test(collection)) return getMe(directory, id);
  if (type !== undefined && id === undefined) return list(directory, type, request);
  if (id !== undefined && rest === undefined && (type !== undefined || /^directoryObjects$/i.test(collection))) {
    return getOne(directory, type, id);
  }
  return badRequest(`The sandbox does not simulate ${method} ${path} of Microsoft Graph.`);
}

function getMe(directory: Directory, rest: string | undefined): Answer {
  if (rest === undefined) return getOne(directory, 'User', PRINCIPAL_ID);
  if (!/^(transitive)?memberOf$/i.test(rest)) return badRequest(`Resource not found for the segment '${rest}'.`);
  const groups = [...directory.selfAndGroups(PRINCIPAL_ID)].flatMap((id) => directory.find(id) ?? []);
  return {
    status: 200,
    body: { value: groups.filter(({ type }) => type === 'Group').map((group) => show(group, true)) },
  };
}

function getOne(directory: Directory, type: PrincipalType | undefined, id: string): Answer {
  const found =
    directory.find(id) ??
    directory.all().find(({ userPrincipalName }) => userPrincipalName?.toLowerCase() === id.toLowerCase());
  if (found === undefined || (type !== undefined && found.type !== type)) {
    return refusal(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    );
  }
  return { status: 200, body: show(found, type === undefined) };
}

/** Ids that nobody has are left out of the answer. */
function getByIds(directory: Directory, { body }: ArmRequest): Answer {
  const ids = isJsonObject(body) ? asArray(body['ids']).map(String) : [];
  const types = isJsonObject(body) ? asArray(body['types']).map((type) => String(type).toLowerCase()) : [];
  const found = ids
    .flatMap((id) => directory.find(id) ?? [])
    .filter(
      ({ type }) => types.length === 0 || types.includes(type.toLowerCase()) || types.includes('directoryobject'),
    );
  return { status: 200, body: { value: found.map((principal) => show(principal, true)) } };
}

function list(directory: Directory, type: PrincipalType, { query, headers }: ArmRequest): Answer {
  const [filter, search] = [query.get('$filter'), query.get('$search')];
  // Documented: searching works on a replica that lags behind, and Graph wants the client to know.
  if (search !== undefined && headers['consistencylevel']?.toLowerCase() !== 'eventual') {
    return badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  const wanted = conditionOf(filter, search);
  if (wanted === undefined) return badRequest(`Invalid filter clause: ${filter ?? search ?? ''}`);
  const page = Number(query.get('$top') ?? DEFAULT_PAGE);
  const found = directory.all().filter((principal) => principal.type === type && wanted(principal));
  return { status: 200, body: { value: found.slice(0, page).map((principal) => show(principal, false)) } };
}

/** Undefined for what the sandbox does not understand. */
function conditionOf(
  filter: string | undefined,
  search: string | undefined,
): ((principal: Principal) => boolean) | undefined {
  if (filter === undefined && search === undefined) return () => true;
  const parts =
    filter === undefined
      ? [SEARCH.exec(search ?? '')]
      : filter.split(/\s+or\s+/i).map((part) => STARTS_WITH.exec(part));
  if (parts.includes(null)) return undefined;
  return (principal) =>
    parts.some((part) => {
      const [, property = '', text = ''] = part ?? [];
      const value = property.toLowerCase() === 'displayname' ? principal.displayName : principal.userPrincipalName;
      const sought = text.replaceAll("''", "'").toLowerCase();
      const actual = value?.toLowerCase() ?? '';
      return filter === undefined ? actual.includes(sought) : value !== undefined && actual.startsWith(sought);
    });
}

function show({ id, type, displayName, userPrincipalName }: Principal, namesType: boolean): JsonObject {
  return {
    ...(namesType ? { '@odata.type': ODATA_TYPES[type] } : {}),
    id,
    displayName,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName, mail: userPrincipalName }),
  };
}

function badRequest(message: string): Answer {
  return refusal(400, 'Request_BadRequest', message);
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}
