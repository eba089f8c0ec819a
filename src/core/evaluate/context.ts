import { CLOUDS, type Cloud } from '../clouds';
import { isWithin, resourceKey, resourceName } from '../resources/resourceId';
import type { Snapshot, Unreadable, UnreadableReason, WireResource } from '../resources/snapshot';
import type { RoleId, Roles, Setup } from '../setup/setup';
import { ROLE_TITLES } from '../setup/roles';
import { Unsettled, type StepContext } from '../steps/step';
import { text, type Text } from '../text';

/**
 * Answers a step's questions from a snapshot, and remembers what was asked: what a setup needs to be read follows
 * from its steps' own declarations.
 */
export class SnapshotContext implements StepContext {
  readonly cloud: Cloud;
  /** Ids that were asked for, by key, in their own casing. */
  readonly askedFor = new Map<string, string>();
  /** Types that were asked for, in lower case. */
  readonly listed = new Set<string>();

  constructor(
    readonly setup: Setup,
    private readonly snapshot: Snapshot,
    /** Keys of resources that a plan creates: what would be inside them does not exist yet. */
    private readonly created: ReadonlySet<string> = new Set(),
    readonly today: string | undefined = undefined,
  ) {
    this.cloud = CLOUDS[setup.cloud];
  }

  role<R extends RoleId>(role: R): NonNullable<Roles[R]> {
    const binding = this.optionalRole(role);
    if (binding === undefined) {
      throw new Unsettled({ kind: 'role', role }, text('No resource is chosen for “{0}”.', ROLE_TITLES[role]));
    }
    return binding;
  }

  optionalRole<R extends RoleId>(role: R): Roles[R] {
    return this.setup.roles[role];
  }

  read(id: string): WireResource | undefined {
    this.askedFor.set(resourceKey(id), id);
    const entry = this.snapshot.get(id);
    if (entry === undefined && this.isInsideCreated(id)) return undefined;
    if (entry === undefined) {
      throw new Unsettled({ kind: 'resource', id }, text('{0} has not been read.', resourceName(id)));
    }
    if (entry.state === 'unreadable') throw new Unsettled({ kind: 'resource', id }, explainUnreadable(id, entry));
    return entry.state === 'present' ? entry.resource : undefined;
  }

  private isInsideCreated(id: string): boolean {
    return [...this.created].some((parent) => isWithin(id, parent));
  }

  list(type: string): readonly WireResource[] {
    this.listed.add(type);
    const listing = this.snapshot.list(type);
    if (listing === undefined) {
      throw new Unsettled({ kind: 'listing', type }, text('The resources of type {0} have not been read.', type));
    }
    if (listing.state === 'unreadable') {
      throw new Unsettled({ kind: 'listing', type }, explainUnreadable(type, listing));
    }
    return listing.resources;
  }
}

const REASONS: Readonly<Record<UnreadableReason, (what: string, detail: string) => Text>> = {
  signedOut: (what, detail) => text('You have to sign in again before {0} can be read: {1}', what, detail),
  forbidden: (what, detail) => text('You may not read {0}: {1}', what, detail),
  throttled: (what, detail) => text('Azure was too busy to answer for {0}: {1}', what, detail),
  unreachable: (what, detail) => text('Azure could not be reached for {0}: {1}', what, detail),
  notInFile: (what) => text('It depends on {0}, which is not in the file.', what),
  failed: (what, detail) => text('{0} could not be read: {1}', what, detail),
};

/** Why something is unknown, in a sentence. */
export function explainUnreadable(idOrType: string, unreadable: Unreadable): Text {
  return REASONS[unreadable.reason](resourceName(idOrType), unreadable.detail);
}
