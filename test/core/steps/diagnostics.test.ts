import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import { DATA, ID } from '../support/ids';
import { blockedOf, changeOf, planOf, stepsOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { extensions, GOVERNED, governedSetup, ungovernedWorld } from '../support/governed';

const SETTING = 'Microsoft.Insights/diagnosticSettings';
const setup = governedSetup();
const BLOBS = `${DATA.storage}/blobServices/default`;

const on = (name: string): JsonObject => ({ category: name, enabled: true });
const group = (name: string): JsonObject => ({ categoryGroup: name, enabled: true });
const to = (logs: readonly JsonObject[], sink: JsonObject = { workspaceId: GOVERNED.workspace }): JsonObject => ({
  ...sink,
  logs,
});

describe.each<[string, string, JsonObject, FindingStatus]>([
  ['aoai-diagnostics', ID.account, to([group('allLogs')]), 'compliant'],
  ['aoai-diagnostics', ID.account, to([on('Audit')]), 'compliant'],
  ['aoai-diagnostics', ID.account, to([on('Audit')], { storageAccountId: DATA.storage }), 'compliant'],
  ['aoai-diagnostics', ID.account, to([on('Audit')], { workspaceId: null }), 'nonCompliant'],
  ['aoai-diagnostics', ID.account, to([on('Trace')]), 'nonCompliant'],
  ['aoai-diagnostics', ID.account, to([{ categoryGroup: 'allLogs', enabled: false }]), 'nonCompliant'],
  ['search-diagnostics', DATA.search, to([on('operationlogs')]), 'compliant'],
  ['search-diagnostics', DATA.search, to([]), 'nonCompliant'],
  ['storage-diagnostics', BLOBS, to([group('Audit')]), 'compliant'],
  ['storage-diagnostics', BLOBS, to([on('StorageRead'), on('StorageWrite')]), 'nonCompliant'],
  ['storage-diagnostics', DATA.storage, to([group('allLogs')]), 'nonCompliant'],
  ['apim-diagnostics', GOVERNED.apiManagement, to([on('GatewayLogs')]), 'compliant'],
  ['apim-diagnostics', GOVERNED.apiManagement, to([on('WebSocketConnectionLogs')]), 'nonCompliant'],
  ['appgw-diagnostics', GOVERNED.gateway, to([on('ApplicationGatewayAccessLog')]), 'nonCompliant'],
  ['appgw-diagnostics', GOVERNED.gateway, to([group('allLogs')]), 'compliant'],
  ['key-vault-diagnostics', GOVERNED.vault, to([on('AuditEvent')]), 'compliant'],
])('%s with a setting on %s that has %j', (step, scope, properties, status) => {
  test(`is ${status}`, () => {
    const world = ungovernedWorld(...extensions(scope, SETTING, { theirs: properties }));
    expect(findingOf(step, world, { setup }).status).toBe(status);
  });
});

describe('logs', () => {
  test('go to the workspace of the setup, where nobody sends any', () => {
    const change = changeOf(planOf(ungovernedWorld(), { setup }, ['search-diagnostics']), 'search-diagnostics');
    expect(change).toMatchObject({
      resource: `${DATA.search}/providers/${SETTING}/ringfence`,
      body: {
        properties: {
          workspaceId: GOVERNED.workspace,
          logs: [group('allLogs')],
          metrics: [{ category: 'AllMetrics', enabled: true }],
        },
      },
      undo: { kind: 'delete' },
      permissions: [
        { action: 'Microsoft.Insights/diagnosticSettings/write', scope: DATA.search },
        { action: 'Microsoft.OperationalInsights/workspaces/sharedKeys/action', scope: GOVERNED.workspace },
      ],
    });
  });

  test('that several settings send together are enough', () => {
    const parts = extensions(BLOBS, SETTING, {
      first: to([on('StorageRead')]),
      second: to([on('StorageWrite'), on('StorageDelete')], { eventHubAuthorizationRuleId: 'rule' }),
    });
    expect(findingOf('storage-diagnostics', ungovernedWorld(...parts), { setup }).status).toBe('compliant');
  });

  test('that a setting sends in part are completed by another one, with nothing twice', () => {
    const theirs = { ...to([on('Trace')]), metrics: [on('AllMetrics')] };
    const world = ungovernedWorld(...extensions(ID.account, SETTING, { ringfence: theirs }));
    const change = changeOf(planOf(world, { setup }, ['aoai-diagnostics']), 'aoai-diagnostics');
    expect(change.resource).toBe(`${ID.account}/providers/${SETTING}/ringfence-2`);
    expect(change.body).toEqual({ properties: to([on('Audit')]) });
  });

  test('that go to a workspace which somebody has deleted go nowhere', () => {
    const world = ungovernedWorld(...extensions(DATA.search, SETTING, { ringfence: to([group('allLogs')]) }));
    world.remove(GOVERNED.workspace);
    expect(findingOf('search-diagnostics', world, { setup }).status).toBe('nonCompliant');
  });

  test('of a resource with five settings are for a person to add', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name): [string, JsonObject] => [name, to([])]);
    const world = ungovernedWorld(...extensions(DATA.search, SETTING, Object.fromEntries(names)));
    const finding = findingOf('search-diagnostics', world, { setup });
    expect(finding.status).toBe('nonCompliant');
    expect(finding.notes?.map(english)).toContainEqual(expect.stringContaining('Azure allows no more'));
    const plan = planOf(world, { setup }, ['search-diagnostics']);
    expect(stepsOf(plan)).not.toContain('search-diagnostics');
    expect(blockedOf(plan)).toHaveProperty('search-diagnostics');
  });

  test('have nowhere to go in a setup without a workspace', () => {
    const without = governedSetup({}, { logAnalyticsWorkspace: undefined });
    expect(findingOf('search-diagnostics', ungovernedWorld(), { setup: without }).status).toBe('notApplicable');
  });

  test('of a resource that is not there cannot be planned', () => {
    const world = ungovernedWorld();
    world.remove(DATA.search);
    expect(blockedOf(planOf(world, { setup }, ['search-diagnostics']))).toHaveProperty('search-diagnostics');
  });

  test('that cannot be read are unknown', () => {
    const denied = [`${DATA.search}/providers/${SETTING}`];
    expect(findingOf('search-diagnostics', ungovernedWorld(), { setup, denied }).status).toBe('unknown');
  });
});

describe('log-analytics-workspace', () => {
  test('holds where the workspace is there', () => {
    expect(findingOf('log-analytics-workspace', ungovernedWorld(), { setup }).status).toBe('compliant');
  });

  test('is made before the settings that send to it', () => {
    const world = ungovernedWorld();
    world.remove(GOVERNED.workspace);
    const create = { location: 'japaneast' };
    const making = governedSetup({}, { logAnalyticsWorkspace: { id: GOVERNED.workspace, create } });
    const plan = planOf(world, { setup: making }, ['search-diagnostics']);
    const made = changeOf(plan, 'log-analytics-workspace');
    expect(made.body).toMatchObject({ ...create, properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 } });
    expect(changeOf(plan, 'search-diagnostics').dependsOn).toContain(made.id);
  });
});
