import { text, type Text } from '../text';
import type { ChangeStatus, RunStanding } from './runState';

/** What became of a change, in a word or two, as every view says it. */
export const STATUS_WORDS: Readonly<Record<ChangeStatus | 'uncertain', Text>> = {
  pending: text('Waiting'),
  running: text('In progress'),
  succeeded: text('Done'),
  unchanged: text('Already so'),
  failed: text('Failed'),
  drifted: text('Changed meanwhile'),
  skipped: text('Not tried'),
  cancelled: text('Cancelled'),
  uncertain: text('Not known'),
};

/** How it stands with a run, in a word or two. */
export const OUTCOME_WORDS: Readonly<Record<RunStanding, Text>> = {
  succeeded: text('succeeded'),
  partial: text('done in part'),
  failed: text('failed'),
  cancelled: text('cancelled'),
  abandoned: text('abandoned'),
  interrupted: text('interrupted'),
  underWay: text('under way'),
};
