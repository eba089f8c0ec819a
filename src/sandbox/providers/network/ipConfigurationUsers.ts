import type { Azure } from '../../azure';
import {
  privateAddressesOf as addressesOfService,
  SERVICE_TYPE,
  serviceConfigurationsUsing,
} from '../apiManagement/serviceState';
import { APPLICATION_GATEWAY_TYPE, privateAddressesOf } from './applicationGatewayParts';
import { frontendsUsing } from './applicationGatewayUse';
import { gatewayConfigurationsUsing } from './gatewayConfigurations';

/** The ids of the IP configurations of gateways and of API Management that use a public IP address, or have an address in a subnet. */
export function configurationsUsing(azure: Azure, usedId: string): readonly string[] {
  return [
    ...gatewayConfigurationsUsing(azure, usedId),
    ...frontendsUsing(azure, usedId),
    ...serviceConfigurationsUsing(azure, usedId),
  ];
}

/** Addresses of virtual networks that belong to no network interface. */
export function addressesWithoutInterface(azure: Azure): readonly string[] {
  return [
    ...azure.store.ofType(APPLICATION_GATEWAY_TYPE).flatMap(privateAddressesOf),
    ...azure.store.ofType(SERVICE_TYPE).flatMap(addressesOfService),
  ];
}
