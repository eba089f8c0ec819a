import { describe, expect, test } from 'vitest';
import { KEY_SLOTS } from '../../../src/core/keys/keySlots';
import { nextQueryKeyName, nextRotation, withRotation, type RotationWish } from '../../../src/core/keys/rotation';
import { KeyRotation } from '../../../src/core/session/keyRotation';
import { KEYED_ROLES } from '../../../src/core/setup/setup';
import { searchService, webApp } from '../support/dataResources';
import { at, edgeSetup, edgeWorld, service } from '../support/edgeWorlds';
import { FakeAzure } from '../support/fakeAzure';
import { DATA } from '../support/ids';
import { ownKeysSetup, ownKeysWorld } from '../support/keyVaults';
import { english } from '../support/reading';
import { World } from '../support/world';

const signal = new AbortController().signal;

describe.each(KEYED_ROLES)('the keys of %s', (role) => {
  const [first, second] = KEY_SLOTS[role];
  const next = (wish: Omit<RotationWish, 'role'>, seen: readonly string[] = []) => {
    const rotation = nextRotation({ role, ...wish }, seen, 'contoso-app');
    return rotation.kind === 'refused' ? english(rotation.reason) : rotation;
  };

  test('are made anew one by one: first the one that nobody uses, then the one that nobody uses any more', () => {
    expect(next({}, [first])).toEqual({ kind: 'begin', renew: second, keep: first });
    expect(next({ movedTo: second }, [second])).toEqual({ kind: 'finish', renew: first, keep: second });
  });

  test('are known by what somebody says, in any casing, where no setting shows them', () => {
    expect(next({})).toEqual({ kind: 'ask', slots: [first, second] });
    expect(next({ inUse: second.toUpperCase() })).toEqual({ kind: 'begin', renew: first, keep: second });
    expect(next({ inUse: 'third' })).toContain(`${first}, ${second}`);
  });

  test('are not taken away from an app that is seen to use them, whatever somebody says', () => {
    expect(next({ inUse: second }, [first])).toContain(`contoso-app still uses the key “${first}”`);
    expect(next({ movedTo: second }, [first])).toContain(`Let it use “${second}” first`);
    expect(next({}, [first, second])).toContain('uses both keys');
  });

  test('have the day on which they were replaced in the setup, beside the others', () => {
    const setup = ownKeysSetup({ keysRotated: { search: '2026-01-01', openAi: '2026-01-01', storage: '2026-01-01' } });
    const { keysRotated } = withRotation(setup, role, '2026-11-22').options;
    expect(keysRotated).toEqual({ ...setup.options.keysRotated, [role]: '2026-11-22' });
  });
});

test.each([
  ['app', 'app-2026-11-22'],
  ['app-2026-08-01', 'app-2026-11-22'],
  ['', 'query-2026-11-22'],
])('the query key that comes after “%s” is called %s', (name, following) => {
  expect(nextQueryKeyName(name, '2026-11-22')).toBe(following);
});

describe('the guide', () => {
  const open = searchService({ properties: { disableLocalAuth: false } });
  const guide = (world: World, roles = {}) => {
    const azure = new FakeAzure(world);
    return { azure, rotation: new KeyRotation(ownKeysSetup({}, roles), azure, azure.clock) };
  };

  test('looks at the settings of the web app, where there is one', async () => {
    const { azure, rotation } = guide(ownKeysWorld(open, webApp()), { webApp: { id: DATA.site } });
    azure.keysInUse.push('primary');
    expect(await rotation.next({ role: 'search' }, signal)).toMatchObject({ kind: 'begin', renew: 'secondary' });
    const without = guide(ownKeysWorld(open), { webApp: { id: DATA.site } });
    without.azure.keysInUse.push('primary');
    expect(await without.rotation.next({ role: 'search' }, signal)).toMatchObject({ kind: 'ask' });
  });

  test('changes nothing by looking', async () => {
    const { azure, rotation } = guide(ownKeysWorld(open));
    await rotation.next({ role: 'search', inUse: 'primary' }, signal);
    expect(azure.renewed).toEqual([]);
    await rotation.renew('search', 'secondary', signal);
    expect(azure.renewed).toEqual(['secondary']);
  });

  test.each<[string, World, object, string]>([
    ['no key is accepted', ownKeysWorld(searchService()), {}, 'accepts no key'],
    ['there is no such service', ownKeysWorld(open), { search: undefined }, 'no such service'],
    ['the service is gone', new World(), {}, 'does not exist'],
  ])('refuses where %s', async (_, world, roles, words) => {
    const next = await guide(world, roles).rotation.next({ role: 'search', inUse: 'primary' }, signal);
    expect(next.kind === 'refused' && english(next.reason)).toContain(words);
  });

  test('refuses where the service cannot be read', async () => {
    const { azure, rotation } = guide(ownKeysWorld(open));
    azure.denied.add(DATA.search.toLowerCase());
    const next = await rotation.next({ role: 'search', inUse: 'primary' }, signal);
    expect(next.kind === 'refused' && english(next.reason)).toContain('could not be read');
  });
});

describe('the keys of API Management', () => {
  const SUBSCRIPTION = at('subscriptions', 'partner');
  const api = {
    id: at('apis', 'chat'),
    properties: { path: 'chat', serviceUrl: 'https://contoso-openai.openai.azure.com/openai' },
  };
  const subscription = { id: SUBSCRIPTION, properties: { state: 'active', scope: api.id } };
  const guide = (world: World) => {
    const azure = new FakeAzure(world);
    const setup = { ...edgeSetup(), skip: { 'apim-key-rotation': 'later' } };
    return { azure, rotation: new KeyRotation(setup, azure, azure.clock) };
  };

  test('are those of the subscription that callers outside use', async () => {
    const { azure, rotation } = guide(edgeWorld(service(), api, subscription));
    expect(await rotation.keyHolder('apiManagement', signal)).toEqual({
      id: SUBSCRIPTION,
      name: 'contoso-apim/partner',
    });
    expect((await rotation.next({ role: 'apiManagement' }, signal)).kind).toBe('ask');
    await rotation.renew('apiManagement', 'secondary', signal);
    expect([azure.renewed, azure.renewedOf]).toEqual([['secondary'], [SUBSCRIPTION]]);
  });

  test('are not there without a subscription, and not guessed where it cannot be read', async () => {
    const next = await guide(edgeWorld(service(), api)).rotation.next({ role: 'apiManagement' }, signal);
    expect(next.kind === 'refused' && english(next.reason)).toContain('no subscription for callers');
    const { azure, rotation } = guide(edgeWorld(service(), api, subscription));
    azure.denied.add(at('subscriptions').toLowerCase());
    const unread = await rotation.next({ role: 'apiManagement' }, signal);
    expect(unread.kind === 'refused' && english(unread.reason)).toMatch(/could not be read|may not read/);
    await expect(rotation.renew('apiManagement', 'primary', signal)).rejects.toThrow();
    expect(azure.renewed).toEqual([]);
  });
});
