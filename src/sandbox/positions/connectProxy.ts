import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Certificates } from './certificates';
import type { ServiceAnswer, ServiceRequest } from './openAiService';
import type { Route, Way } from './route';

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
    this.serve(socket, route.way);
  }

  /** Speaks TLS and HTTP on the socket as the service does that is at the other end. */
  private serve(socket: Duplex, way: Way): void {
    const { certificates, answer } = this.options;
    const service = createHttpsServer(
      { key: certificates.key, cert: certificates.certificate },
      (request, response) => {
        request.resume();
        request.on('end', () => {
          send(response, answer(way, readRequest(request)));
        });
      },
    );
    service.on('tlsClientError', () => socket.destroy());
    service.emit('connection', socket);
  }
}

function readRequest({ method, url, headers }: IncomingMessage): ServiceRequest {
  const apiKey = headers['api-key'];
  return {
    method: method ?? 'GET',
    url: url ?? '/',
    host: (headers.host ?? '').replace(/:\d+$/, ''),
    authorization: headers.authorization,
    apiKey: typeof apiKey === 'string' ? apiKey : undefined,
  };
}

function send(response: ServerResponse, { status, body }: ServiceAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
