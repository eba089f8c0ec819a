import { asString, type JsonObject } from '../../../core/resources/json';
import { NETWORK_ACTION } from '../../arm/dialects';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Call, ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { DURATIONS } from '../../durations';
import { badRequest, retryableError } from './errors';
import { gatewayConfigurationsOf, VIRTUAL_NETWORK_GATEWAY_TYPE } from './gatewayConfigurations';
import { checkGateway, gatewayProperties } from './gatewayRules';
import { showGateway } from './gatewayView';
import {
  deleteNetworkResource,
  locationOf,
  NETWORK_VERSIONS,
  putNetworkResource,
  tagsOf,
  updateTags,
} from './networkResource';
import { GATEWAY_DEPLOYMENT_FAILED } from './vpnErrors';
import { vpnClientProfile } from './vpnProfile';

/** Recorded: from one poll to the next. */
const GROWING_WAITS = [10, 20, 20, 40, 40, 80, 160, 100] as const;

/** A VPN gateway of a virtual network. */
export const VIRTUAL_NETWORK_GATEWAY: ResourceType = {
  type: VIRTUAL_NETWORK_GATEWAY_TYPE,
  apiVersions: ['2019-09-01', ...NETWORK_VERSIONS],
  inGraph: true,
  show: showGateway,
  put,
  patch: (call: PatchCall) => {
    requireFreeGateway(call);
    return updateTags(call);
  },
  remove,
  actions: { generatevpnprofile: generateVpnProfile, getVpnClientConnectionHealth: connectionHealth },
};

function put(call: PutCall): Answer {
  const { azure, id, body, resource } = call;
  requireFreeGateway(call);
  const location = locationOf(call);
  const sent = objectOf(body['properties']);
  if (asString(sent['gatewayType']) !== 'Vpn') throw notSimulated(400, 'gateways of another type than Vpn');
  const properties = gatewayProperties(azure, id, sent, resource);
  checkGateway(call, location, properties, resource);
  const configurations = gatewayConfigurationsOf({ id, name: '', type: '', state: '', etag: '', body: { properties } });
  const [configuration] = configurations;
  return putNetworkResource(
    call,
    VIRTUAL_NETWORK_GATEWAY,
    { location, ...tagsOf(body), properties },
    {
      label: 'PutVirtualNetworkGatewayOperation',
      seconds: resource === undefined ? DURATIONS.virtualNetworkGateway : DURATIONS.virtualNetworkGatewayUpdate,
      retryAfter: GROWING_WAITS,
      location,
      holds: configurations.flatMap(({ subnetId, publicIpId }) => [subnetId, publicIpId]),
      failure: () => (isFiltered(azure, configuration?.subnetId ?? '') ? GATEWAY_DEPLOYMENT_FAILED : undefined),
      finish: () => {
        const made = azure.store.get(id);
        if (made === undefined) return;
        azure.store.change(id, { body: { ...made.body, properties: { ...propertiesOf(made), isMade: true } } });
      },
    },
  );
}

function remove(call: ExistingCall): Answer {
  const { resource } = call;
  requireFreeGateway(call);
  return deleteNetworkResource(call, resource, {
    label: 'DeleteVirtualNetworkGatewayOperation',
    location: asString(resource.body['location']) ?? '',
    seconds: DURATIONS.virtualNetworkGatewayDelete,
    retryAfter: GROWING_WAITS,
    holds: gatewayConfigurationsOf(resource).flatMap(({ subnetId, publicIpId }) => [subnetId, publicIpId]),
  });
}

/** The package with which clients are set up: a zip behind a signed URL. */
function generateVpnProfile(call: ExistingCall): Answer {
  const { azure, request, resource } = call;
  requireFreeGateway(call);
  if (propertiesOf(resource)['vpnClientConfiguration'] === undefined) {
    throw badRequest(`Gateway ${resource.id} has no vpn client configuration.`);
  }
  return begin(call, DURATIONS.vpnProfile, () => {
    const gateway = azure.store.get(resource.id) ?? resource;
    const [container, blob] = [azure.guids.next('vpn container'), azure.guids.next('vpn profile')];
    const path = `/vpnprofileimmutable/${container}/vpnprofile/${blob}/vpnclientconfiguration.zip`;
    return `${request.endpoint}${azure.downloads.offer(path, vpnClientProfile(azure, gateway))}`;
  });
}

function connectionHealth(call: ExistingCall): Answer {
  requireFreeGateway(call);
  return begin(call, 0, () => ({ vpnClientConnections: [] }));
}

function begin(call: ExistingCall, seconds: number, result: () => string | JsonObject): Answer {
  const { azure, request, resource } = call;
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
function requireFreeGateway({ azure, id }: Call): void {
  const operation = azure.operations.holding(id);
  if (operation) throw retryableError(operation, id);
}

/** A network security group on its subnet keeps the gateway from what it needs. */
function isFiltered(azure: Azure, subnetId: string): boolean {
  const subnet: StoredResource | undefined = azure.store.get(subnetId);
  return subnet !== undefined && propertiesOf(subnet)['networkSecurityGroup'] !== undefined;
}
