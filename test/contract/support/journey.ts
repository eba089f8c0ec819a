import { expect } from 'vitest';
import type { ChangeStatus } from '../../../src/core/apply/runState';
import type { UndoPlan } from '../../../src/core/apply/undo';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { Plan } from '../../../src/core/plan/change';
import type { ProbeResult } from '../../../src/core/probes/probe';
import type { JsonObject } from '../../../src/core/resources/json';
import type { SetupSession } from '../../../src/core/session/setupSession';
import type { ScenarioId } from '../../../src/core/setup/scenarios';
import { signal, type SandboxSession } from './sandboxSession';

/** Reads, plans and applies everything. Fails with what Azure said where a change does not succeed. */
export async function applyAll(session: SetupSession): Promise<void> {
  await session.refresh(signal);
  await applyPlan(session, session.state.plan, ['succeeded']);
}

/** The same for these steps alone, of which one may have done the work of another. */
export async function applySteps(session: SetupSession, steps: readonly string[]): Promise<void> {
  await session.refresh(signal);
  await applyPlan(session, session.planFor(steps), ['succeeded', 'unchanged']);
}

/** Applies scenarios one turn after the other to one setup, which in the end has those of the last turn. */
export async function applyInTurn(session: SetupSession, ...turns: readonly (readonly ScenarioId[])[]): Promise<void> {
  for (const scenarios of turns) {
    session.changeSetup({ ...session.state.setup, scenarios });
    await applyAll(session);
    expectAllCompliant(session);
  }
}

async function applyPlan(
  session: SetupSession,
  { changes, blocked }: Plan,
  good: readonly ChangeStatus[],
): Promise<void> {
  expect(blocked).toEqual([]);
  const run = await session.apply(changes, { signal, acceptLosingAccess: false });
  const failures = run.changes.flatMap(({ change, error, status }) =>
    good.includes(status) ? [] : [{ id: change.id, status, error }],
  );
  expect(failures).toEqual([]);
  expect(run.outcome).toBe('succeeded');
}

/** Takes the newest run back. @returns what was planned for that. */
export async function undoLast(session: SetupSession): Promise<UndoPlan> {
  const [record] = await session.runs();
  const id = record?.header.runId ?? '';
  const plan = await session.planUndo(id);
  if (!plan) throw new Error('There is nothing to undo.');
  const run = await session.undo(id, plan, { signal });
  const failures = run.changes.flatMap(({ change, error }) => (error ? [{ id: change.id, error }] : []));
  expect(failures).toEqual([]);
  expect(run.outcome).toBe('succeeded');
  return plan;
}

/** Everything that happened to a world: applied, measured, taken back. */
export interface Travelled {
  readonly before: JsonObject;
  readonly hardened: JsonObject;
  readonly measured: readonly ProbeResult[];
  /** What was planned for taking it back. */
  readonly undone: UndoPlan;
  readonly after: JsonObject;
}

/** Applies everything, measures, and takes everything back. */
export async function travel({ session, state }: SandboxSession): Promise<Travelled> {
  const before = await state();
  await applyAll(session);
  expectAllCompliant(session);
  const hardened = await state();
  const measured = await session.verify(signal);
  const undone = await undoLast(session);
  return { before, hardened, measured, undone, after: await state() };
}

/** That every step that applies is compliant and nothing is left to plan. */
export function expectAllCompliant({ state }: SetupSession): void {
  const open = state.findings.filter(({ status }) => status !== 'compliant' && status !== 'notApplicable');
  expect(open.map(({ step, status, reason }) => ({ step, status, reason }))).toEqual([]);
  expect(state.plan).toEqual({ changes: [], blocked: [] });
}

/** The status of every step, by its id. */
export function statuses({ state }: SetupSession): Readonly<Record<string, FindingStatus>> {
  return Object.fromEntries(state.findings.map(({ step, status }) => [step, status]));
}

/** What was measured, as `id: verdict`, with the service in place of its host. */
export function verdicts(results: readonly ProbeResult[]): readonly string[] {
  return results.map(({ id, verdict }) => `${byService(id)}: ${verdict}`);
}

/** `answers/virtualNetwork/search` for `answers/virtualNetwork/contoso-search.search.windows.net`. */
export function byService(probe: string): string {
  return SERVICES.reduce((id, [host, service]) => id.replace(host, service), probe);
}

const SERVICES: readonly (readonly [host: RegExp, service: string])[] = [
  [/[a-z0-9-]+\.openai\.azure\.com$/, 'openAi'],
  [/[a-z0-9-]+\.search\.windows\.net$/, 'search'],
  [/[a-z0-9]+\.blob\.core\.windows\.net$/, 'storage'],
  [/[a-z0-9]+\.file\.core\.windows\.net$/, 'files'],
];
