import { describe, expect, test } from 'vitest';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { JsonObject } from '../../../src/core/resources/json';
import type { WireResource } from '../../../src/core/resources/snapshot';
import { searchService, storageAccount } from '../support/dataResources';
import {
  accessPolicy,
  encryptionKey,
  keyUserRole,
  keyVault,
  ownKeysSetup,
  ownKeysWorld,
  PRINCIPALS,
  VAULT,
  VAULT_URI,
  VERSION,
} from '../support/keyVaults';
import { DATA } from '../support/ids';
import { changeOf, planOf } from '../support/planning';
import { english, findingOf } from '../support/reading';
import { hardenedAccount } from '../support/resources';
import type { World } from '../support/world';

const setup = ownKeysSetup();
const properties = (patch: JsonObject): JsonObject => ({ properties: patch });
const withPolicies = (...accessPolicies: readonly JsonObject[]): WireResource =>
  keyVault(properties({ enableRbacAuthorization: false, accessPolicies: [...accessPolicies] }));
const everybody = Object.values(PRINCIPALS).map((principal) => accessPolicy(principal));

/** The plan's change of one step where only that and what it needs is planned. */
const changeIn = (world: World, step: string) => changeOf(planOf(world, { setup }, [step]), step);

const without = (...ids: readonly string[]): World => {
  const world = ownKeysWorld();
  ids.forEach((id) => world.remove(id));
  return world;
};

describe.each<[string, WireResource, FindingStatus]>([
  ['key-vault-protected', keyVault(), 'compliant'],
  ['key-vault-protected', keyVault(properties({ enablePurgeProtection: null })), 'nonCompliant'],
  ['key-vault-protected', keyVault(properties({ enableSoftDelete: null })), 'nonCompliant'],
  ['key-vault-role-based-access', keyVault(), 'compliant'],
  ['key-vault-trusted-services', keyVault(), 'compliant'],
  ['key-vault-trusted-services', keyVault(properties({ networkAcls: { bypass: 'azureservices' } })), 'compliant'],
  ['key-vault-trusted-services', keyVault(properties({ networkAcls: { bypass: 'None' } })), 'nonCompliant'],
  ['search-cmk-enforcement', searchService(properties({ encryptionWithCmk: null })), 'nonCompliant'],
  ['search-cmk-enforcement', searchService(properties({ encryptionWithCmk: { enforcement: 'enabled' } })), 'compliant'],
  ['aoai-cmk', hardenedAccount(properties({ encryption: { keySource: 'microsoft.keyvault' } })), 'compliant'],
  ['aoai-cmk', hardenedAccount(), 'nonCompliant'],
  ['storage-cmk', storageAccount(), 'nonCompliant'],
  ['storage-cmk', storageAccount(properties({ encryption: { keySource: 'Microsoft.Storage' } })), 'nonCompliant'],
  ['storage-managed-identity', storageAccount(), 'nonCompliant'],
])('%s where the resource is %j', (step, resource, status) => {
  test(`is ${status}`, () => expect(findingOf(step, ownKeysWorld(resource), { setup }).status).toBe(status));
});

test.each([
  'key-vault-trusted-services',
  'key-vault-encryption-key',
  'rbac-search-key-user',
  'rbac-storage-key-user',
  'rbac-aoai-key-user',
  'search-cmk-enforcement',
  'aoai-cmk',
  'storage-managed-identity',
  'storage-cmk',
])('%s holds with everything in place, and is only for setups that want keys of their own', (step) => {
  expect(findingOf(step, ownKeysWorld(), { setup }).status).toBe('compliant');
  const otherwise = findingOf(step, ownKeysWorld(), { setup: ownKeysSetup({ customerManagedKeys: false }) });
  expect([otherwise.status, english(otherwise.reason)]).toEqual([
    'notApplicable',
    expect.stringContaining('30 to 60 %'),
  ]);
});

describe('the vault', () => {
  test('is protected for ever', () => {
    const world = ownKeysWorld(keyVault(properties({ enablePurgeProtection: null })));
    const change = changeIn(world, 'key-vault-protected');
    expect(change.body).toEqual({ properties: { enablePurgeProtection: true } });
    expect([change.undo.kind, change.risk.kind]).toEqual(['none', 'irreversible']);
  });

  test.each<[string, readonly JsonObject[], boolean, FindingStatus]>([
    ['nobody has an access policy', [], false, 'nonCompliant'],
    ['somebody would lose an access policy', [accessPolicy(DATA.developer)], false, 'manual'],
    ['Azure OpenAI needs its access policy', [accessPolicy(DATA.developer)], true, 'notApplicable'],
  ])(
    'is switched to roles by a change only where nobody loses anything: %s',
    (_, policies, customerManagedKeys, status) => {
      const options = ownKeysSetup({ customerManagedKeys });
      const world = ownKeysWorld(withPolicies(...policies));
      const step = 'key-vault-role-based-access';
      expect(findingOf(step, world, { setup: options }).status).toBe(status);
      const { changes, blocked } = planOf(world, { setup: options }, [step]);
      const isPlanned = changes.some((change) => change.step === step);
      expect([isPlanned, blocked.some((each) => each.step === step)]).toEqual([status === 'nonCompliant', false]);
    },
  );
});

describe('the keys', () => {
  test('are one of 3072 bits, and one of 2048 for Azure OpenAI where access policies decide', () => {
    const keys = (world: World) =>
      planOf(world, { setup }, ['key-vault-encryption-key']).changes.map(({ resource, body, undo }) => [
        resource,
        (body?.['properties'] as JsonObject)['keySize'],
        undo.kind,
      ]);
    const names = ['ringfence-cmk', 'ringfence-cmk-openai'].map((name) => encryptionKey(name).id);
    const world = without(...names);
    expect(keys(world)).toEqual([
      [names[0], 3072, 'none'],
      [names[1], 2048, 'none'],
    ]);
    expect(keys(world.put(keyVault()))).toEqual([[names[0], 3072, 'none']]);
  });

  test('are told to Azure OpenAI with their version, which is read once the key is there', () => {
    const account = hardenedAccount({ identity: { type: 'SystemAssigned', principalId: PRINCIPALS.openAi } });
    const key = encryptionKey('ringfence-cmk-openai').id;
    const encryption = (keyVersion: string) => ({
      keySource: 'Microsoft.KeyVault',
      keyVaultProperties: { keyVaultUri: VAULT_URI, keyName: 'ringfence-cmk-openai', keyVersion },
    });
    expect(changeIn(ownKeysWorld(account), 'aoai-cmk').body).toEqual({
      properties: { encryption: encryption(VERSION) },
    });
    const world = without(key).put(account);
    const later = `[last(split(reference('${key}').properties.keyUriWithVersion, '/'))]`;
    expect(changeIn(world, 'aoai-cmk').body).toEqual({ properties: { encryption: encryption(later) } });
  });

  test('are told to Storage without a version, so that it follows them', () => {
    const account = storageAccount({ identity: { type: 'SystemAssigned', principalId: PRINCIPALS.storage } });
    const change = changeIn(ownKeysWorld(account), 'storage-cmk');
    const keyvaultproperties = { keyvaulturi: VAULT_URI, keyname: 'ringfence-cmk' };
    expect(change.body).toEqual({
      properties: { encryption: { keySource: 'Microsoft.Keyvault', keyvaultproperties } },
    });
    expect(change.undo).toEqual({
      kind: 'restore',
      body: { properties: { encryption: { keySource: 'Microsoft.Storage' } } },
    });
  });
});

describe.each([
  ['rbac-search-key-user', PRINCIPALS.search],
  ['rbac-storage-key-user', PRINCIPALS.storage],
])('%s', (step, principal) => {
  test('is a role where roles decide', () => {
    const world = ownKeysWorld(keyVault());
    expect(findingOf(step, world, { setup }).status).toBe('nonCompliant');
    expect(changeIn(world, step)).toMatchObject({ action: 'create', body: { properties: { principalId: principal } } });
    expect(findingOf(step, world.put(keyUserRole(principal)), { setup }).status).toBe('compliant');
  });

  test('is an access policy beside the others where those decide', () => {
    const others = everybody.filter(({ objectId }) => objectId !== principal);
    const world = ownKeysWorld(withPolicies(...others));
    const change = changeIn(world, step);
    expect([change.resource, change.body]).toEqual([
      VAULT,
      { properties: { accessPolicies: [...others, accessPolicy(principal)] } },
    ]);
    expect(change.undo).toEqual({ kind: 'restore', body: { properties: { accessPolicies: others } } });
  });

  test('leaves a policy that lacks something to its owner, and says what', () => {
    const { status, reason } = findingOf(step, ownKeysWorld(withPolicies(accessPolicy(principal, ['Get']))), { setup });
    expect([status, english(reason)]).toEqual(['manual', expect.stringContaining('wrapKey, unwrapKey')]);
  });
});

describe('Azure OpenAI', () => {
  test('is left to a person where roles decide about the vault, unless it has its key', () => {
    const world = ownKeysWorld(keyVault());
    expect(findingOf('aoai-cmk', world, { setup }).status).toBe('compliant');
    world.put(hardenedAccount());
    expect(findingOf('aoai-cmk', world, { setup }).status).toBe('manual');
    expect(findingOf('rbac-aoai-key-user', world, { setup }).status).toBe('notApplicable');
    const { changes, blocked } = planOf(world, { setup }, ['aoai-cmk']);
    expect([...changes, ...blocked].filter(({ step }) => step === 'aoai-cmk')).toEqual([]);
  });

  test('gets an identity in this scenario only for the sake of a key', () => {
    const world = ownKeysWorld(hardenedAccount({ identity: null }));
    const status = (customerManagedKeys: boolean) =>
      findingOf('aoai-managed-identity', world, { setup: ownKeysSetup({ customerManagedKeys }) }).status;
    expect([status(true), status(false)]).toEqual(['nonCompliant', 'notApplicable']);
  });
});

test('objects without a key are shown, with what to do about them', () => {
  const encryptionWithCmk = { enforcement: 'Enabled', encryptionComplianceStatus: 'NonCompliant' };
  const world = ownKeysWorld(searchService(properties({ encryptionWithCmk })));
  const { status, notes = [] } = findingOf('search-cmk-enforcement', world, { setup });
  expect([status, notes.map(english).join(' ')]).toEqual(['nonCompliant', expect.stringContaining('anew')]);
  const { changes, blocked } = planOf(world, { setup }, ['search-cmk-enforcement']);
  expect(changes).toEqual([]);
  expect(blocked.map(({ step }) => step)).toContain('search-cmk-enforcement');
});

test.each(['search-cmk-enforcement', 'aoai-cmk', 'storage-cmk'])(
  '%s cannot be told in a setup without a vault, so that nothing insists on keys that nobody has',
  (step) => {
    const world = ownKeysWorld(searchService(), hardenedAccount(), storageAccount());
    const noVault = ownKeysSetup({}, { keyVault: undefined });
    expect(findingOf(step, world, { setup: noVault }).status).toBe('unknown');
  },
);
