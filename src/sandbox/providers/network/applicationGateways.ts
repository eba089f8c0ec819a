import { asString, type JsonObject } from '../../../core/resources/json';
import { NETWORK_ACTION } from '../../arm/dialects';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { writeIdentity } from '../../directory/identities';
import { backendHealth } from '../../dataPlanes/applicationGateway/backendHealth';
import { DURATIONS } from '../../durations';
import { APPLICATION_GATEWAY_TYPE, partsOf } from './applicationGatewayParts';
import { gatewayProperties } from './applicationGatewayRules';
import { whyNoCertificate } from './applicationGatewaySecrets';
import { publicIpIdOf, subnetIdOf } from './applicationGatewayUse';
import { showGateway } from './applicationGatewayView';
import { retryableError } from './errors';
import {
  deleteNetworkResource,
  etagHeader,
  locationOf,
  NETWORK_VERSIONS,
  newTag,
  putNetworkResource,
  tagsOf,
  updateTags,
} from './networkResource';
import { requireRoom } from './usages';

/** Recorded: from one poll to the next. */
const WAITS = [5, 1, 2] as const;

/** An application gateway of version 2. A PUT replaces all of it. */
export const APPLICATION_GATEWAY: ResourceType = {
  type: APPLICATION_GATEWAY_TYPE,
  apiVersions: NETWORK_VERSIONS,
  inGraph: true,
  show: showGateway,
  getHeaders: etagHeader,
  put,
  patch: (call: PatchCall) => {
    requireFreeGateway(call);
    return updateTags(call);
  },
  remove,
  actions: {
    start: (call) => setState(call, 'Running'),
    stop: (call) => setState(call, 'Stopped'),
    backendhealth: (call) =>
      begin(call, DURATIONS.backendHealth, () => {
        const gateway = call.azure.store.get(call.resource.id) ?? call.resource;
        return backendHealth(call.azure, gateway);
      }),
  },
};

function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFreeGateway(call);
  const location = locationOf(call);
  requireRoom(call, APPLICATION_GATEWAY.type, location);
  const properties = gatewayProperties(call, location);
  const identity = writeIdentity(azure, id, body['identity'], resource?.body['identity']);
  const stored = {
    location,
    ...tagsOf(body),
    ...(body['zones'] === undefined ? {} : { zones: body['zones'] }),
    ...(identity === undefined ? {} : { identity }),
    properties,
  };
  return putNetworkResource(call, APPLICATION_GATEWAY, stored, {
    label: 'PutApplicationGatewayOperation',
    seconds: DURATIONS.applicationGateway,
    retryAfter: WAITS,
    location,
    holds: heldBy(stored),
    failure: () => {
      const gateway = azure.store.get(id);
      return gateway && whyNoCertificate(azure, gateway);
    },
    finish: () => {
      if (resource === undefined || resource.state === 'Failed') changeState(azure, id, 'Running');
    },
  });
}

function remove(call: ExistingCall): Answer {
  const { resource } = call;
  requireFreeGateway(call);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteApplicationGatewayOperation',
    location: asString(resource.body['location']) ?? '',
    seconds: DURATIONS.applicationGatewayDelete,
    holds: heldBy(resource.body),
  });
}

/** The public IP addresses and subnets that nobody else may change meanwhile. */
function heldBy(body: JsonObject): readonly string[] {
  const frontends = partsOf({ body }, 'frontendIPConfigurations').map(publicIpIdOf);
  const instances = partsOf({ body }, 'gatewayIPConfigurations').map(subnetIdOf);
  return [...frontends, ...instances].filter((id) => id !== '');
}

function setState(call: ExistingCall, state: 'Running' | 'Stopped'): Answer {
  const { azure, resource } = call;
  return begin(call, DURATIONS.applicationGatewayDelete, () => {
    changeState(azure, resource.id, state);
    return null;
  });
}

function changeState(azure: Azure, id: string, operationalState: 'Running' | 'Stopped'): void {
  const gateway = azure.store.get(id);
  if (gateway === undefined) return;
  const body = { ...gateway.body, properties: { ...propertiesOf(gateway), operationalState } };
  azure.store.change(id, { body, etag: newTag(azure, id) });
}

function begin(call: ExistingCall, seconds: number, result: () => JsonObject | null): Answer {
  const { azure, request, resource } = call;
  requireFreeGateway(call);
  const operation = azure.operations.begin(request, {
    dialect: NETWORK_ACTION,
    kind: 'action',
    target: resource.id,
    location: asString(resource.body['location']) ?? '',
    seconds,
    retryAfter: 10,
    finish: () => undefined,
    result,
  });
  return azure.operations.accept(request, operation, 202, null);
}

/** One operation at a time. */
function requireFreeGateway({ azure, id }: Call & { readonly resource?: StoredResource | undefined }): void {
  const operation = azure.operations.holding(id);
  if (operation) throw retryableError(operation, id);
}
