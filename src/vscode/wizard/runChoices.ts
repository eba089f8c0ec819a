import type { RunRecord } from '../../core/apply/journal';
import type { RunStanding } from '../../core/apply/runState';
import { standingOf, waysOn } from '../../core/apply/standing';
import { text, type Text } from '../../core/text';
import type { RunChoice } from '../../protocol/wizardState';
import type { Localize } from '../localize';

type Words = Readonly<Record<RunChoice['choice'], Text>>;

const STOPPED: Words = { resume: text('Resume'), undo: text('Take back…'), abandon: text('Abandon') };

const FAILED: Words = {
  resume: text('Retry the rest'),
  undo: text('Take back what was done…'),
  abandon: text('Leave it'),
};

const ENDED: Words = { ...STOPPED, undo: text('Undo this run…') };

const WORDS: Readonly<Record<RunStanding, Words>> = {
  underWay: STOPPED,
  interrupted: STOPPED,
  cancelled: STOPPED,
  failed: FAILED,
  partial: FAILED,
  succeeded: ENDED,
  abandoned: ENDED,
};

/**
 * What can be done with a run that is not going on, the likeliest first.
 * @param past Past runs, the newest first.
 */
export function presentChoices(run: RunRecord, past: readonly RunRecord[], t: Localize): readonly RunChoice[] {
  const words = WORDS[standingOf(run)];
  return waysOn(run, past).map((choice) => ({ choice, label: t(words[choice]) }));
}
