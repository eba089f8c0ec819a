import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Json } from '../../core/resources/json';
import { gatewayRefusal } from '../arm/gatewayErrors';
import type { Answer, ArmRequest } from '../arm/messages';
import { isSame } from '../tokens';
import { DOWNLOADS } from './downloads';
import { withoutKeys, type Exchange } from './exchange';
import { unauthorized } from './refusals';

/** The host that SDK clients are pointed at; their transport takes the requests to the loopback address. */
export const RESERVED_HOST = 'management.sandbox.ringfence.invalid';
const RESERVED_ORIGIN = `https://${RESERVED_HOST}`;
const ORIGIN_HEADER = 'x-ringfence-origin';
/** How Azure Storage refuses a URL whose signature is not right, or not any more. */
const NOT_SIGNED =
  '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.</Message></Error>';
const LARGEST_BODY = 4 * 1024 * 1024;

export interface ServerOptions {
  readonly port: number;
  readonly token: string;
  /** Sandbox time, for the record. */
  readonly now: () => number;
  /** Answers what ARM answers. Where no answer comes, the connection breaks. */
  readonly arm: (request: ArmRequest) => Promise<Answer | undefined>;
  /** Answers what Microsoft Graph answers, under `/v1.0`. */
  readonly graph: (request: ArmRequest) => Promise<Answer | undefined>;
  /** Answers what is under `/.sandbox`. */
  readonly control: (request: ArmRequest) => Promise<Answer>;
  /** A file that its URL alone gives access to. */
  readonly download: (path: string, query: URLSearchParams) => Uint8Array | undefined;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

/** The sandbox's HTTP side: loopback only, the bearer token on everything, one answer for each request. */
export class SandboxServer {
  private readonly server: Server;

  private constructor(private readonly options: ServerOptions) {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        response.writeHead(500, { 'content-type': 'application/json' });
        const message = error instanceof Error ? error.message : 'unknown';
        response.end(JSON.stringify({ error: { code: 'SandboxError', message } }));
      });
    });
  }

  static async start(options: ServerOptions): Promise<SandboxServer> {
    const sandbox = new SandboxServer(options);
    await new Promise<void>((resolve, reject) => {
      sandbox.server.once('error', reject);
      sandbox.server.listen(options.port, '127.0.0.1', resolve);
    });
    return sandbox;
  }

  get endpoint(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) =>
      this.server.close(() => {
        resolve();
      }),
    );
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.url?.startsWith(DOWNLOADS)) {
      this.download(incoming, response);
      return;
    }
    const { request, refusal } = await this.read(incoming);
    const answer = refusal ?? (await this.answer(request));
    if (answer === undefined) {
      incoming.socket.resetAndDestroy();
      this.record(incoming, request, NO_ANSWER, {});
      return;
    }
    const headers = { ...answer.headers };
    const body = answer.page ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body));
    headers['content-length'] = String(Buffer.byteLength(body ?? ''));
    if (body !== undefined) headers['content-type'] ??= 'application/json; charset=utf-8';
    response.writeHead(answer.status, headers);
    response.end(incoming.method === 'HEAD' ? undefined : body);
    this.record(incoming, request, answer, headers);
  }

  /** Not recorded: the URL is as good as a key. */
  private download(incoming: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', this.endpoint);
    const isRead = incoming.method === 'GET' && this.checkHost(incoming.headers.host) === undefined;
    const file = isRead ? this.options.download(pathname, searchParams) : undefined;
    const [status, type, body] = file ? [200, 'application/octet-stream', file] : [403, 'application/xml', NOT_SIGNED];
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }

  private async answer(request: ArmRequest): Promise<Answer | undefined> {
    const { arm, control, graph } = this.options;
    if (/^\/\.sandbox(\/|$)/.test(request.path)) return control(request);
    return request.path.startsWith('/v1.0/') ? graph(request) : arm(request);
  }

  private async read(incoming: IncomingMessage): Promise<{ request: ArmRequest; refusal: Answer | undefined }> {
    // Two slashes at the beginning, which SDKs send for scopes, would be taken for a host.
    const url = new URL((incoming.url ?? '/').replace(/^\/+/, '/'), 'http://sandbox');
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    );
    const request: ArmRequest = {
      method: incoming.method ?? 'GET',
      path: decodePath(url.pathname),
      query: new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value])),
      headers,
      body: undefined,
      origin: headers[ORIGIN_HEADER] === RESERVED_ORIGIN ? RESERVED_ORIGIN : this.endpoint,
      endpoint: this.endpoint,
    };
    const refusal = this.checkHost(headers['host']) ?? this.checkToken(headers['authorization']);
    if (refusal) {
      incoming.resume();
      return { request, refusal };
    }
    const text = await readText(incoming);
    if (text === undefined) return { request, refusal: tooLarge };
    if (text === '') return { request, refusal: undefined };
    try {
      return { request: { ...request, body: JSON.parse(text) as Json }, refusal: undefined };
    } catch {
      return { request, refusal: malformed };
    }
  }

  /** A page on the web that resolves its own name to this machine must not get through. */
  private checkHost(host: string | undefined): Answer | undefined {
    const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
    return ['127.0.0.1', 'localhost', RESERVED_HOST].includes(name) ? undefined : { status: 421 };
  }

  private checkToken(authorization: string | undefined): Answer | undefined {
    if (authorization === undefined) {
      return unauthorized('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
    }
    const [scheme, token = ''] = authorization.split(' ');
    const isValid = scheme?.toLowerCase() === 'bearer' && isSame(token, this.options.token);
    return isValid ? undefined : unauthorized('InvalidAuthenticationToken', 'The access token is invalid.');
  }

  private record(
    incoming: IncomingMessage,
    request: ArmRequest,
    answer: Answer,
    responseHeaders: Readonly<Record<string, string>>,
  ): void {
    const { onExchange, now } = this.options;
    if (onExchange === undefined) return;
    const { authorization: _, ...requestHeaders } = request.headers;
    const requestBody = withoutKeys(request.body);
    const responseBody = withoutKeys(answer.body);
    onExchange({
      time: new Date(now()).toISOString(),
      method: request.method,
      url: incoming.url ?? '',
      requestHeaders: Object.fromEntries(Object.entries(requestHeaders).map(([name, value]) => [name, value ?? ''])),
      ...(requestBody === undefined ? {} : { requestBody }),
      status: answer.status,
      responseHeaders,
      ...(responseBody === undefined ? {} : { responseBody }),
    });
  }
}

/** For the record: the connection broke. */
const NO_ANSWER: Answer = { status: 0 };
const { answer: tooLarge } = gatewayRefusal(413, 'RequestContentTooLarge', 'The request content is too large.');
const { answer: malformed } = gatewayRefusal(
  400,
  'InvalidRequestContent',
  'The request content was invalid and could not be deserialized.',
);

function decodePath(pathname: string): string {
  const decoded = pathname
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    })
    .join('/');
  return decoded.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}

async function readText(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
