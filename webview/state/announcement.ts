import type { WizardState } from '../../src/protocol/wizardState';

/**
 * What a screen reader is told when a new state arrives; null for nothing. Only two things are worth interrupting
 * for: the counts have changed, and a run has ended. The sentence with its "checked 20 seconds ago" changes far more
 * often than that.
 */
export function announcementFor(previous: WizardState | null, next: WizardState): string | null {
  const said: string[] = [];
  if (runHasEnded(previous, next)) said.push(next.run?.sentence ?? '');
  if (previous !== null && countsDiffer(previous, next)) said.push(next.progress.sentence);
  return said.length === 0 ? null : said.join('\n');
}

function runHasEnded(previous: WizardState | null, next: WizardState): boolean {
  if (previous === null || next.run === null || next.run.active) return false;
  return previous.run?.runId !== next.run.runId || previous.run.active;
}

function countsDiffer(previous: WizardState, next: WizardState): boolean {
  const [a, b] = [previous.progress, next.progress];
  return a.total !== b.total || a.compliant !== b.compliant || a.unknown !== b.unknown;
}
