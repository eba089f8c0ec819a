import { asArray, asString } from '../../core/resources/json';
import { propertiesOf, type StoredResource } from '../arm/resourceStore';
import type { Azure } from '../azure';
import { objectOf } from '../bodies';
import {
  API_MANAGEMENT_SUFFIX,
  gatewayHosts,
  isActive,
  networkModeOf,
  publicAddressesOf,
  SERVICE_TYPE,
} from '../providers/apiManagement/serviceState';
import { APPLICATION_GATEWAY_TYPE, partsOf, type Part } from '../providers/network/applicationGatewayParts';
import { publicIpIdOf } from '../providers/network/applicationGatewayUse';
import { PUBLIC_IP_ADDRESS, PUBLIC_IP_SUFFIX } from '../providers/network/publicIpAddresses';

/**
 * The public address behind a name of API Management, of a public IP address, or of a listener; null where such a name
 * is not in public DNS, undefined for other names. Documented: Azure keeps no names for API Management in internal mode.
 * A listener's names are taken to be in public DNS: their owner puts them there.
 */
export function publicEdgeAddress(azure: Azure, name: string): string | null | undefined {
  const service = azure.store.ofType(SERVICE_TYPE).find((each) => isActive(each) && gatewayHosts(each).includes(name));
  if (service) return networkModeOf(service) === 'Internal' ? null : (publicAddressesOf(service)[0] ?? null);
  const labelled = azure.store
    .ofType(PUBLIC_IP_ADDRESS.type)
    .find((each) => objectOf(propertiesOf(each)['dnsSettings'])['fqdn'] === name);
  if (labelled) return addressOf(labelled) ?? null;
  const frontend = azure.store.ofType(APPLICATION_GATEWAY_TYPE).flatMap((gateway) => {
    const serves = partsOf(gateway, 'httpListeners').some((listener) => hostNamesOf(listener).includes(name));
    return serves ? publicFrontendsOf(azure, gateway) : [];
  })[0];
  if (frontend !== undefined) return frontend;
  const isOurs = [API_MANAGEMENT_SUFFIX, PUBLIC_IP_SUFFIX].some((suffix) => name.endsWith(`.${suffix}`));
  return isOurs ? null : undefined;
}

/** The host names that a listener is for, in lower case; none for one that takes any. */
export function hostNamesOf({ properties }: Part): readonly string[] {
  const { hostName, hostNames } = properties;
  return [hostName, ...asArray(hostNames)].flatMap((each) => asString(each)?.toLowerCase() ?? []);
}

/** The public addresses of a gateway. */
export function publicFrontendsOf(azure: Azure, gateway: StoredResource): readonly string[] {
  return partsOf(gateway, 'frontendIPConfigurations').flatMap((frontend) => {
    const publicIp = azure.store.get(publicIpIdOf(frontend));
    return publicIp === undefined ? [] : (addressOf(publicIp) ?? []);
  });
}

function addressOf(publicIp: StoredResource): string | undefined {
  return asString(propertiesOf(publicIp)['ipAddress']);
}
