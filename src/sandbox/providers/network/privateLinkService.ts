import type { StoredResource } from '../../arm/resourceStore';
import type { Azure } from '../../azure';

/** One address of a private endpoint, and the public host names that it stands for. */
export interface LinkMember {
  readonly name: string;
  readonly hosts: readonly string[];
}

export interface ConnectionState {
  readonly status: 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';
  readonly description?: string;
  readonly actionsRequired: 'None';
}

/** The other end of a private endpoint: a service that can be reached by Private Link. */
export interface PrivateLinkService {
  /** The resource type of its targets. */
  readonly type: string;
  /** The addresses that an endpoint of this group gets; undefined where there is no such group. */
  readonly members: (target: StoredResource, groupId: string) => readonly LinkMember[] | undefined;
  /** @throws Refusal where the target cannot be connected, or not now. */
  readonly requireReady: (azure: Azure, target: StoredResource) => void;
  /** While an endpoint is being made or deleted, the target is busy. */
  readonly setBusy: (azure: Azure, target: StoredResource, busy: boolean) => void;
  readonly connect: (
    azure: Azure,
    target: StoredResource,
    endpoint: StoredResource,
    request: ConnectionRequest,
  ) => void;
  readonly disconnect: (azure: Azure, target: StoredResource, endpoint: StoredResource) => void;
  /** Undefined where the service has no connection with the endpoint. */
  readonly stateOf: (azure: Azure, target: StoredResource, endpoint: StoredResource) => ConnectionState | undefined;
}

export interface ConnectionRequest {
  readonly groupIds: readonly string[];
  readonly state: ConnectionState;
}

/** Every service that private endpoints can point at. */
export class PrivateLinkServices {
  constructor(private readonly services: readonly PrivateLinkService[]) {}

  of(target: StoredResource): PrivateLinkService | undefined {
    return this.services.find((service) => service.type.toLowerCase() === target.type.toLowerCase());
  }
}

/** `x.openai.azure.com` becomes `x.privatelink.openai.azure.com`. */
export function privateLinkName(host: string): string {
  return host.replace('.', '.privatelink.');
}
