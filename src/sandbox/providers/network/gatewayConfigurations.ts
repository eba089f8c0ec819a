import { asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';

export const VIRTUAL_NETWORK_GATEWAY_TYPE = 'Microsoft.Network/virtualNetworkGateways';

/** One IP configuration of a virtual network gateway, as it is stored. */
export interface GatewayConfiguration extends JsonObject {
  readonly name: string;
  /** In the casing that was sent: Azure gives it back like that. */
  readonly subnetId: string;
  readonly publicIpId: string;
  readonly privateIPAllocationMethod: string;
}

export function gatewayConfigurationsOf(gateway: StoredResource): readonly GatewayConfiguration[] {
  return asObjects(propertiesOf(gateway)['ipConfigurations']).map((each) => ({
    name: asString(each['name']) ?? '',
    subnetId: asString(each['subnetId']) ?? '',
    publicIpId: asString(each['publicIpId']) ?? '',
    privateIPAllocationMethod: asString(each['privateIPAllocationMethod']) ?? 'Dynamic',
  }));
}

export const gatewayConfigurationId = (gatewayId: string, name: string): string =>
  `${gatewayId}/ipConfigurations/${name}`;

/** The ids of gateways' IP configurations that use a subnet or a public IP address. */
export function gatewayConfigurationsUsing(azure: Azure, usedId: string): readonly string[] {
  return azure.store.ofType(VIRTUAL_NETWORK_GATEWAY_TYPE).flatMap((gateway) =>
    gatewayConfigurationsOf(gateway)
      .filter(({ subnetId, publicIpId }) => sameResource(subnetId, usedId) || sameResource(publicIpId, usedId))
      .map(({ name }) => gatewayConfigurationId(gateway.id, name)),
  );
}
