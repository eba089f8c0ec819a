import type { Replication } from '../arm/replication';
import { DURATIONS } from '../durations';
import { keepMap } from '../keep';

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

/** Where a principal is known: nowhere yet, to those who are told its type, or everywhere. */
export type Renown = 'nowhere' | 'whereTypeIsTold' | 'everywhere';

/** The directory of the tenant. What is new in it is not known everywhere at once. */
export class Directory {
  private readonly principals = new Map<string, Principal>();

  constructor(private readonly replication: Replication) {}

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    return keepMap(this.principals);
  }

  /** An identity was switched on. A principal that is there already stays as it is. */
  announce(id: string, type: PrincipalType, displayName = id): void {
    if (this.find(id) !== undefined) return;
    this.enroll({ id, type, displayName });
    this.replication.begin(id);
  }

  /** Adds a principal that has been there for as long as anybody can remember. */
  enroll(principal: Principal): void {
    this.principals.set(principal.id.toLowerCase(), principal);
  }

  /** The identity was switched off, or went with its resource. Its role assignments stay. */
  forget(id: string): void {
    this.principals.delete(id.toLowerCase());
  }

  find(id: string): Principal | undefined {
    return this.principals.get(id.toLowerCase());
  }

  all(): readonly Principal[] {
    return [...this.principals.values()];
  }

  renownOf(id: string): Renown {
    if (this.find(id) === undefined) return 'nowhere';
    const age = this.replication.age(id);
    if (age >= DURATIONS.directoryReplication) return 'everywhere';
    return age >= DURATIONS.directoryReplicationOfTypedPrincipal ? 'whereTypeIsTold' : 'nowhere';
  }

  /** Object ids, in lower case, of the principal and of every group that it is in, directly or through other groups. */
  selfAndGroups(id: string): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = (each: string): void => {
      if (found.has(each.toLowerCase())) return;
      found.add(each.toLowerCase());
      this.find(each)?.memberOf?.forEach(visit);
    };
    visit(id);
    return found;
  }
}
