import type { VirtualClock } from '../clock';
import { DURATIONS } from '../durations';

export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal';

/** Somebody or something that can be given a role: an object of Microsoft Entra ID. */
export interface Principal {
  /** The object id. */
  readonly id: string;
  readonly type: PrincipalType;
  readonly displayName: string;
  /** Of a user. */
  readonly userPrincipalName?: string;
  /** Object ids of the groups that it is a direct member of. */
  readonly memberOf?: readonly string[];
}

interface Entry extends Principal {
  /** Milliseconds since the epoch, in the sandbox's time. */
  readonly announcedAt: number;
}

/** How far the news of a principal has come: only where it was made, to those who are told its type, or everywhere. */
export type Replication = 'unknown' | 'partial' | 'complete';

/** The directory of the tenant. What is new in it is not known everywhere at once. */
export class Directory {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly clock: VirtualClock) {}

  /** An identity was switched on. A principal that is there already stays as it is. */
  announce(id: string, type: PrincipalType, displayName = id): void {
    const key = id.toLowerCase();
    if (!this.entries.has(key)) this.entries.set(key, { id, type, displayName, announcedAt: this.clock.now() });
  }

  /** The principal has been there for as long as anybody can remember. */
  enrol(principal: Principal): void {
    this.entries.set(principal.id.toLowerCase(), { ...principal, announcedAt: -Infinity });
  }

  /** The identity was switched off, or went with its resource. Role assignments do not go with it. */
  forget(id: string): void {
    this.entries.delete(id.toLowerCase());
  }

  /** Makes everything known everywhere: a world is made this way. */
  settleAll(): void {
    for (const [key, entry] of this.entries) this.entries.set(key, { ...entry, announcedAt: -Infinity });
  }

  find(id: string): Principal | undefined {
    return this.entries.get(id.toLowerCase());
  }

  all(): readonly Principal[] {
    return [...this.entries.values()];
  }

  /** How far the principal is known by now. */
  replicationOf(id: string): Replication {
    const entry = this.entries.get(id.toLowerCase());
    if (entry === undefined) return 'unknown';
    const age = (this.clock.now() - entry.announcedAt) / 1000;
    if (age >= DURATIONS.directoryReplication) return 'complete';
    return age >= DURATIONS.directoryReplicationOfTypedPrincipal ? 'partial' : 'unknown';
  }

  /** The principal itself and every group that it is in, directly or through other groups. */
  selfAndGroups(id: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (each: string): void => {
      const key = each.toLowerCase();
      if (found.has(key)) return;
      found.add(key);
      for (const group of this.entries.get(key)?.memberOf ?? []) visit(group);
    };
    visit(id);
    return found;
  }
}
