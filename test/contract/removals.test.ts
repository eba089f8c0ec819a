import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FindingStatus } from '../../src/core/evaluate/finding';
import { STEPS } from '../../src/core/steps/registry';
import type { SetupSession } from '../../src/core/session/setupSession';
import { ESTATES, type HardenedName } from './removals/estates';
import type { Removal, Unremovable } from './removals/removal';
import { FATES } from './removals/table';
import { ByHand } from './support/byHand';
import { applyAll, byService, expectAllCompliant, statuses } from './support/journey';
import { withOwnPermissions } from './support/ownPermissions';
import { openSandboxSession, signal, type SandboxSession } from './support/sandboxSession';

it('every step has its entry in the table, and nothing else has', () => {
  expect(Object.keys(FATES).sort()).toEqual(STEPS.map(({ id }) => id).sort());
});

describe.each(Object.keys(ESTATES) as HardenedName[])('in the hardened estate “%s”', (name) => {
  const hardened: { opening?: SandboxSession; restore?: () => void; before?: Seen } = {};

  beforeAll(async () => {
    const opening = await openSandboxSession(ESTATES[name]);
    await applyAll(opening.session);
    expectAllCompliant(opening.session);
    await opening.session.verify(signal);
    const restore = opening.sandbox.keep();
    Object.assign(hardened, { opening, restore, before: await see(opening.openAnother(opening.session.state.setup)) });
  });
  afterAll(() => hardened.opening?.close());

  it('everything holds and every probe passes', () => {
    expect(Object.values(hardened.before?.findings ?? {})).not.toContain('nonCompliant');
    expect(new Set(Object.values(hardened.before?.probes ?? {}))).toEqual(new Set(['pass']));
  });

  for (const [step, fate] of Object.entries(FATES)) {
    if ('remove' in fate && (fate.in ?? 'everything') === name) {
      it(`${step}: when ${fate.when}, what depends on it goes, and nothing else`, () => goes(fate));
    }
  }

  async function goes(removal: Removal): Promise<void> {
    const { opening, restore, before } = hardened;
    if (!opening || !restore || !before) throw new Error('The estate was not hardened.');
    restore();
    await removal.remove(new ByHand(opening.sandbox, opening.connection));
    const session = opening.openAnother(opening.session.state.setup);
    expect(movement(before, await see(session))).toEqual(expected(removal));
    const { steps = [] } = removal.notMended ?? {};
    await mend(opening, session, steps);
    const after = statuses(session);
    expect(
      Object.keys(after)
        .filter((step) => after[step] !== before.findings[step])
        .sort(),
    ).toEqual([...steps].sort());
    const blocked = session.state.plan.blocked.map(({ step }) => step);
    expect(blocked).toEqual(expect.arrayContaining(steps.filter((step) => after[step] === 'nonCompliant')));
  }
});

describe('what nobody can take away', () => {
  for (const [step, fate] of Object.entries(FATES)) {
    if ('never' in fate) it(`${step} is missed where it never was: ${fate.because}`, () => isMissed(step, fate));
  }
});

async function isMissed(step: string, fate: Unremovable): Promise<void> {
  await expectRefusal(fate);
  const opening = await openSandboxSession(fate.never);
  await opening.session.refresh(signal);
  const { plan } = opening.session.state;
  const planned = (fate.planned ? plan.changes : plan.blocked).map((each) => each.step);
  expect(statuses(opening.session)[step]).toBe(fate.byHand ? 'manual' : 'nonCompliant');
  expect(planned.includes(step)).toBe(fate.byHand === undefined);
  await opening.close();
}

/** What is found and measured. */
interface Seen {
  readonly findings: Readonly<Record<string, FindingStatus>>;
  readonly probes: Readonly<Record<string, string>>;
}

async function see(session: SetupSession): Promise<Seen> {
  await session.refresh(signal);
  const results = await session.verify(signal);
  return {
    findings: statuses(session),
    probes: Object.fromEntries(results.map(({ id, verdict }) => [byService(id), verdict])),
  };
}

/** All that is otherwise than before. */
function movement(before: Seen, after: Seen): Seen {
  const ids = new Set([...Object.keys(before.probes), ...Object.keys(after.probes)]);
  const moved = [...ids].filter((id) => before.probes[id] !== after.probes[id]);
  return {
    findings: Object.fromEntries(Object.entries(after.findings).filter(([id, s]) => before.findings[id] !== s)),
    probes: Object.fromEntries(moved.map((id) => [id, after.probes[id] ?? 'gone'])),
  };
}

function expected({ nonCompliant, unknown = [], notApplicable = [], probes = {} }: Removal): Seen {
  const findings = Object.entries({ nonCompliant, unknown, notApplicable }).flatMap(([status, steps]) =>
    steps.map((step) => [step, status]),
  );
  return { findings: Object.fromEntries(findings) as Seen['findings'], probes };
}

/** How often somebody looks again who has been told that a role may take ten minutes. */
const LOOKS = 10;

/**
 * Applies the new plan, each change with no more than it says that it needs. What a new role lets be read comes a little
 * later.
 */
async function mend(opening: SandboxSession, session: SetupSession, notMended: readonly string[]): Promise<void> {
  const { changes } = session.state.plan;
  await withOwnPermissions(opening, changes, () => session.apply(changes, { signal, acceptLosingAccess: false }));
  const cannotTell = (): boolean =>
    Object.entries(statuses(session)).some(([step, status]) => status === 'unknown' && !notMended.includes(step));
  for (let looks = 0; looks < LOOKS && cannotTell(); looks += 1) await session.refresh(signal);
}

async function expectRefusal({ attempt, refusal }: Unremovable): Promise<void> {
  if (attempt === undefined || refusal === undefined) return;
  const opening = await openSandboxSession({ world: 'hardened', scenario: 'on-your-data' });
  await expect(attempt(new ByHand(opening.sandbox, opening.connection))).rejects.toThrow(refusal);
  await opening.close();
}
