import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';

/** One address of a private endpoint, and the public host names that it stands for. */
export interface LinkMember {
  readonly name: string;
  readonly hosts: readonly string[];
}

/** A part of a resource that private endpoints can lead to, such as `blob` of a storage account. */
export interface LinkGroup {
  readonly id: string;
  /** The addresses that an endpoint of this group gets. */
  readonly members: readonly LinkMember[];
  /** The private DNS zones that its names belong into. */
  readonly zoneNames: readonly string[];
}

export interface ConnectionState {
  readonly status: 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';
  readonly description?: string;
  readonly actionsRequired: 'None';
}

/** A private endpoint that wants to be connected. It may be in a subscription of Microsoft's, and then in no store. */
export interface ConnectionRequest {
  readonly endpointId: string;
  readonly endpointName: string;
  /** The endpoint's `resourceGuid`. */
  readonly endpointGuid: string;
  readonly groupIds: readonly string[];
  readonly state: ConnectionState;
}

/** The other end of a private endpoint: a service that can be reached by Private Link, and under which names it is known. */
export interface PrivateLinkService {
  /** The resource type of its targets. */
  readonly type: string;
  /** Public DNS suffixes of its host names. */
  readonly suffixes: readonly string[];
  /** The groups of a target. Their members' hosts are all the names that it answers under. */
  readonly groups: (target: StoredResource) => readonly LinkGroup[];
  /** @throws Refusal where the target cannot be connected, or not now. */
  readonly requireReady: (azure: Azure, target: StoredResource) => void;
  /** While an endpoint is being made or deleted, the target may be busy. */
  readonly setBusy: (azure: Azure, target: StoredResource, busy: boolean) => void;
  /** Stores the service's side of the connection: a child of the target, of the type `privateEndpointConnections`. */
  readonly connect: (azure: Azure, target: StoredResource, request: ConnectionRequest) => void;
  /** The target's connections are not what they were. */
  readonly connectionsChanged: (azure: Azure, target: StoredResource) => void;
}

/** Every service that private endpoints can point at. */
export class PrivateLinkServices {
  constructor(private readonly services: readonly PrivateLinkService[]) {}

  /** Public DNS suffixes of all their host names. */
  get suffixes(): readonly string[] {
    return this.services.flatMap(({ suffixes }) => suffixes);
  }

  of(target: StoredResource): PrivateLinkService | undefined {
    return this.services.find((service) => service.type.toLowerCase() === target.type.toLowerCase());
  }

  /** A group of a target by its id, without regard to case. */
  groupOf(target: StoredResource, groupId: string): LinkGroup | undefined {
    return this.of(target)
      ?.groups(target)
      .find(({ id }) => id.toLowerCase() === groupId.toLowerCase());
  }

  all(): readonly PrivateLinkService[] {
    return this.services;
  }
}

/**
 * `x.openai.azure.com` becomes `x.privatelink.openai.azure.com`; the zone number of a static website is left out, and
 * vaults go by another name.
 */
export function privateLinkName(host: string): string {
  return host
    .replace(/^([^.]+)\.(z\d+\.)?/, '$1.privatelink.')
    .replace(/\.privatelink\.vault\.azure\.net$/i, '.privatelink.vaultcore.azure.net');
}
