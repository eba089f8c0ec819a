import { asString } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { APPLICATION_GATEWAY_TYPE, partId, partsOf, policyIdOf, type Part } from './applicationGatewayParts';

const referenced = ({ properties }: Part, property: string): string =>
  asString(objectOf(properties[property])['id']) ?? '';

/** The subnet of a gateway's instances, or of one of its private frontends. */
export const subnetIdOf = (part: Part): string => referenced(part, 'subnet');

export const publicIpIdOf = (frontend: Part): string => referenced(frontend, 'publicIPAddress');

/** The application gateways whose instances are in a subnet. */
export function applicationGatewaysIn(azure: Azure, subnetId: string): readonly StoredResource[] {
  return azure.store
    .ofType(APPLICATION_GATEWAY_TYPE)
    .filter((gateway) =>
      partsOf(gateway, 'gatewayIPConfigurations').some((part) => sameResource(subnetIdOf(part), subnetId)),
    );
}

/** Ids of the gateway IP configurations that have their instances in a subnet. */
export function gatewayInstancesIn(azure: Azure, subnetId: string): readonly string[] {
  return applicationGatewaysIn(azure, subnetId).flatMap((gateway) =>
    partsOf(gateway, 'gatewayIPConfigurations')
      .filter((part) => sameResource(subnetIdOf(part), subnetId))
      .map(({ name }) => partId(gateway.id, 'gatewayIPConfigurations', name)),
  );
}

/** Ids of the frontends that use a public IP address, or have an address of a subnet. */
export function frontendsUsing(azure: Azure, usedId: string): readonly string[] {
  return azure.store.ofType(APPLICATION_GATEWAY_TYPE).flatMap((gateway) =>
    partsOf(gateway, 'frontendIPConfigurations')
      .filter((part) => sameResource(publicIpIdOf(part), usedId) || sameResource(subnetIdOf(part), usedId))
      .map(({ name }) => partId(gateway.id, 'frontendIPConfigurations', name)),
  );
}

/** The gateways that a web application firewall policy holds for, as a whole or by one of their listeners. */
export function gatewaysWithPolicy(azure: Azure, policyId: string): readonly StoredResource[] {
  const names = (properties: Part['properties']): boolean => sameResource(policyIdOf(properties) ?? '', policyId);
  return azure.store
    .ofType(APPLICATION_GATEWAY_TYPE)
    .filter(
      (gateway) =>
        names(objectOf(gateway.body['properties'])) ||
        partsOf(gateway, 'httpListeners').some(({ properties }) => names(properties)),
    );
}
