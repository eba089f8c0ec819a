import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificates, ProvenName } from './certificates';
import { bodyText, type ServiceAnswer, type ServiceRequest } from '../dataPlanes/dataPlane';
import type { Route, Way } from './route';

const LARGEST_BODY = 4 * 1024 * 1024;

export interface ProxyOptions {
  readonly certificates: Certificates;
  /** Where a connection from this position to a name or an address leads. */
  readonly route: (host: string, port: number) => Route;
  readonly answer: (way: Way, request: ServiceRequest) => ServiceAnswer;
}

/** An HTTP CONNECT proxy on the loopback address whose connections start at one network position. */
export class ConnectProxy {
  private readonly sockets = new Set<Duplex>();
  private readonly server: Server;
  /** By the names that it is for. */
  private readonly listeners = new Map<string, Promise<ProvenName>>();
  /** What is at the end of each way: to read a key takes longer than to answer. */
  private readonly services = new Map<string, HttpsServer>();

  private constructor(private readonly options: ProxyOptions) {
    this.server = createHttpServer((_, response) => {
      response.writeHead(405, { allow: 'CONNECT' }).end();
    });
    this.server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.connect(request, socket, head);
    });
  }

  static async start(options: ProxyOptions): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(options);
    await new Promise<void>((done, fail) => {
      proxy.server.once('error', fail);
      proxy.server.listen(0, '127.0.0.1', done);
    });
    return proxy;
  }

  get address(): string {
    const address = this.server.address();
    return `127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((done) =>
      this.server.close(() => {
        done();
      }),
    );
  }

  private connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(request.url ?? '') ?? [];
    const route = this.options.route(host, Number(port));
    if (route.kind !== 'service') {
      const status = route.kind === 'refused' ? '502 Bad Gateway' : '504 Gateway Timeout';
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.serviceAt(route.way).emit('connection', socket);
  }

  private serviceAt(way: Way): HttpsServer {
    const key = JSON.stringify(way);
    const service = this.services.get(key) ?? this.makeService(way);
    this.services.set(key, service);
    return service;
  }

  /** Speaks TLS and HTTP on a socket as the service does that is at the other end. */
  private makeService(way: Way): HttpsServer {
    const { certificates, answer } = this.options;
    const service = createHttpsServer(
      {
        key: certificates.key,
        cert: certificates.certificate,
        ...(way.kind === 'applicationGateway'
          ? { SNICallback: (name: string, done: SniDone) => void this.proveListener(way.hostNames, name, done) }
          : {}),
      },
      (request, response) => {
        readRequest(request).then(
          (read) => {
            send(response, answer(way, read));
          },
          () => request.destroy(),
        );
      },
    );
    service.on('tlsClientError', (_, socket) => socket.destroy());
    return service;
  }

  /** The certificate of a listener is taken to be one for its names; one that takes any name has one for any. */
  private async proveListener(hostNames: readonly string[], asked: string, done: SniDone): Promise<void> {
    const names = hostNames.length === 0 ? [asked] : hostNames;
    try {
      const key = names.join();
      const issuing = this.listeners.get(key) ?? this.options.certificates.issue(names);
      this.listeners.set(key, issuing);
      const proven = await issuing;
      done(null, createSecureContext({ key: proven.key, cert: proven.certificate }));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

type SniDone = (error: Error | null, context?: SecureContext) => void;

/** @throws where the body is larger than any that the sandbox has a use for. */
async function readRequest(incoming: IncomingMessage): Promise<ServiceRequest> {
  const { method, url, headers } = incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new RangeError('The body is too large.');
    chunks.push(chunk);
  }
  return {
    method: method ?? 'GET',
    url: url ?? '/',
    host: (headers.host ?? '').replace(/:\d+$/, ''),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, answer: ServiceAnswer): void {
  const content = bodyText(answer);
  const type = answer.text?.type ?? (answer.body === undefined ? undefined : 'application/json');
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(answer.status === 204 ? {} : { 'content-length': Buffer.byteLength(content) }),
  });
  response.end(content);
}
