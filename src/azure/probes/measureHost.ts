import { ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect, type SecureContextOptions } from 'node:tls';
import type { HostMeasurement, HttpsMeasurement, ProbePosition } from '../../core/probes/probe';

/** How a position resolves names and opens connections. */
export interface Vantage {
  readonly position: ProbePosition;
  /** IPv4 addresses of a name. @throws an error with a resolver code. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** The canonical name behind a name; undefined where there is none. */
  readonly canonicalName: (host: string) => Promise<string | undefined>;
  /** Opens a TCP connection. @throws an error with a socket code. */
  readonly open: (address: string, port: number, signal: AbortSignal) => Promise<Duplex>;
  readonly tls?: SecureContextOptions;
  /** A data-plane token; without one the service can only say that one is missing. */
  readonly token: () => Promise<string | undefined>;
}

const MAX_ALIASES = 10;
const TIMEOUT_MS = 10_000;
const MAX_BODY = 64 * 1024;

/** The cheapest read of the data plane. Source: Azure OpenAI reference, models list. */
const PROBE_PATH = '/openai/models?api-version=2024-10-21';

/** Measures one host from one position: names, addresses, and what the service says at the first of them. */
export async function measureHost(host: string, vantage: Vantage, signal: AbortSignal): Promise<HostMeasurement> {
  const base = { host, position: vantage.position, canonicalNames: await aliasesOf(host, vantage) };
  let addresses: readonly string[];
  try {
    addresses = await vantage.resolve(host);
  } catch (error) {
    signal.throwIfAborted();
    return { ...base, addresses: [], resolveError: codeOf(error) };
  }
  const [address] = addresses;
  if (address === undefined) return { ...base, addresses };
  return { ...base, addresses, https: await ask(host, address, vantage, signal) };
}

async function aliasesOf(host: string, vantage: Vantage): Promise<readonly string[]> {
  const names: string[] = [];
  let current: string | undefined = host;
  while (names.length < MAX_ALIASES) {
    current = await vantage.canonicalName(current).catch(() => undefined);
    if (current === undefined || names.includes(current)) break;
    names.push(current);
  }
  return names;
}

async function ask(host: string, address: string, vantage: Vantage, signal: AbortSignal): Promise<HttpsMeasurement> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const socket = await vantage.open(address, 443, deadline);
    const token = await vantage.token();
    return { address, ...(await exchange(host, socket, vantage, token, deadline)) };
  } catch (error) {
    signal.throwIfAborted();
    return { address, error: deadline.aborted ? 'ETIMEDOUT' : codeOf(error) };
  }
}

function exchange(
  host: string,
  socket: Duplex,
  vantage: Vantage,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Omit<HttpsMeasurement, 'address'>> {
  return new Promise((resolve, reject) => {
    const tls = connect({ ...vantage.tls, socket, servername: host });
    const headers = {
      host,
      accept: 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    // VS Code replaces `https.request` by one that takes its own way through proxies; a measurement must not.
    const options = { host, path: PROBE_PATH, headers, signal, createConnection: () => tls };
    const outgoing = new ClientRequest(options, (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length <= MAX_BODY) chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        tls.destroy();
        resolve({ status: incoming.statusCode ?? 0, ...serviceError(Buffer.concat(chunks).toString('utf8')) });
      });
    });
    outgoing.on('error', (error) => {
      tls.destroy();
      reject(error);
    });
    outgoing.end();
  });
}

/** The error that the service put into its answer, where it refused. */
function serviceError(body: string): { code?: string; message?: string } {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown } };
    return {
      ...(typeof error?.code === 'string' && { code: error.code }),
      ...(typeof error?.message === 'string' && { message: error.message }),
    };
  } catch {
    return {};
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
