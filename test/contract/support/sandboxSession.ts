import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToSandbox } from '../../../src/azure/sandboxConnection';
import type { Connection } from '../../../src/azure/connection';
import { Snapshot } from '../../../src/core/resources/snapshot';
import { SetupSession } from '../../../src/core/session/setupSession';
import { DISCOVERY_TYPES, discoverSetup, type DiscoveryRequest } from '../../../src/core/setup/discover';
import type { Setup } from '../../../src/core/setup/setup';
import { JournalFiles, newRunId } from '../../../src/local/journalFiles';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/sandbox';

/** A sandbox with a session on it, as the command line and the extension would open one. */
export interface SandboxSession {
  readonly sandbox: Sandbox;
  readonly connection: Connection;
  readonly journal: JournalFiles;
  readonly session: SetupSession;
  /** Every resource's wire JSON by id, as the sandbox itself sees it. */
  state(): Promise<Record<string, unknown>>;
  /** Takes an action away from the signed-in principal. */
  deny(action: string, scope: string): Promise<void>;
  close(): Promise<void>;
}

export const signal = new AbortController().signal;

/** Waits that a real clock would make are over at once: the sandbox's own clock goes on by being asked. */
const impatientClock = { now: () => Date.now(), sleep: () => Promise.resolve() };

export async function openSandboxSession(
  world: SandboxOptions['world'],
  change: (setup: Setup) => Setup = (setup) => setup,
  chosen: DiscoveryRequest['chosen'] = {},
  onExchange?: SandboxOptions['onExchange'],
): Promise<SandboxSession> {
  const sandbox = await startSandbox({ world, ...(onExchange && { onExchange }) });
  const connection = connectToSandbox(sandbox);
  const folder = await mkdtemp(join(tmpdir(), 'ringfence-contract-'));
  const journal = new JournalFiles(folder);
  const setup = change(await discover(connection, chosen));
  const session = new SetupSession(setup, {
    azure: connection.azure,
    probes: connection.probes,
    journal,
    clock: impatientClock,
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
    session,
    state: async () => (await (await control('state')).json()) as Record<string, unknown>,
    deny: async (action, scope) => {
      await control('denials', { method: 'POST', body: JSON.stringify({ action, scope }) });
    },
    close: async () => {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function discover(connection: Connection, chosen: DiscoveryRequest['chosen']): Promise<Setup> {
  const listings = await connection.azure.list(DISCOVERY_TYPES, signal);
  const snapshot = [...listings].reduce((known, [type, listing]) => known.withListing(type, listing), Snapshot.empty);
  const request = {
    cloud: connection.cloud,
    subscription: connection.subscriptionId,
    scenario: 'private-access',
    chosen,
  } as const;
  const found = discoverSetup(request, snapshot);
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.setup;
}
