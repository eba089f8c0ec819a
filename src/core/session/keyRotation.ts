import { dayOf } from '../days';
import { findSlot, KEYS_OFF } from '../keys/keySlots';
import { nextQueryKeyName, nextRotation, rotationObstacle, type Rotation, type RotationWish } from '../keys/rotation';
import type { AzurePort, Clock, KeyedService } from '../ports';
import { readPath } from '../resources/propertyPath';
import { resourceName } from '../resources/resourceId';
import type { KeyedRole, Setup } from '../setup/setup';
import { text, type Text } from '../text';

/** The guided replacement of the keys of a setup's services. It keeps nothing, and no key is in what it says. */
export class KeyRotation {
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
    const seen = exists ? await this.azure.keys.slotsInUse(this.service(wish.role), app, signal) : [];
    return nextRotation(wish, seen, app === undefined ? '' : resourceName(app));
  }

  /** Makes one key anew. @throws AzureError; whether it was done is not known then where Azure did not answer. */
  renew(role: KeyedRole, slot: string, signal: AbortSignal): Promise<void> {
    return this.azure.keys.regenerate(this.service(role), slot, signal);
  }

  /** @returns a key: a secret, for the clipboard of whoever asked for it. @throws AzureError. */
  copy(role: KeyedRole, slot: string, signal: AbortSignal): Promise<string> {
    return this.azure.keys.copy(this.service(role), findSlot(role, slot) ?? slot, signal);
  }

  queryKeys(signal: AbortSignal): Promise<readonly string[]> {
    return this.azure.keys.queryKeys(this.service('search').id, signal);
  }

  /** Makes a query key beside the one that is to go. @returns its name. @throws AzureError. */
  async replaceQueryKey(name: string, signal: AbortSignal): Promise<string> {
    const made = nextQueryKeyName(name, this.today);
    await this.azure.keys.createQueryKey(this.service('search').id, made, signal);
    return made;
  }

  deleteQueryKey(name: string, signal: AbortSignal): Promise<void> {
    return this.azure.keys.deleteQueryKey(this.service('search').id, name, signal);
  }

  /** Why the keys of a role cannot be replaced; undefined where they can. */
  async obstacle(role: KeyedRole, signal: AbortSignal): Promise<Text | undefined> {
    const id = this.setup.roles[role]?.id;
    if (id === undefined) return rotationObstacle(this.setup, role, false);
    const entry = await this.azure.read(id, signal);
    if (entry.state === 'absent') return text('{0} does not exist.', resourceName(id));
    if (entry.state === 'unreadable') return text('{0} could not be read: {1}', resourceName(id), entry.detail);
    const { at, value } = KEYS_OFF[role];
    return rotationObstacle(this.setup, role, readPath(entry.resource, at) === value);
  }

  /** @throws Error where the setup has no such service. */
  private service(role: KeyedRole): KeyedService {
    const id = this.setup.roles[role]?.id;
    if (id === undefined) throw new Error(`The setup has no ${role}.`);
    return { role, id };
  }
}
