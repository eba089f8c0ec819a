/**
 * A strict Azure for whoever has none: an embedded Azure Resource Manager that the unmodified SDKs talk to over loopback
 * HTTP, with name resolution and HTTPS as the internet and a virtual network see them.
 *
 * URLs that the sandbox gives back (Azure-AsyncOperation, Location, nextLink) begin with the address that was asked,
 * `http://127.0.0.1:PORT`, so that curl can follow them. The SDKs send bearer tokens over https only: they are given the
 * host `https://management.sandbox.ringfence.invalid`, and their transport takes the requests to the loopback address with
 * the header `x-ringfence-origin: https://management.sandbox.ringfence.invalid`; the URLs in the answers then begin with
 * that. No other value of the header counts. docs/sandbox.md tells the rest.
 */
import { createAzure } from './createAzure';
import { Control } from './control';
import { SUBSCRIPTION_ID, TENANT_ID } from './azure';
import { answerGraph } from './directory/graphApi';
import type { FaultPlan } from './faults/faultPlan';
import { Weather, type FaultReport, type MetFault } from './faults/weather';
import type { Exchange } from './http/exchange';
import { SandboxServer } from './http/server';
import { Positions } from './positions/positions';
import { newOperatorToken, Tokens } from './tokens';
import type { WorldSeed } from './worlds/seed';
import { WORLDS, type WorldName } from './worlds/worlds';

export interface SandboxOptions {
  readonly world: WorldName | WorldSeed;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** How many times faster than life; Infinity, the default, is as fast as it is asked. */
  readonly speed?: number;
  /** The operator's access token. By default one in the shape of Microsoft Entra ID's, with a random signature. */
  readonly token?: string;
  /** Told of every HTTP exchange, after its answer. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** The faults to begin with; none where not given. */
  readonly faults?: FaultPlan;
  /** Told that a fault kills the client, before its connection breaks. */
  readonly onCrash?: (fault: MetFault) => void;
  /** Milliseconds since the epoch, for tests of time. */
  readonly now?: () => number;
}

/** A sandbox that is serving. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly token: string;
  /**
   * Keeps the world as it is once all that is going on has ended. @returns brings it back, as often as wanted; only time
   * goes on.
   */
  keep(): () => void;
  /** Milliseconds since the epoch, in the sandbox's time. */
  now(): number;
  /** Skips time in which its client waits of its own accord; at a finite speed it passes by itself. */
  skip(milliseconds: number): void;
  /** From now on these faults, counted from the beginning; none without a plan. */
  faults(plan: FaultPlan | undefined): void;
  /** The plan, and what has happened since it was set. */
  faultReport(): FaultReport;
  stop(): Promise<void>;
}

export const WORLD_NAMES = Object.keys(WORLDS) as readonly WorldName[];

export function isWorldName(name: string): name is WorldName {
  return WORLD_NAMES.some((known) => known === name);
}

/** Starts a sandbox on the loopback address. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { world, port = 0, speed = Infinity, now = Date.now, token = newOperatorToken(now()) } = options;
  if (!(speed > 0)) throw new RangeError('The speed of a sandbox is a positive number.');
  const seed = typeof world === 'string' ? WORLDS[world] : world;
  const { azure, gateway } = createAzure(seed, speed, now);
  const positions = new Positions(azure, new Tokens(token, now()));
  const weather = new Weather(azure, options.onCrash);
  weather.follow(options.faults);
  const control = new Control(azure, seed.name, positions, weather);
  const server = await SandboxServer.start({
    port,
    token,
    now: () => azure.clock.now(),
    arm: (request) => weather.pass(request, () => gateway.answer(request)),
    graph: (request) => weather.pass(request, () => answerGraph(azure.directory, request)),
    control: (request) => control.answer(request),
    download: (path, query) => azure.downloads.take(path, query),
    onExchange: options.onExchange,
  });
  return {
    endpoint: server.endpoint,
    subscriptionId: SUBSCRIPTION_ID,
    tenantId: TENANT_ID,
    token,
    keep: () => azure.keep(),
    now: () => azure.clock.now(),
    skip: (milliseconds) => {
      azure.clock.skip(milliseconds);
      azure.operations.settle();
    },
    faults: (plan) => {
      weather.follow(plan);
    },
    faultReport: () => weather.report(),
    stop: async () => {
      await Promise.all([server.stop(), positions.stop()]);
    },
  };
}
