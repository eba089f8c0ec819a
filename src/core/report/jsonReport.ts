import type { RunState } from '../apply/runState';
import { summarize, type Finding, type FindingSummary } from '../evaluate/finding';
import type { Change, Plan } from '../plan/change';
import type { PreflightReport } from '../preflight/report';
import type { ProbeResult } from '../probes/probe';
import type { Source } from '../steps/source';
import type { Text } from '../text';

/** Renders a sentence in the reader's language. */
export type Localize = (sentence: Text) => string;

/** The documents that scripts rely on. Their shapes are versioned by `schema` and described in `docs/cli.md`. */

export function findingsReport(findings: readonly Finding[], localize: Localize) {
  return {
    schema: 'ringfence.findings/1' as const,
    summary: summarize(findings),
    findings: findings.map((finding) => ({
      step: finding.step,
      title: localize(finding.title),
      resource: finding.resource,
      status: finding.status,
      severity: finding.severity,
      ...(finding.reason && { reason: localize(finding.reason) }),
      ...(finding.notes && { notes: finding.notes.map(localize) }),
      evidence: finding.evidence.map((evidence) => ({
        ...(evidence.resource === undefined ? {} : { resource: evidence.resource }),
        property: evidence.property,
        expected: localize(evidence.expected),
        actual: localize(evidence.actual),
      })),
      sources: finding.sources.map(sourceName),
    })),
  };
}

export function planReport(plan: Plan, localize: Localize, preflight?: PreflightReport) {
  return {
    schema: 'ringfence.plan/1' as const,
    changes: plan.changes.map((change) => changeReport(change, localize)),
    blocked: plan.blocked.map((blocked) => ({
      step: blocked.step,
      resource: blocked.resource,
      reason: localize(blocked.reason),
    })),
    ...(preflight && { preflight: preflightReport(preflight, localize) }),
  };
}

/** What is in the way of a plan. It stands in the plan's document, and before a run in a line of its own. */
export function preflightReport({ findings, seconds, costs }: PreflightReport, localize: Localize) {
  return {
    schema: 'ringfence.preflight/1' as const,
    findings: findings.map(({ kind, verdict, title, detail, remedy, changes, resource, needed }) => ({
      kind,
      verdict,
      title: localize(title),
      ...(detail === undefined ? {} : { detail }),
      remedy: localize(remedy),
      changes,
      ...(resource === undefined ? {} : { resource }),
      ...(needed && { role: needed.role, permissions: needed.permissions }),
    })),
    seconds,
    costs: costs.map(({ note, changes }) => ({ note: localize(note), changes })),
  };
}

function changeReport(change: Change, localize: Localize) {
  const { id, step, resource, action, before, after, dependsOn, permissions, typicalSeconds, undo, risk } = change;
  return {
    id,
    step,
    resource,
    action,
    before,
    after,
    dependsOn,
    undo: { kind: undo.kind, ...(undo.kind === 'none' ? { reason: localize(undo.reason) } : {}) },
    permissions,
    risk: { kind: risk.kind, ...(risk.note && { note: localize(risk.note) }) },
    typicalSeconds,
  };
}

/** The last line of `apply` and `undo`. `summary` counts the findings after the run. */
export function runReport(run: RunState, requests: number, summary: FindingSummary, localize: Localize) {
  return {
    schema: 'ringfence.run/1' as const,
    outcome: run.outcome ?? 'failed',
    runId: run.runId,
    kind: run.kind,
    ...(run.of === undefined ? {} : { of: run.of }),
    changes: run.changes.map(({ change, status, startedAt, endedAt, error, note }) => ({
      id: change.id,
      step: change.step,
      resource: change.resource,
      action: change.action,
      status,
      ...(startedAt !== undefined && endedAt !== undefined && { seconds: (endedAt - startedAt) / 1000 }),
      ...(note && { note: localize(note) }),
      ...(error && { error: { ...error, next: error.next && localize(error.next) } }),
    })),
    requests,
    seconds: ((run.endedAt ?? run.startedAt) - run.startedAt) / 1000,
    summary,
  };
}

export function verificationReport(results: readonly ProbeResult[], localize: Localize) {
  const count = (verdict: ProbeResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  return {
    schema: 'ringfence.verification/1' as const,
    summary: { pass: count('pass'), fail: count('fail'), unknown: count('unknown') },
    probes: results.map((result) => ({
      id: result.id,
      title: localize(result.title),
      host: result.host,
      position: result.position.kind,
      expected: localize(result.expected),
      actual: localize(result.actual),
      verdict: result.verdict,
      ...(result.advice && { advice: localize(result.advice) }),
    })),
  };
}

/** `vnet-only.ja#2. …`, the address of a reference, or the id of an Azure Policy definition. */
export function sourceName(source: Source): string {
  if ('seed' in source) return `${source.seed}#${source.section}`;
  return 'policy' in source ? `policy:${source.policy}` : source.url;
}
