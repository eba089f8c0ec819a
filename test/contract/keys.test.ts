import { describe, expect, it } from 'vitest';
import { asObjects, type JsonObject } from '../../src/core/resources/json';
import { readPath } from '../../src/core/resources/propertyPath';
import { childId } from '../../src/core/resources/resourceId';
import type { Setup } from '../../src/core/setup/setup';
import { EXPOSED, EXPOSED_INDEX, OPENAI, SEARCH, STORAGE, VAULT } from '../../src/sandbox/worlds/exposed';
import { ESTATES } from './removals/estates';
import { ByHand } from './support/byHand';
import { applyAll, expectAllCompliant, statuses, undoLast } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const withOwnKeys = (setup: Setup): Setup => ({
  ...setup,
  options: { ...setup.options, locks: false, customerManagedKeys: true },
});

async function inEstate(
  options: Parameters<typeof openSandboxSession>[0],
  use: (opening: SandboxSession, hand: ByHand) => Promise<void>,
): Promise<void> {
  const opening = await openSandboxSession(options);
  try {
    await use(opening, new ByHand(opening.sandbox, opening.connection));
  } finally {
    await opening.close();
  }
}

const encryptionOf = async (hand: ByHand) => ({
  search: readPath(await hand.get(SEARCH), 'properties.encryptionWithCmk.enforcement'),
  openAi: readPath(await hand.get(OPENAI), 'properties.encryption') as JsonObject | undefined,
  storage: readPath(await hand.get(STORAGE), 'properties.encryption') as JsonObject,
  policies: asObjects(readPath(await hand.get(VAULT), 'properties.accessPolicies')).length,
});

describe('keys of the customer’s own', () => {
  it('are taken by every service where access policies decide, and given back; the keys themselves stay', async () => {
    const { seed: world, scenario = 'ai-search', change } = ESTATES.ownKeys;
    await inEstate({ world, scenario, change }, async ({ session }, hand) => {
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
