import { dayOf } from '../days';
import { findSlot, keysAreOff } from '../keys/keySlots';
import { nextQueryKeyName, nextRotation, rotationObstacle, type Rotation, type RotationWish } from '../keys/rotation';
import type { AzurePort, Clock, KeyedService } from '../ports';
import { resourceName, sameResource } from '../resources/resourceId';
import type { KeyedRole, Setup } from '../setup/setup';
import { text, type Text } from '../text';
import { findCallersSubscription, type FoundSubscription } from './callersSubscription';

/** Whose keys they are, and how people know it. */
export interface KeyHolder {
  readonly id: string;
  readonly name: string;
}

/** The guided replacement of the keys of a setup's services. It keeps nothing, and no key is in what it says. */
export class KeyRotation {
  private subscription: FoundSubscription | undefined;

  constructor(
    private readonly setup: Setup,
    private readonly azure: AzurePort,
    private readonly clock: Clock,
  ) {}

  /** Today, as the setup writes down when keys were replaced. */
  get today(): string {
    return dayOf(this.clock.now());
  }

  /** What comes next: looks at the service as it is now, and at the settings of the web app. @throws AzureError. */
  async next(wish: RotationWish, signal: AbortSignal): Promise<Rotation> {
    const obstacle = await this.obstacle(wish.role, signal);
    if (obstacle !== undefined) return { kind: 'refused', reason: obstacle };
    const app = this.setup.roles.webApp?.id;
    const exists = app !== undefined && (await this.azure.read(app, signal)).state === 'present';
    const seen = exists ? await this.azure.keys.slotsInUse(await this.service(wish.role, signal), app, signal) : [];
    return nextRotation(wish, seen, app === undefined ? '' : resourceName(app));
  }

  /** Makes one key anew. @throws AzureError; whether it was done is not known then where Azure did not answer. */
  async renew(role: KeyedRole, slot: string, signal: AbortSignal): Promise<void> {
    return this.azure.keys.regenerate(await this.service(role, signal), slot, signal);
  }

  /** @returns a key: a secret, for the clipboard of whoever asked for it. @throws AzureError. */
  async copy(role: KeyedRole, slot: string, signal: AbortSignal): Promise<string> {
    return this.azure.keys.copy(await this.service(role, signal), findSlot(role, slot) ?? slot, signal);
  }

  async queryKeys(signal: AbortSignal): Promise<readonly string[]> {
    return this.azure.keys.queryKeys((await this.service('search', signal)).id, signal);
  }

  /** Makes a query key beside the one that is to go. @returns its name. @throws AzureError. */
  async replaceQueryKey(name: string, signal: AbortSignal): Promise<string> {
    const made = nextQueryKeyName(name, this.today);
    await this.azure.keys.createQueryKey((await this.service('search', signal)).id, made, signal);
    return made;
  }

  async deleteQueryKey(name: string, signal: AbortSignal): Promise<void> {
    return this.azure.keys.deleteQueryKey((await this.service('search', signal)).id, name, signal);
  }

  /** Why the keys of a role cannot be replaced; undefined where they can. */
  async obstacle(role: KeyedRole, signal: AbortSignal): Promise<Text | undefined> {
    const id = this.setup.roles[role]?.id;
    if (id === undefined) return rotationObstacle(this.setup, role, false);
    const entry = await this.azure.read(id, signal);
    if (entry.state === 'absent') return text('{0} does not exist.', resourceName(id));
    if (entry.state === 'unreadable') return text('{0} could not be read: {1}', resourceName(id), entry.detail);
    if (role === 'apiManagement') {
      const subscription = await this.findSubscription(id, signal);
      return subscription.found ? undefined : subscription.reason;
    }
    return rotationObstacle(this.setup, role, keysAreOff(role, entry.resource));
  }

  /** Whose keys they are: the service, or the subscription of API Management that callers outside use. */
  async keyHolder(role: KeyedRole, signal: AbortSignal): Promise<KeyHolder> {
    const service = this.setup.roles[role]?.id ?? '';
    const { id } = await this.service(role, signal);
    const name = sameResource(id, service) ? resourceName(id) : `${resourceName(service)}/${resourceName(id)}`;
    return { id, name };
  }

  /** @throws Error where the setup has no such service, or that has no keys. */
  private async service(role: KeyedRole, signal: AbortSignal): Promise<KeyedService> {
    const { id } = this.setup.roles[role] ?? {};
    if (id === undefined) throw new Error(`The setup has no ${role}.`);
    if (role !== 'apiManagement') return { role, id };
    const subscription = await this.findSubscription(id, signal);
    if (!subscription.found) throw new Error(subscription.reason.message);
    return { role, id: subscription.id };
  }

  /** Once found, it stays the same: what was said about its keys has to be true of what is done to them. */
  private async findSubscription(service: string, signal: AbortSignal): Promise<FoundSubscription> {
    if (this.subscription?.found) return this.subscription;
    this.subscription = await findCallersSubscription(this.setup, service, this.azure, signal);
    return this.subscription;
  }
}
