import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/resources/json';
import { SCENARIO_IDS, type ScenarioId } from '../../src/core/setup/scenarios';
import type { Setup } from '../../src/core/setup/setup';
import { allRoles, withProposals } from '../../src/vscode/setups/proposeRoles';
import { differences, isOfOrder } from './support/differences';
import { applyAll, applyInTurn, expectAllCompliant, undoLast } from './support/journey';
import { inventoryOf, openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

/** Each scenario comes before each other one in one of them, and after it in the other. */
const ORDERS: readonly (readonly ScenarioId[])[] = [SCENARIO_IDS, SCENARIO_IDS.toReversed()];

/** One setup with the roles of all scenarios, as the wizard proposes them when all are chosen. */
async function open(): Promise<SandboxSession> {
  const opening = await openSandboxSession({ world: 'exposed', scenario: 'on-your-data' });
  const { session, connection } = opening;
  const wanted: Setup = { ...session.state.setup, scenarios: SCENARIO_IDS };
  session.changeSetup(withProposals(wanted, await inventoryOf(connection), allRoles(SCENARIO_IDS)));
  return opening;
}

describe('all four scenarios on one setup', () => {
  const world: { atOnce?: SandboxSession; before?: JsonObject; after?: JsonObject } = {};

  beforeAll(async () => {
    const opening = await open();
    const before = await opening.state();
    await applyInTurn(opening.session, SCENARIO_IDS);
    Object.assign(world, { atOnce: opening, before, after: await opening.state() });
  }, 120_000);
  afterAll(() => world.atOnce?.close());

  it.each(ORDERS.map((order) => ({ order, words: order.join(', ') })))(
    'come to the same end as at once: $words',
    async ({ order }) => {
      const opening = await open();
      const turns = order.map((_, count) => order.slice(0, count + 1));
      await applyInTurn(opening.session, ...turns);
      const end = await opening.state();
      await opening.close();
      const others = differences(world.after ?? {}, end).filter((line) => !isOfOrder(line));
      expect(others).toEqual([]);
    },
    120_000,
  );

  it('pass every probe together', async () => {
    const results = (await world.atOnce?.session.verify(signal)) ?? [];
    expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
  });

  it('are taken back at once', async () => {
    if (!world.atOnce || !world.before) throw new Error('The world was not hardened.');
    await undoLast(world.atOnce.session);
    expect(differences(world.before, await world.atOnce.state())).toEqual(LEFT_BEHIND);
  });

  it('can be applied again after that, under the same names', async () => {
    if (!world.atOnce || !world.after) throw new Error('The world was not hardened.');
    await applyAll(world.atOnce.session);
    expectAllCompliant(world.atOnce.session);
  });
});

/** What Azure keeps of what was there, and properties that were never set: their absence is said out loud. */
const LEFT_BEHIND = [
  'Microsoft.ApiManagement/locations/japaneast/deletedservices/apim-ringfence-5a4d1f: added',
  'Microsoft.ManagedIdentity › registrationState: "NotRegistered" → "Registered"',
  'Microsoft.PolicyInsights › registrationState: "NotRegistered" → "Registered"',
  'Microsoft.CognitiveServices/accounts/contoso-openai › properties.networkAcls.bypass: absent → "None"',
  'Microsoft.KeyVault/vaults/contoso-kv › properties.enablePurgeProtection: absent → true',
  'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}',
  'Microsoft.Storage/storageAccounts/contosodocs › properties.publicNetworkAccess: absent → "Enabled"',
  'Microsoft.Storage/storageAccounts/contosodocs › properties.allowSharedKeyAccess: absent → true',
];
