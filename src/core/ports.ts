import type { ResourceWrite } from './plan/change';
import type { HostMeasurement, ProbePosition, ProbeRequest } from './probes/probe';
import type { KeyedRole, Principal } from './setup/setup';
import type { JsonObject } from './resources/json';
import type { SnapshotEntry, SnapshotListing, Unreadable } from './resources/snapshot';

/** The reading side of Azure. */
export interface AzureReader {
  /** Reads one resource, or one list such as `…/privateLinkResources`, as wire JSON. Never throws for what Azure refuses. */
  read(id: string, signal: AbortSignal): Promise<SnapshotEntry>;
  /** All resources of the given types in the subscription, by type in lower case. */
  list(
    types: readonly string[],
    signal: AbortSignal,
    onPage?: (found: number) => void,
  ): Promise<ReadonlyMap<string, SnapshotListing>>;
}

/** What the core needs of Azure. The real side is in `src/azure`. */
export interface AzurePort extends AzureReader {
  /**
   * Makes one write and waits until Azure has finished it.
   * @throws AzureError with what Azure answered; AbortError-like (`signal.aborted`) when cancelled.
   */
  write(write: ResourceWrite, options: WriteOptions): Promise<void>;
  /** Actions that the signed-in principal may do at a scope; undefined where that cannot be told. */
  allowedActions(scope: string, signal: AbortSignal): Promise<PermissionSet | undefined>;
  /** Asks something that changes nothing. Never throws for what Azure refuses. */
  ask(question: AzureQuestion, signal: AbortSignal): Promise<AzureAnswer>;
  /**
   * Has the package for VPN clients made. @returns where it can be fetched for a short time: a secret.
   * @throws AzureError.
   */
  vpnClientPackage(gateway: string, options: WriteOptions): Promise<string>;
  /** The keys of services that still accept them. */
  readonly keys: KeyPort;
  /**
   * Puts a certificate that somebody has into a key vault: a new version, where the vault has one of that name. Asked
   * once and never again by itself.
   * @param id The certificate as the vault's data plane has it.
   * @throws AzureError, in which there is nothing of the file nor its password.
   */
  importCertificate(id: string, supplied: SuppliedCertificate, signal: AbortSignal): Promise<void>;
}

/** What Azure answers to a POST: whether a name is free, what policies would say to a resource. */
export interface AzureQuestion {
  /** Path in Azure Resource Manager, without the query. */
  readonly path: string;
  readonly apiVersion: string;
  readonly body: JsonObject;
}

export type AzureAnswer = { readonly state: 'answered'; readonly body: JsonObject } | Unreadable;

/** A PFX file with its password: secrets, held in memory for the time of one import. */
export interface SuppliedCertificate {
  /** As base64. */
  readonly content: string;
  /** Empty where the file has none. */
  readonly password: string;
}

/** A service with two keys, and how Azure is asked about them. */
export interface KeyedService {
  readonly role: KeyedRole;
  readonly id: string;
}

/**
 * Keys, by the names of their slots. What a key is leaves this port through `copy` alone, and what it throws
 * (`AzureError`) never holds one.
 */
export interface KeyPort {
  /** The slots of which a setting of the web app holds the key. */
  slotsInUse(service: KeyedService, app: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Makes a key anew. Asked once and never again by itself, because each time its callers are cut off. */
  regenerate(service: KeyedService, slot: string, signal: AbortSignal): Promise<void>;
  /** @returns the key: a secret, for the clipboard of whoever asked for it and for nothing else. */
  copy(service: KeyedService, slot: string, signal: AbortSignal): Promise<string>;
  /** Names of the keys that may only query an AI Search service; empty for the one that it came with. */
  queryKeys(search: string, signal: AbortSignal): Promise<readonly string[]>;
  createQueryKey(search: string, name: string, signal: AbortSignal): Promise<void>;
  deleteQueryKey(search: string, name: string, signal: AbortSignal): Promise<void>;
}

/** Microsoft Entra ID, as far as somebody has to be named. */
export interface DirectoryPort {
  /** Who is signed in; undefined where the token does not tell. */
  signedIn(signal: AbortSignal): Promise<Principal | undefined>;
  /** Users, groups and service principals whose names begin with the text. @throws AzureError. */
  find(name: string, signal: AbortSignal): Promise<readonly Principal[]>;
}

export interface WriteOptions {
  readonly signal: AbortSignal;
  /** Azure's own word for a long-running operation, each time it is polled. */
  readonly onStatus?: (status: string) => void;
}

/** Azure RBAC permissions at a scope: entries are OR-ed, wildcards allowed. */
export type PermissionSet = readonly {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  /** On what is inside of services. `actions` say nothing about that, not even `*`. */
  readonly dataActions?: readonly string[];
  readonly notDataActions?: readonly string[];
}[];

/** Measures name resolution and HTTPS from a network position. */
export interface ProbePort {
  /** The positions that can be measured from now. */
  positions(): readonly ProbePosition['kind'][];
  measure(request: ProbeRequest, position: ProbePosition, signal: AbortSignal): Promise<HostMeasurement>;
}

/** Append-only run journals. A line is on disk when `append` returns. */
export interface JournalStore {
  append(runId: string, line: string): Promise<void>;
  /** The lines of a journal; undefined where there is none. A last line that was cut is left out. */
  read(runId: string): Promise<readonly string[] | undefined>;
  /** Run ids, the newest last. */
  list(): Promise<readonly string[]>;
}

/** Somebody who applies a setup, or takes it back. */
export interface Holder {
  readonly runId: string;
  /** The machine, as people know it. */
  readonly machine: string;
  /** Tells two machines of one name apart. */
  readonly machineId: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** Who may write for a setup at a time, among the windows of this machine. */
export interface ClaimStore {
  /** Takes what nobody alive has. @returns who has it; undefined where it is taken now. */
  take(key: string, holder: Holder, takeOver: boolean): Promise<Holder | undefined>;
  release(key: string, runId: string): Promise<void>;
  /** Runs that processes of this machine are at. */
  underWay(): Promise<readonly string[]>;
  /** Who this machine is to others. */
  machine(): Promise<Pick<Holder, 'machine' | 'machineId'>>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @throws when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * What became of a write that threw. `refused`: nothing was done. `failed`: it was begun, and has ended badly.
 * `unknown`: it may have been done, or may still be going on.
 */
export type WriteFate = 'refused' | 'failed' | 'unknown';

/** What Azure refused, in the terms that a user can act on. */
export class AzureError extends Error {
  override readonly name = 'AzureError';

  constructor(
    /** ARM `error.code`, the innermost where Azure nests them. */
    readonly code: string,
    message: string,
    readonly status: number | undefined,
    readonly correlationId: string | undefined,
    /** Seconds that Azure asked to wait before trying again. */
    readonly retryAfterSeconds?: number,
    readonly fate: WriteFate = fateOf(status),
  ) {
    super(message);
  }

  static is(error: unknown): error is AzureError {
    return error instanceof Error && error.name === 'AzureError';
  }
}

/** Azure said no, as against not having been heard, or not in time (408). */
function fateOf(status: number | undefined): WriteFate {
  return status !== undefined && status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unknown';
}
