import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import type { Finding } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import type { KeyedRole, SetupOptions } from '../../../src/core/setup/setup';
import { stepsOf } from '../../../src/core/steps/registry';
import { searchService, storageAccount } from '../support/dataResources';
import { at, edgeSetup, edgeWorld, service } from '../support/edgeWorlds';
import { ownKeysSetup, ownKeysWorld } from '../support/keyVaults';
import { planOf } from '../support/planning';
import { english, snapshotOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';

const TODAY = '2026-11-22';
const OPEN = { disableLocalAuth: false, allowSharedKeyAccess: true };

/** The finding on a service of these properties, judged on that day. */
function judged(
  step: string,
  properties: JsonObject,
  options: Partial<SetupOptions>,
  today: string | undefined = TODAY,
) {
  const setup = ownKeysSetup({ customerManagedKeys: false, apiKeys: 'keep', ...options });
  const patch = { properties };
  const world = ownKeysWorld(searchService(patch), hardenedAccount(patch), storageAccount(patch));
  const steps = stepsOf(setup.scenarios).filter(({ id }) => id === step);
  const [finding] = evaluate(setup, snapshotOf(world, { setup, steps }), steps, today).findings;
  return finding as Finding;
}

describe.each<[string, KeyedRole]>([
  ['search-key-rotation', 'search'],
  ['aoai-key-rotation', 'openAi'],
  ['storage-key-rotation', 'storage'],
])('%s', (step, role) => {
  test('is nothing to think of where no key is accepted, or none is meant to be', () => {
    const off = judged(step, { disableLocalAuth: true, allowSharedKeyAccess: false }, {});
    expect([off.status, english(off.reason)]).toEqual(['notApplicable', expect.stringContaining('No key is accepted')]);
    expect(judged(step, OPEN, { apiKeys: 'off' }).status).toBe('notApplicable');
  });

  test('is for a person where nobody knows how old the keys are', () => {
    const { status, reason } = judged(step, OPEN, {});
    expect([status, english(reason)]).toEqual(['manual', expect.stringContaining('ringfence rotate-key')]);
  });

  test.each([
    ['2026-11-22', 'compliant'],
    ['2026-08-24', 'compliant'],
    ['2026-08-23', 'manual'],
    ['2025-11-22', 'manual'],
  ])('with keys of %s is %s', (day, status) => {
    const finding = judged(step, OPEN, { keysRotated: { [role]: day } });
    expect(finding.status).toBe(status);
    expect(finding.notes?.map(english).join()).toContain(day);
  });

  test('is for a person where nobody says which day it is', () => {
    expect(judged(step, OPEN, { keysRotated: { [role]: TODAY } }, '').status).toBe('manual');
  });

  test('is never planned', () => {
    const setup = ownKeysSetup({ customerManagedKeys: false, apiKeys: 'keep' });
    const world = ownKeysWorld(searchService({ properties: OPEN }), hardenedAccount({ properties: OPEN }));
    const { changes, blocked } = planOf(world, { setup });
    expect([...changes, ...blocked].map((each) => each.step)).not.toContain(step);
  });
});

test('of Storage, the account knows how old its keys are: the older one counts', () => {
  const keyCreationTime = { key1: '2026-11-01T10:00:00.1234567Z', key2: '2026-01-01T10:00:00.1234567Z' };
  const keysRotated = { storage: TODAY };
  const old = judged('storage-key-rotation', { ...OPEN, keyCreationTime }, { keysRotated });
  expect([old.status, english(old.reason)]).toEqual(['manual', expect.stringContaining('2026-01-01')]);
  const both = { key1: keyCreationTime.key1, key2: keyCreationTime.key1 };
  expect(judged('storage-key-rotation', { ...OPEN, keyCreationTime: both }, {}).status).toBe('compliant');
});

describe('apim-key-rotation', () => {
  const subscription = (properties: JsonObject = {}): WireResource => ({
    id: at('subscriptions', 'partner'),
    properties: { state: 'active', scope: at('apis', 'chat'), createdDate: '2026-08-24T10:00:00.123Z', ...properties },
  });
  const api: WireResource = {
    id: at('apis', 'chat'),
    properties: { path: 'chat', serviceUrl: 'https://contoso-openai.openai.azure.com/openai' },
  };

  function judgedKeys(today: string | undefined, keysRotated: SetupOptions['keysRotated'], ...made: WireResource[]) {
    const setup = edgeSetup();
    const meant = { ...setup, options: { ...setup.options, keysRotated } };
    const steps = stepsOf(['api-gateway']).filter(({ id }) => id === 'apim-key-rotation');
    const snapshot = snapshotOf(edgeWorld(service(), api, ...made), { setup: meant, steps });
    const [finding] = evaluate(meant, snapshot, steps, today).findings;
    return finding as Finding;
  }

  test('counts from the day on which the subscription came with its keys', () => {
    expect(judgedKeys(TODAY, {}, subscription()).status).toBe('compliant');
    const old = judgedKeys('2026-11-23', {}, subscription());
    expect([old.status, english(old.reason)]).toEqual(['manual', expect.stringContaining('2026-08-24')]);
  });

  test('counts from the day on which they were replaced, where that is later', () => {
    const created = { createdDate: '2025-01-01T00:00:00Z' };
    expect(judgedKeys(TODAY, { apiManagement: '2026-11-01' }, subscription(created)).status).toBe('compliant');
    expect(judgedKeys(TODAY, { apiManagement: '2026-01-01' }, subscription()).status).toBe('compliant');
    expect(judgedKeys(TODAY, { apiManagement: '2026-01-01' }, subscription(created)).status).toBe('manual');
    expect(judgedKeys(TODAY, { search: TODAY }, subscription(created)).status).toBe('manual');
  });

  test('is for a person where nobody knows how old they are, or which day it is', () => {
    const { status, reason } = judgedKeys(TODAY, {}, subscription({ createdDate: null }));
    expect([status, english(reason)]).toEqual(['manual', expect.stringContaining('ringfence rotate-key')]);
    expect(judgedKeys(undefined, {}, subscription()).status).toBe('manual');
  });

  test('does not ask whether other services do without keys: these are needed', () => {
    expect(edgeSetup().options.apiKeys).toBe('off');
    expect(judgedKeys(TODAY, {}, subscription()).status).toBe('compliant');
  });

  test('is nothing to think of before there is a subscription', () => {
    expect(judgedKeys(TODAY, {}).status).toBe('notApplicable');
    expect(judgedKeys(TODAY, {}, subscription({ state: 'cancelled' })).status).toBe('notApplicable');
  });
});
