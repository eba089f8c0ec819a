import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import { addressRange, addressText } from '../../addresses';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { gatewayConfigurationId, gatewayConfigurationsOf, type GatewayConfiguration } from './gatewayConfigurations';
import { tagsOf, weakTag } from './networkResource';
import { showPointToSite } from './pointToSite';
import { prefixesOf } from './subnetRules';

/** Azure's own autonomous system. */
const AZURE_ASN = 65515;

/** Wire JSON of a gateway. Addresses appear once it is made; before, it also tells of point-to-site where there is none. */
export function showGateway(gateway: StoredResource, azure: Azure, apiVersion: string): JsonObject {
  const { id, name, type, body, state } = gateway;
  const properties = propertiesOf(gateway);
  const configurations = gatewayConfigurationsOf(gateway);
  const etag = weakTag(gateway);
  return {
    name,
    id,
    etag,
    type,
    location: body['location'],
    ...tagsOf(body),
    properties: {
      provisioningState: state,
      resourceGuid: properties['resourceGuid'],
      packetCaptureDiagnosticState: 'None',
      enablePrivateIpAddress: false,
      isMigrateToCSES: false,
      isMigratedLegacySKU: false,
      blockUpgradeOfMigratedLegacyGateways: false,
      ...(state === 'Succeeded'
        ? { virtualNetworkGatewayMigrationStatus: { state: 'None', phase: 'None', errorMessage: '' } }
        : {}),
      ipConfigurations: configurations.map((each) => showConfiguration(gateway, etag, each)),
      natRules: [],
      virtualNetworkGatewayPolicyGroups: [],
      enableBgpRouteTranslationForNat: false,
      disableIPSecReplayProtection: false,
      sku: { ...objectOf(properties['sku']), capacity: 2 },
      gatewayType: properties['gatewayType'],
      vpnType: properties['vpnType'],
      enableBgp: properties['enableBgp'],
      enableHighBandwidthVpnGateway: false,
      activeActive: properties['activeActive'],
      ...showPointToSite(gateway, properties['vpnClientConfiguration'], apiVersion),
      bgpSettings: showBgp(gateway, azure, configurations),
      ...(isZoned(azure, configurations) ? { zones: 'ZoneRedundant' } : {}),
      vpnGatewayGeneration: properties['vpnGatewayGeneration'],
      allowRemoteVnetTraffic: false,
      allowVirtualWanTraffic: false,
      vpnStack: 'IPv4Only',
    },
  };
}

function showConfiguration(
  { id, state }: StoredResource,
  etag: string,
  { name, subnetId, publicIpId, privateIPAllocationMethod }: GatewayConfiguration,
): JsonObject {
  return {
    name,
    id: gatewayConfigurationId(id, name),
    etag,
    type: 'Microsoft.Network/virtualNetworkGateways/ipConfigurations',
    properties: {
      provisioningState: state,
      privateIPAllocationMethod,
      publicIPAddress: { id: publicIpId },
      subnet: { id: subnetId },
    },
  };
}

function showBgp(gateway: StoredResource, azure: Azure, configurations: readonly GatewayConfiguration[]): JsonObject {
  const isMade = propertiesOf(gateway)['isMade'] === true;
  const peers = configurations.map((each) => lastAddress(azure, each.subnetId));
  return {
    asn: isMade ? AZURE_ASN : 0,
    ...(isMade ? { bgpPeeringAddress: peers.join(',') } : {}),
    peerWeight: 0,
    bgpPeeringAddresses: configurations.map(({ name, publicIpId }, index) => ({
      ipconfigurationId: gatewayConfigurationId(gateway.id, name),
      defaultBgpIpAddresses: isMade ? [peers[index] ?? ''] : [],
      customBgpIpAddresses: [],
      ...(isMade ? { tunnelIpAddresses: [publicAddress(azure, publicIpId)] } : {}),
    })),
  };
}

/** The highest usable address of a subnet, where the gateway's routers are. */
function lastAddress(azure: Azure, subnetId: string): string {
  const subnet = azure.store.get(subnetId);
  const range = subnet && addressRange(prefixesOf(propertiesOf(subnet))[0] ?? '');
  return range === undefined ? '' : addressText(range.last - 1);
}

function publicAddress(azure: Azure, publicIpId: string): string {
  const publicIp = azure.store.get(publicIpId);
  return asString(publicIp && propertiesOf(publicIp)['ipAddress']) ?? '';
}

function isZoned(azure: Azure, configurations: readonly GatewayConfiguration[]): boolean {
  return configurations.every(({ publicIpId }) => asArray(azure.store.get(publicIpId)?.body['zones']).length > 1);
}
