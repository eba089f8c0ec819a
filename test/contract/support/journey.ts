import { expect } from 'vitest';
import type { UndoPlan } from '../../../src/core/apply/undo';
import type { FindingStatus } from '../../../src/core/evaluate/finding';
import type { ProbeResult } from '../../../src/core/probes/probe';
import type { SetupSession } from '../../../src/core/session/setupSession';
import { signal } from './sandboxSession';

/** Reads, plans and applies everything. Fails with what Azure said where a change does not succeed. */
export async function applyAll(session: SetupSession): Promise<void> {
  await session.refresh(signal);
  expect(session.state.plan.blocked).toEqual([]);
  const run = await session.apply(session.state.plan.changes, { signal, acceptLosingAccess: false });
  const failures = run.changes.flatMap(({ change, error, status }) =>
    status === 'succeeded' ? [] : [{ id: change.id, status, error }],
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
