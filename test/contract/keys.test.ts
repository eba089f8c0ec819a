import { describe, expect, it } from 'vitest';
import { connectToSandbox } from '../../src/azure/sandboxConnection';
import { withRotation } from '../../src/core/keys/rotation';
import { AzureError } from '../../src/core/ports';
import { asObjects, type JsonObject } from '../../src/core/resources/json';
import { readPath } from '../../src/core/resources/propertyPath';
import { childId } from '../../src/core/resources/resourceId';
import { KeyRotation } from '../../src/core/session/keyRotation';
import type { Setup } from '../../src/core/setup/setup';
import { systemClock } from '../../src/local/systemClock';
import { EXPOSED, EXPOSED_INDEX, OPENAI, SEARCH, SITE, STORAGE, VAULT } from '../../src/sandbox/worlds/exposed';
import { ESTATES } from './removals/estates';
import type { ByHand } from './support/byHand';
import { applyAll, expectAllCompliant, statuses, undoLast } from './support/journey';
import { inEstate, losingAnswers, SERVICE_KEYS } from './support/keys';
import { signal } from './support/sandboxSession';

const withOwnKeys = (setup: Setup): Setup => ({
  ...setup,
  options: { ...setup.options, locks: false, customerManagedKeys: true },
});

const encryptionOf = async (hand: ByHand) => ({
  search: readPath(await hand.get(SEARCH), 'properties.encryptionWithCmk.enforcement'),
  openAi: readPath(await hand.get(OPENAI), 'properties.encryption') as JsonObject | undefined,
  storage: readPath(await hand.get(STORAGE), 'properties.encryption') as JsonObject,
  policies: asObjects(readPath(await hand.get(VAULT), 'properties.accessPolicies')).length,
});

describe('keys of the customer’s own', () => {
  it('are taken by every service where access policies decide, and given back; the keys themselves stay', async () => {
    await inEstate(ESTATES.ownKeys, async ({ session }, hand) => {
      await applyAll(session);
      expectAllCompliant(session);
      const { search, openAi, storage, policies } = await encryptionOf(hand);
      expect([search, policies]).toEqual(['Enabled', 4]);
      expect(openAi).toMatchObject({ keySource: 'Microsoft.KeyVault' });
      expect(openAi?.['keyVaultProperties']).toEqual({
        keyVaultUri: 'https://contoso-kv.vault.azure.net/',
        keyName: 'ringfence-cmk-openai',
        keyVersion: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      expect(storage).toMatchObject({ keySource: 'Microsoft.Keyvault' });

      const { kept } = await undoLast(session);
      expect(kept.map(({ resource }) => resource)).toEqual(
        expect.arrayContaining([VAULT, childId(VAULT, 'keys', 'ringfence-cmk')]),
      );
      const after = await encryptionOf(hand);
      expect([after.search, after.policies]).toEqual(['Unspecified', 1]);
      expect(after.openAi?.['keySource']).toBe('Microsoft.CognitiveServices');
      expect(after.storage['keySource']).toBe('Microsoft.Storage');
    });
  });

  it('are given by roles where those decide, and Azure OpenAI is left to a person', async () => {
    const world = { ...EXPOSED, steps: EXPOSED.steps.filter((step) => step !== EXPOSED_INDEX) };
    await inEstate({ world, scenario: 'ai-search', change: withOwnKeys }, async ({ session }, hand) => {
      await applyAll(session);
      const { search, openAi, storage } = await encryptionOf(hand);
      expect([search, openAi, storage['keySource']]).toEqual(['Enabled', undefined, 'Microsoft.Keyvault']);
      const open = Object.entries(statuses(session)).filter(([, status]) => !/compliant|notApplicable/.test(status));
      expect(open).toEqual([['aoai-cmk', 'manual']]);
      expect(session.state.plan).toEqual({ changes: [], blocked: [] });
    });
  });

  it('cannot be given to an index that is there: it is shown, with what to do', async () => {
    await inEstate({ world: 'exposed', scenario: 'ai-search', change: withOwnKeys }, async ({ session }) => {
      await session.refresh(signal);
      const run = await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
      expect(run.outcome).toBe('succeeded');
      const finding = session.state.findings.find(({ step }) => step === 'search-cmk-enforcement');
      expect(finding?.status).toBe('nonCompliant');
      expect(finding?.notes?.map(({ message }) => message).join(' ')).toContain('create each of them anew');
      expect(session.state.plan.blocked.map(({ step }) => step)).toEqual(['search-cmk-enforcement']);
    });
  });
});

const keptKeys = (setup: Setup): Setup => ({ ...setup, options: { ...setup.options, locks: false, apiKeys: 'keep' } });

const KEYED = [
  { step: 'search-key-rotation', role: 'search', id: SEARCH, list: 'listAdminKeys', slots: ['primary', 'secondary'] },
  { step: 'aoai-key-rotation', role: 'openAi', id: OPENAI, list: 'listKeys', slots: ['Key1', 'Key2'] },
  { step: 'storage-key-rotation', role: 'storage', id: STORAGE, list: 'listKeys', slots: ['key1', 'key2'] },
] as const;

describe.each(KEYED)('the keys of $role', ({ step, role, id, list, slots: [first, second] }) => {
  /** What the service's keys are, without anybody looking at them through Ringfence. */
  async function keysOf(hand: ByHand): Promise<Readonly<Record<string, string>>> {
    const body = await hand.answer(id, list);
    const listed = asObjects(body['keys']).map(({ keyName, value }) => [String(keyName), String(value)]);
    const { primaryKey, secondaryKey, key1, key2 } = body;
    const [one, two] = role === 'search' ? [primaryKey, secondaryKey] : [key1, key2];
    return Object.fromEntries(
      listed.length > 0
        ? listed
        : [
            [first, String(one)],
            [second, String(two)],
          ],
    );
  }

  const setting = (hand: ByHand, key: string) =>
    hand.put(childId(SITE, 'config', 'appsettings'), {
      properties: { OTHER: 'x', CONNECTION: `Endpoint=x;Key=${key};` },
    });

  it('are replaced one after the other, and what uses one is never cut off', async () => {
    const lines: string[] = [];
    const onExchange = ({ method, url }: { readonly method: string; readonly url: string }) =>
      lines.push(`${method} ${url}`);
    const options = { world: 'exposed', scenario: 'ai-search', change: keptKeys, onExchange } as const;
    await inEstate(options, async ({ openAnother, session, journal }, hand) => {
      const setup: Setup = { ...session.state.setup, roles: { ...session.state.setup.roles, webApp: { id: SITE } } };
      const rotation = openAnother(setup).keyRotation();
      const before = await keysOf(hand);
      expect(await rotation.next({ role }, signal)).toEqual({ kind: 'ask', slots: [first, second] });
      await setting(hand, String(before[first]));
      expect(await rotation.next({ role }, signal)).toEqual({ kind: 'begin', renew: second, keep: first });
      await rotation.renew(role, second, signal);
      const between = await keysOf(hand);
      expect([between[first], between[second] === before[second]]).toEqual([before[first], false]);

      expect((await rotation.next({ role, movedTo: second }, signal)).kind).toBe('refused');
      expect(await rotation.copy(role, second, signal)).toBe(between[second]);
      await setting(hand, String(between[second]));
      expect(await rotation.next({ role, movedTo: second }, signal)).toEqual({
        kind: 'finish',
        renew: first,
        keep: second,
      });
      await rotation.renew(role, first, signal);
      const after = await keysOf(hand);
      expect([after[first] === between[first], after[second]]).toEqual([false, between[second]]);

      const done = openAnother(withRotation(setup, role, rotation.today));
      await done.refresh(signal);
      expect(statuses(done)[step]).toBe('compliant');
      expect(JSON.stringify(done.state)).not.toMatch(SERVICE_KEYS);
      expect(JSON.stringify(await Promise.all((await journal.list()).map((run) => journal.read(run))))).not.toMatch(
        SERVICE_KEYS,
      );
      expect(lines.join('\n')).not.toMatch(SERVICE_KEYS);
    });
  });
});

describe('query keys of AI Search', () => {
  it('get one beside them, and go by their name: nothing that is logged or thrown has a key in it', async () => {
    await inEstate({ world: 'exposed', scenario: 'ai-search', change: keptKeys }, async ({ session, sandbox }) => {
      const logged: string[] = [];
      const connection = connectToSandbox({ ...sandbox, onRequest: (line) => logged.push(JSON.stringify(line)) });
      const rotation = new KeyRotation(session.state.setup, connection.azure, systemClock);
      const made = await rotation.replaceQueryKey('', signal);
      expect(await rotation.queryKeys(signal)).toEqual(['', made]);
      await rotation.deleteQueryKey('', signal);
      expect(await rotation.queryKeys(signal)).toEqual([made]);
      const missing = await rotation.deleteQueryKey('', signal).catch((error: unknown) => error);
      expect(AzureError.is(missing) && missing.code).toBe('KeyNotFound');
      expect(logged.some((line) => line.includes('/deleteQueryKey/…'))).toBe(true);
      expect(logged.join('\n')).not.toMatch(SERVICE_KEYS);
    });
  });
});

describe('a key that is made anew', () => {
  it('is asked for once: an answer that is lost is not asked for again', async () => {
    await inEstate({ world: 'exposed', scenario: 'ai-search', change: keptKeys }, async (opening) => {
      for (const { role, slots } of KEYED) {
        const { azure, asked } = losingAnswers(opening);
        const rotation = new KeyRotation(opening.session.state.setup, azure, systemClock);
        await expect(rotation.renew(role, slots[0], signal)).rejects.toMatchObject({ name: 'AzureError', status: 503 });
        expect(asked.map(({ method }) => method)).toEqual(['POST']);
      }
    });
  });
});
