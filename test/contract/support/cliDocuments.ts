import { z } from 'zod';

/** The documents of the command line, as `docs/cli.md` describes them; `strictObject` where nothing else may be in one. */

const summary = z.strictObject({
  compliant: z.number(),
  nonCompliant: z.number(),
  unknown: z.number(),
  notApplicable: z.number(),
  manual: z.number(),
});
export const findings = z.strictObject({
  schema: z.literal('ringfence.findings/1'),
  summary,
  findings: z.array(
    z.strictObject({
      step: z.string(),
      title: z.string(),
      resource: z.string(),
      status: z.enum(['compliant', 'nonCompliant', 'unknown', 'notApplicable', 'manual']),
      severity: z.enum(['high', 'medium', 'low']),
      reason: z.optional(z.string()),
      evidence: z.array(
        z.strictObject({
          resource: z.optional(z.string()),
          property: z.string(),
          expected: z.string(),
          actual: z.string(),
        }),
      ),
      sources: z.array(z.string()).min(1),
    }),
  ),
});
const json = z.nullable(z.record(z.string(), z.unknown()));
export const preflight = z.strictObject({
  schema: z.literal('ringfence.preflight/1'),
  findings: z.array(
    z.strictObject({
      kind: z.enum(['permission', 'provider', 'lock', 'policy', 'location', 'quota', 'address', 'name', 'lockout']),
      verdict: z.enum(['blocks', 'warns', 'unknown']),
      title: z.string(),
      detail: z.optional(z.string()),
      remedy: z.string(),
      changes: z.array(z.string()),
      resource: z.optional(z.string()),
      role: z.optional(z.string()),
      permissions: z.optional(z.array(z.strictObject({ action: z.string(), scope: z.string() }))),
    }),
  ),
  seconds: z.number().positive(),
  costs: z.array(z.strictObject({ note: z.string(), changes: z.array(z.string()).min(1) })),
});
export const plan = z.strictObject({
  schema: z.literal('ringfence.plan/1'),
  changes: z.array(
    z.strictObject({
      id: z.string(),
      step: z.string(),
      resource: z.string().startsWith('/subscriptions/'),
      action: z.enum(['create', 'update', 'delete', 'action']),
      before: json,
      after: json,
      dependsOn: z.array(z.string()),
      undo: z.strictObject({ kind: z.enum(['restore', 'delete', 'none']), reason: z.optional(z.string()) }),
      permissions: z.array(z.strictObject({ action: z.string(), scope: z.string() })).min(1),
      risk: z.strictObject({ kind: z.enum(['none', 'lockout', 'irreversible', 'cost']), note: z.optional(z.string()) }),
      typicalSeconds: z.number().positive(),
    }),
  ),
  blocked: z.array(z.strictObject({ step: z.string(), resource: z.string(), reason: z.string() })),
  preflight: z.optional(preflight),
});
export const run = z.looseObject({
  schema: z.literal('ringfence.run/1'),
  outcome: z.enum(['succeeded', 'failed', 'cancelled', 'partial']),
  runId: z.string(),
  changes: z.array(z.looseObject({ id: z.string(), status: z.string() })),
  requests: z.number().positive(),
  seconds: z.number(),
  summary,
  next: z.array(z.enum(['resume', 'undo', 'abandon'])),
});
export const runs = z.strictObject({
  schema: z.literal('ringfence.runs/1'),
  runs: z.array(
    z.strictObject({
      runId: z.string(),
      kind: z.enum(['apply', 'undo']),
      of: z.optional(z.string()),
      setup: z.string(),
      subscription: z.guid(),
      startedAt: z.iso.datetime(),
      outcome: z.enum(['succeeded', 'failed', 'cancelled', 'partial', 'abandoned', 'interrupted', 'underWay']),
      changes: z.number(),
      done: z.number(),
      uncertain: z.number(),
      unclearLines: z.number(),
      next: z.array(z.enum(['resume', 'undo', 'abandon'])),
    }),
  ),
  unreadable: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
});
