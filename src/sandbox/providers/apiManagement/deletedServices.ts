import { asString, type JsonObject } from '../../../core/resources/json';
import { API_MANAGEMENT_V2 } from '../../arm/dialects';
import type { Answer } from '../../arm/messages';
import type { StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { listAnswer } from '../../http/listing';
import type { Route, RouteCall, Router } from '../../http/router';
import { regionName } from '../resources/regions';
import { isoTime } from '../../time';
import { contentNotFound } from './errors';
import { isActive, SERVICE_VERSIONS } from './serviceState';

const KEPT_FOR_HOURS = 48;
const TYPE = 'Microsoft.ApiManagement/deletedservices';

/** A soft-deleted service: its name stays taken until it is purged, or restored. */
export const DELETED_SERVICE: ResourceType = {
  type: TYPE,
  apiVersions: SERVICE_VERSIONS,
  inGraph: false,
  show: ({ id, name, type, body }): JsonObject => ({
    id,
    name,
    type,
    location: body['location'],
    properties: {
      serviceId: body['serviceId'],
      deletionDate: body['deletionDate'],
      scheduledPurgeDate: isoTime(Date.parse(asString(body['deletionDate']) ?? '') + KEPT_FOR_HOURS * 3_600_000),
    },
  }),
};

/** What is left of a service that goes, if it ever ran. */
export function keepDeleted(azure: Azure, service: StoredResource): void {
  if (!isActive(service)) return;
  const location = regionName(String(service.body['location']));
  const id = `${azure.subscription}/providers/Microsoft.ApiManagement/locations/${location}/deletedservices/${service.name}`;
  const body = { location: service.body['location'], serviceId: service.id, deletionDate: azure.timestamp() };
  azure.store.put({ id, name: service.name, type: TYPE, body, state: 'Succeeded', etag: '' });
}

export function isSoftDeleted(azure: Azure, name: string): boolean {
  return find(azure, name) !== undefined;
}

/** The service is back. */
export function restoreDeleted(azure: Azure, name: string): void {
  const deleted = find(azure, name);
  if (deleted) azure.store.remove(deleted.id);
}

function find(azure: Azure, name: string): StoredResource | undefined {
  return azure.store.named(TYPE, name);
}

export function addDeletedServiceRoutes(router: Router): void {
  const route = (type: string, answer: Route['answer']): Route => ({
    server: 'Microsoft.ApiManagement',
    type,
    apiVersions: SERVICE_VERSIONS,
    answer,
  });
  const provider = '/subscriptions/:subscriptionId/providers/Microsoft.ApiManagement';
  const item = `${provider}/locations/:location/deletedservices/:name`;
  router.add('GET', `${provider}/deletedservices`, route('deletedservices', list));
  router.add('GET', item, route('locations/deletedservices', get));
  router.add('DELETE', item, route('locations/deletedservices', purge));
}

function list({ azure, request }: RouteCall): Answer {
  azure.authorize(`${TYPE}/read`, azure.subscription);
  return listAnswer(
    request,
    azure.store.ofType(TYPE).map((deleted) => azure.show(deleted)),
  );
}

function requireDeleted({ azure, params }: RouteCall, operation: string): StoredResource {
  azure.authorize(`Microsoft.ApiManagement/locations/deletedservices/${operation}`, azure.subscription);
  const deleted = find(azure, params['name'] ?? '');
  if (deleted === undefined) throw contentNotFound('Service');
  return deleted;
}

function get(call: RouteCall): Answer {
  return { status: 200, body: call.azure.show(requireDeleted(call, 'read')) };
}

function purge(call: RouteCall): Answer {
  const { azure, request } = call;
  const deleted = requireDeleted(call, 'delete');
  const operation = azure.operations.begin(request, {
    dialect: API_MANAGEMENT_V2,
    kind: 'delete',
    target: deleted.id,
    location: regionName(String(deleted.body['location'])),
    seconds: DURATIONS.apiManagementPurge,
    retryAfter: 20,
    finish: () => {
      azure.store.remove(deleted.id);
      return undefined;
    },
  });
  return azure.operations.accept(request, operation, 202);
}
