import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/core/apply/runState';
import { permissionKey } from '../../src/core/plan/permissions';
import type { RequiredPermission } from '../../src/core/plan/change';
import { PreflightRefusal, type PreflightReport } from '../../src/core/preflight/report';
import { SCENARIO_IDS } from '../../src/core/setup/scenarios';
import { renderText } from '../../src/core/text';
import type { Exchange } from '../../src/sandbox/http/exchange';
import { expectAllCompliant } from './support/journey';
import { withOwnPermissions } from './support/ownPermissions';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

const GO = { signal, acceptLosingAccess: false } as const;

/** Questions that are asked with POST, and change nothing. */
const QUESTION = /\/(resources|checkPolicyRestrictions|check(Name|Domain)Availability)$/i;

function writesIn(exchanges: readonly Exchange[]): readonly string[] {
  return exchanges
    .map(({ method, url }) => ({ method, path: url.split('?')[0] ?? '' }))
    .filter(({ method, path }) => method !== 'GET' && !path.startsWith('/.sandbox'))
    .filter(({ method, path }) => !(method === 'POST' && QUESTION.test(path)))
    .map(({ method, path }) => `${method} ${path}`);
}

/** What the plan needs, each once. */
function requiredBy({ session }: SandboxSession): readonly RequiredPermission[] {
  const all = session.state.plan.changes.flatMap(({ permissions }) => permissions);
  return [...new Map(all.map((permission) => [permissionKey(permission), permission])).values()];
}

function errorsOf({ changes }: RunState) {
  return changes.flatMap(({ change, error }) => (error ? [{ id: change.id, error }] : []));
}

/** The report with which a run was refused. */
async function refusedBy(run: Promise<unknown>): Promise<PreflightReport> {
  const refusal = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!PreflightRefusal.is(refusal)) throw refusal ?? new Error('It was not refused.');
  return refusal.report;
}

describe.each(SCENARIO_IDS)('before the first write of %s', (scenario) => {
  it('each permission that is lacking is named, with its scope and a role, and nothing is written', async () => {
    const exchanges: Exchange[] = [];
    const onExchange = (exchange: Exchange): void => void exchanges.push(exchange);
    const opening = await openSandboxSession({ world: 'exposed', scenario, onExchange });
    const { session, sandbox, deny, close } = opening;
    await session.refresh(signal);
    const restore = sandbox.keep();
    const required = requiredBy(opening);
    expect(required.length).toBeGreaterThan(8);
    for (const { action, scope } of required) {
      await deny(action, scope);
      exchanges.length = 0;
      const { findings } = await refusedBy(session.apply(session.state.plan.changes, GO));
      const lacked = required.filter((each) => each.action === action && `${each.scope}/`.startsWith(`${scope}/`));
      const named = findings.flatMap(({ needed }) => needed?.permissions ?? []);
      expect(named.map(permissionKey).sort()).toEqual(lacked.map(permissionKey).sort());
      const [finding] = findings;
      if (finding === undefined) throw new Error(`Nothing is said about ${action}.`);
      expect(finding).toMatchObject({ kind: 'permission', verdict: 'blocks' });
      expect(renderText(finding.title)).toContain(action);
      expect(finding.detail).toContain(`${action} ${scope}`);
      expect(renderText(finding.remedy)).toContain(`“${String(finding.needed?.role)}”`);
      expect(finding.changes.length).toBeGreaterThan(0);
      expect([`${action} ${scope}`, writesIn(exchanges)]).toEqual([`${action} ${scope}`, []]);
      restore();
    }
    expect(await session.runs()).toEqual([]);
    await close();
  });

  it('what each change says it needs is all that it needs', async () => {
    const opening = await openSandboxSession({ world: 'exposed', scenario });
    const { session, close } = opening;
    await session.refresh(signal);
    const { changes } = session.state.plan;
    expect((await session.preflight(changes, signal)).findings).toEqual([]);
    const run = await withOwnPermissions(opening, changes, () => session.apply(changes, GO));
    expect(errorsOf(run)).toEqual([]);
    expect(run.outcome).toBe('succeeded');
    expectAllCompliant(session);
    const back = await session.planUndo(run.runId);
    if (!back) throw new Error('There is nothing to take back.');
    const undone = await withOwnPermissions(opening, back.changes, () => session.undo(run.runId, back, { signal }));
    expect(errorsOf(undone)).toEqual([]);
    expect(undone.outcome).toBe('succeeded');
    await close();
  });
});
