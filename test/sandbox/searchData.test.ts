import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID } from '../../src/sandbox/azure';
import { parseFilter } from '../../src/sandbox/dataPlanes/search/filter';
import { OPERATIONS_ID } from '../../src/sandbox/directory/people';
import { adminKeysOf, queryKeysOf } from '../../src/sandbox/providers/search/keys';
import { EXPOSED, INDEX, SEARCH } from '../../src/sandbox/worlds/exposed';
import { HALF } from '../../src/sandbox/worlds/half';
import { HARDENED } from '../../src/sandbox/worlds/hardened';
import { patch } from '../../src/sandbox/worlds/builders';
import { roleAssignment } from '../../src/sandbox/worlds/roles';
import type { SeedStep } from '../../src/sandbox/worlds/seed';
import { at } from './client';
import { HOSTS, inDataPlanes, type Ask, type DataRequest } from './dataPlane';

const VERSION = 'api-version=2024-07-01';
const SERVICE = { id: SEARCH, type: '', name: 'contoso-search', body: {}, state: '', etag: '' };
const ADMIN = { 'api-key': adminKeysOf(SERVICE).primaryKey };
const QUERY = { 'api-key': queryKeysOf(SERVICE)[0]?.key ?? '' };

const world = (base: typeof EXPOSED, ...steps: readonly SeedStep[]) => ({ ...base, steps: [...base.steps, ...steps] });
const takesTokens = (mode: string) =>
  patch(SEARCH, { properties: { authOptions: { aadOrApiKey: { aadAuthFailureMode: mode } } } });
const index: DataRequest = { host: HOSTS.search, path: `/indexes('${INDEX}')?${VERSION}` };
const count = (filter: string): DataRequest => ({
  host: HOSTS.search,
  path: `/indexes('${INDEX}')/docs/$count?${VERSION}&$filter=${encodeURIComponent(filter)}`,
});
const search = (body: JsonObject): DataRequest => ({
  method: 'POST',
  host: HOSTS.search,
  path: `/indexes/${INDEX}/docs/search?${VERSION}`,
  body,
});
const withKey = (key: Readonly<Record<string, string>>, request: DataRequest): DataRequest => ({
  ...request,
  anonymous: true,
  headers: key,
});
const messageOf = (body: Json | undefined) => at(body, 'error', 'message');

describe('the credentials of AI Search', () => {
  it('are keys, until tokens are switched on', () =>
    inDataPlanes('exposed', async (ask) => {
      expect((await ask('internet', withKey(ADMIN, index))).status).toBe(200);
      const { status, body } = await ask('internet', index);
      expect([status, messageOf(body)]).toEqual([403, 'Authorization failed.']);
    }));

  it('that query are made and deleted one by one, and taken for as long as they are there', () =>
    inDataPlanes('exposed', async (ask, client) => {
      const management = 'api-version=2025-05-01';
      const asked = async (key: string) =>
        (await ask('internet', withKey({ 'api-key': key }, search({ search: '*' })))).status;
      const made = await client.post(`${SEARCH}/createQueryKey/app?${management}`);
      const key = String(at(made.body, 'key'));
      expect([made.status, at(made.body, 'name'), await asked(key)]).toEqual([200, 'app', 200]);
      const names = at((await client.post(`${SEARCH}/listQueryKeys?${management}`)).body, 'value') as JsonObject[];
      expect(names.map(({ name }) => name)).toEqual([null, 'app']);
      const remove = async () => (await client.delete(`${SEARCH}/deleteQueryKey/${key}?${management}`)).status;
      expect([await remove(), await remove(), await asked(key), await asked(QUERY['api-key'])]).toEqual([
        200, 204, 403, 200,
      ]);
    }));

  it('that only query cannot do more', () =>
    inDataPlanes('exposed', async (ask) => {
      expect((await ask('internet', withKey(QUERY, search({ search: '*' })))).status).toBe(200);
      const refused = await ask('internet', withKey(QUERY, index));
      expect([refused.status, messageOf(refused.body)]).toEqual([
        403,
        expect.stringContaining("doesn't match service's internal"),
      ]);
    }));

  it.each([
    ['http403', 403, undefined],
    ['http401WithBearerChallenge', 401, expect.stringMatching(/^Bearer authorization_uri=/)],
  ])('that are missing are answered as the service is told to: %s', (mode, status, challenge) =>
    inDataPlanes(world(EXPOSED, takesTokens(mode)), async (ask) => {
      const answer = await ask('internet', { ...index, anonymous: true });
      expect([answer.status, answer.headers['www-authenticate']]).toEqual([status, challenge]);
    }),
  );

  it('of an Owner open the objects and not the documents', () =>
    inDataPlanes(world(EXPOSED, takesTokens('http403')), async (ask) => {
      expect((await ask('internet', index)).status).toBe(200);
      expect((await ask('internet', { host: HOSTS.search, path: `/servicestats?${VERSION}` })).status).toBe(200);
      expect((await ask('internet', search({ search: '*' }))).status).toBe(403);
    }));

  it('can be a role on one index alone', () =>
    inDataPlanes(
      world(
        EXPOSED,
        takesTokens('http403'),
        roleAssignment(childId(SEARCH, 'indexes', INDEX), 'Search Index Data Reader', PRINCIPAL_ID, 'User'),
      ),
      async (ask) => {
        expect((await ask('internet', search({ search: '*' }))).status).toBe(200);
        const other = { ...search({ search: '*' }), path: `/indexes/other/docs/search?${VERSION}` };
        expect((await ask('internet', other)).status).toBe(403);
      },
    ));

  it('are no keys any more where keys are off', () =>
    inDataPlanes('hardened', async (ask) => {
      expect((await ask('inside', withKey(ADMIN, index))).status).toBe(403);
      expect((await ask('inside', index)).status).toBe(200);
    }));
});

describe('the network rules of AI Search', () => {
  it('are looked at first, and say nothing but 403', () =>
    inDataPlanes('hardened', async (ask) => {
      expect(await ask('internet', { ...index, anonymous: true })).toMatchObject({ status: 403, text: '' });
    }));

  it.each([
    ['203.0.113.10', 200],
    ['203.0.113.0/24', 200],
    ['203.0.113.99', 403],
  ])('that list %s answer this caller with %i', (value, status) =>
    inDataPlanes(
      world(EXPOSED, patch(SEARCH, { properties: { networkRuleSet: { ipRules: [{ value }] } } })),
      async (ask) => {
        expect((await ask('internet', withKey(ADMIN, index))).status).toBe(status);
      },
    ),
  );
});

describe('an index', () => {
  const write = (ask: Ask, name: string, fields: readonly JsonObject[], headers = {}) =>
    ask('internet', {
      ...withKey({ ...ADMIN, ...headers }, index),
      method: 'PUT',
      path: `/indexes('${name}')?${VERSION}`,
      body: { name, fields },
    });
  const groups = { name: 'group_ids', type: 'Collection(Edm.String)', filterable: true };

  it('takes a new field, which is empty in the documents that are there', () =>
    inDataPlanes('exposed', async (ask) => {
      const fields = at((await ask('internet', withKey(ADMIN, index))).body, 'fields') as JsonObject[];
      expect((await write(ask, INDEX, [...fields, groups])).status).toBe(204);
      const shown = await write(ask, INDEX, [...fields, groups], { prefer: 'return=representation' });
      expect(at(shown.body, 'fields', fields.length)).toMatchObject(groups);
      expect((await ask('internet', withKey(ADMIN, count('not group_ids/any()')))).text).toBe('\uFEFF3');
    }));

  it('is not written where it is another by now than its writer has read', () =>
    inDataPlanes('exposed', async (ask) => {
      const read = (await ask('internet', withKey(ADMIN, index))).body;
      const fields = at(read, 'fields') as JsonObject[];
      const version = { 'if-match': String(at(read, '@odata.etag')) };
      expect((await write(ask, INDEX, [...fields, groups], version)).status).toBe(204);
      expect((await write(ask, INDEX, [...fields, groups], version)).status).toBe(412);
    }));

  it('keeps the fields that it has as they are', () =>
    inDataPlanes('exposed', async (ask) => {
      const fields = at((await ask('internet', withKey(ADMIN, index))).body, 'fields') as JsonObject[];
      const changed = fields.map((field) => (field['name'] === 'title' ? { ...field, filterable: false } : field));
      for (const attempt of [changed, fields.filter(({ name }) => name !== 'title')]) {
        const { status, body } = await write(ask, INDEX, attempt);
        expect([status, messageOf(body)]).toEqual([400, "Existing field 'title' cannot be changed."]);
      }
    }));

  it('is made, listed, and deleted', () =>
    inDataPlanes('exposed', async (ask) => {
      expect((await write(ask, 'fresh', [{ name: 'id', type: 'Edm.String', key: true }])).status).toBe(201);
      expect((await write(ask, 'keyless', [{ name: 'id', type: 'Edm.String' }])).status).toBe(400);
      const list = { host: HOSTS.search, path: `/indexes?${VERSION}&$select=name` };
      expect(at((await ask('internet', withKey(ADMIN, list))).body, 'value')).toEqual([
        { name: INDEX },
        { name: 'fresh' },
      ]);
      const gone = withKey(ADMIN, { ...index, method: 'DELETE', path: `/indexes/fresh?${VERSION}` });
      expect([(await ask('internet', gone)).status, (await ask('internet', gone)).status]).toEqual([204, 404]);
    }));

  it('goes with its service', () =>
    inDataPlanes('exposed', async (ask, client) => {
      await client.delete(`${SEARCH}?api-version=2025-05-01`);
      await client.put(`${SEARCH}?api-version=2025-05-01`, { location: 'eastus', sku: { name: 'basic' } });
      for (let polls = 0; polls < 100; polls += 1) {
        if (
          at((await client.get(`${SEARCH}?api-version=2025-05-01`)).body, 'properties', 'provisioningState') ===
          'succeeded'
        )
          break;
      }
      const list = { host: HOSTS.search, path: `/indexes?${VERSION}` };
      expect(at((await ask('internet', withKey(ADMIN, list))).body, 'value')).toEqual([]);
    }));
});

describe('documents', () => {
  const READER = roleAssignment(SEARCH, 'Search Index Data Reader', PRINCIPAL_ID, 'User');

  it.each([
    [`group_ids/any(g:search.in(g, 'nobody, ${OPERATIONS_ID}'))`, '2'],
    [`group_ids/any(g: g eq '${OPERATIONS_ID}')`, '2'],
    ['not group_ids/any()', '1'],
    ["group_ids/any() and title eq 'on-call.txt'", '1'],
    ["(title eq 'on-call.txt' or title eq 'salaries.txt') and title ne 'salaries.txt'", '1'],
    ["group_ids/any(g:search.in(g, 'a|b', '|'))", '0'],
  ])('are counted through the filter %s', (filter, expected) =>
    inDataPlanes(world(HALF, READER), async (ask) => {
      expect((await ask('internet', count(filter))).text).toBe(`\uFEFF${expected}`);
    }),
  );

  it.each([
    ["nothing eq 'x'", "Could not find a property named 'nothing'"],
    ["title gt 'x'", "Syntax error at 'gt'"],
    ["title eq 'x' title", "Syntax error at 'title'"],
    ['title eq', "Syntax error at 'end of filter'"],
  ])('are not counted through %s', (filter, message) =>
    inDataPlanes(world(HALF, READER), async (ask) => {
      const { status, body } = await ask('internet', count(filter));
      expect([status, messageOf(body)]).toEqual([400, expect.stringContaining(message)]);
    }),
  );

  it('are found without what cannot be retrieved, in parts, with their number', () =>
    inDataPlanes(world(HARDENED, READER), async (ask) => {
      const { body } = await ask(
        'inside',
        search({ search: '*', count: true, top: 1, skip: 1, select: 'title,group_ids' }),
      );
      expect(body).toEqual({ '@odata.count': 3, value: [{ '@search.score': 1, title: 'on-call.txt' }] });
    }));

  it('cannot have fields that the index does not have', () =>
    inDataPlanes('exposed', async (ask) => {
      const upload = (document: JsonObject) =>
        ask('internet', {
          ...withKey(ADMIN, index),
          method: 'POST',
          path: `/indexes('${INDEX}')/docs/search.index?${VERSION}`,
          body: { value: [{ '@search.action': 'mergeOrUpload', ...document }] },
        });
      expect((await upload({ id: '9', title: 'new.txt' })).status).toBe(200);
      expect((await upload({ id: '9', color: 'red' })).status).toBe(400);
      expect((await upload({ title: 'no key' })).status).toBe(400);
      expect((await ask('internet', withKey(QUERY, count("title eq 'new.txt'")))).text).toBe('\uFEFF1');
    }));

  it('cannot be filtered by a field that is not for it', () => {
    const fields = [{ name: 'group_ids', type: 'Collection(Edm.String)', filterable: false }];
    expect(() => parseFilter('not group_ids/any()', fields)).toThrow(
      expect.objectContaining({ answer: expect.objectContaining({ status: 400 }) as unknown }),
    );
  });
});
