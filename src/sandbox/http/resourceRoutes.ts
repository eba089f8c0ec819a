import { isJsonObject, type JsonObject } from '../../core/resources/json';
import { parentResourceId, resourceName } from '../../core/resources/resourceId';
import type { Azure } from '../azure';
import {
  invalidRequestContent,
  notRegistered,
  parentResourceNotFound,
  resourceGroupBeingDeleted,
  resourceGroupNotFound,
  resourceNotFound,
} from '../arm/gatewayErrors';
import type { Answer, Wait } from '../arm/messages';
import { objectOf } from '../bodies';
import { isSettled, type StoredResource } from '../arm/resourceStore';
import type { Call, ExistingCall, ResourceType } from '../arm/resourceType';
import { PATIENCE } from '../durations';
import { listAnswer } from './listing';
import { USER_ASSIGNED_IDENTITY_TYPE } from '../providers/managedIdentity/identities';
import { requireAllowed } from '../providers/policy/compliance';
import type { Method, RouteCall, Router, Server } from './router';

type Params = RouteCall['params'];

/** Adds every route of a resource type: the resource, its lists, its actions and facets. */
export function addResourceRoutes(router: Router, type: ResourceType): void {
  const shape = shapeOf(type);
  const add = (method: Method, template: string, answer: (call: RouteCall) => Answer): void => {
    router.add(method, template, {
      server: shape.namespace,
      type: shape.relativeType,
      apiVersions: type.apiVersions,
      answer,
    });
  };
  const { put, patch, remove } = type;

  for (const list of shape.lists) add('GET', list, (call) => answerList(type, call));
  add('GET', shape.item, (call) => show(type, existing(type, call, 'read')));
  add('HEAD', shape.item, (call) => ({ status: findResource(type, call, 'read').resource ? 204 : 404 }));
  if (put) {
    add('PUT', shape.item, (route) => {
      const { call, resource } = findResource(type, route, 'write');
      const body = bodyOf(route);
      requireIdentities(call, type, body);
      requireAllowed(call.azure, { id: call.id, type: type.type, resource }, 'PUT', body);
      return put({ ...call, resource, body });
    });
  }
  if (patch) {
    add('PATCH', shape.item, (route) => {
      const call = existing(type, route, 'write');
      const body = bodyOf(route);
      requireIdentities(call, type, body);
      requireAllowed(call.azure, { id: call.id, type: type.type, resource: call.resource }, 'PATCH', body);
      return patch({ ...call, body });
    });
  }
  if (remove) {
    add('DELETE', shape.item, (route) => {
      const { call, resource } = findResource(type, route, 'delete');
      return resource === undefined ? { status: 204 } : remove({ ...call, resource });
    });
  }
  for (const [name, act] of Object.entries(type.actions ?? {})) {
    add('POST', `${shape.item}/${name}`, (call) => act(existing(type, call, `${actionOf(name)}/action`)));
  }
  for (const [name, read] of Object.entries(type.facets ?? {})) {
    add('GET', `${shape.item}/${name}`, (call) => read(existing(type, call, `${name}/read`)));
  }
  for (const { method, path, operation, answer } of type.parts ?? []) {
    add(method, `${shape.item}/${path}`, (call) => answer(existing(type, call, operation)));
  }
}

/** Whoever gives a resource a user-assigned identity has to be allowed to hand it out. */
function requireIdentities({ azure, id }: Call, { type }: ResourceType, body: JsonObject): void {
  const own = { action: `${type}/write`, scope: id };
  const wanted = Object.entries(objectOf(objectOf(body['identity'])['userAssignedIdentities']));
  for (const [identity] of wanted.filter(([, value]) => value !== null)) {
    azure.authorizeLinked(own, `${USER_ASSIGNED_IDENTITY_TYPE}/assign/action`, identity);
  }
}

/** Without the parameters of the path: they are not part of the permission. */
function actionOf(segments: string): string {
  return segments.split('/:')[0] ?? segments;
}

interface Shape {
  readonly namespace: Server;
  readonly relativeType: string;
  readonly item: string;
  readonly lists: readonly string[];
}

function shapeOf({ type }: ResourceType): Shape {
  const [namespace = '', ...segments] = type.split('/');
  const subscription = '/subscriptions/:subscriptionId';
  const inGroup = `${subscription}/resourceGroups/:resourceGroup/providers/${namespace}`;
  const item = segments.map((segment, index) => `/${segment}/:name${String(index)}`).join('');
  const list = item.slice(0, item.lastIndexOf('/'));
  const everywhere = segments.length === 1 ? [`${subscription}/providers/${namespace}${list}`] : [];
  return {
    namespace: namespace as Server,
    relativeType: segments.join('/'),
    item: `${inGroup}${item}`,
    lists: [`${inGroup}${list}`, ...everywhere],
  };
}

/** The checks before any resource is looked at, in ARM's order: permission, registration, group, parent. */
function findResource(
  type: ResourceType,
  { azure, request, params, apiVersion }: RouteCall,
  operation: string,
): { readonly call: Call; readonly resource: StoredResource | undefined } {
  const id = idOf(azure, type, params);
  azure.authorize(`${type.type}/${operation}`, id);
  const namespace = type.type.split('/')[0] ?? '';
  const writes = operation !== 'read' && operation !== 'delete';
  if (writes && !azure.registrations.isRegistered(namespace)) throw notRegistered(namespace);
  const group = requireGroup(azure, params);
  if (request.method === 'PUT' && group.state === 'Deleting') throw resourceGroupBeingDeleted(group.name);
  const parent = requireParent(azure, type, parentResourceId(id), group, request.method);
  const resource = azure.store.get(id);
  const name = resource?.name ?? id.slice(id.lastIndexOf('/') + 1);
  return { call: { azure, request, apiVersion, id: resource?.id ?? id, name, parent }, resource };
}

function existing(type: ResourceType, route: RouteCall, operation: string): ExistingCall {
  const { call, resource } = findResource(type, route, operation);
  if (resource !== undefined) return { ...call, resource };
  throw (
    type.missing?.(call.id) ??
    resourceNotFound(typeAndNames(call.id), resourceName(groupIdOf(call.azure, route.params)))
  );
}

function requireGroup(azure: Azure, params: Params): StoredResource {
  const group = azure.store.get(groupIdOf(azure, params));
  if (group === undefined) throw resourceGroupNotFound(params['resourceGroup'] ?? '');
  return group;
}

function requireParent(
  azure: Azure,
  type: ResourceType,
  parentId: string | undefined,
  group: StoredResource,
  method: string,
): StoredResource | undefined {
  if (parentId === undefined) return undefined;
  const parent = azure.store.get(parentId);
  if (parent !== undefined) return parent;
  if (method === 'DELETE') throw parentResourceNotFound(type.type.split('/').slice(1).join('/'), parentId);
  throw resourceNotFound(typeAndNames(parentId), group.name);
}

function show(type: ResourceType, call: ExistingCall): Answer {
  const { azure, resource, apiVersion } = call;
  const wait: Wait = { seconds: type.secondsBetweenReads ?? PATIENCE.unsettledResource, told: false };
  return {
    status: 200,
    headers: type.getHeaders?.(resource, azure, apiVersion) ?? {},
    body: type.read?.(call) ?? type.show(resource, azure, apiVersion),
    ...((type.isSettled?.(resource, azure) ?? isSettled(resource)) ? {} : { wait }),
  };
}

/** Everything of the type in the subscription, in a group, or below a parent; what cannot be read is left out. */
function answerList(type: ResourceType, { azure, params, request, apiVersion }: RouteCall): Answer {
  const scope = listScope(azure, type, params);
  azure.authorize(`${type.type}/read`, scope);
  if (params['resourceGroup'] !== undefined) {
    const group = requireGroup(azure, params);
    if (scope !== group.id) requireParent(azure, type, scope, group, 'GET');
  }
  const listed = azure.store
    .children(scope, type.type)
    .filter(({ id }) => azure.access.allows(`${type.type}/read`, id))
    .map((resource) => type.show(resource, azure, apiVersion));
  const page = listAnswer(request, listed, type.pageSize);
  return type.saysLastPage === true ? { ...page, body: { nextLink: null, ...objectOf(page.body) } } : page;
}

function listScope(azure: Azure, type: ResourceType, params: Params): string {
  if (params['resourceGroup'] === undefined) return azure.subscription;
  const [namespace = '', ...segments] = type.type.split('/');
  const parents = segments.slice(0, -1);
  return parents.length === 0 ? groupIdOf(azure, params) : idBelow(azure, params, namespace, parents);
}

function idOf(azure: Azure, type: ResourceType, params: Params): string {
  const [namespace = '', ...segments] = type.type.split('/');
  return idBelow(azure, params, namespace, segments);
}

/** The id in Azure's canonical casing, as far as it names something that exists. */
function idBelow(azure: Azure, params: Params, namespace: string, segments: readonly string[]): string {
  return segments.reduce(
    (id, segment, index) => {
      const next = `${id}/${segment}/${params[`name${String(index)}`] ?? ''}`;
      return azure.store.get(next)?.id ?? next;
    },
    `${groupIdOf(azure, params)}/providers/${namespace}`,
  );
}

function groupIdOf(azure: Azure, params: Params): string {
  const id = `${azure.subscription}/resourceGroups/${params['resourceGroup'] ?? ''}`;
  return azure.store.get(id)?.id ?? id;
}

function typeAndNames(id: string): string {
  return id.slice(id.indexOf('/providers/') + '/providers/'.length);
}

function bodyOf({ request }: RouteCall): JsonObject {
  if (isJsonObject(request.body)) return request.body;
  throw invalidRequestContent('The request body must be a JSON object');
}
