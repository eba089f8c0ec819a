import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { connectToAzure } from '../azure/azureConnection';
import type { Connection } from '../azure/connection';
import { connectToSandbox, describeSandbox, isLoopback } from '../azure/sandboxConnection';
import { clockAtSpeed } from '../core/clock';
import { SetupSession } from '../core/session/setupSession';
import { DISCOVERY_TYPES, discoverSetup } from '../core/setup/discover';
import { Snapshot } from '../core/resources/snapshot';
import type { Setup } from '../core/setup/setup';
import { parseSetupFile } from '../core/setup/setupFile';
import { ClaimFiles } from '../local/claimFiles';
import { JournalFiles, newRunId } from '../local/journalFiles';
import { systemClock } from '../local/systemClock';
import { UnknownError, UsageError } from './exitCode';
import type { TargetOptions } from './options';
import type { Output } from './output';

/** What a command works with: the session, the way to Azure, and how to let go of both. */
export interface CommandSession {
  readonly session: SetupSession;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

const DEFAULT_SETUP_FILE = 'ringfence.json';
const DEFAULT_SCENARIO = 'private-access';

/** The journals of past runs: in the user's state folder unless told otherwise. */
export function journalFiles(options: Pick<TargetOptions, 'state'>): JournalFiles {
  return new JournalFiles(join(stateFolder(options), 'runs'));
}

/** Who of this machine writes where, beside the journals. */
export function claimFiles(options: Pick<TargetOptions, 'state'>): ClaimFiles {
  return new ClaimFiles(join(stateFolder(options), 'claims'));
}

function stateFolder({ state }: Pick<TargetOptions, 'state'>): string {
  return state ?? envPaths('ringfence', { suffix: '' }).log;
}

/** Connects, finds or discovers the setup, and opens a session on it. */
export async function openSession(
  options: TargetOptions,
  output: Output,
  signal: AbortSignal,
): Promise<CommandSession> {
  const file = await readSetupFile(options, output);
  const opened = await connect(options, file, signal);
  try {
    const setup = file ?? (await discover(options, opened.connection, output, signal));
    return sessionOn(withScenario(setup, options), opened, options, signal);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** A session on a setup, over a connection that is open. */
export function sessionOn(
  setup: Setup,
  { connection, endpoint, close }: OpenConnection,
  options: Pick<TargetOptions, 'state'>,
  signal: AbortSignal,
): CommandSession {
  const session = new SetupSession(setup, {
    azure: connection.azure,
    probes: connection.probes,
    journal: journalFiles(options),
    claims: claimFiles(options),
    clock: clockAtSpeed(systemClock, connection.speed),
    newRunId,
    connection: connection.kind,
    endpoint,
  });
  return { session, connection, signal, close };
}

export interface OpenConnection {
  readonly connection: Connection;
  readonly endpoint?: string;
  close(): Promise<void>;
}

const NOTHING_TO_CLOSE = async (): Promise<void> => undefined;

/** Opens the way that the options ask for: a fresh sandbox, a running one, or Azure. */
export async function connect(
  options: TargetOptions,
  setup: Setup | undefined,
  signal: AbortSignal,
): Promise<OpenConnection> {
  if (options.sandbox !== undefined) {
    const opened = await connectSandbox(options, signal);
    if (setup === undefined || setup.subscription === opened.connection.subscriptionId) return opened;
    await opened.close();
    throw new UsageError('The setup is for another subscription than the sandbox has.');
  }
  const subscriptionId = setup?.subscription ?? options.subscription;
  if (subscriptionId === undefined) {
    throw new UsageError(
      'Name a setup file (--setup), a subscription (--subscription), or try the sandbox (--sandbox).',
    );
  }
  const { createIdentityCredential } = await import('../azure/credentials/identity');
  const cloud = setup?.cloud ?? options.cloud;
  const credential = createIdentityCredential(options.signIn, cloud, setup?.tenant ?? options.tenant);
  return { connection: connectToAzure({ cloud, subscriptionId, credential }), close: NOTHING_TO_CLOSE };
}

async function connectSandbox(options: TargetOptions, signal: AbortSignal): Promise<OpenConnection> {
  const target = options.sandbox === true || options.sandbox === undefined ? 'exposed' : options.sandbox;
  if (/^https?:/.test(target)) {
    if (!isLoopback(target)) throw new UsageError(`A sandbox listens on this machine only, so ${target} is not one.`);
    const token = process.env['RINGFENCE_SANDBOX_TOKEN'];
    if (!token) throw new UsageError('Put the token that the sandbox printed into RINGFENCE_SANDBOX_TOKEN.');
    const facts = await describeSandbox(target, token, signal).catch((error: unknown) => {
      throw new UnknownError(error instanceof Error ? error.message : String(error));
    });
    const connection = connectToSandbox({
      endpoint: target,
      token,
      subscriptionId: facts.subscriptionId,
      speed: facts.speed,
    });
    return { connection, endpoint: target, close: NOTHING_TO_CLOSE };
  }
  const { isWorldName, startSandbox, WORLD_NAMES } = await import('../sandbox/sandbox');
  if (!isWorldName(target)) throw new UsageError(`The worlds are ${WORLD_NAMES.join(', ')}.`);
  const speed = options.speed ?? Infinity;
  const sandbox = await startSandbox({ world: target, speed });
  const connection = connectToSandbox({ ...sandbox, speed });
  return { connection, endpoint: sandbox.endpoint, close: () => sandbox.stop() };
}

async function readSetupFile(options: TargetOptions, output: Output): Promise<Setup | undefined> {
  const implied = options.subscription === undefined && options.sandbox === undefined && existsSync(DEFAULT_SETUP_FILE);
  const path = options.setup ?? (implied ? DEFAULT_SETUP_FILE : undefined);
  if (path === undefined) return undefined;
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const result = parseSetupFile(content);
  if (result.ok) return result.setup;
  const places = result.problems.map(
    ({ line, column, message }) => `${path}:${line}:${column}: ${output.localize(message)}`,
  );
  throw new UsageError(places.join('\n'));
}

async function discover(
  options: TargetOptions,
  connection: Connection,
  output: Output,
  signal: AbortSignal,
): Promise<Setup> {
  const listings = await connection.azure.list(DISCOVERY_TYPES, signal);
  const snapshot = [...listings].reduce((known, [type, listing]) => known.withListing(type, listing), Snapshot.empty);
  const result = discoverSetup(
    {
      cloud: connection.cloud,
      subscription: connection.subscriptionId,
      tenant: options.tenant,
      scenario: options.scenario ?? DEFAULT_SCENARIO,
      chosen: options.role,
      location: options.location,
      signedIn: await connection.directory.signedIn(signal),
    },
    snapshot,
  );
  if (result.ok) return result.setup;
  if ('unreadable' in result) throw new UnknownError(output.localize(result.unreadable));
  const choices = result.ambiguous.map(({ role, candidates }) =>
    [
      `Several resources could be “${role}”. Choose one with --role ${role}=ID:`,
      ...candidates.map((id) => `  ${id}`),
    ].join('\n'),
  );
  throw new UsageError(choices.join('\n'));
}

function withScenario(setup: Setup, { scenario }: TargetOptions): Setup {
  return scenario === undefined ? setup : { ...setup, scenarios: [scenario] };
}
