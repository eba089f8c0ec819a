import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { firstPrincipalOf } from '../../src/sandbox/directory/identities';
import { roleNamed } from '../../src/sandbox/providers/authorization/builtInRoles';
import { parseQuery, QueryError } from '../../src/sandbox/providers/resourceGraph/parseQuery';
import { runQuery } from '../../src/sandbox/providers/resourceGraph/query';
import { OPENAI } from '../../src/sandbox/worlds/exposed';
import { at, withSandbox, type SandboxClient } from './client';

const URL_ = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
const ask = (client: SandboxClient, query: string, options: JsonObject = {}) => client.post(URL_, { query, options });

describe('Resource Graph', () => {
  it('answers with the types in lower case, a truncation flag that is a string, and the quota in headers', () =>
    withSandbox({ world: 'hardened' }, async (client) => {
      const query =
        "resources | where type in~ ('Microsoft.Network/virtualNetworks') | project id, name, type, properties | order by id asc";
      const { status, body, headers } = await ask(client, query, { resultFormat: 'objectArray' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ totalRecords: 1, count: 1, resultTruncated: 'false', facets: [] });
      expect(at(body, 'data', 0)).toMatchObject({ name: 'vnet-app', type: 'microsoft.network/virtualnetworks' });
      expect(at(body, 'data', 0, 'properties', 'subnets')).toHaveLength(4);
      expect(headers['x-ms-user-quota-remaining']).toBeDefined();
    }));

  it('knows endpoints, their interfaces, zones and links, and no zone groups', () =>
    withSandbox({ world: 'hardened' }, async (client) => {
      const { body } = await ask(client, 'resources | project type', { $top: 1000 });
      const types = new Set((at(body, 'data') as { type: string }[]).map(({ type }) => type));
      for (const type of [
        'networkinterfaces',
        'privateendpoints',
        'privatednszones',
        'privatednszones/virtualnetworklinks',
      ]) {
        expect(types).toContain(`microsoft.network/${type}`);
      }
      expect([...types].filter((type) => /zonegroups|subnets|deployments|privatednszones\/a$/.test(type))).toEqual([]);
    }));

  it('knows role assignments in a table of their own, and can take their ids apart', () =>
    withSandbox({ world: 'hardened' }, async (client) => {
      const query = `authorizationresources
        | where type =~ 'microsoft.authorization/roleassignments'
        | extend principalId = tostring(properties.principalId),
            roleGuid = tolower(tostring(split(tostring(properties.roleDefinitionId), '/')[-1])),
            scope = tolower(tostring(properties.scope)), principalType = tostring(properties.principalType)
        | where principalId in ('${firstPrincipalOf(OPENAI)}') or roleGuid in ('8e3af657-a8ff-443c-a75c-2fe8c4bcb635')
        | project id, scope, roleGuid, principalId, principalType, createdOn = tostring(properties.createdOn)
        | order by scope asc`;
      const { body } = await ask(client, query);
      const found = at(body, 'data') as { scope: string; roleGuid: string; principalType: string }[];
      expect(
        found.map(({ scope, roleGuid, principalType }) => [scope.split('/').at(-1), roleGuid, principalType]),
      ).toEqual([
        ['5a4d1f0e-7c3b-4e52-9a86-0b1d2c3e4f50', roleNamed('Owner'), 'User'],
        ['contoso-search', roleNamed('Search Index Data Reader'), 'ServicePrincipal'],
        ['contoso-search', roleNamed('Search Service Contributor'), 'ServicePrincipal'],
        ['contosodocs', roleNamed('Storage Blob Data Contributor'), 'ServicePrincipal'],
      ]);
    }));

  it('gives pages that together hold every resource once', () =>
    withSandbox({ world: 'hardened' }, async (client) => {
      const query = 'resources | project id | order by id asc';
      const all = at((await ask(client, query, { $top: 1000 })).body, 'data') as { id: string }[];
      const seen: unknown[] = [];
      let token: unknown;
      do {
        const { body } = await ask(client, query, {
          $top: 4,
          ...(token === undefined ? {} : { $skipToken: token as string }),
        });
        seen.push(...(at(body, 'data') as unknown[]));
        expect(at(body, 'totalRecords')).toBe(all.length);
        token = at(body, '$skipToken');
      } while (token !== undefined && seen.length < 100);
      expect(seen).toEqual(all);
    }));

  it('knows nothing of other subscriptions', () =>
    withSandbox({ world: 'exposed' }, async (client) => {
      const { body } = await client.post(URL_, {
        query: 'resources',
        subscriptions: ['11111111-1111-4111-8111-111111111111'],
      });
      expect(at(body, 'totalRecords')).toBe(0);
    }));

  it.each([
    'resources | summarize count()',
    'resources | where type startswith "m"',
    "resources | where name == 'x",
    'advisorresources',
    "resources | project split(id, '/')[x]",
    '',
    'resources | project',
  ])('refuses %j as an invalid query', (query) =>
    withSandbox({ world: 'empty' }, async (client) => {
      const { status, body } = await ask(client, query);
      expect([status, at(body, 'error', 'code'), at(body, 'error', 'details', 0, 'code')]).toEqual([
        400,
        'BadRequest',
        'InvalidQuery',
      ]);
    }),
  );
});

describe('a query', () => {
  const rows = [
    { name: 'b', type: 'x/y', properties: { state: 'On', deep: { value: 1 } } },
    { name: 'A', type: 'X/z', properties: { state: 'off' } },
    { name: 'c', type: 'x/y', properties: null },
  ];
  const run = (query: string) => runQuery(parseQuery(query), rows).map(({ name }) => name);

  it.each([
    ["resources | where type == 'x/y'", ['b', 'c']],
    ["resources | where type =~ 'x/Z'", ['A']],
    ["resources | where type !~ 'X/Y'", ['A']],
    ["resources | where type in~ ('X/Y', 'q') and name != 'b'", ['c']],
    ["resources | where name !in ('b')", ['A', 'c']],
    ["resources | where properties.state =~ 'on' or name == 'c'", ['b', 'c']],
    ['resources | where isnotnull(properties.deep.value)', ['b']],
    ['resources | where isnull(properties)', ['c']],
    ["resources | where not(type =~ 'x/y') // a comment", ['A']],
    ["resources | where (name == 'b' or name == 'c') and type == 'x/y' | limit 1", ['b']],
    ['resources | order by name asc', ['A', 'b', 'c']],
    ['resources | sort by name', ['c', 'b', 'A']],
    ['RESOURCES | take 2', ['b', 'A']],
  ])('%s', (query, names) => {
    expect(run(query)).toEqual(names);
  });

  it('extends rows with columns, which later operators know', () => {
    expect(
      runQuery(
        parseQuery(
          "resources | extend kind = split(type, '/')[0], last = split(type, '/')[-1] | where kind == 'X' | project name, last, none = split(type, '/')[7]",
        ),
        rows,
      ),
    ).toEqual([{ name: 'A', last: 'z', none: null }]);
  });

  it('projects, renames and folds', () => {
    expect(
      runQuery(
        parseQuery('resources | project t = tolower(type), s = tostring(properties.state), missing | take 1'),
        rows,
      ),
    ).toEqual([{ t: 'x/y', s: 'On', missing: null }]);
  });

  it('of any text either parses or is a QueryError', () => {
    const piece = fc.constantFrom(
      'resources',
      '|',
      'where',
      'project',
      'name',
      '==',
      "'x'",
      '(',
      ')',
      ',',
      'in~',
      'and',
      'not',
      'order by',
      '10',
      '=',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join(' ')),
        ),
        (text) => {
          try {
            parseQuery(text);
            return true;
          } catch (error) {
            return error instanceof QueryError;
          }
        },
      ),
    );
  });
});
