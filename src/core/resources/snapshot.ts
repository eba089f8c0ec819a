import type { JsonObject } from './json';
import { resourceKey, resourceTypeOf } from './resourceId';

/** A resource as Azure Resource Manager writes it, wire names and all. */
export interface WireResource extends JsonObject {
  readonly id: string;
}

/** Why something could not be read. Never the same as "is not there". */
export type UnreadableReason = 'signedOut' | 'forbidden' | 'throttled' | 'unreachable' | 'notInFile' | 'failed';

export interface Unreadable {
  readonly state: 'unreadable';
  readonly reason: UnreadableReason;
  /** What Azure said, or which action was refused; shown as it is, escaped by whoever shows it. */
  readonly detail: string;
}

/** What is known of one resource. */
export type SnapshotEntry =
  { readonly state: 'present'; readonly resource: WireResource } | { readonly state: 'absent' } | Unreadable;

/** What is known of all resources of one type in the subscription. */
export type SnapshotListing = { readonly state: 'listed'; readonly resources: readonly WireResource[] } | Unreadable;

/** The resources of a listing by key, as they were listed. */
type Listed = ReadonlyMap<string, WireResource>;

/**
 * Everything that was read, by lower-cased resource id, and never changed in place.
 * An id or a type that was not asked for has no entry at all: that is "not read yet", not "absent".
 */
export class Snapshot {
  static readonly empty = new Snapshot(new Map(), new Map(), undefined);

  private constructor(
    private readonly entries: ReadonlyMap<string, SnapshotEntry>,
    private readonly listings: ReadonlyMap<string, Unreadable | Listed>,
    private readonly otherwise: Unreadable | undefined,
  ) {}

  /** A snapshot of these resources alone, where nothing else can ever be read: the content of a file. */
  static ofFile(resources: readonly WireResource[]): Snapshot {
    const entries = resources.map((resource) => [resourceKey(resource.id), { state: 'present', resource }] as const);
    return new Snapshot(new Map(entries), new Map(), { state: 'unreadable', reason: 'notInFile', detail: '' });
  }

  /** What is known of a resource; undefined where nobody has read it. */
  get(id: string): SnapshotEntry | undefined {
    return this.entries.get(resourceKey(id)) ?? this.otherwise;
  }

  /** All resources of a type; undefined where nobody has listed it. */
  list(type: string): SnapshotListing | undefined {
    const listing = this.listings.get(type.toLowerCase());
    if (listing === undefined) return this.otherwise;
    if ('state' in listing) return listing;
    return { state: 'listed', resources: [...listing].flatMap(([key, listed]) => this.knownAt(key, listed)) };
  }

  /** Every resource that is known to exist. */
  present(): readonly WireResource[] {
    return [...this.entries.values()].flatMap((entry) => (entry.state === 'present' ? [entry.resource] : []));
  }

  /** A snapshot in which one resource was read again. A listing of its type takes note. */
  withEntry(id: string, entry: SnapshotEntry): Snapshot {
    return this.withEntries([[id, entry]]);
  }

  withEntries(read: Iterable<readonly [id: string, entry: SnapshotEntry]>): Snapshot {
    const entries = new Map(this.entries);
    const listings = new Map(this.listings);
    for (const [id, entry] of read) {
      const key = resourceKey(id);
      entries.set(key, entry);
      const type = resourceTypeOf(id);
      const listing = listings.get(type);
      if (entry.state === 'present' && listing !== undefined && !('state' in listing) && !listing.has(key)) {
        listings.set(type, new Map([...listing, [key, entry.resource]]));
      }
    }
    return new Snapshot(entries, listings, this.otherwise);
  }

  /** A snapshot in which all resources of a type are known, as a listing gave them. */
  withListing(type: string, listing: SnapshotListing): Snapshot {
    const entries = new Map(this.entries);
    const listings = new Map(this.listings);
    if (listing.state === 'unreadable') {
      listings.set(type.toLowerCase(), listing);
      return new Snapshot(entries, listings, this.otherwise);
    }
    for (const resource of listing.resources) {
      entries.set(resourceKey(resource.id), { state: 'present', resource });
    }
    listings.set(
      type.toLowerCase(),
      new Map(listing.resources.map((resource) => [resourceKey(resource.id), resource])),
    );
    return new Snapshot(entries, listings, this.otherwise);
  }

  /** A snapshot in which nobody has asked for what could not be read for one of these reasons; itself where there is none. */
  forgetting(reasons: readonly UnreadableReason[]): Snapshot {
    const isKept = ([, seen]: readonly [string, SnapshotEntry | Unreadable | Listed]): boolean =>
      !('reason' in seen && reasons.includes(seen.reason));
    const entries = new Map([...this.entries].filter(isKept));
    const listings = new Map([...this.listings].filter(isKept));
    const isSame = entries.size === this.entries.size && listings.size === this.listings.size;
    return isSame ? this : new Snapshot(entries, listings, this.otherwise);
  }

  /** A listed resource as it was read last; as it was listed where reading it failed, which does not make it go away. */
  private knownAt(key: string, listed: WireResource): readonly WireResource[] {
    const entry = this.entries.get(key);
    if (entry?.state === 'present') return [entry.resource];
    return entry?.state === 'absent' ? [] : [listed];
  }
}
