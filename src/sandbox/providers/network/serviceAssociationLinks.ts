import { asString, type JsonObject } from '../../../core/resources/json';
import { NETWORK } from '../../arm/dialects';
import { propertiesOf, type StoredResource } from '../../arm/resourceStore';
import type { ResourceType } from '../../arm/resourceType';
import type { Azure } from '../../azure';
import { DURATIONS } from '../../durations';
import { childNotFound } from './errors';
import { etagHeader, NETWORK_VERSIONS, newTag, weakTag } from './networkResource';

/**
 * What a service leaves on a subnet that it uses. As long as it is there, the subnet can neither go nor lose the
 * delegation that the link needs. Only the service can make it and take it away.
 */
export const SERVICE_ASSOCIATION_LINK: ResourceType = {
  type: 'Microsoft.Network/virtualNetworks/subnets/serviceAssociationLinks',
  apiVersions: NETWORK_VERSIONS,
  inGraph: false,
  show: showLink,
  getHeaders: etagHeader,
  missing: childNotFound,
};

interface LinkedService {
  /** `AppServiceLink`. */
  readonly name: string;
  readonly linkedResourceType: string;
  readonly linkedId: string;
  /** The service that the subnet must be delegated to. */
  readonly delegation: string;
}

export function linksIn(azure: Azure, subnetId: string): readonly StoredResource[] {
  return azure.store.children(subnetId, SERVICE_ASSOCIATION_LINK.type);
}

/** The resource that holds the subnet. */
export function linkedIdOf(link: StoredResource): string {
  return asString(propertiesOf(link)['link']) ?? '';
}

export function requiredDelegationOf(link: StoredResource): string {
  return asString(link.body['delegation']) ?? '';
}

/** Makes the link, or keeps one that was on its way out. */
export function addLink(azure: Azure, subnetId: string, service: LinkedService): void {
  const id = `${subnetId}/serviceAssociationLinks/${service.name}`;
  azure.store.put({
    id,
    name: service.name,
    type: SERVICE_ASSOCIATION_LINK.type,
    body: {
      delegation: service.delegation,
      properties: { linkedResourceType: service.linkedResourceType, link: service.linkedId },
    },
    state: 'Succeeded',
    etag: newTag(azure, id),
  });
}

/** The service does this by itself. */
const NOBODY_ASKED = { query: new Map<string, string>() };

/** The service has left the subnet. Its link stays for a while. */
export function releaseLink(azure: Azure, link: StoredResource): void {
  const etag = newTag(azure, link.id);
  azure.store.change(link.id, { state: 'Deleting', etag });
  azure.operations.begin(NOBODY_ASKED, {
    dialect: NETWORK,
    kind: 'delete',
    target: link.id,
    location: '',
    seconds: DURATIONS.serviceAssociationLink,
    finish: () => {
      const now = azure.store.get(link.id);
      if (now?.etag === etag) azure.vanish(now);
      return undefined;
    },
  });
}

export function showLink(link: StoredResource, azure: Azure): JsonObject {
  const { id, name, type, state } = link;
  return {
    name,
    id,
    etag: weakTag(azure.parentOf(link) ?? link),
    type,
    properties: {
      provisioningState: state,
      ...propertiesOf(link),
      enabledForArmDeployments: false,
      allowDelete: false,
      subnetId: '00000000-0000-0000-0000-000000000000',
      locations: [],
    },
  };
}
