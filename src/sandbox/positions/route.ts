import { asString, asArray, isJsonObject } from '../../core/resources/json';
import { sameResource } from '../../core/resources/resourceId';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import { addressRange, within } from '../addresses';
import type { Azure } from '../azure';
import {
  isActive,
  networkModeOf,
  privateAddressesOf,
  publicAddressesOf,
  SERVICE_TYPE,
  subnetIdOf,
  tierOf,
} from '../providers/apiManagement/serviceState';
import {
  APPLICATION_GATEWAY_TYPE,
  partsOf,
  privateAddressesOf as addressesOfGateway,
  referredPart,
  stateOf,
} from '../providers/network/applicationGatewayParts';
import { subnetIdOf as gatewaySubnetIdOf } from '../providers/network/applicationGatewayUse';
import { prefixesOf } from '../providers/network/subnetRules';
import { connectionOf, connectionStateOf } from '../providers/network/endpointConnection';
import { ipConfigurationsOf, NETWORK_INTERFACE } from '../providers/network/networkInterfaces';
import { REGIONS } from '../providers/resources/regions';
import { mayEnter, mayLeave, mayReachEndpoint } from './crossing';
import { networkAt, publicCaller, type Origin } from './position';
import { hostNamesOf, publicFrontendsOf } from './publicEdge';
import { regionalAddress } from './resolver';

/** How a connection gets to a service: over the internet, or through a private endpoint to one group of one resource. */
export type ServiceWay =
  | { readonly kind: 'public'; readonly caller: string }
  | { readonly kind: 'private'; readonly targetId: string; readonly groupId: string };

/** What is at the other end of a connection: a service of Azure, the gateway of API Management, or an application gateway. */
export type Way =
  | ServiceWay
  | { readonly kind: 'apiManagement'; readonly serviceId: string }
  | {
      readonly kind: 'applicationGateway';
      readonly gatewayId: string;
      readonly port: number;
      /** Host names of its HTTPS listeners there; none where one takes any name. */
      readonly hostNames: readonly string[];
    };

/** Where a connection to an address ends. `refused`: a machine without that port. `lost`: nobody ever answers. */
export type Route = { readonly kind: 'service'; readonly way: Way } | { readonly kind: 'refused' | 'lost' };

const HTTPS = 443;

export function routeTo(azure: Azure, origin: Origin, address: string, port: number): Route {
  return (
    toPublicAddress(azure, origin, address, port) ?? toPrivateAddress(azure, origin, address, port) ?? { kind: 'lost' }
  );
}

function toPublicAddress(azure: Azure, origin: Origin, address: string, port: number): Route | undefined {
  const isRegional = REGIONS.some((region) => regionalAddress(region.name) === address);
  const service = azure.store.ofType(SERVICE_TYPE).find((each) => publicAddressesOf(each).includes(address));
  const gateway = azure.store
    .ofType(APPLICATION_GATEWAY_TYPE)
    .find((each) => publicFrontendsOf(azure, each).includes(address));
  if (!isRegional && service === undefined && gateway === undefined) return undefined;
  if (!mayLeave(azure, origin, address, port)) return { kind: 'lost' };
  if (gateway) return toGateway(azure, origin, gateway, address, port);
  if (port !== HTTPS) return { kind: 'lost' };
  if (service === undefined) {
    return { kind: 'service', way: { kind: 'public', caller: publicCaller(azure, origin) } };
  }
  return networkModeOf(service) === 'Internal' ? { kind: 'lost' } : toService(service);
}

function toPrivateAddress(azure: Azure, origin: Origin, address: string, port: number): Route | undefined {
  const network = networkAt(azure, origin);
  if (network === undefined || !isInside(network, address)) return undefined;
  const service = azure.store.ofType(SERVICE_TYPE).find((each) => privateAddressesOf(each).includes(address));
  if (service) {
    const subnet = azure.store.get(subnetIdOf(service) ?? '');
    const isOpen = port === HTTPS && subnet !== undefined && mayEnter(azure, origin, subnet, address, port);
    return isOpen && isIn(azure, subnet, network) ? toService(service) : undefined;
  }
  const gateway = azure.store
    .ofType(APPLICATION_GATEWAY_TYPE)
    .find((each) => addressesOfGateway(each).includes(address));
  if (gateway) return toGateway(azure, origin, gateway, address, port);
  return toInterface(azure, origin, network, address, port);
}

/** Documented: a service of the Developer tier is down while its network changes. */
function toService(service: StoredResource): Route {
  const isDown = !isActive(service) || (tierOf(service) === 'Developer' && service.inForce !== undefined);
  return isDown ? { kind: 'lost' } : { kind: 'service', way: { kind: 'apiManagement', serviceId: service.id } };
}

function toGateway(azure: Azure, origin: Origin, gateway: StoredResource, address: string, port: number): Route {
  const [instances] = partsOf(gateway, 'gatewayIPConfigurations');
  const subnet = instances && azure.store.get(gatewaySubnetIdOf(instances));
  if (stateOf(gateway) !== 'Running' || subnet === undefined) return { kind: 'lost' };
  // Documented: rules may name the gateway's subnet or its frontend.
  const addresses = [...prefixesOf(propertiesOf(subnet)), address];
  if (!mayEnter(azure, origin, subnet, addresses, port)) return { kind: 'lost' };
  const listeners = partsOf(gateway, 'httpListeners').filter(
    (each) => referredPart(gateway, 'frontendPorts', each, 'frontendPort')?.properties['port'] === port,
  );
  if (listeners.length === 0) return { kind: 'lost' };
  // The proxy speaks TLS only.
  const secure = listeners.filter(({ properties }) => properties['protocol'] === 'Https');
  if (secure.length === 0) return { kind: 'lost' };
  const hostNames = secure.flatMap(hostNamesOf);
  return { kind: 'service', way: { kind: 'applicationGateway', gatewayId: gateway.id, port, hostNames } };
}

function toInterface(azure: Azure, origin: Origin, network: StoredResource, address: string, port: number): Route {
  const nic = interfaceAt(azure, network, address);
  if (nic === undefined) return { kind: 'lost' };
  const endpoint = azure.store.get(asString(propertiesOf(nic)['endpointId']) ?? '');
  if (endpoint === undefined) return { kind: 'refused' };
  const subnet = azure.store.get(asString(propertiesOf(endpoint)['subnetId']) ?? '');
  if (subnet && !mayReachEndpoint(azure, origin, subnet, address, port)) return { kind: 'lost' };
  const isOpen = endpoint.state === 'Succeeded' && connectionStateOf(azure, endpoint).status === 'Approved';
  if (!isOpen || port !== HTTPS) return { kind: 'lost' };
  const { targetId, groupIds } = connectionOf(endpoint);
  return { kind: 'service', way: { kind: 'private', targetId, groupId: groupIds[0] ?? '' } };
}

function isIn(azure: Azure, subnet: StoredResource, network: StoredResource): boolean {
  return sameResource(azure.parentOf(subnet)?.id ?? '', network.id);
}

function isInside(network: StoredResource, address: string): boolean {
  const space = propertiesOf(network)['addressSpace'];
  const single = addressRange(address);
  if (single === undefined || !isJsonObject(space)) return false;
  return asArray(space['addressPrefixes']).some((prefix) => {
    const range = addressRange(String(prefix));
    return range !== undefined && within(single, range);
  });
}

function interfaceAt(azure: Azure, network: StoredResource, address: string): StoredResource | undefined {
  return azure.store.ofType(NETWORK_INTERFACE.type).find((nic) =>
    ipConfigurationsOf(nic).some(({ privateIPAddress, subnetId }) => {
      const subnet = azure.store.get(subnetId);
      const itsNetwork = subnet && azure.parentOf(subnet);
      return privateIPAddress === address && itsNetwork !== undefined && sameResource(itsNetwork.id, network.id);
    }),
  );
}
