import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { OPERATIONS_ID } from '../../src/sandbox/directory/people';
import { roleNamed } from '../../src/sandbox/providers/authorization/builtInRoles';
import { OPENAI, SEARCH, SITE, STORAGE } from '../../src/sandbox/worlds/exposed';
import { HARDENED } from '../../src/sandbox/worlds/hardened';
import { roleAssignment } from '../../src/sandbox/worlds/roles';
import { at, type SandboxClient } from './client';
import { HOSTS, inDataPlanes, ingestionJob, POSITIONS, question, type Ask, type DataRequest } from './dataPlane';

/** The hardened world, with an operator who may also ingest. */
const WORLD = {
  ...HARDENED,
  steps: [...HARDENED.steps, roleAssignment(OPENAI, 'Cognitive Services OpenAI Contributor', PRINCIPAL_ID, 'User')],
};

const MAY_READ_BLOBS = {
  ...WORLD,
  steps: [...WORLD.steps, roleAssignment(STORAGE, 'Storage Blob Data Reader', PRINCIPAL_ID, 'User')],
};

type Change = (client: SandboxClient) => Promise<unknown>;

const VERSIONS: Readonly<Record<string, string>> = {
  [OPENAI]: '2025-06-01',
  [SEARCH]: '2025-05-01',
  [STORAGE]: '2025-06-01',
  [SITE]: '2025-05-01',
};
const changed =
  (id: string, body: JsonObject): Change =>
  async (client) => {
    const url = `${id}?api-version=${VERSIONS[id] ?? ''}`;
    const answer = await client.patch(url, body);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    await client.follow(answer);
    // The end of a silent provisioning shows in the resource only.
    for (let count = 0; count < 100; count += 1) {
      const state = at((await client.get(url)).body, 'properties', 'provisioningState');
      if (typeof state !== 'string' || /^succeeded$/i.test(state)) break;
    }
  };
const withoutRole =
  (role: string, of: string): Change =>
  async (client) => {
    const url = '/providers/Microsoft.Authorization/roleAssignments';
    const filter = encodeURIComponent(`principalId eq '${firstPrincipalOf(of)}'`);
    const { body } = await client.get(
      `${OPENAI.split('/resourceGroups')[0] ?? ''}${url}?api-version=2022-04-01&$filter=${filter}`,
    );
    const found = (at(body, 'value') as JsonObject[]).filter((each) =>
      String(at(each, 'properties', 'roleDefinitionId')).endsWith(roleNamed(role)),
    );
    expect(found).toHaveLength(1);
    await client.delete(`${String(found[0]?.['id'])}?api-version=2022-04-01`);
  };
const isOff = { identity: { type: 'None' } };
const openAiTrustsNobody = { properties: { networkAcls: { defaultAction: 'Deny', bypass: 'None', ipRules: [] } } };
const messageOf = (body: Json | undefined) => String(at(body, 'error', 'message'));

const CALL_FAILED = 'Call to get Azure Search index failed';
const QUERY_FAILED = 'An error occurred when calling Azure Cognitive Search';

describe('a question about your data', () => {
  it('is answered with citations, to the network and to the web app, and not to the internet', () =>
    inDataPlanes(WORLD, async (ask) => {
      for (const position of ['inside', 'webApp'] as const) {
        const { status, body } = await ask(position, question());
        const citations = at(body, 'choices', 0, 'message', 'context', 'citations') as JsonObject[];
        expect([status, citations.map(({ title }) => title)]).toEqual([200, ['on-call.txt']]);
      }
      expect((await ask('internet', question())).status).toBe(403);
    }));

  it('sees only what the filter lets through', () =>
    inDataPlanes(WORLD, async (ask) => {
      const titles = async (group: string) => {
        const filter = `group_ids/any(g:search.in(g, 'x, ${group}'))`;
        const { body } = await ask('inside', question({ filter }));
        return (at(body, 'choices', 0, 'message', 'context', 'citations') as JsonObject[]).map(({ title }) => title);
      };
      expect(await titles(OPERATIONS_ID)).toEqual(['on-call.txt']);
      expect(await titles('somebody')).toEqual([]);
    }));

  it.each([
    ['the account has no identity', changed(OPENAI, isOff), ['ManagedIdentityIsNotEnabled']],
    [
      'it may not read documents',
      withoutRole('Search Index Data Reader', OPENAI),
      [QUERY_FAILED, 'Authorization failed.'],
    ],
    [
      'it may not read the index',
      withoutRole('Search Service Contributor', OPENAI),
      [CALL_FAILED, 'Authorization failed.'],
    ],
    [
      'Search trusts nobody',
      changed(SEARCH, { properties: { networkRuleSet: { bypass: 'None' } } }),
      [CALL_FAILED, '403'],
    ],
    [
      'Search takes keys only',
      changed(SEARCH, { properties: { disableLocalAuth: false, authOptions: { apiKeyOnly: {} } } }),
      [CALL_FAILED, 'Authorization failed.'],
    ],
  ])('fails where %s, in the words of Azure', (_, change, words) =>
    inDataPlanes(WORLD, async (ask, client) => {
      await change(client);
      const { status, body } = await ask('inside', question());
      expect(status).toBe(400);
      for (const word of words) expect(messageOf(body)).toContain(word);
    }),
  );

  it.each([
    [
      'what Storage lets in',
      changed(STORAGE, { properties: { networkAcls: { bypass: 'None', defaultAction: 'Deny' } } }),
    ],
    ['whom Azure OpenAI trusts', changed(OPENAI, openAiTrustsNobody)],
    ['what Search may do', withoutRole('Storage Blob Data Reader', SEARCH)],
  ])('does not depend on %s', (_, change) =>
    inDataPlanes(WORLD, async (ask, client) => {
      await change(client);
      expect((await ask('inside', question())).status).toBe(200);
    }),
  );

  it('of a web app without the role is refused with the data action that it lacks', () =>
    inDataPlanes(WORLD, async (ask, client) => {
      await withoutRole('Cognitive Services OpenAI User', SITE)(client);
      const { status, body } = await ask('webApp', question());
      expect([status, at(body, 'error', 'code')]).toEqual([401, 'PermissionDenied']);
      expect(messageOf(body)).toContain('accounts/OpenAI/deployments/chat/completions/action');
      expect((await ask('inside', question())).status).toBe(200);
    }));

  it('of a web app outside of the network comes from the internet', () =>
    inDataPlanes(WORLD, async (ask, client) => {
      await client.delete(`${SITE}/networkConfig/virtualNetwork?api-version=2025-05-01`);
      expect((await ask('webApp', question())).status).toBe(403);
    }));

  it.each([
    ['no source', { data_sources: [] }, 'exactly one'],
    ['two sources', { data_sources: [{}, {}] }, 'exactly one'],
    ['another kind of source', { data_sources: [{ type: 'elasticsearch' }] }, 'azure_search'],
  ])('with %s is refused', (_, body, word) =>
    inDataPlanes(WORLD, async (ask) => {
      const answer = await ask('inside', { ...question(), body });
      expect([answer.status, messageOf(answer.body).includes(word)]).toEqual([400, true]);
    }),
  );

  it.each([
    [{ index_name: 'other' }, "No index with the name 'other'"],
    [{ endpoint: 'https://nobody.search.windows.net' }, 'url fails to resolve'],
    [{ filter: "content/any(g: g eq 'x' and" }, 'Syntax error'],
  ])('with %j says what is wrong about it', (parameters, word) =>
    inDataPlanes(WORLD, async (ask) => {
      const { status, body } = await ask('inside', question(parameters));
      expect([status, messageOf(body)]).toEqual([400, expect.stringContaining(word)]);
    }),
  );

  it('is answered some time after the role was given, to whoever asks again', () =>
    inDataPlanes(WORLD, async (ask, client) => {
      await withoutRole('Cognitive Services OpenAI User', SITE)(client);
      const { body } = roleAssignment(OPENAI, 'Cognitive Services OpenAI User', firstPrincipalOf(SITE)) as {
        body: JsonObject;
      };
      const url = `${OPENAI}/providers/Microsoft.Authorization/roleAssignments/0a1b2c3d-0000-4000-8000-000000000001`;
      await client.put(`${url}?api-version=2022-04-01`, body);
      const statuses: number[] = [];
      for (let count = 0; count < 5; count += 1) statuses.push((await ask('webApp', question())).status);
      expect(statuses).toEqual([401, 401, 401, 200, 200]);
    }));
});

describe('ingestion', () => {
  const runOf = async (ask: Ask, job: string) => {
    const look: DataRequest = {
      host: HOSTS.openAi,
      path: `/openai/ingestion/jobs/${job}/runs?api-version=2025-03-01-preview`,
    };
    const seen: unknown[] = [];
    for (let count = 0; count < 10; count += 1) {
      const run = at((await ask('inside', look)).body, 'value', 0);
      seen.push(at(run, 'status'));
      if (at(run, 'status') !== 'running') return { seen, message: messageOf(run) };
    }
    return { seen, message: '' };
  };

  it('runs for a while, then its index has a document for each blob', () =>
    inDataPlanes(WORLD, async (ask) => {
      const { status, headers, body } = await ask('inside', ingestionJob('fresh'));
      expect([status, at(body, 'jobId')]).toEqual([200, 'fresh']);
      expect(headers['operation-location']).toMatch(
        /^https:\/\/contoso-openai\.openai\.azure\.com\/openai\/ingestion\/jobs\/fresh\/runs\//,
      );
      const { seen } = await runOf(ask, 'fresh');
      expect(seen).toEqual(['running', 'running', 'running', 'succeeded']);
      const { body: answer } = await ask('inside', question({ index_name: 'fresh' }));
      expect(at(answer, 'choices', 0, 'message', 'context', 'citations', 0, 'title')).toBe('on-call.txt');
    }));

  it('leaves nothing of its own in the container', () =>
    inDataPlanes(MAY_READ_BLOBS, async (ask) => {
      await ask('inside', ingestionJob('fresh'));
      const list = {
        host: HOSTS.blob,
        path: '/documents?restype=container&comp=list',
        headers: { 'x-ms-version': '2023-11-03' },
      };
      const { text } = await ask('inside', list);
      expect([...text.matchAll(/<Name>([^<]+)</g)].map((match) => match[1])).toEqual([
        'travel-policy.txt',
        'on-call.txt',
        'salaries.txt',
      ]);
    }));

  it.each([
    [
      'Azure OpenAI has no role on Storage',
      [withoutRole('Storage Blob Data Contributor', OPENAI)],
      ['Azure OpenAI read the container', 'AuthorizationPermissionMismatch'],
    ],
    [
      'Storage trusts nobody',
      [changed(STORAGE, { properties: { networkAcls: { bypass: 'None', defaultAction: 'Deny' } } })],
      ['Azure OpenAI read the container', 'AuthorizationFailure'],
    ],
    [
      'Search may not read documents',
      [withoutRole('Storage Blob Data Reader', SEARCH)],
      ['Azure AI Search read the container', 'AuthorizationPermissionMismatch'],
    ],
    ['Search has no identity', [changed(SEARCH, isOff)], ['Azure AI Search read the container']],
    [
      'Search may not call Azure OpenAI',
      [withoutRole('Cognitive Services OpenAI Contributor', SEARCH)],
      ['Azure AI Search created embeddings', 'PermissionDenied'],
    ],
    [
      'Azure OpenAI trusts nobody',
      [changed(OPENAI, openAiTrustsNobody)],
      ['Azure AI Search created embeddings', 'Public access is disabled'],
    ],
    [
      'Azure OpenAI may not manage indexes',
      [withoutRole('Search Service Contributor', OPENAI)],
      ['Azure OpenAI created the index', 'Authorization failed.'],
    ],
  ])('fails where %s, and says whose step that was', (_, changes, words) =>
    inDataPlanes(WORLD, async (ask, client) => {
      for (const change of changes) await change(client);
      expect((await ask('inside', ingestionJob('fresh'))).status).toBe(200);
      const { seen, message } = await runOf(ask, 'fresh');
      expect(seen.at(-1)).toBe('failed');
      for (const word of words) expect(message).toContain(word);
    }),
  );

  it('gets to Azure OpenAI by a shared private link, once that is approved', () =>
    inDataPlanes(WORLD, async (ask, client) => {
      await changed(OPENAI, openAiTrustsNobody)(client);
      const link = `${childId(SEARCH, 'sharedPrivateLinkResources', 'to-openai')}?api-version=2025-05-01`;
      const wanted = { properties: { privateLinkResourceId: OPENAI, groupId: 'openai_account', requestMessage: 'x' } };
      await client.follow(await client.put(link, wanted));
      await ask('inside', ingestionJob('first'));
      expect((await runOf(ask, 'first')).seen.at(-1)).toBe('failed');
      const connections = await client.get(`${OPENAI}/privateEndpointConnections?api-version=2025-06-01`);
      const pending = (at(connections.body, 'value') as JsonObject[]).find((each) =>
        String(each['id']).includes('/to-openai.'),
      );
      const approval = { properties: { privateLinkServiceConnectionState: { status: 'Approved', description: 'x' } } };
      await client.follow(await client.put(`${String(pending?.['id'])}?api-version=2025-06-01`, approval));
      await ask('inside', ingestionJob('second'));
      expect((await runOf(ask, 'second')).seen.at(-1)).toBe('succeeded');
    }));

  it('is not for those who may only ask questions', () =>
    inDataPlanes('hardened', async (ask) => {
      for (const position of Object.keys(POSITIONS).filter((each) => each !== 'internet')) {
        const { status } = await ask(position as 'inside' | 'webApp', ingestionJob('fresh'));
        expect(status).toBe(401);
      }
    }));
});
