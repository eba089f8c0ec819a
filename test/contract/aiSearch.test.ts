import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ESTATES } from './removals/estates';
import { differences } from './support/differences';
import { travel, verdicts, type Travelled } from './support/journey';
import { LockoutWatch } from './support/lockoutWatch';
import { openSandboxSession, type SandboxSession, type SandboxSessionOptions } from './support/sandboxSession';

interface Journey extends Travelled {
  readonly opening: SandboxSession;
  readonly watch: LockoutWatch;
}

async function make(options: SandboxSessionOptions): Promise<Journey> {
  const opening = await openSandboxSession({ scenario: 'ai-search', ...options });
  const watch = new LockoutWatch(opening.connection, opening.session.state.setup);
  return { opening, watch, ...(await travel(opening)) };
}

const PROVIDERS = ['Insights', 'Network', 'OperationalInsights', 'PolicyInsights', 'Search', 'Security'];
const registered = (name: string): string => `Microsoft.${name} › registrationState: "NotRegistered" → "Registered"`;

/** What nobody can unset is said as what its absence meant; a provider stays registered, and a vault protected. */
const STAYS = [
  'Microsoft.CognitiveServices/accounts/contoso-openai › properties.networkAcls.bypass: absent → "None"',
  'Microsoft.KeyVault/vaults/contoso-kv › properties.enablePurgeProtection: absent → true',
  registered('PolicyInsights'),
];

const WITHOUT_IDENTITY = 'Microsoft.Search/searchServices/contoso-search › identity: absent → {"type":"None"}';

/** All that differs from the world before once everything is taken back. */
const LEFT_BEHIND = {
  empty: PROVIDERS.map(registered),
  exposed: [...STAYS, WITHOUT_IDENTITY],
  half: STAYS,
  'with every choice': [...STAYS, WITHOUT_IDENTITY],
};

const JOURNEYS: readonly (readonly [name: keyof typeof LEFT_BEHIND, options: SandboxSessionOptions])[] = [
  ['empty', { world: 'empty' }],
  ['exposed', { world: 'exposed' }],
  ['half', { world: 'half' }],
  ['with every choice', ESTATES.search],
];

describe.each(JOURNEYS)('AI Search hardening: %s', (name, options) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await make(options);
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
    if (name !== 'with every choice') expect(journey.watch.closedSeen).toBeGreaterThanOrEqual(1);
  });

  it('is taken back property by property, but for what Azure cannot take back', () => {
    expect([...differences(journey.before, journey.after)].sort()).toEqual([...LEFT_BEHIND[name]].sort());
  });
});
