import type { TemplateResult } from 'lit-html';
import type { RunChangeState, StepState, VerificationRow } from '../../src/protocol/wizardState';
import { icon, type IconName } from '../ui/icons';

type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'dim';
type Look = readonly [icon: IconName, tone: Tone];

const STEP: Readonly<Record<StepState, Look>> = {
  todo: ['circle', 'bad'],
  running: ['running', 'busy'],
  failed: ['cross', 'bad'],
  unknown: ['question', 'warning'],
  manual: ['person', 'warning'],
  done: ['check', 'good'],
  notApplicable: ['dash', 'dim'],
};

const CHANGE: Readonly<Record<RunChangeState, Look>> = {
  pending: ['clock', 'dim'],
  running: ['running', 'busy'],
  succeeded: ['check', 'good'],
  unchanged: ['check', 'dim'],
  failed: ['cross', 'bad'],
  skipped: ['dash', 'warning'],
  cancelled: ['dash', 'warning'],
};

const VERDICT: Readonly<Record<VerificationRow['verdict'], Look>> = {
  pass: ['check', 'good'],
  fail: ['cross', 'bad'],
  unknown: ['question', 'warning'],
};

export const stepIcon = (state: StepState): TemplateResult => icon(...STEP[state]);
export const changeIcon = (state: RunChangeState): TemplateResult => icon(...CHANGE[state]);
export const verdictIcon = (verdict: VerificationRow['verdict']): TemplateResult => icon(...VERDICT[verdict]);

/** The tone that goes with a state, for the words beside its icon. */
export const stepTone = (state: StepState): Tone => STEP[state][1];
export const changeTone = (state: RunChangeState): Tone => CHANGE[state][1];
export const verdictTone = (verdict: VerificationRow['verdict']): Tone => VERDICT[verdict][1];
