import { estimateSeconds } from '../../core/plan/schedule';
import type { SessionState } from '../../core/session/setupSession';
import { text, type Text } from '../../core/text';
import type { ProgressLine } from '../../protocol/wizardState';
import { aboutDuration, ago, type Localize } from '../localize';
import { stepStateOf } from './stepStates';

/** How far the setup is, in numbers and in one sentence. What does not apply does not count. */
export function presentProgress(session: SessionState, now: number, t: Localize): ProgressLine {
  const { findings, run, plan } = session;
  const states = findings.map((finding) => stepStateOf(finding, run));
  const total = states.filter((state) => state !== 'notApplicable').length;
  const compliant = states.filter((state) => state === 'done').length;
  const unknown = states.filter((state) => state === 'unknown').length;
  const counts =
    unknown > 0
      ? text('{0} of {1} steps compliant, {2} unknown', compliant, total, unknown)
      : text('{0} of {1} steps compliant', compliant, total);
  return { total, compliant, unknown, sentence: t(sentenceOf(counts, session, estimateSeconds(plan.changes), now)) };
}

function sentenceOf(counts: Text, { run, checkedAt }: SessionState, secondsLeft: number, now: number): Text {
  if (run !== undefined && run.outcome === undefined) {
    return text('{0} · {1} left', counts, aboutDuration(run.secondsLeft));
  }
  if (checkedAt === undefined) return text('{0} · not checked yet', counts);
  const checked = text('checked {0}', ago(now - checkedAt));
  if (secondsLeft === 0) return text('{0} · {1}', counts, checked);
  return text('{0} · {1} · {2} left if you apply the rest', counts, checked, aboutDuration(secondsLeft));
}
