import { describe, expect, it } from 'vitest';
import type { SendToArm } from '../../src/azure/adapters/adapter';
import { createSearchAdapter } from '../../src/azure/adapters/search';
import { SearchDataPlane } from '../../src/azure/searchDataPlane';
import { CLOUDS } from '../../src/core/clouds';
import type { HttpsMeasurement, ProbeRequest } from '../../src/core/probes/probe';
import type { Json, JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { OPENAI, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import { signal } from './support/sandboxSession';

const LINK = childId(SEARCH, 'sharedPrivateLinkResources', 'spl-docs');
const MESSAGE = 'Ringfence: link of contoso-search';

/** A connection as Storage and Azure OpenAI show it to the owner of the resource. */
function connection(name: string, endpoint: string, description: string, status = 'Pending'): JsonObject {
  const id = `/subscriptions/of-microsoft/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/${endpoint}`;
  const privateLinkServiceConnectionState = { status, description };
  return { name, properties: { privateEndpoint: { id }, privateLinkServiceConnectionState } };
}

/** What is approved on a resource that has these connections; the error's code where none is. */
async function approvedAmong(target: string, connections: readonly JsonObject[]): Promise<readonly string[] | string> {
  const written: { path: string; body: Json | undefined }[] = [];
  const send: SendToArm = (method, path, body) => {
    if (method === 'PUT') written.push({ path: path.replace(/\?.*/, ''), body });
    if (method === 'PUT') return Promise.resolve({});
    if (path.startsWith(`${target}/privateEndpointConnections`)) return Promise.resolve({ value: connections });
    const status = written.length > 0 ? 'Approved' : 'Pending';
    return Promise.resolve({ properties: { privateLinkResourceId: target, requestMessage: MESSAGE, status } });
  };
  const settings = {
    cloud: CLOUDS.public,
    subscriptionId: 's',
    credential: { getToken: () => Promise.resolve(null) },
    policies: [],
    pollIntervalMs: 1,
  };
  try {
    await createSearchAdapter(settings, send).write(
      { action: 'action', operation: 'approve', resource: LINK },
      { signal },
    );
  } catch (error) {
    return String((error as { code?: string }).code);
  }
  return written.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}

describe('the approval of a shared private link', () => {
  const ours = connection('contosodocs.1', 'spl-docs', MESSAGE);

  it.each<[string, string, readonly JsonObject[], readonly string[] | string]>([
    [
      'goes to the connection that is called after the link',
      OPENAI,
      [connection('contoso/other.2', 'other', MESSAGE), connection('contoso/spl-docs.1', 'spl-docs', 'x')],
      ['spl-docs.1'],
    ],
    ['goes by the endpoint where names do not tell', STORAGE, [ours], ['contosodocs.1']],
    [
      'goes by what was asked where two endpoints are called alike',
      STORAGE,
      [connection('contosodocs.2', 'spl-docs', 'Ringfence: link of another-search'), ours],
      ['contosodocs.1'],
    ],
    [
      'is given to nobody where nothing tells them apart',
      STORAGE,
      [connection('contosodocs.2', 'spl-docs', MESSAGE), ours],
      'ConnectionAmbiguous',
    ],
    [
      'is given to nobody else who asks in the same words',
      STORAGE,
      [connection('contosodocs.2', 'pe-of-somebody', MESSAGE)],
      'ConnectionNotFound',
    ],
    [
      'comes back to one that was rejected in other words',
      STORAGE,
      [connection('contosodocs.1', 'spl-docs', 'no', 'Rejected')],
      ['contosodocs.1'],
    ],
  ])('%s', async (_, target, connections, approved) => {
    expect(await approvedAmong(target, connections)).toEqual(approved);
  });
});

describe('what writes to storage accounts', () => {
  const SECRET = 'c2VjcmV0c2VjcmV0';
  const knowledgeStore = { storageConnectionString: `ResourceId=${STORAGE};`, projections: [] };

  /** What is read, and what was asked for that. */
  async function read(list: 'indexers' | 'skillsets', answer: Partial<HttpsMeasurement>) {
    const asked: ProbeRequest[] = [];
    const search = new SearchDataPlane(CLOUDS.public, (request) => {
      asked.push(request);
      return Promise.resolve({ address: '10.3.1.5', ...answer });
    });
    const id = childId(SEARCH, list);
    return { has: search.has(id), entry: await search.read(id, signal), asked };
  }

  it.each([
    ['skillsets', '2024-07-01'],
    ['indexers', '2024-05-01-preview'],
  ] as const)('%s are listed in a version that shows it', async (list, version) => {
    const { has, asked } = await read(list, { status: 200, body: { value: [] } });
    expect(has).toBe(true);
    expect(asked).toEqual([
      {
        service: 'search',
        host: 'contoso-search.search.windows.net',
        method: 'GET',
        path: `/${list}?api-version=${version}`,
      },
    ]);
  });

  it('is kept without the rest of the definition, where secrets of others are', async () => {
    const skills = [{ uri: `https://contoso-web.azurewebsites.net/skill?code=${SECRET}` }];
    const body = {
      value: [
        { name: 'enrich', skills, knowledgeStore },
        { name: 'plain', skills },
      ],
    };
    const { entry } = await read('skillsets', { status: 200, body });
    expect(entry).toEqual({
      state: 'present',
      resource: {
        id: childId(SEARCH, 'skillsets'),
        value: [{ name: 'enrich', storage: { usesKey: false, account: STORAGE } }, { name: 'plain' }],
      },
    });
  });

  it.each<[string, Partial<HttpsMeasurement>, string]>([
    ['nobody answers', { error: 'ETIMEDOUT' }, 'unreachable'],
    ['it is refused', { status: 403 }, 'forbidden'],
    ['the answer is no list', { status: 200, body: { value: 'x' } }, 'failed'],
  ])('is not known where %s', async (_, answer, reason) => {
    expect((await read('indexers', answer)).entry).toMatchObject({ state: 'unreadable', reason });
  });
});
