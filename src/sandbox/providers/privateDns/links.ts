import { asString, isJsonObject, type JsonObject } from '../../../core/resources/json';
import { parentResourceId, resourceName, sameResource } from '../../../core/resources/resourceId';
import type { Answer } from '../../arm/messages';
import type { OperationFailure } from '../../arm/operations';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ExistingCall, PatchCall, PutCall, ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import {
  beginPrivateDns,
  checkPreconditions,
  PRIVATE_DNS_VERSIONS,
  privateDnsRefusal,
  requireFree,
} from './privateDnsResource';

/** Makes the names of a private DNS zone known in a virtual network. */
export const VIRTUAL_NETWORK_LINK: ResourceType = {
  type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
  apiVersions: PRIVATE_DNS_VERSIONS,
  inGraph: true,
  pageSize: 100,
  show: (link) => {
    const { id, name, type, etag, body, state } = link;
    return {
      id,
      name,
      type,
      etag,
      location: 'global',
      ...(body['tags'] === undefined ? {} : { tags: body['tags'] }),
      properties: { provisioningState: state, ...propertiesOf(link), virtualNetworkLinkState: 'Completed' },
    };
  },
  getHeaders: ({ etag }) => ({ etag }),
  put,
  patch,
  remove,
};

export interface LinkedZone {
  readonly zoneId: string;
  /** Names that the zone does not have are looked up on the internet (resolution policy NxDomainRedirect). */
  readonly fallsBack: boolean;
}

/** The zones that a virtual network is linked to. */
export function linkedZones(azure: Azure, networkId: string): readonly LinkedZone[] {
  return azure.store
    .ofType(VIRTUAL_NETWORK_LINK.type)
    .filter((link) => sameResource(networkIdOf(link), networkId))
    .map((link) => ({
      zoneId: parentResourceId(link.id) ?? '',
      fallsBack: propertiesOf(link)['resolutionPolicy'] === 'NxDomainRedirect',
    }));
}

function networkIdOf(link: StoredResource): string {
  const network = propertiesOf(link)['virtualNetwork'];
  return (isJsonObject(network) ? asString(network['id']) : undefined) ?? '';
}

function put(call: PutCall): Answer {
  const { azure, request, id, name, resource, body } = call;
  checkPreconditions(request, resource, `Virtual network link ${name}`);
  requireFree(call, id);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const reference = isJsonObject(sent['virtualNetwork']) ? asString(sent['virtualNetwork']['id']) : undefined;
  const network = reference === undefined ? undefined : azure.store.get(reference);
  if (network === undefined) {
    throw privateDnsRefusal(400, 'BadRequest', `The virtual network '${reference ?? ''}' does not exist.`);
  }
  const own = { action: `${VIRTUAL_NETWORK_LINK.type}/write`, scope: id };
  azure.authorizeLinked(own, 'Microsoft.Network/virtualNetworks/join/action', network.id);
  const properties: JsonObject = {
    registrationEnabled: sent['registrationEnabled'] === true,
    ...(asString(sent['resolutionPolicy']) === undefined ? {} : { resolutionPolicy: sent['resolutionPolicy'] }),
    virtualNetwork: { id: network.id },
  };
  const tags = isJsonObject(body['tags']) ? { tags: body['tags'] } : {};
  return beginPrivateDns(call, resource ? 'update' : 'create', () =>
    store(azure, id, { ...tags, properties }, network.id),
  );
}

/** Changes tags and the resolution policy; the network stays. */
function patch(call: PatchCall): Answer {
  const { azure, request, id, resource, body } = call;
  checkPreconditions(request, resource, `Virtual network link ${resource.name}`);
  requireFree(call, id);
  const sent = isJsonObject(body['properties']) ? body['properties'] : {};
  const { registrationEnabled, resolutionPolicy } = sent;
  const properties: JsonObject = {
    ...propertiesOf(resource),
    ...(registrationEnabled === undefined ? {} : { registrationEnabled }),
    ...(resolutionPolicy === undefined ? {} : { resolutionPolicy }),
  };
  const changed = { ...resource.body, ...(isJsonObject(body['tags']) ? { tags: body['tags'] } : {}), properties };
  return beginPrivateDns(call, 'update', () => store(azure, id, changed, networkIdOf(resource)));
}

/** Reported: two zones of the same name on one network fail the operation, not the request. */
function store(azure: Azure, id: string, body: JsonObject, networkId: string): OperationFailure | undefined {
  const zone = parentResourceId(id) ?? '';
  const zoneName = resourceName(zone).toLowerCase();
  const clash = linkedZones(azure, networkId)
    .map(({ zoneId }) => zoneId)
    .find((other) => !sameResource(other, zone) && resourceName(other).toLowerCase() === zoneName);
  if (clash !== undefined) {
    return {
      code: 'BadRequest',
      message: `A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to link virtual network with '${zoneName}' and '${resourceName(clash)}' zones.`,
    };
  }
  azure.store.put({
    id,
    name: resourceName(id),
    type: VIRTUAL_NETWORK_LINK.type,
    body,
    state: 'Succeeded',
    etag: `"${azure.guids.next(`etag ${id}`)}"`,
  });
  return undefined;
}

function remove(call: ExistingCall): Answer {
  const { azure, request, resource } = call;
  checkPreconditions(request, resource, `Virtual network link ${resource.name}`);
  requireFree(call, resource.id);
  return beginPrivateDns(call, 'delete', () => {
    azure.vanish(resource);
    return undefined;
  });
}
