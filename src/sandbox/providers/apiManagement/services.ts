import { isDeepStrictEqual } from 'node:util';
import { asString, type JsonObject } from '../../../core/resources/json';
import { API_MANAGEMENT_CLASSIC, API_MANAGEMENT_V2 } from '../../arm/dialects';
import { invalidRequestContent, notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import type { OperationKind } from '../../arm/dialects';
import type { OperationFailure, OperationStart } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { forgetIdentity, writeIdentity } from '../../directory/identities';
import { DURATIONS } from '../../durations';
import { allocate } from '../network/networkInterfaces';
import { findRegion, regionName } from '../resources/regions';
import { ACTIVATION_FAILED, invalidParameters, nameTaken, serviceLocked, softDeleted } from './errors';
import { isSoftDeleted, keepDeleted, restoreDeleted } from './deletedServices';
import { DEFAULT_PROPERTIES, propertiesAfter, showService, systemDataAfter } from './serviceBody';
import { activationFailure, checkNetwork, listNetworkStatus, networkStatusHere } from './serviceNetwork';
import {
  CLASSIC_TIERS,
  isClassic,
  newTag,
  privateAddressesOf,
  publicAddressesOf,
  publicIpIdOf,
  quotedTag,
  SERVICE_TYPE,
  SERVICE_VERSIONS,
  subnetIdOf,
  V2_TIERS,
  withProperties,
} from './serviceState';

/** An API Management service. Its infrastructure changes slowly, and one change at a time. */
export const API_MANAGEMENT_SERVICE: ResourceType = {
  type: SERVICE_TYPE,
  apiVersions: SERVICE_VERSIONS,
  inGraph: true,
  show: showService,
  getHeaders: quotedTag,
  put,
  patch,
  remove,
  vanish: (service, azure) => {
    forgetIdentity(azure, service);
    keepDeleted(azure, service);
  },
  actions: { applynetworkconfigurationupdates: applyNetworkConfiguration },
  facets: { networkstatus: listNetworkStatus },
  parts: [
    {
      method: 'GET',
      path: 'locations/:location/networkstatus',
      operation: 'networkstatus/read',
      answer: networkStatusHere,
    },
  ],
};

/** @throws Refusal while the infrastructure of the service is changing. */
export function requireSteady(azure: Azure, service: Pick<StoredResource, 'id' | 'name'>): void {
  if (azure.operations.holding(service.id)) throw serviceLocked(service.name);
}

function put(call: PutCall): Answer {
  const { azure, id, name, body, resource } = call;
  requireSteady(azure, { id, name });
  const location = findRegion(asString(body['location']) ?? '')?.displayName;
  if (location === undefined) throw invalidRequestContent("Required property 'location' not found in JSON");
  if (resource !== undefined && resource.body['location'] !== location) {
    throw invalidParameters(`Location of service ${name} cannot be changed.`);
  }
  const sent = objectOf(body['properties']);
  if (resource === undefined) requireNew(call, sent);
  const made = resource && propertiesOf(resource);
  const before = { ...DEFAULT_PROPERTIES, ...(made === undefined ? {} : madeByAzure(made)) };
  const answer = write(call, { ...body, location, properties: propertiesAfter(sent, before) });
  if (resource === undefined) restoreDeleted(azure, name);
  return answer;
}

function patch(call: PatchCall): Answer {
  const { azure, resource, body } = call;
  requireSteady(azure, resource);
  const kept = { ...resource.body, ...body, location: resource.body['location'] };
  const properties = propertiesAfter(objectOf(body['properties']), propertiesOf(resource));
  return write(call, { ...kept, identity: body['identity'] ?? resource.body['identity'], properties });
}

/** What only Azure writes stays through a PUT. */
function madeByAzure({ createdAtUtc, publicIPAddresses, privateIPAddresses }: JsonObject): JsonObject {
  return { createdAtUtc, publicIPAddresses, privateIPAddresses };
}

function requireNew({ azure, name }: PutCall, sent: JsonObject): void {
  for (const field of ['publisherEmail', 'publisherName']) {
    if (asString(sent[field]) === undefined) throw invalidParameters(`${field} is required.`);
  }
  if (azure.store.named(SERVICE_TYPE, name)) throw nameTaken(name);
  if (isSoftDeleted(azure, name) && sent['restore'] !== true) throw softDeleted(name);
}

function write(call: PutCall | PatchCall, sent: JsonObject): Answer {
  const { azure, id, name, request, apiVersion } = call;
  const { resource } = call;
  const service = candidate(call, sent);
  checkSku(service, resource);
  checkNetwork(call, service, resource);
  const identity = writeIdentity(azure, id, sent['identity'], resource?.body['identity']);
  const body = { ...service.body, identity: identity ?? null };
  const seconds = secondsFor({ ...service, body }, resource);
  if (seconds === 0 && resource !== undefined) {
    const changed = azure.store.change(id, { body, etag: newTag(azure, id) }) ?? service;
    return { status: 200, headers: quotedTag(changed), body: azure.show(changed, apiVersion) };
  }
  const state = resource !== undefined ? 'Updating' : isClassic(service) ? 'Activating' : 'Created';
  const stored = azure.store.put({
    id: service.id,
    name,
    type: SERVICE_TYPE,
    body,
    state,
    etag: newTag(azure, id),
    ...(movesNetwork(service, resource) ? { inForce: resource?.body ?? {} } : {}),
  });
  const end = (why: (now: StoredResource) => OperationFailure | undefined): OperationFailure | undefined => {
    const now = azure.store.get(id);
    const failure = now && why(now);
    if (now !== undefined) settle(azure, now, resource, failure !== undefined);
    return failure;
  };
  const operation = begin(call, stored, resource === undefined ? 'create' : 'update', seconds, {
    finish: () => end((now) => activationFailure(azure, now)),
    abandon: () => end(() => ACTIVATION_FAILED),
  });
  const answer = azure.operations.accept(
    request,
    operation,
    resource === undefined ? 201 : 200,
    showService(stored, azure, apiVersion),
  );
  return { ...answer, headers: { ...answer.headers, ...quotedTag(stored) } };
}

function candidate({ azure, id, name, resource }: PutCall | PatchCall, sent: JsonObject): StoredResource {
  const properties = objectOf(sent['properties']);
  const createdAtUtc = asString(properties['createdAtUtc']) ?? azure.timestamp();
  const service: StoredResource = {
    id,
    name,
    type: SERVICE_TYPE,
    state: '',
    etag: '',
    body: {
      location: sent['location'],
      tags: sent['tags'] ?? {},
      sku: { capacity: 1, ...objectOf(sent['sku']) },
      identity: sent['identity'] ?? null,
      zones: sent['zones'] ?? null,
      isActive: resource?.body['isActive'] ?? false,
      properties: { ...properties, createdAtUtc },
    },
  };
  return {
    ...service,
    body: {
      ...service.body,
      systemData: systemDataAfter(azure, service, resource && (resource.body['systemData'] ?? null)),
    },
  };
}

function checkSku(service: StoredResource, before: StoredResource | undefined): void {
  const { name } = objectOf(service.body['sku']);
  if (![...CLASSIC_TIERS, ...V2_TIERS].includes(String(name))) {
    throw notSimulated(400, `API Management of the tier ${String(name)}`);
  }
  if (before !== undefined && isClassic(before) !== isClassic(service)) {
    throw invalidParameters(`Sku of service ${service.name} cannot be changed between classic and V2 tiers.`);
  }
}

function movesNetwork(service: StoredResource, before: StoredResource | undefined): boolean {
  if (before === undefined) return true;
  const network = ({ body }: StoredResource): readonly unknown[] => {
    const { virtualNetworkType, virtualNetworkConfiguration, publicIpAddressId } = objectOf(body['properties']);
    return [virtualNetworkType, virtualNetworkConfiguration, publicIpAddressId];
  };
  return !isDeepStrictEqual(network(service), network(before));
}

/** Recorded: a classic tier changes its tags at once. What else does is UNVERIFIED: here who publishes it. */
function secondsFor(service: StoredResource, before: StoredResource | undefined): number {
  const classic = isClassic(service);
  // What failed is tried again.
  if (movesNetwork(service, before) || before?.state === 'Failed') {
    return classic ? DURATIONS.apiManagementActivation : DURATIONS.apiManagementV2Create;
  }
  if (!classic) return DURATIONS.apiManagementV2Update;
  const slow = ({ body }: StoredResource): JsonObject => {
    const {
      publisherEmail: _,
      publisherName: __,
      notificationSenderEmail: ___,
      ...settings
    } = objectOf(body['properties']);
    return { settings, sku: body['sku'], zones: body['zones'] };
  };
  if (before === undefined || !isDeepStrictEqual(slow(service), slow(before))) return DURATIONS.apiManagementUpdate;
  const identityType = ({ body }: StoredResource): unknown => objectOf(body['identity'])['type'];
  return identityType(service) === identityType(before) ? 0 : DURATIONS.apiManagementIdentity;
}

/** The end of a change. One that failed leaves the network as it was. */
function settle(azure: Azure, service: StoredResource, before: StoredResource | undefined, failed: boolean): void {
  const { inForce: _, ...rest } = service;
  const etag = newTag(azure, service.id);
  if (failed) {
    const body = before === undefined ? service.body : { ...service.body, properties: propertiesOf(before) };
    azure.store.put({ ...rest, body, state: 'Failed', etag });
    return;
  }
  const body = { ...withProperties(service, addressesOf(azure, service, before)), isActive: true };
  azure.store.put({ ...rest, body, state: 'Succeeded', etag });
}

function addressesOf(azure: Azure, service: StoredResource, before: StoredResource | undefined): JsonObject {
  if (!isClassic(service)) return { publicIPAddresses: null, privateIPAddresses: null };
  const subnetId = subnetIdOf(service);
  const subnet = azure.store.get(subnetId ?? '');
  const held = before !== undefined && subnetIdOf(before) === subnetId ? privateAddressesOf(before) : [];
  const publicIp = azure.store.get(publicIpIdOf(service) ?? '');
  const own = publicIp && asString(propertiesOf(publicIp)['ipAddress']);
  const given = publicAddressesOf(service).filter((address) => address.startsWith(GIVEN_BY_AZURE));
  return {
    publicIPAddresses: own === undefined ? (given.length > 0 ? given : [freePublicAddress(azure)]) : [own],
    privateIPAddresses: subnet === undefined ? null : held.length > 0 ? held : allocate(azure, subnet, [undefined]),
  };
}

/** From 198.51.100.0/24, above what regions have. */
const GIVEN_BY_AZURE = '198.51.100.';

function freePublicAddress(azure: Azure): string {
  const taken = new Set(azure.store.ofType(SERVICE_TYPE).flatMap(publicAddressesOf));
  const numbers = Array.from({ length: 100 }, (_, index) => `${GIVEN_BY_AZURE}${String(index + 150)}`);
  return numbers.find((address) => !taken.has(address)) ?? `${GIVEN_BY_AZURE}249`;
}

function remove(call: ExistingCall): Answer {
  const { azure, resource, request } = call;
  requireSteady(azure, resource);
  azure.store.change(resource.id, { state: 'Deleting', etag: newTag(azure, resource.id) });
  const operation = begin(call, resource, 'delete', DURATIONS.apiManagementDelete, {
    finish: () => {
      azure.vanish(resource);
      return undefined;
    },
  });
  return azure.operations.accept(request, operation, 202);
}

/** After another DNS server was set in the network. */
function applyNetworkConfiguration(call: ExistingCall): Answer {
  const { azure, resource, request, apiVersion } = call;
  requireSteady(azure, resource);
  const stored = azure.store.change(resource.id, { state: 'Updating', etag: newTag(azure, resource.id) }) ?? resource;
  const operation = begin(call, stored, 'update', DURATIONS.apiManagementUpdate, {
    finish: () => {
      azure.store.change(resource.id, { state: 'Succeeded', etag: newTag(azure, resource.id) });
      return undefined;
    },
  });
  return azure.operations.accept(request, operation, 202, showService(stored, azure, apiVersion));
}

function begin(
  { azure, request }: Call,
  service: StoredResource,
  kind: OperationKind,
  seconds: number,
  ends: Pick<OperationStart, 'finish' | 'abandon'>,
) {
  return azure.operations.begin(request, {
    dialect: isClassic(service) ? API_MANAGEMENT_CLASSIC : API_MANAGEMENT_V2,
    kind,
    target: service.id,
    location: regionName(String(service.body['location'])),
    seconds,
    retryAfter: 20,
    holds: [subnetIdOf(service) ?? service.id, publicIpIdOf(service) ?? service.id],
    ...ends,
  });
}
