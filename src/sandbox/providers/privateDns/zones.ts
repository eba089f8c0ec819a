import { asString, isJsonObject } from '../../../core/resources/json';
import { cannotDeleteParent } from '../../arm/gatewayErrors';
import type { Answer } from '../../arm/messages';
import { propertiesOf } from '../../arm/resourceStore';
import type { ExistingCall, PutCall, ResourceType } from '../../arm/resourceType';
import { VIRTUAL_NETWORK_LINK } from './links';
import {
  beginPrivateDns,
  checkPreconditions,
  PRIVATE_DNS_VERSIONS,
  privateDnsRefusal,
  requireFree,
} from './privateDnsResource';
import { A_RECORD_SET, listRecordSets } from './recordSets';

/** A private DNS zone. It can be read when its creation is over, not before. */
export const PRIVATE_DNS_ZONE: ResourceType = {
  type: 'Microsoft.Network/privateDnsZones',
  apiVersions: PRIVATE_DNS_VERSIONS,
  inGraph: true,
  pageSize: 100,
  show: (zone, azure, apiVersion) => {
    const { id, name, type, etag, body, state } = zone;
    const links = azure.store.children(id, VIRTUAL_NETWORK_LINK.type);
    const registering = links.filter((link) => propertiesOf(link)['registrationEnabled'] === true);
    return {
      id,
      name,
      type,
      etag,
      location: 'global',
      ...(body['tags'] === undefined ? {} : { tags: body['tags'] }),
      properties: {
        ...(apiVersion >= '2024-06-01' ? { internalId: Buffer.from(id).toString('base64url') } : {}),
        maxNumberOfRecordSets: 25_000,
        maxNumberOfVirtualNetworkLinks: 1000,
        maxNumberOfVirtualNetworkLinksWithRegistration: 100,
        // The SOA counts.
        numberOfRecordSets: 1 + azure.store.children(id, A_RECORD_SET.type).length,
        numberOfVirtualNetworkLinks: links.length,
        numberOfVirtualNetworkLinksWithRegistration: registering.length,
        provisioningState: state,
      },
    };
  },
  getHeaders: ({ etag }) => ({ etag }),
  facets: { ALL: listRecordSets },
  put,
  remove,
};

function put(call: PutCall): Answer {
  const { azure, request, id, name, resource, body } = call;
  checkPreconditions(request, resource, `Zone ${name}`);
  requireFree(call, id);
  const location = asString(body['location']);
  if (location?.toLowerCase() !== 'global') {
    throw privateDnsRefusal(400, 'BadRequest', "The location of a private DNS zone must be 'global'.");
  }
  if (!/^[^.]+(\.[^.]+)+$/.test(name)) {
    throw privateDnsRefusal(400, 'BadRequest', `The name '${name}' of a private DNS zone needs at least two labels.`);
  }
  const tags = isJsonObject(body['tags']) ? { tags: body['tags'] } : {};
  return beginPrivateDns(call, resource ? 'update' : 'create', () => {
    azure.store.put({
      id,
      name,
      type: PRIVATE_DNS_ZONE.type,
      body: { ...tags },
      state: 'Succeeded',
      etag: azure.guids.next(`etag ${id}`),
    });
    return undefined;
  });
}

/** Recorded: the gateway refuses as long as a link exists, also while its deletion is going on. */
function remove(call: ExistingCall): Answer {
  const { azure, request, resource } = call;
  checkPreconditions(request, resource, `Zone ${resource.name}`);
  const links = azure.store.children(resource.id, VIRTUAL_NETWORK_LINK.type);
  if (links.length > 0) {
    throw cannotDeleteParent(
      links.map((link) => `${PRIVATE_DNS_ZONE.type}/${resource.name}/virtualNetworkLinks/${link.name}`),
    );
  }
  requireFree(call, resource.id);
  return beginPrivateDns(call, 'delete', () => {
    azure.vanish(resource);
    return undefined;
  });
}
