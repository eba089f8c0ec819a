import { asArray, asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, resourceName, sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { hasZones } from '../resources/regions';
import { badRequest, invalidReference } from './errors';
import {
  gatewayConfigurationId,
  gatewayConfigurationsOf,
  VIRTUAL_NETWORK_GATEWAY_TYPE,
  type GatewayConfiguration,
} from './gatewayConfigurations';
import { configurationsUsing } from './ipConfigurationUsers';
import { requireSubnet } from './networkInterfaces';
import { checkPointToSite, pointToSiteSettings } from './pointToSite';
import { PUBLIC_IP_ADDRESS } from './publicIpAddresses';
import { addressSpaceOf } from './subnets';
import {
  nonAzSkusNotAllowed,
  notTheGatewaySubnet,
  oneGatewayPerNetwork,
  publicIpAlreadyUsed,
  publicIpForGatewayIsRequired,
  publicIpsMustHaveZones,
} from './vpnErrors';

const AZ_SKU = /^VpnGw[1-5]AZ$/;
const RETIRED_SKU = /^(VpnGw[1-5]|Standard|HighPerformance|UltraPerformance)$/;

/** What a PUT leaves of a gateway: what was sent, and Azure's defaults for the rest. Point-to-site goes when it is not sent. */
export function gatewayProperties(
  azure: Azure,
  id: string,
  sent: JsonObject,
  resource: StoredResource | undefined,
): JsonObject {
  const before = resource && propertiesOf(resource);
  const sku = objectOf(sent['sku']);
  const pointToSite = sent['vpnClientConfiguration'];
  return {
    resourceGuid: before?.['resourceGuid'] ?? azure.guids.next(`guid ${id}`),
    ...(before?.['isMade'] === true ? { isMade: true } : {}),
    gatewayType: sent['gatewayType'],
    vpnType: sent['vpnType'] ?? 'RouteBased',
    sku: { name: sku['name'], tier: sku['tier'] ?? sku['name'] },
    vpnGatewayGeneration: sent['vpnGatewayGeneration'] ?? 'Generation1',
    activeActive: sent['activeActive'] ?? false,
    enableBgp: sent['enableBgp'] ?? false,
    ipConfigurations: asObjects(sent['ipConfigurations']).map(readConfiguration),
    ...(pointToSite === undefined || pointToSite === null
      ? {}
      : { vpnClientConfiguration: pointToSiteSettings(objectOf(pointToSite)) }),
  };
}

/** @throws Refusal where Azure would not make, or not change, such a gateway. */
export function checkGateway(
  call: PutCall,
  location: string,
  properties: JsonObject,
  resource: StoredResource | undefined,
): void {
  const { azure, id } = call;
  const sku = requireSku(id, properties);
  const configurations = gatewayConfigurationsOf({ id, name: '', type: '', state: '', etag: '', body: { properties } });
  const [first] = configurations;
  if (first === undefined) throw badRequest(`Gateway ${id} needs an IP configuration.`);
  for (const configuration of configurations) checkPlaces(call, location, configuration, sku);
  if (resource) requireSame(id, properties, resource);
  const networkId = parentResourceId(first.subnetId) ?? '';
  if (hasAnotherGateway(azure, id, networkId)) throw oneGatewayPerNetwork();
  const network = azure.store.get(networkId);
  const space = network === undefined ? [] : addressSpaceOf(network).prefixes;
  const settings = properties['vpnClientConfiguration'];
  if (settings !== undefined) checkPointToSite(id, objectOf(settings), sku, space);
}

function readConfiguration({ name, properties }: JsonObject): GatewayConfiguration {
  const inner = objectOf(properties);
  return {
    name: asString(name) ?? 'default',
    subnetId: asString(objectOf(inner['subnet'])['id']) ?? '',
    publicIpId: asString(objectOf(inner['publicIPAddress'])['id']) ?? '',
    privateIPAllocationMethod: asString(inner['privateIPAllocationMethod']) ?? 'Dynamic',
  };
}

function requireSku(id: string, properties: JsonObject): string {
  const name = asString(objectOf(properties['sku'])['name']) ?? '';
  if (RETIRED_SKU.test(name)) throw nonAzSkusNotAllowed();
  if (name !== 'Basic' && !AZ_SKU.test(name)) throw badRequest(`The SKU '${name}' of gateway ${id} is not valid.`);
  if (name === 'Basic' || properties['vpnType'] === 'RouteBased') return name;
  throw badRequest(`Gateway ${id} with SKU ${name} must be RouteBased.`);
}

/** The subnet by its name, and a public IP address that nobody else has. */
function checkPlaces({ azure, id }: PutCall, location: string, configuration: GatewayConfiguration, sku: string): void {
  const { subnetId, publicIpId, name } = configuration;
  const own = { action: `${VIRTUAL_NETWORK_GATEWAY_TYPE}/write`, scope: id };
  if (resourceName(subnetId).toLowerCase() !== 'gatewaysubnet') throw notTheGatewaySubnet(id, subnetId);
  const subnet = requireSubnet(azure, subnetId, id, location);
  azure.authorizeLinked(own, 'Microsoft.Network/virtualNetworks/subnets/join/action', subnet.id);
  if (asArray(propertiesOf(subnet)['delegations']).length > 0) {
    throw badRequest(`Gateway ${id} cannot be created as subnet ${subnet.id} is delegated.`);
  }
  if (publicIpId === '') throw publicIpForGatewayIsRequired(id);
  const publicIp = azure.store.get(publicIpId);
  if (publicIp?.type !== PUBLIC_IP_ADDRESS.type || publicIp.body['location'] !== location) {
    throw invalidReference(publicIpId, id);
  }
  azure.authorizeLinked(own, 'Microsoft.Network/publicIPAddresses/join/action', publicIp.id);
  const ownConfiguration = gatewayConfigurationId(id, name);
  const other = configurationsUsing(azure, publicIp.id).find((each) => !sameResource(each, ownConfiguration));
  if (other !== undefined) throw publicIpAlreadyUsed(id, publicIp.id, other);
  if (AZ_SKU.test(sku) && hasZones(location) && asArray(publicIp.body['zones']).length === 0) {
    throw publicIpsMustHaveZones();
  }
}

/** UNVERIFIED: what of a gateway can change besides its size and its clients. */
function requireSame(id: string, properties: JsonObject, resource: StoredResource): void {
  const before = propertiesOf(resource);
  const places = ({ subnetId, publicIpId }: GatewayConfiguration): string => `${subnetId} ${publicIpId}`.toLowerCase();
  const [old, wanted] = [
    gatewayConfigurationsOf(resource),
    gatewayConfigurationsOf({ ...resource, body: { properties } }),
  ].map((configurations) => configurations.map(places).join());
  if (properties['vpnType'] !== before['vpnType'] || old !== wanted) {
    throw badRequest(`The VPN type, the subnet and the public IP addresses of gateway ${id} cannot be changed.`);
  }
  const [basicBefore, basicNow] = [before, properties].map((each) => objectOf(each['sku'])['name'] === 'Basic');
  if (basicBefore !== basicNow) throw badRequest(`Gateway ${id} cannot be changed from or to the SKU Basic.`);
}

function hasAnotherGateway(azure: Azure, id: string, networkId: string): boolean {
  return azure.store
    .ofType(VIRTUAL_NETWORK_GATEWAY_TYPE)
    .filter((gateway) => !sameResource(gateway.id, id))
    .some((gateway) =>
      gatewayConfigurationsOf(gateway).some(({ subnetId }) =>
        sameResource(parentResourceId(subnetId) ?? '', networkId),
      ),
    );
}
