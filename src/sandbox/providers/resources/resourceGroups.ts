import { isJsonObject, type JsonObject } from '../../../core/resources/json';
import { asString } from '../../../core/resources/json';
import { topLevelResourceId } from '../../../core/resources/resourceId';
import { RESOURCE_GROUP_DELETION } from '../../arm/dialects';
import {
  invalidRequestContent,
  locationNotAvailable,
  notSimulated,
  resourceGroupLocationFixed,
  resourceGroupNotFound,
} from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import type { StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { listAnswer } from '../../http/listing';
import type { Route, RouteCall, Router } from '../../http/router';
import { findRegion, REGIONS } from './regions';

const ACTION = 'Microsoft.Resources/subscriptions/resourceGroups';

/** What a resource group looks like. Its routes are its own: ARM serves groups by itself. */
export const RESOURCE_GROUP: ResourceType = {
  type: 'Microsoft.Resources/resourceGroups',
  apiVersions: ['2019-10-01', '2020-06-01', '2021-04-01', '2022-09-01', '2024-11-01', '2025-03-01', '2025-04-01'],
  inGraph: false,
  show: ({ id, name, body, state }) => ({
    id,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location: body['location'],
    ...(body['tags'] === undefined ? {} : { tags: body['tags'] }),
    properties: { provisioningState: state },
  }),
};

export function addResourceGroupRoutes(router: Router): void {
  const route = (answer: Route['answer']): Route => ({
    server: 'gateway',
    type: 'resourceGroups',
    apiVersions: [],
    answer,
  });
  const groups = '/subscriptions/:subscriptionId/resourceGroups';
  router.add('GET', groups, route(list));
  router.add('GET', `${groups}/:resourceGroup`, route(get));
  router.add(
    'HEAD',
    `${groups}/:resourceGroup`,
    route((call) => ({ status: find(call, 'read') ? 204 : 404 })),
  );
  router.add('PUT', `${groups}/:resourceGroup`, route(put));
  router.add('DELETE', `${groups}/:resourceGroup`, route(remove));
  router.add('GET', `${groups}/:resourceGroup/resources`, route(listResources));
  router.add('GET', '/subscriptions/:subscriptionId/resources', route(listResources));
}

function find({ azure, params }: RouteCall, operation: string): StoredResource | undefined {
  const id = `${azure.subscription}/resourceGroups/${params['resourceGroup'] ?? ''}`;
  azure.authorize(`${ACTION}/${operation}`, id);
  return azure.store.get(id);
}

function require(call: RouteCall, operation: string): StoredResource {
  const group = find(call, operation);
  if (group === undefined) throw resourceGroupNotFound(call.params['resourceGroup'] ?? '');
  return group;
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize(`${ACTION}/read`, azure.subscription);
  if (request.query.has('$filter')) throw notSimulated(400, 'the $filter of resource groups');
  const groups = azure.store.ofType(RESOURCE_GROUP.type).filter(({ id }) => azure.access.allows(`${ACTION}/read`, id));
  return listAnswer(
    request,
    groups.map((group) => azure.show(group)),
  );
}

function get(call: RouteCall): Answer {
  return { status: 200, body: call.azure.show(require(call, 'read')) };
}

function put(call: RouteCall): Answer {
  const { azure, request, params } = call;
  const group = find(call, 'write');
  if (!isJsonObject(request.body)) throw invalidRequestContent('The request body must be a JSON object');
  const { location, tags } = request.body;
  const region = findRegion(asString(location) ?? '');
  if (region === undefined) {
    throw locationNotAvailable(
      asString(location) ?? '',
      REGIONS.map(({ name }) => name),
    );
  }
  const existing = asString(group?.body['location']);
  if (existing !== undefined && existing !== region.name) throw resourceGroupLocationFixed(region.name, existing);
  const name = group?.name ?? params['resourceGroup'] ?? '';
  const stored = azure.store.put({
    id: `${azure.subscription}/resourceGroups/${name}`,
    type: RESOURCE_GROUP.type,
    name,
    body: { location: region.name, ...(tags === undefined || tags === null ? {} : { tags }) },
    state: 'Succeeded',
    etag: '',
  });
  return { status: group ? 200 : 201, body: azure.show(stored) };
}

function remove(call: RouteCall): Answer {
  const { azure, request } = call;
  const group = require(call, 'delete');
  azure.store.change(group.id, { state: 'Deleting' });
  const operation = azure.operations.begin(request, {
    dialect: RESOURCE_GROUP_DELETION,
    kind: 'delete',
    target: group.id,
    location: '',
    seconds: DURATIONS.resourceGroupDelete,
    retryAfter: 15,
    finish: () => deleteContents(azure, group),
    abandon: () => azure.store.change(group.id, { state: 'Succeeded' }),
  });
  return azure.operations.accept(request, operation, 202);
}

/** Deletes what can be deleted, then the group, unless something could not. */
function deleteContents(azure: Azure, group: StoredResource): OperationFailure | undefined {
  const tops = azure.store.below(group.id).filter(({ id }) => topLevelResourceId(id) === id);
  const blocked = tops.flatMap((resource) => {
    const failure = azure.types.of(resource).blocked?.(resource, azure, group.id);
    return failure === undefined ? [] : [{ resource, failure }];
  });
  for (const resource of tops) {
    if (!blocked.some((entry) => entry.resource.id === resource.id)) azure.vanish(resource);
  }
  if (blocked.length === 0) {
    azure.vanish(group);
    return undefined;
  }
  azure.store.change(group.id, { state: 'Succeeded' });
  return deletionBlocked(azure, group, blocked);
}

function deletionBlocked(
  azure: Azure,
  group: StoredResource,
  blocked: readonly { readonly resource: StoredResource; readonly failure: OperationFailure }[],
): OperationFailure {
  const names = blocked.map(({ resource }) => resource.id.split('/providers/')[1] ?? resource.name).join(',');
  const message = `Deletion of resource group '${group.name}' failed as resources with identifiers '${names}' could not be deleted. The provisioning state of the resource group will be rolled back. The tracking Id is '${azure.guids.next('tracking')}'. Please check audit logs for more details.`;
  const body: JsonObject = {
    Error: {
      Code: 'ResourceGroupDeletionBlocked',
      Target: null,
      Message: message,
      Details: blocked.map(({ resource, failure: { code, message: why } }) => ({
        Code: null,
        Target: resource.id,
        Message: JSON.stringify({ error: { code, message: why, details: [] } }),
        Details: null,
        AdditionalInfo: null,
      })),
      AdditionalInfo: null,
    },
  };
  return { code: 'ResourceGroupDeletionBlocked', message, body };
}

function listResources(call: RouteCall): Answer {
  const { azure, request, params } = call;
  if (request.query.has('$filter')) throw notSimulated(400, 'the $filter of resources');
  const scope = params['resourceGroup'] === undefined ? azure.subscription : require(call, 'read').id;
  azure.authorize('Microsoft.Resources/subscriptions/resources/read', scope);
  const resources = azure.store
    .below(scope)
    .filter((resource) => azure.types.of(resource).inGraph)
    .filter(({ id, type }) => azure.access.allows(`${type}/read`, id));
  return listAnswer(
    request,
    resources.map(({ id, name, type, body: { kind, location, tags } }) => ({
      id,
      name,
      type,
      ...(kind === undefined ? {} : { kind }),
      ...(location === undefined ? {} : { location }),
      ...(tags === undefined ? {} : { tags }),
    })),
  );
}
