import type { JsonObject } from '../../core/resources/json';
import { Shelf } from './shelves';

/** An index of a search service. */
export interface SearchIndex {
  readonly name: string;
  /** Wire JSON: the name and the fields. */
  readonly definition: JsonObject;
  /** By the value of the key field. */
  readonly documents: ReadonlyMap<string, JsonObject>;
  readonly etag: string;
}

/** An indexer or a skillset of a search service. */
export interface SearchDefinition {
  readonly name: string;
  /** Wire JSON as it was sent. */
  readonly definition: JsonObject;
  readonly etag: string;
}

/** A block blob. Names hold slashes, and no directories. */
export interface Blob {
  readonly name: string;
  readonly content: string;
  readonly contentType: string;
  /** Milliseconds since the epoch, in the sandbox's time. */
  readonly modifiedAt: number;
}

/** A job that takes documents from a container into an index, and the one run of it. */
export interface IngestionJob {
  readonly id: string;
  readonly runId: string;
  /** Wire JSON as it was sent. */
  readonly definition: JsonObject;
  readonly endsAt: number;
  /** Why it fails when it ends. */
  readonly failure: { readonly code: string; readonly message: string } | undefined;
}

/** A certificate of a key vault: its public half, and what it was made by. */
export interface VaultCertificate {
  readonly name: string;
  /** Wire JSON as it was sent. */
  readonly policy: JsonObject;
  /** DER, as base64. */
  readonly certificate: string;
  readonly version: string;
  /** Seconds since the epoch, in the sandbox's time. */
  readonly from: number;
  readonly until: number;
  /** Milliseconds since the epoch, in the sandbox's time: until then the vault is making it. */
  readonly madeAt: number;
}

/** What is in the data planes, each by the id of the resource that holds it. */
export class Contents {
  readonly indexes = new Shelf<SearchIndex>();
  readonly indexers = new Shelf<SearchDefinition>();
  readonly skillsets = new Shelf<SearchDefinition>();
  /** Of containers. */
  readonly blobs = new Shelf<Blob>();
  readonly ingestionJobs = new Shelf<IngestionJob>();

  readonly certificates = new Shelf<VaultCertificate>();
  readonly deletedCertificates = new Shelf<VaultCertificate>();

  private readonly shelves = [
    this.indexes,
    this.indexers,
    this.skillsets,
    this.blobs,
    this.ingestionJobs,
    this.certificates,
    this.deletedCertificates,
  ];

  /** Keeps all of it. @returns brings it back. */
  keep(): () => void {
    const parts = this.shelves.map((shelf) => shelf.keep());
    return () => {
      for (const restore of parts) restore();
    };
  }

  /** The resource is gone. */
  clear(resourceId: string): void {
    for (const shelf of this.shelves) shelf.clear(resourceId);
  }
}
