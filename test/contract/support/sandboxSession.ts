import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToSandbox } from '../../../src/azure/sandboxConnection';
import type { Connection } from '../../../src/azure/connection';
import type { RequiredPermission } from '../../../src/core/plan/change';
import { isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { SetupSession } from '../../../src/core/session/setupSession';
import { DISCOVERY_TYPES, discoverSetup, type DiscoveryRequest } from '../../../src/core/setup/discover';
import type { Clock, JournalStore } from '../../../src/core/ports';
import type { ScenarioId } from '../../../src/core/setup/scenarios';
import type { Setup } from '../../../src/core/setup/setup';
import { ClaimFiles } from '../../../src/local/claimFiles';
import { JournalFiles, newRunId } from '../../../src/local/journalFiles';
import { MemoryJournal } from '../../core/support/memoryJournal';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/sandbox';

/** A sandbox with a session on it, as the command line and the extension would open one. */
export interface SandboxSession {
  readonly sandbox: Sandbox;
  readonly connection: Connection;
  readonly journal: JournalFiles;
  readonly session: SetupSession;
  /** Another session on the same sandbox, with a journal of its own: it knows nothing of the runs of others. */
  openAnother(setup: Setup): SetupSession;
  /** Every resource's wire JSON by id, as the sandbox itself sees it. */
  state(): Promise<JsonObject>;
  /** Takes an action away from the signed-in principal. */
  deny(action: string, scope: string): Promise<void>;
  /** Lets the signed-in principal do nothing but this. */
  allowOnly(allowed: readonly RequiredPermission[]): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxSessionOptions {
  readonly world: SandboxOptions['world'];
  /** Private access, where nothing is said. */
  readonly scenario?: ScenarioId;
  /** What the user chooses otherwise than discovery proposes. */
  readonly change?: (setup: Setup) => Setup;
  readonly chosen?: DiscoveryRequest['chosen'];
  readonly onExchange?: SandboxOptions['onExchange'];
}

export const signal = new AbortController().signal;
// Every request of a run listens to it.
setMaxListeners(0, signal);

export async function openSandboxSession(options: SandboxSessionOptions): Promise<SandboxSession> {
  const { world, onExchange, change = (setup) => setup } = options;
  const sandbox = await startSandbox({ world, ...(onExchange && { onExchange }) });
  const connection = connectToSandbox(sandbox);
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-contract-'));
  const journal = new JournalFiles(folder);
  const openSession = (setup: Setup, runs: JournalStore): SetupSession =>
    new SetupSession(setup, {
      azure: connection.azure,
      probes: connection.probes,
      journal: runs,
      claims: new ClaimFiles(join(folder, 'claims')),
      clock: clockOf(sandbox),
      newRunId,
      connection: 'sandbox',
      endpoint: sandbox.endpoint,
    });
  const control = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${sandbox.endpoint}/.sandbox/${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  return {
    sandbox,
    connection,
    journal,
    session: openSession(change(await discover(connection, options)), journal),
    openAnother: (setup) => openSession(setup, new MemoryJournal()),
    state: async () => {
      const state: unknown = await (await control('state')).json();
      if (!isJsonObject(state)) throw new Error('The state of a sandbox is an object.');
      return state;
    },
    deny: async (action, scope) => {
      await control('denials', { method: 'POST', body: JSON.stringify({ action, scope }) });
    },
    allowOnly: async (allowed) => {
      await control('permissions', { method: 'POST', body: JSON.stringify({ allowed }) });
    },
    close: async () => {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits that a real clock would make are over at once, and the sandbox's time has passed by them. */
export function clockOf(sandbox: Sandbox): Clock {
  return {
    now: () => sandbox.now(),
    sleep: (milliseconds, asked) => {
      asked.throwIfAborted();
      sandbox.skip(milliseconds);
      return Promise.resolve();
    },
  };
}

/** What a subscription has of all that a setup is proposed from. */
export async function inventoryOf({ azure }: Connection): Promise<Snapshot> {
  const listings = await azure.list(DISCOVERY_TYPES, signal);
  return [...listings].reduce((known, [type, listing]) => known.withListing(type, listing), Snapshot.empty);
}

/** The setup that is proposed for a scenario. */
export async function discover(
  connection: Connection,
  options: Pick<SandboxSessionOptions, 'scenario' | 'chosen'>,
): Promise<Setup> {
  const { scenario = 'private-access', chosen = {} } = options;
  const snapshot = await inventoryOf(connection);
  const { cloud, subscriptionId: subscription } = connection;
  const signedIn = await connection.directory.signedIn(signal);
  const found = discoverSetup({ cloud, subscription, scenario, chosen, signedIn }, snapshot);
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.setup;
}
