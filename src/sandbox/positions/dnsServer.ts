import { createSocket, type Socket } from 'node:dgram';
import { decode, encode, RECURSION_AVAILABLE, RECURSION_DESIRED, type Answer, type Packet } from 'dns-packet';
import type { Resolution } from './resolver';

const NO_SUCH_NAME = 3;
const REFUSED = 5;
/** Azure's own for private endpoints; short, because things change here. */
const TTL = 10;

/** A DNS server on the loopback address that answers as one position's resolver would. */
export class DnsServer {
  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {}

  static async start(resolve: (name: string) => Resolution): Promise<DnsServer> {
    const socket = createSocket('udp4');
    socket.on('message', (message, sender) => {
      const reply = answer(message, resolve);
      if (reply) socket.send(reply, sender.port, sender.address);
    });
    await new Promise<void>((done, fail) => {
      socket.once('error', fail);
      socket.bind(0, '127.0.0.1', done);
    });
    return new DnsServer(socket, `127.0.0.1:${String(socket.address().port)}`);
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) =>
      this.socket.close(() => {
        done();
      }),
    );
  }
}

/** The reply to a packet; nothing for what is not a query. */
function answer(message: Buffer, resolve: (name: string) => Resolution): Buffer | undefined {
  let query: Packet;
  try {
    query = decode(message);
  } catch {
    return undefined;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || question === undefined) return undefined;
  const { status, aliases, addresses } = resolve(question.name);
  const chain: Answer[] = aliases.map(({ name, target }) => ({ name, type: 'CNAME', ttl: TTL, data: target }));
  const last = aliases.at(-1)?.target ?? question.name;
  const records: Answer[] = addresses.map((data) => ({ name: last, type: 'A', ttl: TTL, data }));
  const asksForAlias = question.type === 'CNAME';
  const answers = asksForAlias ? chain.slice(0, 1) : question.type === 'A' ? [...chain, ...records] : chain;
  const code = asksForAlias && chain.length > 0 ? 0 : CODES[status];
  return encode({
    type: 'response',
    ...(query.id === undefined ? {} : { id: query.id }),
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | code,
    questions: [question],
    answers,
  });
}

const CODES: Readonly<Record<Resolution['status'], number>> = {
  found: 0,
  noSuchName: NO_SUCH_NAME,
  refused: REFUSED,
};
