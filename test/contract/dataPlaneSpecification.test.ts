import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SearchDataPlane } from '../../src/azure/searchDataPlane';
import { CLOUDS } from '../../src/core/clouds';
import { inferenceRequest, ingestionRequest, type ProofParts } from '../../src/core/probes/proofs';
import type { ProbeRequest } from '../../src/core/probes/probe';
import type { JsonObject } from '../../src/core/resources/json';
import { departures, type Shape } from './specification/departures';
import { signal } from './support/sandboxSession';

/** What docs/specification.md tells of: one request to a service itself. */
interface DataPlaneExtract {
  readonly apiVersion: string;
  /** The method, and the path with placeholders. */
  readonly operation: string;
  readonly body: Shape;
  readonly headers?: Shape;
}

function extract(name: string): DataPlaneExtract {
  const file = join(import.meta.dirname, 'specification', 'dataPlanes', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as DataPlaneExtract;
}

const SEARCH = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Search/searchServices/docs';
const PARTS: ProofParts = {
  openAiHost: 'contoso.openai.azure.com',
  searchEndpoint: 'https://docs.search.windows.net',
  storageEndpoint: 'https://docs.blob.core.windows.net/',
  storageAccount: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/docs',
  container: 'documents',
  chatDeployment: 'gpt-4o',
  embeddingDeployment: 'embed',
};

/** An index as the service shows it. */
const SHOWN: JsonObject = { '@odata.context': 'x', '@odata.etag': '"0x8D1"', name: 'docs', fields: [{ name: 'id' }] };

/** What is sent to AI Search on the way; it answers everything with one index that holds nothing. */
async function sentToSearch(use: (search: SearchDataPlane) => Promise<unknown>): Promise<readonly ProbeRequest[]> {
  const sent: ProbeRequest[] = [];
  const answer = { address: '10.0.0.4', status: 200, body: { ...SHOWN, '@odata.count': 0 } };
  await use(
    new SearchDataPlane(CLOUDS.public, (request) => {
      sent.push(request);
      return Promise.resolve(answer);
    }),
  );
  return sent;
}

const addField = (search: SearchDataPlane) =>
  search.write(
    {
      action: 'update',
      resource: `${SEARCH}/indexes/docs`,
      body: { fields: [{ name: 'id' }, { name: 'group_ids' }] },
    },
    { signal },
  );

const REQUESTS: readonly (readonly [name: string, request: () => Promise<ProbeRequest | undefined>])[] = [
  ['ingestion', () => Promise.resolve(ingestionRequest(PARTS))],
  ['inference', () => Promise.resolve(inferenceRequest(PARTS))],
  ['inference', () => Promise.resolve(inferenceRequest(PARTS, { index: 'docs', filter: 'group_ids/any()' }))],
  [
    'searchDocuments',
    async () => (await sentToSearch((search) => search.read(`${SEARCH}/indexes/docs/documentsWithout/x`, signal)))[0],
  ],
  ['updateIndex', async () => (await sentToSearch(addField))[1]],
];

describe('what is sent to the services themselves', () => {
  it.each(REQUESTS)('is what the specification has: %s', async (name, make) => {
    const { apiVersion, operation, body, headers } = extract(name);
    const request = await make();
    const [path = '', query] = (request?.path ?? '').split('?');
    expect(query).toBe(`api-version=${apiVersion}`);
    expect(`${request?.method ?? ''} ${path}`).toMatch(patternOf(operation));
    expect(departures(body, request?.body ?? null)).toEqual([]);
    expect(departures(headers ?? {}, request?.headers ?? {})).toEqual([]);
  });

  it('an index goes back as it was read, with the new field, and only over the version that was read', async () => {
    const [, update] = await sentToSearch(addField);
    const { '@odata.context': _, ...shown } = SHOWN;
    expect(update?.headers).toMatchObject({ 'if-match': '"0x8D1"' });
    expect(update?.body).toMatchObject({ ...shown, fields: [{ name: 'id' }, { name: 'group_ids' }] });
  });
});

/** `/jobs/{jobId}` as what it stands for. */
function patternOf(operation: string): RegExp {
  const literal = operation.replace(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replace(/\{[^}]+\}/g, `[^/']+`)}$`);
}
