import type { JsonObject } from '../core/resources/json';
import { parentResourceId, resourceGroupIdOf, subscriptionScope } from '../core/resources/resourceId';
import { Access } from './arm/access';
import { authorizationFailed, linkedAuthorizationFailed, scopeLocked } from './arm/gatewayErrors';
import { Operations } from './arm/operations';
import { Replication } from './arm/replication';
import { ResourceStore, type StoredResource } from './arm/resourceStore';
import type { ResourceTypes } from './arm/resourceType';
import type { VirtualClock } from './clock';
import { Directory } from './directory/directory';
import { Contents } from './dataPlanes/contents';
import { Guids } from './guids';
import { Downloads } from './http/downloads';
import { lockedScopes } from './providers/authorization/lockRules';
import type { PrivateLinkServices } from './providers/network/privateLinkService';
import { Registrations } from './providers/resources/registrations';
import { isoTime } from './time';

/** Who the sandbox belongs to. Fixed, so that runs can be compared. */
export const SUBSCRIPTION_ID = '5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50';
export const TENANT_ID = '7e2b9c54-1d68-4f3a-8b07-6a5c4d3e2f10';
/** The signed-in principal. */
export const PRINCIPAL_ID = '9b3e6d72-4c1f-4a85-b0d9-8f7e6a5b4c30';
export const PRINCIPAL_NAME = 'developer@contoso.com';

/** What differs from one Azure cloud, or from one subscription, to another. */
export interface CloudRules {
  /** Private endpoints are refused in subnets whose network policies are on. Reported for Azure Government. */
  readonly endpointsNeedPoliciesOff: boolean;
  /** Limits of Microsoft.Network that are not the default ones, by the names that its list of usages has for them. */
  readonly limits: Readonly<Record<string, number>>;
}

interface Parts {
  readonly clock: VirtualClock;
  readonly types: ResourceTypes;
  readonly privateLink: PrivateLinkServices;
  readonly rules: CloudRules;
}

/** One simulated Azure: a subscription with its resources, at one moment of its own time. */
export class Azure {
  readonly clock: VirtualClock;
  readonly types: ResourceTypes;
  readonly privateLink: PrivateLinkServices;
  readonly rules: CloudRules;
  readonly guids = new Guids();
  readonly store = new ResourceStore();
  readonly downloads: Downloads;
  readonly access = new Access();
  readonly contents = new Contents();
  readonly replication: Replication;
  readonly directory: Directory;
  readonly registrations: Registrations;
  readonly operations: Operations;
  readonly subscription = subscriptionScope(SUBSCRIPTION_ID);

  constructor({ clock, types, privateLink, rules }: Parts) {
    this.clock = clock;
    this.types = types;
    this.privateLink = privateLink;
    this.rules = rules;
    this.registrations = new Registrations(clock);
    this.downloads = new Downloads(clock);
    this.replication = new Replication(clock);
    this.directory = new Directory(this.replication);
    this.operations = new Operations(
      clock,
      this.guids,
      (id, apiVersion) => {
        const resource = this.store.get(id);
        return resource && this.show(resource, apiVersion);
      },
      (id) => this.store.change(id, { state: 'Failed' }),
    );
  }

  /** Wire JSON of a resource, as the newest api-version shows it. */
  show(resource: StoredResource, apiVersion?: string): JsonObject {
    const type = this.types.of(resource);
    return type.show(resource, this, apiVersion ?? type.apiVersions.at(-1) ?? '');
  }

  /** Takes a resource and its children away, with all that follows. */
  vanish(resource: StoredResource): void {
    for (const child of this.store.below(resource.id)) {
      if (this.store.get(child.id) !== undefined) this.vanish(child);
    }
    this.store.remove(resource.id);
    this.contents.clear(resource.id);
    this.types.of(resource).vanish?.(resource, this);
  }

  /**
   * @param target What is written or deleted, where that only hangs on the scope.
   * @throws Refusal where the principal may not do this, or a lock is in the way.
   */
  authorize(action: string, scope: string, target = scope): void {
    if (!this.access.allows(action, scope)) throw authorizationFailed(PRINCIPAL_ID, action, scope);
    const locked = lockedScopes(this.store, action, scope);
    if (locked.length > 0) throw scopeLocked(target, action.endsWith('/delete') ? 'delete' : 'write', locked);
  }

  /** @throws Refusal where the principal may write `own`, but not use `linked` for it. */
  authorizeLinked(own: { readonly action: string; readonly scope: string }, action: string, scope: string): void {
    if (this.access.allows(action, scope)) return;
    throw linkedAuthorizationFailed(PRINCIPAL_ID, own, { action, scope });
  }

  /** Somebody in this conversation has come: the time that it was told to wait has passed, and what was due by now is done. */
  arrive(conversation: string): void {
    this.clock.arrive(conversation);
    this.operations.settle();
  }

  /** Finishes everything that is going on and spreads everything that is new: a world is made this way. */
  settleAll(): void {
    this.operations.settleAll();
    this.replication.settleAll();
  }

  /**
   * Keeps the world as it is once all that is going on has ended. @returns brings it back, as often as wanted. Time goes
   * on, and no GUID is given out twice: clients may still ask about operations of the world that is given up.
   */
  keep(): () => void {
    this.settleAll();
    const { store, contents, directory, registrations, access } = this;
    const parts = [store, contents, directory, registrations, access].map((part) => part.keep());
    return () => {
      // What still runs belongs to the world that is given up.
      this.settleAll();
      for (const restore of parts) restore();
    };
  }

  groupOf(resource: StoredResource): StoredResource | undefined {
    const id = resourceGroupIdOf(resource.id);
    return id === undefined ? undefined : this.store.get(id);
  }

  parentOf(resource: StoredResource): StoredResource | undefined {
    const id = parentResourceId(resource.id);
    return id === undefined ? undefined : this.store.get(id);
  }

  timestamp(): string {
    return isoTime(this.clock.now());
  }
}
