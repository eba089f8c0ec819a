import { describe, expect, it } from 'vitest';
import { connectToSandbox } from '../../src/azure/sandboxConnection';
import type { JsonObject } from '../../src/core/resources/json';
import type { AzurePort } from '../../src/core/ports';
import { childId, extensionId, resourceIdIn } from '../../src/core/resources/resourceId';
import { SUBSCRIPTION_ID } from '../../src/sandbox/azure';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { startSandbox } from '../../src/sandbox/sandbox';
import { groupId } from '../../src/sandbox/worlds/builders';
import { apiManagement, serviceId } from '../../src/sandbox/worlds/edgeBuilders';
import { AI_GROUP, EXPOSED, SEARCH, VAULT, WORKSPACE } from '../../src/sandbox/worlds/exposed';
import { signal } from './support/sandboxSession';

const SERVICE = serviceId(AI_GROUP, 'contoso-apim');
const GROUP = groupId(AI_GROUP);
const LOCK = extensionId(SEARCH, 'Microsoft.Authorization/locks', 'ringfence');
const SETTING = extensionId(SEARCH, 'Microsoft.Insights/diagnosticSettings', 'ringfence');

/** “Azure AI Search services should disable public network access” */
const SEARCH_CLOSED = 'ee980b6d-0eca-4501-8d54-f6290fd512c3';

interface Bench {
  readonly azure: AzurePort;
  readonly asked: Exchange[];
  write(action: 'create' | 'update' | 'delete', resource: string, body?: JsonObject): Promise<void>;
}

async function onSandbox(use: (bench: Bench) => Promise<void>): Promise<void> {
  const asked: Exchange[] = [];
  const seed = { ...EXPOSED, name: 'writer', steps: [...EXPOSED.steps, apiManagement(SERVICE, 'eastus')] };
  const sandbox = await startSandbox({ world: seed, onExchange: (exchange) => asked.push(exchange) });
  const { azure } = connectToSandbox(sandbox);
  const write: Bench['write'] = (action, resource, body) =>
    azure.write({ action, resource, ...(body && { body }) }, { signal });
  try {
    await use({ azure, asked, write });
  } finally {
    await sandbox.stop();
  }
}

const toWorkspace = (logs: JsonObject[]): JsonObject => ({ properties: { workspaceId: WORKSPACE, logs } });
const methods = (asked: readonly Exchange[]) =>
  asked.flatMap(({ method, requestHeaders }) => (method === 'GET' ? [] : [[method, requestHeaders['if-match']]]));

describe('resources that are written by their id', () => {
  it('as extensions of another are made, replaced as a whole, listed with it, and deleted', () =>
    onSandbox(async ({ azure, asked, write }) => {
      await write('create', LOCK, { properties: { level: 'CanNotDelete', notes: 'Ringfence' } });
      await write('update', LOCK, { properties: { notes: 'changed' } });
      expect(await azure.read(LOCK, signal)).toMatchObject({
        resource: { properties: { level: 'CanNotDelete', notes: 'changed' } },
      });
      expect(methods(asked).map(([method]) => method)).toEqual(['PUT', 'PUT']);
      const locks = await azure.read(`${SEARCH}/providers/Microsoft.Authorization/locks`, signal);
      expect(locks).toMatchObject({ resource: { value: [{ name: 'ringfence' }] } });
      await write('delete', LOCK);
      expect(await azure.read(LOCK, signal)).toEqual({ state: 'absent' });
    }));

  it('keep what an update does not speak of', () =>
    onSandbox(async ({ azure, write }) => {
      await write('create', SETTING, toWorkspace([{ categoryGroup: 'allLogs', enabled: true }]));
      await write('update', SETTING, { properties: { metrics: [{ category: 'AllMetrics', enabled: true }] } });
      const settings = await azure.read(`${SEARCH}/providers/Microsoft.Insights/diagnosticSettings`, signal);
      expect(settings).toMatchObject({
        resource: { value: [{ properties: { logs: [{ categoryGroup: 'allLogs' }], metrics: [{ enabled: true }] } }] },
      });
      await write('delete', SETTING);
      expect(await azure.read(SETTING, signal)).toEqual({ state: 'absent' });
    }));

  it('at the subscription are read, made and deleted as well, and absent is absent', () =>
    onSandbox(async ({ azure, write }) => {
      const at = `/subscriptions/${SUBSCRIPTION_ID}`;
      const initiative = extensionId(at, 'Microsoft.Authorization/policySetDefinitions', 'ringfence');
      const assignment = extensionId(GROUP, 'Microsoft.Authorization/policyAssignments', 'ringfence');
      const definition = `/providers/Microsoft.Authorization/policyDefinitions/${SEARCH_CLOSED}`;
      await write('create', initiative, { properties: { policyDefinitions: [{ policyDefinitionId: definition }] } });
      await write('create', assignment, { properties: { policyDefinitionId: initiative } });
      await write('update', assignment, { properties: { displayName: 'Ringfence' } });
      expect(await azure.read(assignment, signal)).toMatchObject({
        resource: { properties: { policyDefinitionId: initiative, displayName: 'Ringfence' } },
      });
      for (const id of [assignment, initiative]) {
        await write('delete', id);
        expect(await azure.read(id, signal)).toEqual({ state: 'absent' });
      }
    }));

  it('are followed to the end of what takes long, and patched where Azure takes a part', () =>
    onSandbox(async ({ azure, asked, write }) => {
      const workspace = resourceIdIn(GROUP, 'Microsoft.OperationalInsights/workspaces', 'log-new');
      await write('create', workspace, { location: 'eastus', properties: { sku: { name: 'PerGB2018' } } });
      await write('update', workspace, { properties: { retentionInDays: 60 } });
      expect(await azure.read(workspace, signal)).toMatchObject({
        resource: { properties: { provisioningState: 'Succeeded', retentionInDays: 60 } },
      });
      await write('update', VAULT, { properties: { enablePurgeProtection: true } });
      expect(methods(asked).map(([method]) => method)).toEqual(['PUT', 'PATCH', 'PATCH']);
    }));

  it('inside of API Management name the version that they change', () =>
    onSandbox(async ({ asked, write }) => {
      const backend = childId(SERVICE, 'backends', 'aoai');
      await write('create', backend, {
        properties: { url: 'https://contoso-openai.openai.azure.com', protocol: 'http' },
      });
      await write('update', backend, { properties: { description: 'changed' } });
      await write('delete', backend);
      expect(methods(asked)).toEqual([
        ['PUT', undefined],
        ['PATCH', '*'],
        ['DELETE', '*'],
      ]);
    }));

  it('are refused before anything is sent, where their type is not known or a part would be lost', () =>
    onSandbox(async ({ asked, write }) => {
      const other = resourceIdIn(GROUP, 'Microsoft.Compute/disks', 'x');
      await expect(write('create', other, {})).rejects.toThrow(/cannot create/);
      await expect(write('update', SERVICE, { zones: ['1'] })).rejects.toThrow(/zones/);
      expect(asked).toEqual([]);
    }));
});
