import { X509Certificate } from 'node:crypto';
import { ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect, rootCertificates, type SecureContextOptions } from 'node:tls';
import {
  NO_CREDENTIALS,
  type HostMeasurement,
  type HttpsMeasurement,
  type ProbePosition,
  type ProbeRequest,
} from '../../core/probes/probe';
import { isJsonObject, type Json } from '../../core/resources/json';
import { headersOfCaller, type CallerCredentials } from './callers';

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
  /** What says who calls: without a token, a service can only say that one is missing. */
  readonly credentials: CallerCredentials;
}

const MAX_ALIASES = 10;
const TIMEOUT_MS = 10_000;
/** A question to a model takes as long as the model does. */
const ANSWER_TIMEOUT_MS = 60_000;
const MAX_BODY = 1024 * 1024;

/** Sends one request from one position: names, addresses, and what the service says at the first of them. */
export async function measureHost(
  request: ProbeRequest,
  vantage: Vantage,
  signal: AbortSignal,
): Promise<HostMeasurement> {
  const { host } = request;
  const base = { host, position: vantage.position, canonicalNames: await aliasesOf(host, vantage) };
  let addresses: readonly string[];
  try {
    addresses = await vantage.resolve(host);
  } catch (error) {
    signal.throwIfAborted();
    const unresolved = { ...base, addresses: [], resolveError: codeOf(error) };
    const { addressIfUnresolved: other } = request;
    return other === undefined ? unresolved : { ...unresolved, https: await ask(request, other, vantage, signal) };
  }
  const [address] = addresses;
  if (address === undefined) return { ...base, addresses };
  return { ...base, addresses, https: await ask(request, address, vantage, signal) };
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

async function ask(
  request: ProbeRequest,
  address: string,
  vantage: Vantage,
  signal: AbortSignal,
): Promise<HttpsMeasurement> {
  const patience = request.body === undefined ? TIMEOUT_MS : ANSWER_TIMEOUT_MS;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  try {
    const socket = await vantage.open(address, 443, deadline);
    const caller = await headersOfCaller(request, vantage.credentials);
    if (caller === undefined) {
      socket.destroy();
      return { address, error: NO_CREDENTIALS };
    }
    return { address, ...(await exchange(request, socket, vantage, caller, deadline)) };
  } catch (error) {
    signal.throwIfAborted();
    return { address, error: deadline.aborted ? 'ETIMEDOUT' : codeOf(error) };
  }
}

function exchange(
  { host, method, path, headers, body, trusted }: ProbeRequest,
  socket: Duplex,
  vantage: Vantage,
  caller: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Omit<HttpsMeasurement, 'address'>> {
  return new Promise((resolve, reject) => {
    const tls = connect({ ...vantage.tls, ...alsoTrusting(trusted, vantage), socket, servername: host });
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    // VS Code replaces `https.request` by one that takes its own way through proxies; a measurement must not.
    const outgoing = new ClientRequest(
      {
        host,
        method,
        path,
        signal,
        createConnection: () => tls,
        headers: {
          ...headers,
          host,
          accept: 'application/json',
          ...caller,
          ...(content && { 'content-type': 'application/json', 'content-length': content.length }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let length = 0;
        incoming.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length <= MAX_BODY) chunks.push(chunk);
        });
        incoming.on('error', reject);
        incoming.on('end', () => {
          tls.destroy();
          resolve({ status: incoming.statusCode ?? 0, ...contentOf(Buffer.concat(chunks).toString('utf8')) });
        });
      },
    );
    outgoing.on('error', (error) => {
      tls.destroy();
      reject(error);
    });
    outgoing.end(content);
  });
}

/** The authorities that are trusted anyway, and one certificate besides. Node takes either the ones that it knows, or a list. */
function alsoTrusting(certificate: string | undefined, { tls }: Vantage): SecureContextOptions {
  if (certificate === undefined) return {};
  try {
    const known = [tls?.ca ?? [...rootCertificates]].flat();
    return { ca: [...known, new X509Certificate(Buffer.from(certificate, 'base64')).toString()] };
  } catch {
    return {};
  }
}

/** What the service answered, and the error that it put into it, where it refused. Storage speaks XML. */
function contentOf(content: string): Pick<HttpsMeasurement, 'code' | 'message' | 'body'> {
  try {
    // Azure AI Search writes a byte order mark in front of a count.
    const body = JSON.parse(content.replace(/^\uFEFF/, '')) as Json;
    const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {};
    return { body, ...withTexts(error['code'], error['message']) };
  } catch {
    return withTexts(xmlText(content, 'Code'), xmlText(content, 'Message'));
  }
}

function withTexts(code: unknown, message: unknown): { code?: string; message?: string } {
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof message === 'string' && { message }),
  };
}

/** The text of an element that has no others in it, which is all that Storage's errors have. */
function xmlText(content: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(content)?.[1]?.split('\n')[0];
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
