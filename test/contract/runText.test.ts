import { expect, it } from 'vitest';
import type { ChangeProgress, RunState } from '../../src/core/apply/runState';
import { describeProgress, printRun } from '../../src/cli/text/run';
import { printUndo } from '../../src/cli/text/undo';
import { text } from '../../src/core/text';
import { change, zoneChange } from '../core/support/changes';
import { CliOutput } from './support/cliOutput';

function printed(...changes: readonly ChangeProgress[]): readonly string[] {
  const run: RunState = { runId: 'run-1', kind: 'apply', startedAt: 0, outcome: 'partial', changes, secondsLeft: 0 };
  const output = new CliOutput();
  printRun(run, output);
  return output.results;
}

const FAILED: ChangeProgress = {
  change: change(),
  status: 'failed',
  error: {
    code: 'ScopeLocked',
    detail: 'The scope is locked.\nSee \u001b[2Jthere.',
    next: text('Remove the lock.'),
    correlationId: 'c0ffee',
  },
};

it('of what failed, the cause comes first, then the next action, then what support asks for', () => {
  expect(printed(FAILED)).toEqual([
    '✗ Failed: Public access disabled · contoso-openai',
    '    The scope is locked.',
    '    See \\u001b[2Jthere.',
    '    next: Remove the lock.',
    '    code: ScopeLocked',
    '    correlation id: c0ffee',
    'Run run-1 done in part: 0 of 1 changes are made.',
  ]);
});

it('while it runs, the cause stands on the line of the change', () => {
  const output = new CliOutput();
  expect(describeProgress({ ...FAILED, error: { code: 'Odd', detail: 'It broke.' } }, output)).toBe(
    'Failed: Public access disabled · contoso-openai — It broke.',
  );
  expect(describeProgress({ ...FAILED, error: { code: 'Odd', detail: '' } }, output)).toMatch(/ — Odd$/);
});

it('what was cancelled is told apart: never begun, or perhaps still going on in Azure', () => {
  const zone = (name: string, parts: Partial<ChangeProgress>): ChangeProgress => ({
    change: zoneChange(name),
    status: 'cancelled',
    ...parts,
  });
  const still = text('Azure is still at it, and goes on by itself: {0}', 'updating');
  expect(
    printed(zone('a.example', {}), zone('b.example', { note: still }), zone('c.example', { status: 'succeeded' })),
  ).toEqual([
    '– Cancelled: Private DNS zone · a.example',
    '! Cancelled: Private DNS zone · b.example',
    '    Azure is still at it, and goes on by itself: updating',
    'Run run-1 done in part: 1 of 3 changes are made.',
  ]);
});

it('of taking back, it is said what is deleted, what is written back, and what stays and why', () => {
  const output = new CliOutput();
  const zone = zoneChange('a.example', { action: 'delete', before: { location: 'global' }, after: null });
  const kept = [{ title: text('Resource provider'), resource: '/subscriptions/s', reason: text('It harms nobody.') }];
  printUndo({ changes: [change(), zone], kept }, output);
  expect(output.results.filter((line) => !/^ {2}[-+] /.test(line))).toEqual([
    'What is deleted:',
    'delete Microsoft.Network/privateDnsZones a.example · Private DNS zone',
    'What is written back:',
    'update Microsoft.CognitiveServices/accounts contoso-openai · Public access disabled',
    'What stays:',
    '  Resource provider · s: It harms nobody.',
    expect.stringMatching(/^2 changes, about /),
  ]);
});
