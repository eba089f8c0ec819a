import { asArray, asObjects, asString, type JsonObject } from '../../../core/resources/json';
import { sameResource } from '../../../core/resources/resourceId';
import type { Wait } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';
import { PATIENCE } from '../../durations';
import { delegationsInUse, missingRequiredDelegation, prefixInUse, subnetInUse } from './errors';
import { gatewayInstancesIn } from './applicationGatewayUse';
import { configurationsUsing } from './ipConfigurationUsers';
import { linkedIdOf, linksIn, requiredDelegationOf } from './serviceAssociationLinks';
import { prefixesOf } from './subnetRules';

/** Ids of every IP configuration that has an address in the subnet. */
export function ipConfigurationsIn(azure: Azure, subnetId: string): readonly string[] {
  const ofInterfaces = azure.store.ofType('Microsoft.Network/networkInterfaces').flatMap((nic) =>
    asObjects(propertiesOf(nic)['ipConfigurations'])
      .filter((configuration) => sameResource(asString(configuration['subnetId']) ?? '', subnetId))
      .map((configuration) => `${nic.id}/ipConfigurations/${String(configuration['name'])}`),
  );
  return [...ofInterfaces, ...configurationsUsing(azure, subnetId)];
}

/** Ids of everything that has an address in the subnet, instances of application gateways included. */
export function occupantsOf(azure: Azure, subnetId: string): readonly string[] {
  return [...ipConfigurationsIn(azure, subnetId), ...gatewayInstancesIn(azure, subnetId)];
}

export function endpointsIn(azure: Azure, subnetId: string): readonly StoredResource[] {
  return azure.store
    .ofType('Microsoft.Network/privateEndpoints')
    .filter((endpoint) => sameResource(asString(propertiesOf(endpoint)['subnetId']) ?? '', subnetId));
}

/** Why a subnet cannot go: what is in it, unless that goes as well. */
export function inUse(azure: Azure, subnet: StoredResource, going?: string): OperationFailure | undefined {
  const goes = (id: string): boolean => going !== undefined && id.toLowerCase().startsWith(`${going.toLowerCase()}/`);
  const inside =
    occupantsOf(azure, subnet.id).find((id) => !goes(id)) ??
    linksIn(azure, subnet.id).find((link) => !goes(linkedIdOf(link)))?.id;
  return inside === undefined ? undefined : subnetInUse(subnet.name, inside);
}

/** A link whose app has left goes by itself, so whoever tries again later succeeds. */
export function stillLeaving(azure: Azure, subnet: StoredResource): Wait | undefined {
  const onlyLinks = occupantsOf(azure, subnet.id).length === 0 && linksIn(azure, subnet.id).length > 0;
  return onlyLinks ? { seconds: PATIENCE.conflict, told: false } : undefined;
}

/** @throws Refusal where a change takes away what something in the subnet needs. */
export function checkChange(azure: Azure, subnet: StoredResource, after: JsonObject): void {
  const before = propertiesOf(subnet);
  const [user] = occupantsOf(azure, subnet.id);
  const links = linksIn(azure, subnet.id);
  const [old, wanted] = [before, after].map(delegatedServices);
  for (const link of links) {
    const required = requiredDelegationOf(link);
    if (!wanted?.some((service) => service.toLowerCase() === required.toLowerCase())) {
      throw missingRequiredDelegation(subnet.id, required, link.id);
    }
  }
  if (user !== undefined && old?.join() !== wanted?.join()) {
    throw delegationsInUse(subnet.id, old ?? [], wanted ?? [], user);
  }
  const lost = prefixesOf(before).find((prefix) => !prefixesOf(after).includes(prefix));
  if (lost !== undefined && (user !== undefined || links.length > 0)) throw prefixInUse(lost, subnet.name);
}

function delegatedServices(properties: JsonObject): readonly string[] {
  return asArray(properties['delegations']).map((each) => asString((each as JsonObject)['serviceName']) ?? '');
}
