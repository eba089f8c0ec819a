import { asArray } from '../../../core/resources/json';
import type { Refusal } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { PutCall } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { managementIsBlocked, subnetHasOthers, subnetIsDelegatedElsewhere } from './applicationGatewayErrors';
import { APPLICATION_GATEWAY_TYPE } from './applicationGatewayParts';
import { applicationGatewaysIn } from './applicationGatewayUse';
import { requireSubnet } from './networkInterfaces';
import { azureService, groupOf, inNetwork, judge, rulesOf } from './securityRules';
import { linksIn } from './serviceAssociationLinks';
import { ipConfigurationsIn } from './subnetUse';
import { prefixesOf } from './subnetRules';

const MANAGEMENT_PORTS = { first: 65200, last: 65535 };
const DELEGATION = 'Microsoft.Network/applicationGateways';

/** The subnet that a gateway is in. @throws Refusal where it cannot be there. */
export function requireGatewaySubnet({ azure, id }: PutCall, location: string, subnetId: string): StoredResource {
  const subnet = requireSubnet(azure, subnetId, id, location);
  const own = { action: `${APPLICATION_GATEWAY_TYPE}/write`, scope: id };
  azure.authorizeLinked(own, 'Microsoft.Network/virtualNetworks/subnets/join/action', subnet.id);
  const services = asArray(propertiesOf(subnet)['delegations']).map((each) => String(objectOf(each)['serviceName']));
  if (services.some((service) => service.toLowerCase() !== DELEGATION.toLowerCase())) {
    throw subnetIsDelegatedElsewhere(subnet.name);
  }
  if (hasOthers(azure, subnet)) throw subnetHasOthers(subnet.id, id);
  const blocked = blockedManagement(azure, subnet, id);
  if (blocked) throw blocked;
  return subnet;
}

/** Private frontends of gateways have addresses in the subnet too. */
function hasOthers(azure: Azure, subnet: StoredResource): boolean {
  const own = applicationGatewaysIn(azure, subnet.id).map((gateway) => `${gateway.id.toLowerCase()}/`);
  const isGateways = (id: string): boolean => own.some((prefix) => id.toLowerCase().startsWith(prefix));
  return ipConfigurationsIn(azure, subnet.id).some((id) => !isGateways(id)) || linksIn(azure, subnet.id).length > 0;
}

/**
 * Why a network security group must not be where an application gateway is: it keeps Azure from managing the gateway.
 * @param rules What the group is to hold, where that is not what it holds.
 */
export function blockedManagement(
  azure: Azure,
  subnet: Pick<StoredResource, 'id' | 'body'>,
  gatewayId: string,
  rules?: ReturnType<typeof rulesOf>,
): Refusal | undefined {
  const groupId = groupOf(subnet);
  if (groupId === undefined) return undefined;
  const properties = objectOf(subnet.body['properties']);
  const destination = inNetwork(...prefixesOf(properties));
  const held = rules ?? rulesOf(azure, groupId);
  const count = MANAGEMENT_PORTS.last - MANAGEMENT_PORTS.first + 1;
  const isOpen = Array.from({ length: count }, (_, index) => MANAGEMENT_PORTS.first + index).every(
    (port) =>
      judge(held, {
        direction: 'Inbound',
        protocol: 'Tcp',
        source: azureService('GatewayManager'),
        destination,
        port,
      }).access === 'Allow',
  );
  return isOpen ? undefined : managementIsBlocked(groupId, subnet.id, gatewayId);
}

/** @throws Refusal where a change of a subnet, or of the rules of its group, would cut a gateway off. */
export function keepGatewaysManaged(
  azure: Azure,
  subnet: Pick<StoredResource, 'id' | 'body'>,
  rules?: ReturnType<typeof rulesOf>,
): void {
  for (const gateway of applicationGatewaysIn(azure, subnet.id)) {
    const blocked = blockedManagement(azure, subnet, gateway.id, rules);
    if (blocked) throw blocked;
  }
}
