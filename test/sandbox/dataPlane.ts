import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import type { Json, JsonObject } from '../../src/core/resources/json';
import type { Sandbox } from '../../src/sandbox/sandbox';
import { INDEX, SITE } from '../../src/sandbox/worlds/exposed';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import type { WorldSeed } from '../../src/sandbox/worlds/seed';
import { withSandbox, type SandboxClient } from './client';
import { inside, internet, open, tunnel } from './vantage';

export const HOSTS = {
  openAi: 'contoso-openai.openai.azure.com',
  search: 'contoso-search.search.windows.net',
  blob: 'contosodocs.blob.core.windows.net',
} as const;

export const POSITIONS = { internet, inside, webApp: { kind: 'webApp', site: SITE } } as const;
export type PositionName = keyof typeof POSITIONS;

export interface DataRequest {
  readonly method?: string;
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** Without the operator's token, or the web app's. */
  readonly anonymous?: boolean;
}

export interface DataAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly body: Json | undefined;
}

export type Ask = (position: PositionName, request: DataRequest) => Promise<DataAnswer>;

/** Asks data planes over TLS, with the names resolved as at the position. */
export const inDataPlanes = <Result>(
  world: WorldName | WorldSeed,
  use: (ask: Ask, client: SandboxClient, sandbox: Sandbox) => Promise<Result>,
) =>
  withSandbox({ world }, (client, sandbox) =>
    use(
      async (position, request) => {
        const access = await open(client, POSITIONS[position]);
        const socket = await tunnel(access, `${request.host}:443`);
        if (typeof socket === 'number')
          throw new Error(`no way from ${position} to ${request.host}: ${String(socket)}`);
        const tls = connect({ socket, servername: request.host, ca: access.certificateAuthority });
        const bearer = { authorization: `Bearer ${access.token ?? sandbox.token}` };
        return send(tls, request, { ...(request.anonymous === true ? {} : bearer), ...request.headers });
      },
      client,
      sandbox,
    ),
  );

function send(
  tls: ReturnType<typeof connect>,
  { method = 'GET', host, path, body }: DataRequest,
  headers: Readonly<Record<string, string>>,
): Promise<DataAnswer> {
  return new Promise((resolve, reject) => {
    tls.on('error', reject);
    httpsRequest({ createConnection: () => tls, host, path, method, headers: { host, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        tls.destroy();
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed(text) });
      });
    })
      .on('error', reject)
      .end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A question about the documents of the index, as the account's identity. */
export const question = (parameters: JsonObject = {}): DataRequest => ({
  method: 'POST',
  host: HOSTS.openAi,
  path: '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
  body: {
    messages: [{ role: 'user', content: 'Who answers on-call?' }],
    data_sources: [
      {
        type: 'azure_search',
        parameters: {
          endpoint: `https://${HOSTS.search}`,
          index_name: INDEX,
          authentication: { type: 'system_assigned_managed_identity' },
          ...parameters,
        },
      },
    ],
  },
});

export const ingestionJob = (id: string): DataRequest => ({
  method: 'PUT',
  host: HOSTS.openAi,
  path: `/openai/ingestion/jobs/${id}?api-version=2025-03-01-preview`,
  body: {
    kind: 'SystemCompute',
    searchServiceConnection: { kind: 'EndpointWithManagedIdentity', endpoint: `https://${HOSTS.search}` },
    datasource: {
      kind: 'Storage',
      connection: { kind: 'EndpointWithManagedIdentity', endpoint: `https://${HOSTS.blob}` },
      containerName: 'documents',
      embeddings: [{ deploymentName: 'text-embedding-ada-002' }],
    },
    completionAction: 'cleanUpTempAssets',
  },
});
