import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/core/evaluate/evaluate';
import {
  findingsReport,
  planReport,
  runReport,
  sourceName,
  verificationReport,
} from '../../../src/core/report/jsonReport';
import { planOf } from '../support/planning';
import { english, snapshotOf } from '../support/reading';
import { Bench, NEVER } from '../support/sessions';
import { setup } from '../support/setups';
import { exposedWorld } from '../support/worlds';

describe('the documents that scripts rely on', () => {
  test('findings', () => {
    const { findings } = evaluate(setup(), snapshotOf(exposedWorld()));
    const report = findingsReport(findings, english);
    expect(report.schema).toBe('ringfence.findings/1');
    expect(Object.keys(report.summary).sort()).toEqual([
      'compliant',
      'manual',
      'nonCompliant',
      'notApplicable',
      'unknown',
    ]);
    const finding = report.findings.find(({ step }) => step === 'aoai-public-access-disabled');
    expect(finding).toMatchObject({
      title: 'Public access disabled',
      status: 'nonCompliant',
      severity: 'high',
      evidence: [{ property: 'properties.publicNetworkAccess', expected: 'Disabled', actual: 'Enabled' }],
    });
    expect(finding?.sources).toContain('policy:47ba1dd7-28d9-4b07-a8d5-9813bed64e0c');
  });

  test('a plan', () => {
    const { changes, schema } = planReport(planOf(exposedWorld()), english);
    expect(schema).toBe('ringfence.plan/1');
    expect(Object.keys(changes[0] ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'step',
        'resource',
        'action',
        'before',
        'after',
        'dependsOn',
        'undo',
        'permissions',
        'risk',
        'typicalSeconds',
      ]),
    );
  });

  test('a run', async () => {
    const bench = new Bench(exposedWorld());
    const run = await bench.applyAll();
    const summary = { compliant: 1, nonCompliant: 0, unknown: 0, notApplicable: 0, manual: 0 };
    const report = runReport(run, 42, summary, english);
    expect(report).toMatchObject({
      schema: 'ringfence.run/1',
      outcome: 'succeeded',
      runId: run.runId,
      kind: 'apply',
      requests: 42,
      summary,
    });
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.changes.every(({ status, seconds }) => status === 'succeeded' && seconds !== undefined)).toBe(true);
  });

  test('a verification', async () => {
    const bench = new Bench(exposedWorld());
    await bench.session.refresh(NEVER);
    const report = verificationReport(await bench.session.verify(NEVER), english);
    expect(report).toMatchObject({ schema: 'ringfence.verification/1', summary: { pass: 0, fail: 3, unknown: 0 } });
    expect(report.probes.map(({ position }) => position)).toEqual(['internet', 'virtualNetwork', 'virtualNetwork']);
  });

  test.each([
    [{ seed: 'vnet-only.ja', section: '前提' } as const, 'vnet-only.ja#前提'],
    [{ policy: 'abc' }, 'policy:abc'],
    [{ reference: 'A page', url: 'https://example.com' }, 'https://example.com'],
  ])('a source: %j', (source, name) => {
    expect(sourceName(source)).toBe(name);
  });
});
