import { asArray, asString, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, resourceName, sameResource } from '../../../core/resources/resourceId';
import { notSimulated } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, ResourcePart } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { objectOf } from '../../bodies';
import { addLink, linkedIdOf, linksIn, releaseLink } from '../network/serviceAssociationLinks';
import { occupantsOf } from '../network/subnetUse';
import { regionName } from '../resources/regions';
import { badRequest, cannotFind, subnetNotDelegated, subnetOccupied, tooManyNetworks } from './errors';
import { SITE_TYPE, sitesIn, skuOf } from './plans';
import { newTicks, quotedTag, webTime } from './webResource';

const DELEGATION = 'Microsoft.Web/serverFarms';

/** The subnet through which a site's outbound traffic goes. */
export function subnetIdOf(site: StoredResource): string | undefined {
  return asString(propertiesOf(site)['virtualNetworkSubnetId']);
}

/** A site that is to be integrated with a subnet. */
interface Candidate {
  readonly id: string;
  /** Display name of the region. */
  readonly location: string;
  readonly plan: StoredResource;
}

/** @throws Refusal where the site cannot be integrated with the subnet. */
export function checkSubnet(azure: Azure, { id, location, plan }: Candidate, subnetId: string): void {
  const subnet = azure.store.get(subnetId);
  const network = subnet && azure.parentOf(subnet);
  if (subnet === undefined || network === undefined) throw cannotFind('Subnet', resourceName(subnetId));
  const own = { action: `${SITE_TYPE}/write`, scope: id };
  azure.authorizeLinked(own, 'Microsoft.Network/virtualNetworks/subnets/join/action', subnet.id);
  if (network.body['location'] !== regionName(location)) {
    throw badRequest(`VNET ${network.name} is not in the location ${location} of the app.`);
  }
  const services = asArray(propertiesOf(subnet)['delegations']).map((each) => objectOf(each)['serviceName']);
  if (!services.some((service) => String(service).toLowerCase() === DELEGATION.toLowerCase())) {
    throw subnetNotDelegated(network.name, subnet.name);
  }
  const occupant =
    linksIn(azure, subnet.id)
      .map(linkedIdOf)
      .find((linked) => !sameResource(linked, plan.id)) ?? occupantsOf(azure, subnet.id)[0];
  if (occupant !== undefined) throw subnetOccupied(network.name, subnet.name, occupant);
  const others = sitesIn(azure, plan.id).filter((site) => !sameResource(site.id, id));
  const subnets = new Set(
    [subnetId, ...others.flatMap((site) => subnetIdOf(site) ?? [])].map((each) => each.toLowerCase()),
  );
  const { networks } = skuOf(plan);
  if (subnets.size > networks) throw tooManyNetworks(networks);
}

/** Brings the link of a subnet up to date after a site of the plan came to it, left it, or went. */
export function updateLink(azure: Azure, planId: string, subnetId: string | undefined): void {
  const subnet = subnetId === undefined ? undefined : azure.store.get(subnetId);
  if (subnet === undefined) return;
  const link = linksIn(azure, subnet.id).find((each) => sameResource(linkedIdOf(each), planId));
  const isUsed = sitesIn(azure, planId).some((site) => sameResource(subnetIdOf(site) ?? '', subnet.id));
  if (isUsed && link?.state !== 'Succeeded') {
    const linkedResourceType = 'Microsoft.Web/serverfarms';
    addLink(azure, subnet.id, { name: 'AppServiceLink', linkedResourceType, linkedId: planId, delegation: DELEGATION });
  }
  if (!isUsed && link?.state === 'Succeeded') releaseLink(azure, link);
}

/** The integration as a thing of its own, as older tools write it. */
export const INTEGRATION_PARTS: readonly ResourcePart[] = [
  { method: 'GET', path: 'networkConfig/virtualNetwork', operation: 'networkConfig/read', answer: read },
  { method: 'PUT', path: 'networkConfig/virtualNetwork', operation: 'networkConfig/write', answer: connect },
  { method: 'PATCH', path: 'networkConfig/virtualNetwork', operation: 'networkConfig/write', answer: connect },
  { method: 'DELETE', path: 'networkConfig/virtualNetwork', operation: 'networkConfig/delete', answer: disconnect },
];

/** Recorded: a bare array. */
export function listConnections({ azure, resource }: ExistingCall): Answer {
  const subnetId = subnetIdOf(resource);
  const network = azure.store.get(parentResourceId(subnetId ?? '') ?? '');
  if (subnetId === undefined || network === undefined) return { status: 200, body: [] };
  const name = connectionName(network, subnetId);
  return {
    status: 200,
    body: [
      {
        id: `${resource.id}/virtualNetworkConnections/${name}`,
        name,
        type: 'Microsoft.Web/sites/virtualNetworkConnections',
        location: resource.body['location'],
        properties: {
          vnetResourceId: subnetId,
          certThumbprint: null,
          certBlob: null,
          routes: null,
          resyncRequired: false,
          dnsServers: null,
          isSwift: true,
        },
      },
    ],
  };
}

export function connectionName(network: StoredResource, subnetId: string): string {
  return `${String(propertiesOf(network)['resourceGuid'])}_${resourceName(subnetId)}`;
}

function read({ resource }: ExistingCall): Answer {
  return { status: 200, body: showIntegration(resource) };
}

function connect(call: ExistingCall): Answer {
  const { azure, request, resource } = call;
  const sent = objectOf(objectOf(request.body)['properties']);
  const subnetId = asString(sent['subnetResourceId']);
  if (subnetId === undefined || sent['swiftSupported'] === false) {
    throw notSimulated(400, 'integration that goes through a gateway');
  }
  const plan = azure.store.get(asString(propertiesOf(resource)['serverFarmId']) ?? '');
  if (plan === undefined) throw cannotFind('serverFarm', '');
  checkSubnet(azure, { id: resource.id, location: String(resource.body['location']), plan }, subnetId);
  const site = setSubnet(azure, resource, azure.store.get(subnetId)?.id ?? subnetId);
  return { status: 200, headers: quotedTag(site), body: showIntegration(site) };
}

function disconnect({ azure, resource }: ExistingCall): Answer {
  return { status: 200, headers: quotedTag(setSubnet(azure, resource, null)) };
}

function setSubnet(azure: Azure, site: StoredResource, subnetId: string | null): StoredResource {
  const before = subnetIdOf(site);
  const properties = {
    ...propertiesOf(site),
    virtualNetworkSubnetId: subnetId,
    lastModifiedTimeUtc: webTime(azure),
  };
  const changed = azure.store.change(site.id, { body: { ...site.body, properties }, etag: newTicks(azure) }) ?? site;
  const planId = asString(propertiesOf(site)['serverFarmId']) ?? '';
  updateLink(azure, planId, before);
  updateLink(azure, planId, subnetId ?? undefined);
  return changed;
}

function showIntegration(site: StoredResource): JsonObject {
  return {
    id: `${site.id}/networkConfig/virtualNetwork`,
    name: 'virtualNetwork',
    type: 'Microsoft.Web/sites/networkConfig',
    location: site.body['location'],
    properties: { subnetResourceId: subnetIdOf(site) ?? null, swiftSupported: true },
  };
}
