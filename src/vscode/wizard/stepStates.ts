import { isMade, type ChangeProgress, type RunState } from '../../core/apply/runState';
import type { Finding, FindingStatus } from '../../core/evaluate/finding';
import { text, type Text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';

const BY_STATUS: Readonly<Record<FindingStatus, StepState>> = {
  compliant: 'done',
  nonCompliant: 'todo',
  unknown: 'unknown',
  manual: 'manual',
  notApplicable: 'notApplicable',
};

/** The state in words. */
export const STATE_WORDS: Readonly<Record<StepState, Text>> = {
  failed: text('Failed'),
  running: text('In progress'),
  todo: text('To do'),
  unknown: text('Cannot tell'),
  manual: text('For a person to do'),
  done: text('Compliant'),
  notApplicable: text('Not applicable'),
};

/** Of a step that was compliant once, and that no run of ours has changed since: for the end of a row, and spoken. */
export const DEVIATES = { short: text('changed'), spoken: text('no longer compliant') };

/** A finding in the light of the run: what is being changed, what failed, and what the run has done and confirmed. */
export function stepStateOf(finding: Finding, run: RunState | undefined): StepState {
  const judged = BY_STATUS[finding.status];
  const changes = run?.kind === 'apply' ? run.changes.filter(({ change }) => change.step === finding.step) : [];
  if (run === undefined || changes.length === 0 || judged === 'done') return judged;
  if (run.outcome === undefined) {
    if (changes.some(({ status }) => status === 'running')) return 'running';
    if (changes.every(isMade)) return 'done';
  }
  return judged === 'todo' && changes.some(hasFailed) ? 'failed' : judged;
}

export function hasFailed({ status }: Pick<ChangeProgress, 'status'>): boolean {
  return status === 'failed' || status === 'drifted';
}
