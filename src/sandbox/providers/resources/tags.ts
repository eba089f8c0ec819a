import { isJsonObject, type JsonObject } from '../../../core/resources/json';
import { invalidRequestContent, resourceGroupNotFound } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import { objectOf } from '../../bodies';
import type { Route, RouteCall, Router } from '../../http/router';

/** The most that Azure keeps at one scope. */
const MOST_TAGS = 50;
const ACTION = 'Microsoft.Resources/tags';

/** GET and PATCH of the tags of a resource group, by themselves. Published shape: Microsoft.Resources/tags 2025-04-01. */
export function addTagRoutes(router: Router): void {
  const path =
    '/subscriptions/:subscriptionId/resourceGroups/:resourceGroup/providers/Microsoft.Resources/tags/default';
  const route = (answer: Route['answer']): Route => ({ server: 'gateway', type: 'tags', apiVersions: [], answer });
  router.add(
    'GET',
    path,
    route((call) => ({ status: 200, body: show(groupOf(call, 'read')) })),
  );
  router.add('PATCH', path, route(patch));
}

function groupOf({ azure, params }: RouteCall, operation: string): StoredResource {
  const name = params['resourceGroup'] ?? '';
  const id = `${azure.subscription}/resourceGroups/${name}`;
  azure.authorize(`${ACTION}/${operation}`, id);
  const group = azure.store.get(id);
  if (group === undefined) throw resourceGroupNotFound(name);
  return group;
}

function show({ id, body }: StoredResource): JsonObject {
  return {
    id: `${id}/providers/Microsoft.Resources/tags/default`,
    name: 'default',
    type: 'Microsoft.Resources/tags',
    properties: { tags: objectOf(body['tags']) },
  };
}

/** Documented: Merge adds and replaces, Replace leaves nothing else, Delete takes away those of these names and values. */
function patch(call: RouteCall): Answer {
  const group = groupOf(call, 'write');
  const { body } = call.request;
  if (!isJsonObject(body)) throw invalidRequestContent('The request body must be a JSON object');
  const sent = objectOf(objectOf(body['properties'])['tags']);
  const tags = { ...changed(String(body['operation']), objectOf(group.body['tags']), sent) };
  if (Object.keys(tags).length > MOST_TAGS) throw invalidRequestContent('A scope can have 50 tags at most.');
  const { tags: _, ...rest } = group.body;
  // UNVERIFIED: whether a group whose last tag is gone shows an empty object, or nothing as before it had any.
  const kept = Object.keys(tags).length > 0 ? { ...rest, tags } : rest;
  const stored = call.azure.store.change(group.id, { body: kept }) ?? group;
  return { status: 200, body: show(stored) };
}

function changed(operation: string, present: JsonObject, sent: JsonObject): JsonObject {
  switch (operation) {
    case 'Merge':
      return { ...present, ...sent };
    case 'Replace':
      return sent;
    case 'Delete':
      return Object.fromEntries(Object.entries(present).filter(([name, value]) => sent[name] !== value));
    default:
      throw invalidRequestContent(`The tags patch operation '${operation}' is not one of Merge, Replace, Delete.`);
  }
}
