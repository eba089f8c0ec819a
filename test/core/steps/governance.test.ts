import { describe, expect, test } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../src/core/resources/json';
import { readPath } from '../../../src/core/resources/propertyPath';
import { extensionId } from '../../../src/core/resources/resourceId';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { inOrder } from '../../../src/core/steps/inOrder';
import { STEPS } from '../../../src/core/steps/registry';
import { DATA, ID, inGroup } from '../support/ids';
import { before, blockedOf, changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { provider } from '../support/resources';
import { extensions, GOVERNED, governedSetup, ungovernedWorld } from '../support/governed';

const LOCK = 'Microsoft.Authorization/locks';
const ALERT = inGroup('rg-contoso', 'Microsoft.Insights/activityLogAlerts', 'ringfence');
const GROUP = inGroup('rg-contoso', 'Microsoft.Insights/actionGroups', 'ringfence');
const setup = governedSetup();
const onlySearch = governedSetup({}, withoutOthers());

/** Search alone is locked and watched. */
function withoutOthers() {
  const left = ['openAi', 'storage', 'virtualNetwork', 'apiManagement', 'applicationGateway', 'keyVault'];
  return Object.fromEntries(left.map((role) => [role, undefined]));
}

describe('resource-locks', () => {
  test('are put on every resource that holds data or leads to it, each under a name of its own in the plan', () => {
    const { changes } = planOf(ungovernedWorld(), { setup }, ['resource-locks']);
    expect(changes.map(({ resource }) => resource)).toEqual(
      [ID.account, DATA.search, DATA.storage, ID.network, GOVERNED.apiManagement, GOVERNED.gateway, GOVERNED.vault].map(
        (id) => extensionId(id, LOCK, 'ringfence'),
      ),
    );
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    expect(changes[0]).toMatchObject({ body: { properties: { level: 'CanNotDelete' } }, undo: { kind: 'delete' } });
  });

  test.each<[string, readonly WireResource[]]>([
    ['of others', extensions(DATA.search, LOCK, { theirs: { level: 'CanNotDelete' } })],
    ['that also keep writes away', extensions(DATA.search, LOCK, { theirs: { level: 'ReadOnly' } })],
    ['of the group around it', inherited(ID.group)],
    ['of the subscription', inherited(ID.subscription)],
  ])('%s are enough', (_, locks) => {
    expect(findingOf('resource-locks', ungovernedWorld(...locks), { setup: onlySearch }).status).toBe('compliant');
  });

  test('of what is inside of the resource are not', () => {
    const inside = inherited(`${DATA.search}/sharedPrivateLinkResources/x`);
    expect(findingOf('resource-locks', ungovernedWorld(...inside), { setup: onlySearch }).status).toBe('nonCompliant');
  });

  test('are left out where the setup says so', () => {
    const without = governedSetup({ locks: false });
    expect(findingOf('resource-locks', ungovernedWorld(), { setup: without }).status).toBe('notApplicable');
  });

  test('cannot be planned for what is not there', () => {
    const world = ungovernedWorld();
    world.remove(DATA.search);
    expect(blockedOf(planOf(world, { setup: onlySearch }, ['resource-locks']))).toHaveProperty('resource-locks');
  });
});

/** A lock that Azure lists at Search, though it hangs elsewhere. */
function inherited(scope: string): readonly WireResource[] {
  const lock = { id: extensionId(scope, LOCK, 'theirs'), properties: { level: 'CanNotDelete' } };
  return [{ id: `${DATA.search}/providers/${LOCK}`, value: [lock] }, lock];
}

describe('the last steps', () => {
  test('come after all others, and locks after those', () => {
    const firstLast = STEPS.findIndex(({ last }) => last);
    expect(STEPS.slice(firstLast).every(({ last }) => last)).toBe(true);
    expect(STEPS.at(-1)?.id).toBe('resource-locks');
  });

  test('wait in a plan for every other change, so that undoing takes them off first', () => {
    const plan = planOf(ungovernedWorld(), { setup });
    const [lock] = plan.changes.filter(({ step }) => step === 'resource-locks');
    const waitedFor = new Set(before(plan, lock?.id ?? '').map(({ id }) => id));
    const others = plan.changes.filter(({ step }) => step !== 'resource-locks');
    expect(others.length).toBeGreaterThan(3);
    expect(others.filter(({ id }) => !waitedFor.has(id))).toEqual([]);
  });

  test('cannot be needed by one that is not last', () => {
    const [step] = STEPS;
    if (step === undefined) throw new Error('There are no steps.');
    const last = { ...step, id: 'last', after: [], last: true };
    expect(() => inOrder([last, { ...step, id: 'other', after: ['last'] }])).toThrow(/need each other/);
  });
});

/** An alert as Azure shows it. */
function alert(changes: JsonObject = {}, operations: readonly string[] = OPERATIONS): WireResource {
  return {
    id: inGroup('rg-hub', 'Microsoft.Insights/activityLogAlerts', 'theirs'),
    properties: {
      enabled: true,
      scopes: [ID.subscription],
      condition: {
        allOf: [
          { field: 'category', equals: 'Administrative' },
          { anyOf: operations.map((equals) => ({ field: 'operationName', equals })) },
        ],
      },
      actions: { actionGroups: [] },
      ...changes,
    },
  };
}

const OPERATIONS = [
  'Microsoft.Search/searchServices/delete',
  'microsoft.search/searchservices/write',
  'Microsoft.Authorization/locks/delete',
  'Microsoft.Insights/diagnosticSettings/delete',
];

/** The alert that Ringfence makes for Search alone, as it is by now. */
function ownAlert(changes: JsonObject = {}): WireResource {
  const plan = planOf(ungovernedWorld(), { setup: onlySearch }, ['activity-alerts']);
  const made = readPath(changeOf(plan, 'activity-alerts').body, 'properties');
  return { id: ALERT, properties: { ...(isJsonObject(made) ? made : {}), ...changes } };
}

describe('activity-alerts', () => {
  test('fire on deletions and writes of each resource, and on the removal of what guards it', () => {
    const change = changeOf(planOf(ungovernedWorld(), { setup: onlySearch }, ['activity-alerts']), 'activity-alerts');
    expect(change.resource).toBe(ALERT);
    expect(change.body).toMatchObject({
      location: 'Global',
      properties: {
        scopes: [DATA.search],
        condition: {
          allOf: [
            { field: 'category', equals: 'Administrative' },
            { field: 'status', equals: 'Succeeded' },
            {
              anyOf: expect.arrayContaining([
                { field: 'operationName', equals: 'Microsoft.Search/searchServices/write' },
                { field: 'operationName', equals: 'Microsoft.Authorization/locks/delete' },
              ]),
            },
          ],
        },
        actions: { actionGroups: [] },
      },
    });
  });

  const inAnyCase: JsonObject = { allOf: [{ field: 'category', equals: 'Administrative' }] };
  test.each<[string, WireResource, boolean]>([
    ['of others that watch the same', alert(), true],
    ['on everything that is administered', alert({ condition: inAnyCase }), true],
    ['of another scope', alert({ scopes: [ID.hubGroup] }), false],
    ['that are switched off', alert({ enabled: false }), false],
    ['on fewer operations', alert({}, OPERATIONS.slice(1)), false],
    [
      'that are narrowed to one caller',
      alert({
        condition: {
          allOf: [
            { field: 'category', equals: 'Administrative' },
            { field: 'caller', equals: 'x' },
          ],
        },
      }),
      false,
    ],
  ])('%s', (_, theirs, isEnough) => {
    const { status } = findingOf('activity-alerts', ungovernedWorld(theirs), { setup: onlySearch });
    expect(status).toBe(isEnough ? 'compliant' : 'nonCompliant');
  });

  test('grow with the setup, in an order of their own, and are switched on again', () => {
    const own = ownAlert({ enabled: false, scopes: [DATA.storage] });
    const change = changeOf(
      planOf(ungovernedWorld(own), { setup: onlySearch }, ['activity-alerts']),
      'activity-alerts',
    );
    expect(change.body).toEqual({ properties: { enabled: true, scopes: [DATA.search, DATA.storage] } });
  });

  test('leave an alert alone that has their name and another purpose', () => {
    const own = { ...alert({}, []), id: ALERT };
    const change = changeOf(
      planOf(ungovernedWorld(own), { setup: onlySearch }, ['activity-alerts']),
      'activity-alerts',
    );
    expect(change).toMatchObject({ resource: `${ALERT}-2`, action: 'create' });
  });

  test('tell the action group, once there is an address', () => {
    const told = governedSetup({ alertEmail: 'aiko@contoso.com' }, withoutOthers());
    const plan = planOf(ungovernedWorld(ownAlert()), { setup: told }, ['activity-alerts']);
    const group = changeOf(plan, 'alert-action-group');
    expect(group).toMatchObject({
      resource: GROUP,
      body: { properties: { emailReceivers: [{ emailAddress: 'aiko@contoso.com' }] } },
    });
    expect(changeOf(plan, 'activity-alerts')).toMatchObject({
      action: 'update',
      body: { properties: { actions: { actionGroups: [{ actionGroupId: GROUP }] } } },
      dependsOn: [group.id],
    });
  });
});

describe('alert-action-group', () => {
  test('is not needed without an address', () => {
    expect(findingOf('alert-action-group', ungovernedWorld(), { setup }).status).toBe('notApplicable');
  });

  test('keeps the receivers that it has', () => {
    const told = governedSetup({ alertEmail: 'aiko@contoso.com' });
    const theirs = { name: 'Ada', emailAddress: 'ada@contoso.com' };
    const group = { id: GROUP, properties: { enabled: true, emailReceivers: [theirs] } };
    const { body } = changeOf(
      planOf(ungovernedWorld(group), { setup: told }, ['alert-action-group']),
      'alert-action-group',
    );
    expect(body).toMatchObject({ properties: { emailReceivers: [theirs, { emailAddress: 'aiko@contoso.com' }] } });
  });
});

const PRICINGS = 'Microsoft.Security/pricings';

/** A plan of Defender, on or off. */
function plan(name: string, pricingTier: string): WireResource {
  return { id: extensionId(ID.subscription, PRICINGS, name), properties: { pricingTier } };
}

describe('defender-for-ai', () => {
  test('turns its own plan on and no other', () => {
    const changed = planOf(ungovernedWorld(), { setup }, ['defender-for-ai']).changes.map(({ resource }) => resource);
    expect(changed).toEqual([extensionId(ID.subscription, PRICINGS, 'AI')]);
  });
});

describe('defender-for-services', () => {
  const watched = governedSetup({ defenderForServices: true });

  test('is left out unless the setup wants it, because the whole subscription pays', () => {
    const finding = findingOf('defender-for-services', ungovernedWorld(), { setup });
    expect(finding.status).toBe('notApplicable');
    expect(english(finding.reason)).toContain('billed for every such resource of the subscription');
    expect(planOf(ungovernedWorld(), { setup }, ['defender-for-services']).changes).toEqual([]);
  });

  test('turns on the plans that match what the setup has, and those only that are off', () => {
    const world = ungovernedWorld(plan('StorageAccounts', 'Free'), plan('KeyVaults', 'Standard'), plan('Api', 'Free'));
    const { changes } = planOf(world, { setup: watched }, ['defender-for-services']);
    expect(changes.map(({ resource }) => resource)).toEqual(
      ['StorageAccounts', 'Api'].map((name) => extensionId(ID.subscription, PRICINGS, name)),
    );
    expect(changes[0]).toMatchObject({
      body: { properties: { pricingTier: 'Standard' } },
      undo: { kind: 'restore', body: { properties: { pricingTier: 'Free' } } },
    });
  });

  test('takes the smallest size of the plan for APIs, and leaves one that is chosen', () => {
    const others = [plan('StorageAccounts', 'Standard'), plan('KeyVaults', 'Standard')];
    const planned = planOf(ungovernedWorld(...others), { setup: watched }, ['defender-for-services']);
    expect(changeOf(planned, 'defender-for-services').body).toEqual({
      properties: { pricingTier: 'Standard', subPlan: 'P1' },
    });
    const api = { ...plan('Api', 'Standard'), properties: { pricingTier: 'Standard', subPlan: 'P3' } };
    const finding = findingOf('defender-for-services', ungovernedWorld(...others, api), { setup: watched });
    expect(finding.status).toBe('compliant');
  });

  test('has a plan for a web app, and none for what the setup does not have', () => {
    const app = inGroup('rg-contoso', 'Microsoft.Web/sites', 'app-contoso');
    const withApp = governedSetup(
      { defenderForServices: true },
      { webApp: { id: app }, storage: undefined, keyVault: undefined, apiManagement: undefined },
    );
    const { evidence } = findingOf('defender-for-services', ungovernedWorld(), { setup: withApp });
    expect(evidence.map(({ resource }) => resource)).toEqual([extensionId(ID.subscription, PRICINGS, 'AppServices')]);
  });

  test('does not apply where no other service has a plan', () => {
    const none = { storage: undefined, keyVault: undefined, apiManagement: undefined };
    const bare = governedSetup({ defenderForServices: true }, none);
    expect(findingOf('defender-for-services', ungovernedWorld(), { setup: bare }).status).toBe('notApplicable');
  });

  test('needs the provider of Defender, though no plan for AI is wanted', () => {
    const only = governedSetup({ defenderForServices: true, defender: false });
    const world = ungovernedWorld({
      ...provider('Microsoft.Security', 'NotRegistered'),
    });
    expect(changeOf(planOf(world, { setup: only }, ['defender-for-services']), 'resource-providers')).toMatchObject({
      operation: 'register',
    });
  });

  test('is unknown where a plan may not be read', () => {
    const denied = [extensionId(ID.subscription, PRICINGS, 'Api')];
    const world = ungovernedWorld(plan('StorageAccounts', 'Standard'), plan('KeyVaults', 'Standard'));
    expect(findingOf('defender-for-services', world, { setup: watched, denied }).status).toBe('unknown');
  });
});
