import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../src/core/probes/probe';
import type { JsonObject } from '../../src/core/resources/json';
import type { WorldName } from '../../src/sandbox/worlds/worlds';
import { differences } from './support/differences';
import { applyAll, expectAllCompliant, undoLast, verdicts } from './support/journey';
import { LockoutWatch } from './support/lockoutWatch';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

/** Everything that happened to a world: applied, measured, taken back. */
interface Journey {
  readonly opening: SandboxSession;
  readonly before: JsonObject;
  readonly measured: readonly ProbeResult[];
  readonly after: JsonObject;
  readonly watch: LockoutWatch;
}

async function travel(world: WorldName): Promise<Journey> {
  const opening = await openSandboxSession({ world, scenario: 'ai-search' });
  const { session, connection } = opening;
  const before = await opening.state();
  const watch = new LockoutWatch(connection, session.state.setup);
  await applyAll(session);
  expectAllCompliant(session);
  const measured = await session.verify(signal);
  await undoLast(session);
  return { opening, before, measured, after: await opening.state(), watch };
}

const PROVIDERS = ['Insights', 'Network', 'OperationalInsights', 'PolicyInsights', 'Search', 'Security'];
const registered = (name: string): string => `Microsoft.${name} › registrationState: "NotRegistered" → "Registered"`;

/** What nobody can unset is said as what its absence meant; a provider stays registered, and a vault protected. */
const STAYS = [
  'Microsoft.CognitiveServices/accounts/contoso-openai › properties.networkAcls.bypass: absent → "None"',
  'Microsoft.KeyVault/vaults/contoso-kv › properties.enablePurgeProtection: absent → true',
  registered('PolicyInsights'),
];

/** All that differs from the world before once everything is taken back. */
const LEFT_BEHIND: Readonly<Partial<Record<WorldName, readonly string[]>>> = {
  empty: PROVIDERS.map(registered),
  exposed: [...STAYS, 'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}'],
  half: STAYS,
};

describe.each(['empty', 'exposed', 'half'] satisfies WorldName[])(
  'AI Search hardening, from the world “%s”',
  (world) => {
    let journey: Journey;
    beforeAll(async () => {
      journey = await travel(world);
    });
    afterAll(async () => {
      await journey.opening.close();
    });

    it('Search is refused on the internet and answers in the network', () => {
      expect(verdicts(journey.measured)).toEqual([
        'internet-refused/search: pass',
        'resolves/virtualNetwork/search: pass',
        'answers/virtualNetwork/search: pass',
      ]);
    });

    it('never has the service closed to the internet while its private path does not answer', () => {
      expect(journey.watch.lockouts).toEqual([]);
      expect(journey.watch.closedSeen).toBeGreaterThanOrEqual(1);
    });

    it('is taken back property by property, but for what Azure cannot take back', () => {
      expect([...differences(journey.before, journey.after)].sort()).toEqual([...(LEFT_BEHIND[world] ?? [])].sort());
    });
  },
);
