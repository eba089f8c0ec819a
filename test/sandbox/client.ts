import type { Json, JsonObject } from '../../src/core/resources/json';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox';

/** What came back. `body` is undefined where there was none. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

export interface Sent {
  readonly method: string;
  /** Path and query, or a whole URL. */
  readonly url: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A plain HTTP client of one sandbox. */
export class SandboxClient {
  constructor(readonly sandbox: Pick<Sandbox, 'endpoint' | 'token'>) {}

  async send({ method, url, body, headers }: Sent): Promise<Received> {
    const response = await fetch(url.startsWith('http') ? url : `${this.sandbox.endpoint}${url}`, {
      method,
      headers: {
        authorization: `Bearer ${this.sandbox.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === '' ? undefined : (JSON.parse(text) as Json),
    };
  }

  get(url: string): Promise<Received> {
    return this.send({ method: 'GET', url });
  }

  put(url: string, body: Json, headers?: Readonly<Record<string, string>>): Promise<Received> {
    return this.send({ method: 'PUT', url, body, ...(headers ? { headers } : {}) });
  }

  patch(url: string, body: Json): Promise<Received> {
    return this.send({ method: 'PATCH', url, body });
  }

  post(url: string, body?: Json): Promise<Received> {
    return this.send({ method: 'POST', url, ...(body === undefined ? {} : { body }) });
  }

  delete(url: string): Promise<Received> {
    return this.send({ method: 'DELETE', url });
  }

  /** Follows a long-running operation to its end and tells every poll: `200 InProgress`, or the status alone. */
  async follow(first: Received): Promise<readonly string[]> {
    const seen: string[] = [];
    const statusUrl = first.headers['azure-asyncoperation'];
    const url = statusUrl ?? first.headers['location'];
    while (url !== undefined && seen.length < 100) {
      const poll = await this.get(url);
      const status = (poll.body as JsonObject | undefined)?.['status'];
      seen.push(typeof status === 'string' ? `${String(poll.status)} ${status}` : String(poll.status));
      const isOver =
        statusUrl === undefined ? poll.status !== 202 : ['Succeeded', 'Failed', 'Canceled'].includes(String(status));
      if (isOver) break;
    }
    return seen;
  }
}

/** Starts a sandbox for as long as `use` runs. */
export async function withSandbox<Result>(
  options: SandboxOptions,
  use: (client: SandboxClient, sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox(options);
  try {
    return await use(new SandboxClient(sandbox), sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** Digs into a JSON body: `at(body, 'properties', 'subnets', 0)`. */
export function at(body: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((current, key) => {
    if (typeof current !== 'object' || current === null) return undefined;
    return (current as Readonly<Record<string | number, Json | undefined>>)[key];
  }, body);
}
