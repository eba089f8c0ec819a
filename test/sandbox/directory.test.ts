import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { PRINCIPAL_ID, TENANT_ID } from '../../src/sandbox/azure';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../src/sandbox/directory/people';
import { at, withSandbox, type SandboxClient } from './client';

const inHardened = (use: (client: SandboxClient) => Promise<void>) => withSandbox({ world: 'hardened' }, use);
const namesIn = (body: unknown) => (at(body as never, 'value') as JsonObject[]).map(({ displayName }) => displayName);
const query = (path: string, parameters: Record<string, string>) =>
  `/v1.0/${path}?${new URLSearchParams(parameters).toString()}`;

describe('the directory', () => {
  it.each([
    ['users', "startswith(displayName,'ai')", ['Aiko Tanaka']],
    ['users', "startswith(displayName,'x') or startswith(userPrincipalName,'camille')", ['Camille Durand']],
    ['groups', "startswith(displayName,'contoso ai')", ['Contoso AI Developers']],
    ['servicePrincipals', "startswith(displayName,'contoso-o')", ['contoso-openai']],
    ['users', "startswith(displayName,'o''x')", []],
  ])('finds %s by the beginning of a name: %s', (path, filter, names) =>
    inHardened(async (client) => {
      const { status, body } = await client.get(query(path, { $filter: filter, $select: 'id,displayName' }));
      expect([status, namesIn(body)]).toEqual([200, names]);
    }),
  );

  it('searches inside of names only for those who know that it lags behind', () =>
    inHardened(async (client) => {
      const url = query('users', { $search: '"displayName:tanaka"' });
      expect((await client.get(url)).status).toBe(400);
      const found = await client.send({ method: 'GET', url, headers: { ConsistencyLevel: 'eventual' } });
      expect(namesIn(found.body)).toEqual(['Aiko Tanaka']);
    }));

  it('names principals by their ids, of the types that are wanted, and leaves out whom it does not know', () =>
    inHardened(async (client) => {
      const ids = [PRINCIPAL_ID, DEVELOPERS_ID, PIPELINE_ID, TENANT_ID];
      const { body } = await client.post('/v1.0/directoryObjects/getByIds', { ids, types: ['user', 'group'] });
      expect((at(body, 'value') as JsonObject[]).map((each) => [each['@odata.type'], each['id']])).toEqual([
        ['#microsoft.graph.user', PRINCIPAL_ID],
        ['#microsoft.graph.group', DEVELOPERS_ID],
      ]);
    }));

  it('knows who is signed in, and the groups of that person', () =>
    inHardened(async (client) => {
      expect(at((await client.get('/v1.0/me')).body, 'id')).toBe(PRINCIPAL_ID);
      expect(namesIn((await client.get('/v1.0/me/transitiveMemberOf')).body)).toEqual(['Contoso AI Developers']);
    }));

  it('refuses what it does not simulate, and says 404 for somebody who is not there', () =>
    inHardened(async (client) => {
      expect((await client.get(`/v1.0/users/${PRINCIPAL_ID}`)).status).toBe(200);
      expect((await client.get(`/v1.0/groups/${PRINCIPAL_ID}`)).status).toBe(404);
      expect((await client.get('/v1.0/applications')).status).toBe(400);
      expect((await client.get(query('users', { $filter: "mail eq 'x'" }))).status).toBe(400);
      expect((await client.post('/v1.0/users', {})).status).toBe(400);
    }));
});

describe('the operator’s token', () => {
  it('tells whose it is, in the shape of those of Microsoft Entra ID, and is another one in every sandbox', async () => {
    const tokens: string[] = [];
    for (const world of ['empty', 'empty'] as const) {
      await withSandbox({ world }, (_, { token }) => Promise.resolve(tokens.push(token)));
    }
    const claims = JSON.parse(Buffer.from(tokens[0]?.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
    expect(claims).toMatchObject({ oid: PRINCIPAL_ID, tid: TENANT_ID, idtyp: 'user', name: 'Contoso Developer' });
    expect(Number(claims['exp'])).toBeGreaterThan(Date.now() / 1000);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it('without its signature, or with that of another sandbox, is worth nothing', () =>
    withSandbox({ world: 'empty' }, async (client) => {
      const [header, payload] = client.sandbox.token.split('.');
      const attempts = [`${header ?? ''}.${payload ?? ''}.`, `${header ?? ''}.${payload ?? ''}.c2FuZGJveA`];
      for (const attempt of attempts) {
        const headers = { authorization: `Bearer ${attempt}` };
        expect((await client.send({ method: 'GET', url: '/v1.0/me', headers })).status).toBe(401);
      }
    }));
});
