import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { childId, resourceIdIn } from '../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import { groupId, storageAccountId, workspaceId } from '../../src/sandbox/worlds/builders';
import { AI_GROUP, NETWORK, OPENAI, SEARCH, STORAGE, WORKSPACE } from '../../src/sandbox/worlds/exposed';
import { at, withSandbox, type Received, type SandboxClient } from './client';

const VERSION = 'api-version=2021-05-01-preview';
const settingsOf = (scope: string) => `${scope}/providers/Microsoft.Insights/diagnosticSettings`;
const url = (scope: string, name = 'to-logs') => `${settingsOf(scope)}/${name}?${VERSION}`;
const ALL_LOGS = [{ categoryGroup: 'allLogs', enabled: true }];
const toWorkspace = (changes: JsonObject = {}): JsonObject => ({
  properties: { workspaceId: WORKSPACE, logs: ALL_LOGS, ...changes },
});
const inExposed = (use: (client: SandboxClient) => Promise<void>) => withSandbox({ world: 'exposed' }, use);
const codeOf = ({ status, body }: Received) => [status, at(body, 'code')];

describe('a diagnostic setting', () => {
  it.each([
    ['Azure OpenAI', OPENAI, ['Audit', 'AzureOpenAIRequestUsage']],
    ['AI Search', SEARCH, ['OperationLogs']],
    ['the blobs of a storage account', childId(STORAGE, 'blobServices', 'default'), ['StorageRead']],
  ])('hangs on %s, which tells what it can send', (_, scope, expected) =>
    inExposed(async (client) => {
      const listed = await client.get(`${scope}/providers/Microsoft.Insights/diagnosticSettingsCategories?${VERSION}`);
      const names = (at(listed.body, 'value') as { name: string }[]).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(expected));
      expect((await client.put(url(scope), toWorkspace())).status).toBe(200);
      expect(at((await client.get(url(scope))).body, 'properties', 'logs', 0)).toMatchObject(ALL_LOGS[0] ?? {});
      expect((await client.delete(url(scope))).status).toBe(200);
      expect(codeOf(await client.get(url(scope)))).toEqual([404, 'ResourceNotFound']);
    }),
  );

  it('needs a destination that is there', () =>
    inExposed(async (client) => {
      const gone = workspaceId(AI_GROUP, 'log-gone');
      expect(codeOf(await client.put(url(SEARCH), { properties: { logs: ALL_LOGS } }))).toEqual([400, 'BadRequest']);
      expect(codeOf(await client.put(url(SEARCH), toWorkspace({ workspaceId: gone })))).toEqual([400, 'BadRequest']);
    }));

  it.each([
    ['a category that the resource does not have', { logs: [{ category: 'Audit', enabled: true }] }],
    ['a group that there is not', { logs: [{ categoryGroup: 'everything', enabled: true }] }],
    ['a metric that there is not', { metrics: [{ category: 'Transaction', enabled: true }] }],
  ])('refuses %s', (_, changes) =>
    inExposed(async (client) => {
      expect(codeOf(await client.put(url(SEARCH), toWorkspace(changes)))).toEqual([400, 'BadRequest']);
    }),
  );

  it('cannot send what another one sends to the same destination, groups taken apart', () =>
    inExposed(async (client) => {
      await client.put(url(OPENAI, 'first'), toWorkspace());
      const same = toWorkspace({ logs: [{ category: 'Audit', enabled: true }] });
      const refused = await client.put(url(OPENAI, 'second'), same);
      expect(codeOf(refused)).toEqual([409, 'Conflict']);
      expect(at(refused.body, 'message')).toContain(`'${WORKSPACE}' is already used in diagnostic setting 'first'`);
      const metrics = toWorkspace({ logs: [], metrics: [{ category: 'AllMetrics', enabled: true }] });
      expect((await client.put(url(OPENAI, 'second'), metrics)).status).toBe(200);
      expect((await client.put(url(OPENAI, 'first'), same)).status).toBe(200);
    }));

  it('is one of five at most', () =>
    inExposed(async (client) => {
      const logs = ['Audit', 'RequestResponse', 'AzureOpenAIRequestUsage', 'Trace', 'ManagedNetworkEvent'];
      for (const category of logs) {
        const setting = toWorkspace({ logs: [{ category, enabled: true }] });
        expect((await client.put(url(OPENAI, category), setting)).status).toBe(200);
      }
      const metrics = toWorkspace({ logs: [], metrics: [{ category: 'AllMetrics', enabled: true }] });
      expect((await client.put(url(OPENAI, 'sixth'), metrics)).status).toBe(400);
      expect((await client.put(url(OPENAI, 'Trace'), metrics)).status).toBe(200);
    }));

  it('goes to a storage account of the same region only', () =>
    inExposed(async (client) => {
      const elsewhere = storageAccountId(AI_GROUP, 'contosoelsewhere');
      const account = { location: 'westus2', kind: 'StorageV2', sku: { name: 'Standard_LRS' }, properties: {} };
      await client.follow(await client.put(`${elsewhere}?api-version=2023-05-01`, account));
      const sendTo = (storageAccountId: string) => ({ properties: { storageAccountId, logs: ALL_LOGS } });
      expect((await client.put(url(SEARCH), sendTo(elsewhere))).status).toBe(400);
      expect((await client.put(url(SEARCH), sendTo(STORAGE))).status).toBe(200);
      expect((await client.put(url(NETWORK), sendTo(STORAGE))).status).toBe(400);
    }));

  it('needs the right to the keys of the workspace', () =>
    inExposed(async (client) => {
      await client.post('/.sandbox/denials', {
        action: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action',
        scope: WORKSPACE,
      });
      const refused = await client.put(url(SEARCH), toWorkspace());
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([403, 'LinkedAuthorizationFailed']);
    }));

  it('cannot be deleted while its resource is locked, and can be written', () =>
    inExposed(async (client) => {
      await client.put(`${SEARCH}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`, {
        properties: { level: 'CanNotDelete' },
      });
      expect((await client.put(url(SEARCH), toWorkspace())).status).toBe(200);
      const refused = await client.delete(url(SEARCH));
      expect([refused.status, at(refused.body, 'error', 'code')]).toEqual([409, 'ScopeLocked']);
    }));

  it('is listed with its resource in any casing, and goes with it', () =>
    inExposed(async (client) => {
      await client.put(url(SEARCH.toLowerCase()), toWorkspace());
      const listed = await client.get(`${settingsOf(SEARCH)}?${VERSION}`);
      expect(at(listed.body, 'value', 0, 'id')).toBe(
        `${SEARCH.toLowerCase()}/providers/microsoft.insights/diagnosticSettings/to-logs`,
      );
      await client.delete(`${SEARCH}?api-version=2025-05-01`);
      const state = await client.get('/.sandbox/state');
      expect(JSON.stringify(state.body).toLowerCase()).not.toContain('diagnosticsettings/to-logs');
    }));
});

const actionGroup = resourceIdIn(groupId(AI_GROUP), 'Microsoft.Insights/actionGroups', 'people');
const alert = resourceIdIn(groupId(AI_GROUP), 'Microsoft.Insights/activityLogAlerts', 'fence-down');
const groupUrl = `${actionGroup}?api-version=2023-01-01`;
const alertUrl = `${alert}?api-version=2020-10-01`;
const people = {
  location: 'Global',
  properties: { groupShortName: 'people', emailReceivers: [{ name: 'Aiko', emailAddress: 'aiko.tanaka@contoso.com' }] },
};
const onWrites = (changes: JsonObject = {}) => ({
  location: 'Global',
  properties: {
    scopes: [`/subscriptions/${SUBSCRIPTION_ID}`],
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' },
        { field: 'operationName', equals: 'Microsoft.Search/searchServices/write' },
      ],
    },
    actions: { actionGroups: [{ actionGroupId: actionGroup }] },
    ...changes,
  },
});

describe('an alert on the activity log', () => {
  it('tells an action group, is known to Resource Graph, and can be switched off', () =>
    inExposed(async (client) => {
      expect((await client.put(groupUrl, people)).status).toBe(201);
      expect(at((await client.get(groupUrl)).body, 'properties', 'emailReceivers', 0, 'status')).toBe('Enabled');
      expect((await client.put(alertUrl, onWrites())).status).toBe(201);
      const found = await client.post('/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
        query: "resources | where type =~ 'microsoft.insights/activitylogalerts' | project id",
      });
      expect(at(found.body, 'data')).toEqual([{ id: alert }]);
      await client.patch(alertUrl, { properties: { enabled: false } });
      expect(at((await client.get(alertUrl)).body, 'properties', 'enabled')).toBe(false);
      expect((await client.delete(alertUrl)).status).toBe(200);
    }));

  it.each([
    ['no scope', { scopes: [] }],
    ['a scope in another subscription', { scopes: ['/subscriptions/00000000-0000-0000-0000-000000000000'] }],
    ['no category', { condition: { allOf: [{ field: 'operationName', equals: 'x' }] } }],
    ['an action group that is not there', {}],
  ])('is refused with %s', (_, changes) =>
    inExposed(async (client) => {
      expect(codeOf(await client.put(alertUrl, onWrites(changes)))).toEqual([400, 'BadRequest']);
    }),
  );
});
