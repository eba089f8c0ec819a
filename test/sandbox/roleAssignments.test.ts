import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId } from '../../src/core/resources/resourceId';
import { PRINCIPAL_ID, SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { DEVELOPERS_ID, PIPELINE_ID } from '../../src/sandbox/directory/people';
import { roleNamed } from '../../src/sandbox/providers/authorization/builtInRoles';
import { AI_GROUP, CONTAINER, INDEX, OPENAI, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import { groupId } from '../../src/sandbox/worlds/builders';
import { at, withSandbox, type SandboxClient } from './client';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const VERSION = 'api-version=2022-04-01';
const NAMES = ['1', '2', '3'].map((last) => `0a1b2c3d-0000-4000-8000-00000000000${last}`);
const [NAME = '', OTHER_NAME = ''] = NAMES;

const assignmentsAt = (scope: string) => `${scope}/providers/Microsoft.Authorization/roleAssignments`;
const url = (scope: string, name = NAME) => `${assignmentsAt(scope)}/${name}?${VERSION}`;
const wanted = (changes: JsonObject = {}): JsonObject => ({
  properties: {
    roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${roleNamed('Reader')}`,
    principalId: PIPELINE_ID,
    principalType: 'ServicePrincipal',
    ...changes,
  },
});
const inExposed = (use: (client: SandboxClient) => Promise<void>) => withSandbox({ world: 'exposed' }, use);
const list = async (client: SandboxClient, scope: string, filter = '') => {
  const query = filter === '' ? VERSION : `${VERSION}&$filter=${encodeURIComponent(filter)}`;
  return (await client.get(`${assignmentsAt(scope)}?${query}`)).body;
};
const scopesIn = (body: unknown) =>
  (at(body as never, 'value') as JsonObject[]).map((each) => at(each, 'properties', 'scope'));
const errorOf = ({ status, body }: { status: number; body: unknown }) => [status, at(body as never, 'error', 'code')];

describe('a role assignment', () => {
  it.each([
    ['the subscription', SUBSCRIPTION],
    ['a resource group', groupId(AI_GROUP)],
    ['a resource', SEARCH],
    ['a container', childId(STORAGE, 'blobServices', 'default', 'containers', CONTAINER)],
    ['a single index', childId(SEARCH, 'indexes', INDEX)],
  ])('hangs on %s', (_, scope) =>
    inExposed(async (client) => {
      const created = await client.put(url(scope), wanted());
      expect(created.status).toBe(201);
      expect(created.body).toMatchObject({ id: `${assignmentsAt(scope)}/${NAME}`, properties: { scope } });
      expect((await client.get(url(scope))).status).toBe(200);
    }),
  );

  it('is found with two slashes at the beginning and in any casing, and shows Azure’s own', () =>
    inExposed(async (client) => {
      await client.put(`/${url(SEARCH)}`, wanted());
      const found = await client.get(url(SEARCH.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')));
      expect(at(found.body, 'properties', 'scope')).toBe(SEARCH);
    }));

  it('tells who made it when it is read, not when it is made', () =>
    inExposed(async (client) => {
      expect(at((await client.put(url(SEARCH), wanted())).body, 'properties', 'createdBy')).toBeNull();
      expect(at((await client.get(url(SEARCH))).body, 'properties', 'createdBy')).toBe(PRINCIPAL_ID);
    }));

  it('made again the same is 200, and nothing new', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH), wanted());
      expect((await client.put(url(SEARCH), wanted())).status).toBe(200);
      expect(scopesIn(await list(client, SEARCH, `principalId eq '${PIPELINE_ID}'`))).toEqual([SEARCH]);
    }));

  it('cannot become that of another principal, of another role or of another scope', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH), wanted());
      const role = `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${roleNamed('Owner')}`;
      const changes = [{ principalId: DEVELOPERS_ID, principalType: 'Group' }, { roleDefinitionId: role }];
      for (const change of changes) {
        expect(errorOf(await client.put(url(SEARCH), wanted(change)))).toEqual([
          400,
          'RoleAssignmentUpdateNotPermitted',
        ]);
      }
      expect(errorOf(await client.put(url(STORAGE), wanted()))).toEqual([400, 'RoleAssignmentUpdateNotPermitted']);
    }));

  it('exists only once for the same principal, role and scope, whatever its name', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH), wanted());
      expect(errorOf(await client.put(url(SEARCH, OTHER_NAME), wanted()))).toEqual([409, 'RoleAssignmentExists']);
      expect((await client.put(url(STORAGE, OTHER_NAME), wanted())).status).toBe(201);
    }));

  it('goes with its scope', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH), wanted());
      await client.delete(`${SEARCH}?api-version=2025-05-01`);
      expect(scopesIn(await list(client, SUBSCRIPTION, `principalId eq '${PIPELINE_ID}'`))).toEqual([]);
    }));

  it('that is deleted is answered once more; one that is not there is 204', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH), wanted());
      expect(await client.delete(url(SEARCH))).toMatchObject({ status: 200, body: { name: NAME } });
      expect((await client.delete(url(SEARCH))).status).toBe(204);
    }));

  it.each([
    ['a name that is no GUID', url(SEARCH, 'mine'), wanted(), [400, 'InvalidRoleAssignmentId']],
    ['a principal that is no GUID', url(SEARCH), wanted({ principalId: 'me' }), [400, 'InvalidPrincipalId']],
    ['nobody', url(SEARCH), wanted({ principalId: NAME }), [400, 'PrincipalNotFound']],
    [
      'a group as a user',
      url(SEARCH),
      wanted({ principalId: DEVELOPERS_ID, principalType: 'User' }),
      [400, 'UnmatchedPrincipalType'],
    ],
    [
      'a role that is none',
      url(SEARCH),
      wanted({ roleDefinitionId: `/x/${NAME}` }),
      [400, 'RoleDefinitionDoesNotExist'],
    ],
    ['a scope that is not there', url(`${SEARCH}2`), wanted(), [404, 'ResourceNotFound']],
    ['a group that is not there', url(groupId('nowhere')), wanted(), [404, 'ResourceGroupNotFound']],
  ])('is refused for %s', (_, path, body, expected) =>
    inExposed(async (client) => {
      expect(errorOf(await client.put(path, body))).toEqual(expected);
    }),
  );
});

describe('the list of role assignments', () => {
  const inList = (use: (client: SandboxClient) => Promise<void>) =>
    inExposed(async (client) => {
      await client.put(url(groupId(AI_GROUP), NAMES[0]), wanted());
      await client.put(url(SEARCH, NAMES[1]), wanted({ principalId: DEVELOPERS_ID, principalType: 'Group' }));
      await client.put(url(STORAGE, NAMES[2]), wanted());
      await use(client);
    });

  it.each([
    ['', [SUBSCRIPTION, SUBSCRIPTION, groupId(AI_GROUP), SEARCH]],
    ['atScope()', [SUBSCRIPTION, SUBSCRIPTION, groupId(AI_GROUP), SEARCH]],
    [`principalId eq '${PIPELINE_ID}'`, [groupId(AI_GROUP)]],
    [`assignedTo('${PRINCIPAL_ID}')`, [SUBSCRIPTION, SUBSCRIPTION, SEARCH]],
    [`atScope() and principalId eq '${DEVELOPERS_ID.toUpperCase()}'`, [SEARCH]],
  ])('of a resource with the filter %j holds what is inherited, groups where they are asked for', (filter, scopes) =>
    inList(async (client) => {
      expect(scopesIn(await list(client, SEARCH, filter))).toEqual(scopes);
    }),
  );

  it('of a group holds what is below it, unless only the scope itself is wanted', () =>
    inList(async (client) => {
      const own = (body: unknown) => scopesIn(body).filter((scope) => scope !== SUBSCRIPTION);
      expect(own(await list(client, groupId(AI_GROUP)))).toEqual([groupId(AI_GROUP), SEARCH, STORAGE]);
      expect(own(await list(client, groupId(AI_GROUP), 'atScope()'))).toEqual([groupId(AI_GROUP)]);
    }));

  it('refuses filters that Azure does not have', () =>
    inList(async (client) => {
      const answer = await client.get(`${assignmentsAt(SEARCH)}?${VERSION}&$filter=scope eq 'x'`);
      expect(errorOf(answer)).toEqual([400, 'UnsupportedQuery']);
    }));
});

describe('a new identity', () => {
  const switchOn = async (client: SandboxClient) => {
    const patched = await client.patch(`${OPENAI}?api-version=2025-06-01`, { identity: { type: 'SystemAssigned' } });
    return String(at(patched.body, 'identity', 'principalId'));
  };
  const tries = async (client: SandboxClient, body: JsonObject) => {
    for (let count = 1; count <= 10; count += 1) {
      if ((await client.put(url(SEARCH), body)).status === 201) return count;
    }
    return Infinity;
  };

  it('is found after a few tries of ten seconds where its type is told, and later where it is not', () =>
    inExposed(async (client) => {
      const principalId = await switchOn(client);
      expect(await tries(client, wanted({ principalId }))).toBe(3);
    }).then(() =>
      inExposed(async (client) => {
        const principalId = await switchOn(client);
        const { principalType: _, ...properties } = wanted({ principalId })['properties'] as JsonObject;
        expect(await tries(client, { properties })).toBe(7);
      }),
    ));

  it('that is switched off leaves its assignments, of a principal that nobody knows', () =>
    withSandbox({ world: 'hardened' }, async (client) => {
      const before = at((await client.get(`${OPENAI}?api-version=2025-06-01`)).body, 'identity', 'principalId');
      const off = { identity: { type: 'None' } };
      await client.follow(await client.patch(`${OPENAI}?api-version=2025-06-01`, off));
      const left = await list(client, SEARCH, `principalId eq '${String(before)}'`);
      expect(at(left, 'value')).toHaveLength(2);
      expect(at(left, 'value', 0, 'properties', 'principalType')).toBe('Unknown');
      expect(await switchOn(client)).not.toBe(before);
    }));
});

describe('role definitions', () => {
  it('are found by name at any scope, and by GUID', () =>
    inExposed(async (client) => {
      const filter = encodeURIComponent("roleName eq 'Storage Blob Data Reader'");
      const found = await client.get(
        `${SEARCH}/providers/Microsoft.Authorization/roleDefinitions?${VERSION}&$filter=${filter}`,
      );
      const id = String(at(found.body, 'value', 0, 'id'));
      expect(at((await client.get(`${id}?${VERSION}`)).body, 'properties', 'permissions', 0, 'dataActions')).toEqual([
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      ]);
      expect(errorOf(await client.get(`${id.slice(0, -1)}f?${VERSION}`))).toEqual([404, 'RoleDefinitionDoesNotExist']);
    }));
});
