import { describe, expect, it } from 'vitest';
import { childId } from '../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { PIPELINE_ID } from '../../src/sandbox/directory/people';
import { roleNamed } from '../../src/sandbox/providers/authorization/builtInRoles';
import { AI_GROUP, NETWORK, NETWORK_GROUP, OPENAI, SEARCH, STORAGE } from '../../src/sandbox/worlds/exposed';
import { groupId } from '../../src/sandbox/worlds/builders';
import { at, withSandbox, type SandboxClient } from './client';

const SUBSCRIPTION = `/subscriptions/${SUBSCRIPTION_ID}`;
const locksAt = (scope: string) => `${scope}/providers/Microsoft.Authorization/locks`;
const url = (scope: string, name = 'keep') => `${locksAt(scope)}/${name}?api-version=2020-05-01`;
const inExposed = (use: (client: SandboxClient) => Promise<void>) => withSandbox({ world: 'exposed' }, use);
const lock = (client: SandboxClient, scope: string, level = 'CanNotDelete', name = 'keep') =>
  client.put(url(scope, name), { properties: { level, notes: 'Do not delete.' } });
const errorOf = ({ status, body }: { status: number; body: unknown }) => [status, at(body as never, 'error', 'code')];
const LOCKED = [409, 'ScopeLocked'];
const search = `${SEARCH}?api-version=2025-05-01`;
const assignment = `${SEARCH}/providers/Microsoft.Authorization/roleAssignments/0a1b2c3d-0000-4000-8000-000000000001`;
const assigned = {
  properties: {
    roleDefinitionId: `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${roleNamed('Reader')}`,
    principalId: PIPELINE_ID,
    principalType: 'ServicePrincipal',
  },
};

describe('a lock', () => {
  it.each([
    ['the subscription', SUBSCRIPTION],
    ['the resource group', groupId(AI_GROUP)],
    ['the resource itself', SEARCH],
  ])('on %s keeps a resource from being deleted until it is taken off', (_, scope) =>
    inExposed(async (client) => {
      expect((await lock(client, scope)).status).toBe(201);
      const refused = await client.delete(search);
      expect(errorOf(refused)).toEqual(LOCKED);
      expect(at(refused.body, 'error', 'message')).toBe(
        `The scope '${SEARCH}' cannot perform delete operation because following scope(s) are locked: '${scope}'. Please remove the lock and try again.`,
      );
      expect((await client.delete(url(scope))).status).toBe(200);
      expect((await client.delete(search)).status).toBe(200);
    }),
  );

  it('against deletion lets everything be written, and keys be listed', () =>
    inExposed(async (client) => {
      await lock(client, groupId(AI_GROUP));
      expect((await client.patch(search, { tags: { kept: 'yes' } })).status).toBe(200);
      expect((await client.post(`${SEARCH}/listAdminKeys?api-version=2025-05-01`)).status).toBe(200);
      expect((await client.put(`${assignment}?api-version=2022-04-01`, assigned)).status).toBe(201);
    }));

  it('of a resource keeps role assignments below it from being deleted, and the refusal names them', () =>
    inExposed(async (client) => {
      await client.put(`${assignment}?api-version=2022-04-01`, assigned);
      await lock(client, SEARCH);
      const refused = await client.delete(`${assignment}?api-version=2022-04-01`);
      expect(errorOf(refused)).toEqual(LOCKED);
      expect(at(refused.body, 'error', 'message')).toContain(`'${assignment}'`);
    }));

  it('that is read-only stops writes and everything that is a POST, keys and role assignments too', () =>
    inExposed(async (client) => {
      await lock(client, groupId(AI_GROUP), 'ReadOnly');
      for (const refused of [
        await client.patch(search, { tags: {} }),
        await client.put(`${assignment}?api-version=2022-04-01`, assigned),
        await client.post(`${STORAGE}/listKeys?api-version=2023-05-01`),
        await client.post(`${OPENAI}/listKeys?api-version=2025-06-01`),
        await client.delete(search),
      ]) {
        expect(errorOf(refused)).toEqual(LOCKED);
      }
      expect((await client.get(search)).status).toBe(200);
    }));

  it('stops the deletion of what holds the locked resource, and of nothing beside it', () =>
    inExposed(async (client) => {
      const subnet = childId(NETWORK, 'subnets', 'snet-clients');
      await lock(client, subnet);
      expect(errorOf(await client.delete(`${NETWORK}?api-version=2024-05-01`))).toEqual(LOCKED);
      expect(errorOf(await client.delete(`${groupId(NETWORK_GROUP)}?api-version=2022-09-01`))).toEqual(LOCKED);
      expect((await client.delete(search)).status).toBe(200);
    }));

  it('does not keep a role assignment of the group, in which something is locked, from being deleted', () =>
    inExposed(async (client) => {
      const atGroup = assignment.replace(SEARCH, groupId(AI_GROUP));
      await client.put(`${atGroup}?api-version=2022-04-01`, assigned);
      await lock(client, OPENAI);
      expect((await client.delete(`${atGroup}?api-version=2022-04-01`)).status).toBe(200);
    }));

  it('is listed where it is inherited, and below a scope unless only the scope is asked for', () =>
    inExposed(async (client) => {
      await lock(client, groupId(AI_GROUP), 'CanNotDelete', 'group');
      await lock(client, SEARCH, 'CanNotDelete', 'search');
      const names = async (scope: string, filter = '') => {
        const answer = await client.get(`${locksAt(scope)}?api-version=2020-05-01${filter}`);
        return (at(answer.body, 'value') as { name: string }[]).map(({ name }) => name);
      };
      expect(await names(SEARCH)).toEqual(['group', 'search']);
      expect(await names(OPENAI)).toEqual(['group']);
      expect(await names(SUBSCRIPTION)).toEqual(['group', 'search']);
      expect(await names(groupId(AI_GROUP), '&$filter=atScope()')).toEqual(['group']);
      expect(await names(groupId(NETWORK_GROUP))).toEqual([]);
    }));

  it('is 201 when it is new, 200 when it is changed, 204 when there was none to delete', () =>
    inExposed(async (client) => {
      expect((await lock(client, SEARCH)).status).toBe(201);
      expect((await lock(client, SEARCH, 'readonly')).body).toMatchObject({ properties: { level: 'ReadOnly' } });
      expect((await client.delete(url(SEARCH))).status).toBe(200);
      expect((await client.delete(url(SEARCH))).status).toBe(204);
      expect(errorOf(await client.get(url(SEARCH)))).toEqual([404, 'LockNotFound']);
      expect((await lock(client, SEARCH, 'Everything')).status).toBe(400);
    }));
});
