import type { ChangeProgress, RunState } from '../../core/apply/runState';
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

/** The state in words, and the name of the group of steps that are in it. */
export const STEP_STATES: Readonly<
  Record<StepState, { readonly label: Text; readonly group: (count: number) => Text }>
> = {
  failed: { label: text('Failed'), group: (count) => text('Failed, {0}', count) },
  running: { label: text('In progress'), group: (count) => text('In progress, {0}', count) },
  todo: { label: text('To do'), group: (count) => text('To do, {0}', count) },
  unknown: { label: text('Cannot tell'), group: (count) => text('Cannot tell, {0}', count) },
  manual: { label: text('For a person to do'), group: (count) => text('For a person to do, {0}', count) },
  done: { label: text('Compliant'), group: (count) => text('Done, {0}', count) },
  notApplicable: { label: text('Not applicable'), group: (count) => text('Not applicable, {0}', count) },
};

/** A finding in the light of the run: what is being changed, what failed, and what the run has done and confirmed. */
export function stepStateOf(finding: Finding, run: RunState | undefined): StepState {
  const judged = BY_STATUS[finding.status];
  const changes = run?.kind === 'apply' ? run.changes.filter(({ change }) => change.step === finding.step) : [];
  if (run === undefined || changes.length === 0 || judged === 'done') return judged;
  if (run.outcome === undefined) {
    if (changes.some(({ status }) => status === 'running')) return 'running';
    if (changes.every(isDone)) return 'done';
  }
  return judged === 'todo' && changes.some(hasFailed) ? 'failed' : judged;
}

export function isDone({ status }: Pick<ChangeProgress, 'status'>): boolean {
  return status === 'succeeded' || status === 'unchanged';
}

export function hasFailed({ status }: Pick<ChangeProgress, 'status'>): boolean {
  return status === 'failed' || status === 'drifted';
}
