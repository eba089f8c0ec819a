import type { TokenCredential } from '@azure/core-auth';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { CLOUDS } from '../core/clouds';
import type { AzurePort, ProbePort } from '../core/ports';
import type { HttpsMeasurement, ProbeRequest } from '../core/probes/probe';
import { TYPES } from '../core/resources/resourceTypes';
import { ArmPort } from './azurePort';
import { SANDBOX_ORIGIN } from './clientSettings';
import type { Connection, RequestLine } from './connection';
import { Directory } from './directory';
import { SandboxProbes } from './probes/sandboxProbes';
import { operationFailures, RequestObserver } from './requestPolicy';

export interface SandboxConnectionOptions {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly token: string;
  readonly subscriptionId: string;
  /** How much faster than life the sandbox runs; polls follow. */
  readonly speed?: number;
  /** What every request goes through besides, each time that it is sent. */
  readonly policies?: readonly PipelinePolicy[];
  readonly onRequest?: (line: RequestLine) => void;
}

/** Connects to a running sandbox. The transport refuses every other host, so a real cloud is out of reach. */
export function connectToSandbox(options: SandboxConnectionOptions): Connection {
  const address = loopbackAddress(options.endpoint);
  const observer = new RequestObserver(options.onRequest);
  const credential = sandboxCredential(options.token);
  const { speed = Infinity } = options;
  const probes: SandboxProbes = new SandboxProbes(address, options.token, (subscription, signal) =>
    port.subscriptionKey(subscription, signal),
  );
  const port: ArmPort = new ArmPort(
    {
      cloud: CLOUDS.public,
      subscriptionId: options.subscriptionId,
      credential,
      policies: [observer.policy, operationFailures, ...(options.policies ?? [])],
      pollIntervalMs: 2000 / Math.max(1, speed),
      retryDelayMs: 1000 / Math.max(1, speed),
      loopback: { origin: SANDBOX_ORIGIN, address },
    },
    (request, signal) => callFromEverywhere(request, port, probes, signal),
  );
  return {
    kind: 'sandbox',
    cloud: 'public',
    subscriptionId: options.subscriptionId,
    azure: port,
    probes,
    speed,
    directory: new Directory({ cloud: CLOUDS.public, credential, graph: address }),
    requestCount: () => observer.requests,
  };
}

/** The developer of a sandbox sits in the internet and, as if a VPN were up, in each of its networks. */
async function callFromEverywhere(
  request: ProbeRequest,
  azure: AzurePort,
  probes: ProbePort,
  signal: AbortSignal,
): Promise<HttpsMeasurement | undefined> {
  const outside = (await probes.measure(request, { kind: 'internet' }, signal)).https;
  if (outside?.status !== undefined && outside.status !== 403) return outside;
  const networks = (await azure.list([TYPES.virtualNetwork], signal)).get(TYPES.virtualNetwork);
  for (const { id } of networks?.state === 'listed' ? networks.resources : []) {
    const position = { kind: 'virtualNetwork', virtualNetwork: id } as const;
    const inside = (await probes.measure(request, position, signal)).https;
    if (inside?.status !== undefined && inside.status !== 403) return inside;
  }
  return outside;
}

/** What a running sandbox says of itself. */
export interface SandboxFacts {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly speed: number;
}

/** Asks a running sandbox who it is. @throws with a sentence where nobody answers or the token is wrong. */
export async function describeSandbox(endpoint: string, token: string, signal: AbortSignal): Promise<SandboxFacts> {
  const address = loopbackAddress(endpoint);
  const response = await fetch(`${address}/.sandbox`, { headers: { authorization: `Bearer ${token}` }, signal });
  if (!response.ok)
    throw new Error(`The sandbox at ${address} answered ${response.status}: is its token in RINGFENCE_SANDBOX_TOKEN?`);
  const facts = (await response.json()) as Partial<SandboxFacts>;
  if (typeof facts.subscriptionId !== 'string' || typeof facts.tenantId !== 'string') {
    throw new Error(`What answers at ${address} is not a Ringfence sandbox.`);
  }
  // JSON has no Infinity: "as fast as it is asked" comes without a number.
  return { subscriptionId: facts.subscriptionId, tenantId: facts.tenantId, speed: facts.speed ?? Infinity };
}

/** True for an address that a sandbox can have. */
export function isLoopback(endpoint: string): boolean {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

/** The address without a trailing slash. @throws where it is not on this machine. */
function loopbackAddress(endpoint: string): string {
  if (!isLoopback(endpoint)) throw new Error(`A sandbox listens on this machine only, so ${endpoint} is not one.`);
  return new URL(endpoint).origin;
}

function sandboxCredential(token: string): TokenCredential {
  return { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 60 * 60 * 1000 }) };
}
