import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioId } from '../../src/core/setup/scenarios';
import type { RoleId } from '../../src/core/setup/setup';
import { ByHand } from './support/byHand';
import { applyAll, expectAllCompliant } from './support/journey';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const open: SandboxSession[] = [];
afterEach(() => Promise.all(open.splice(0).map((each) => each.close())));

/** Azure fails at a change that somebody makes, and leaves the resource as such changes leave it. */
async function failAt(opening: SandboxSession, id: string, body: { readonly properties: object }): Promise<void> {
  const hand = new ByHand(opening.sandbox, opening.connection);
  opening.sandbox.faults({ seed: 1, rate: 1, kinds: ['operationFailed'] });
  await hand.patch(id, body as Parameters<ByHand['patch']>[1]).catch(() => undefined);
  opening.sandbox.faults(undefined);
}

describe.each<[RoleId, string, ScenarioId, object]>([
  ['openAi', 'aoai-account', 'private-access', { publicNetworkAccess: 'Enabled' }],
  ['search', 'search-service', 'ai-search', { publicNetworkAccess: 'enabled' }],
])('%s at which Azure has failed', (role, step, scenario, properties) => {
  it('is not green, and is mended by a plan, which brings in force what is shown', async () => {
    const opening = await openSandboxSession({ world: 'hardened', scenario });
    open.push(opening);
    const { session } = opening;
    await applyAll(session);
    await failAt(opening, session.state.setup.roles[role]?.id ?? '', { properties });
    await session.refresh(signal);
    expect(session.state.findings.find((finding) => finding.step === step)?.status).toBe('nonCompliant');
    expect(session.state.plan.changes.map((change) => change.step)).toContain(step);
    await applyAll(session);
    expectAllCompliant(session);
    const measured = await session.verify(signal);
    expect(measured.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual([]);
  });
});
