import { childId, resourceIdIn } from '../../../src/core/resources/resourceId';
import { endpointId, groupId, subnetId, zoneId } from '../../../src/sandbox/worlds/builders';
import { AI_GROUP, CONTAINER, NETWORK, NETWORK_GROUP, SITE, STORAGE } from '../../../src/sandbox/worlds/exposed';
import { gatewayId, publicIpId } from '../../../src/sandbox/worlds/vpnBuilders';
import { planId } from '../../../src/sandbox/worlds/webBuilders';

/** Ids of what Ringfence has made, or found, in the exposed world. */
export const ENDPOINT_SUBNET = subnetId(NETWORK, 'snet-private-endpoints');
export const GATEWAY_SUBNET = subnetId(NETWORK, 'GatewaySubnet');
export const WEB_SUBNET = subnetId(NETWORK, 'snet-webapp');
export const GATEWAY = gatewayId(NETWORK_GROUP, 'vpngw-vnet-app');
export const PUBLIC_IP = publicIpId(NETWORK_GROUP, 'pip-vpngw-vnet-app');
export const PLAN = planId(AI_GROUP, 'contoso-plan');
export const SITE_CONFIG = childId(SITE, 'config', 'web');
export const INTEGRATION = childId(SITE, 'networkConfig', 'virtualNetwork');
export const DOCUMENTS = childId(STORAGE, 'blobServices', 'default', 'containers', CONTAINER);
export const NETWORK_RESOURCES = groupId(NETWORK_GROUP);
export const BLOB_ENDPOINT = endpointId(NETWORK_GROUP, 'pe-contosodocs-blob');

export const endpoint = (name: string): string => endpointId(NETWORK_GROUP, name);
export const zone = (name: string): string => zoneId(NETWORK_GROUP, name);
export const link = (zoneName: string): string => childId(zone(zoneName), 'virtualNetworkLinks', 'link-vnet-app');
export const securityGroup = (name: string): string =>
  resourceIdIn(NETWORK_RESOURCES, 'Microsoft.Network/networkSecurityGroups', name);
