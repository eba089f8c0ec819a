import type { RunRecord } from '../../core/apply/journal';
import type { RunStanding } from '../../core/apply/runState';
import { canResume, canTakeBack, standingOf } from '../../core/apply/standing';
import { OUTCOME_WORDS, STATUS_WORDS } from '../../core/apply/runWords';
import { text, type Text } from '../../core/text';
import type { Localize } from '../localize';
import { nameForPeople } from '../nameForPeople';
import type { ActiveSetupState } from '../setups/activeSetup';
import type { JudgedGroup } from '../wizard/stepGroups';
import { stepStateOf } from '../wizard/stepStates';
import { countSteps, describeCounts, speakCounts } from '../stepCounts';
import { iconForCounts, STATE_ICONS, type Row, type RowIcon } from './row';
import { marksOf, stepRow } from './stepRow';

/** A setup that is open or could be; `state` is undefined until it is opened. */
export interface SetupEntry {
  readonly key: string;
  readonly name: string;
  readonly valid: boolean;
  readonly state: ActiveSetupState | undefined;
}

export function setupRow({ key, name, valid, state }: SetupEntry, t: Localize): Row {
  const id = `setup/${key}`;
  if (!valid) {
    const problem = t(text('This file is not a setup. Open it to see what is wrong.'));
    return {
      id,
      label: name,
      description: t(text('not valid')),
      icon: { icon: 'error', color: 'testing.iconFailed' },
      tooltip: [problem],
      spoken: t(text('{0}: {1}', name, problem)),
      tokens: ['ringfence.brokenSetup'],
      children: 'none',
    };
  }
  if (state === undefined) {
    const spoken = t(text('{0}, not checked yet', name));
    const icon = { icon: 'shield' };
    return {
      id,
      label: name,
      description: '',
      icon,
      tooltip: [spoken],
      spoken,
      tokens: ['ringfence.setup'],
      children: 'collapsed',
    };
  }
  const counts = countSteps(state.session.findings.map((finding) => stepStateOf(finding, state.session.run)));
  const description = t(describeCounts(counts));
  return {
    id,
    label: state.candidate.name,
    description: state.unsaved ? t(text('{0} · not saved', description)) : description,
    icon: state.session.reading ? { icon: 'loading~spin' } : iconForCounts(counts),
    tooltip: [t(speakCounts(state.candidate.name, counts))],
    spoken: t(speakCounts(state.candidate.name, counts)),
    tokens: ['ringfence.setup', 'open', ...(state.unsaved ? ['canSave'] : []), ...clientTokens(state)],
    children: 'expanded',
  };
}

/** What the menus of a setup offer for its clients. */
function clientTokens({ session }: ActiveSetupState): readonly string[] {
  const hasVpn = session.findings.some(({ step, status }) => step === 'vpn-p2s-entra' && status === 'compliant');
  const { scenarios, options } = session.setup;
  const isData = scenarios.includes('on-your-data');
  const isFiltered = isData || (scenarios.includes('ai-search') && options.documentAccess !== undefined);
  return [
    ...(isData ? ['onYourData'] : []),
    ...(isFiltered ? ['filtersDocuments'] : []),
    ...(hasVpn ? ['canConnect'] : []),
    ...(scenarios.includes('api-gateway') ? ['hasGateway'] : []),
  ];
}

/** A family of steps, open where something in it needs somebody. */
export function groupRow(key: string, { group, title, steps }: JudgedGroup, t: Localize): Row {
  const counts = countSteps(steps.map(({ state }) => state));
  const label = t(title);
  const isDone = counts.done === counts.total;
  return {
    id: `setup/${key}/group/${group}`,
    label,
    description: t(describeCounts(counts)),
    icon: counts.total === 0 ? STATE_ICONS.notApplicable : iconForCounts(counts),
    tooltip: [t(speakCounts(label, counts))],
    spoken: t(speakCounts(label, counts)),
    tokens: ['ringfence.group'],
    children: isDone ? 'collapsed' : 'expanded',
  };
}

/** The steps of a family; one that is being changed says what is going on. */
export function stepRowsOf(
  key: string,
  { group, steps }: JudgedGroup,
  setup: Pick<ActiveSetupState, 'session' | 'watched' | 'madeBy'>,
  t: Localize,
): readonly (Row & { step: string })[] {
  const changes = setup.session.run?.changes ?? [];
  return steps.map(({ finding, state }) => {
    const running = changes.find(({ change, status }) => change.step === finding.step && status === 'running');
    const shown = { finding, state, note: running?.note, ...marksOf(setup, finding.step) };
    return { ...stepRow(shown, `setup/${key}/group/${group}`, t), step: finding.step };
  });
}

export function runsRow(key: string, count: number, t: Localize): Row {
  const label = t(text('Runs'));
  return {
    id: `setup/${key}/runs`,
    label,
    description: String(count),
    icon: { icon: 'history' },
    tooltip: [],
    spoken: t(text('{0}: {1}', label, count)),
    tokens: ['ringfence.runs'],
    children: 'collapsed',
  };
}

const OUTCOMES: Readonly<Record<RunStanding, { readonly label: Text; readonly icon: RowIcon }>> = {
  succeeded: { label: OUTCOME_WORDS.succeeded, icon: { icon: 'pass', color: 'testing.iconPassed' } },
  partial: { label: OUTCOME_WORDS.partial, icon: { icon: 'warning', color: 'testing.iconFailed' } },
  failed: { label: OUTCOME_WORDS.failed, icon: { icon: 'error', color: 'testing.iconFailed' } },
  cancelled: { label: OUTCOME_WORDS.cancelled, icon: { icon: 'circle-slash', color: 'disabledForeground' } },
  abandoned: { label: OUTCOME_WORDS.abandoned, icon: { icon: 'circle-slash', color: 'disabledForeground' } },
  interrupted: { label: OUTCOME_WORDS.interrupted, icon: { icon: 'debug-pause', color: 'testing.iconFailed' } },
  underWay: { label: OUTCOME_WORDS.underWay, icon: { icon: 'loading~spin' } },
};

/** @param time The moment when the run began, as the user writes times. */
export function runRow(
  key: string,
  run: RunRecord,
  all: readonly RunRecord[],
  time: string,
  running: boolean,
  t: Localize,
): Row & { runId: string } {
  const { header, changes } = run;
  const outcome = OUTCOMES[standingOf(run)];
  const kind = header.kind === 'apply' ? text('Applied {0}', time) : text('Taken back {0}', time);
  const label = t(kind);
  const description = running ? t(text('in progress')) : t(text('{0}, changes: {1}', outcome.label, changes.length));
  return {
    id: `setup/${key}/runs/${header.runId}`,
    runId: header.runId,
    label,
    description,
    icon: running ? { icon: 'loading~spin' } : outcome.icon,
    tooltip: changes.map(({ change, status }) =>
      t(text('{0} ({1}): {2}', change.title, nameForPeople(change.resource), STATUS_WORDS[status])),
    ),
    spoken: t(text('{0}: {1}', label, description)),
    tokens: [
      'ringfence.run',
      ...(!running && canTakeBack(run, all) ? ['canUndo'] : []),
      ...(!running && canResume(run) ? ['canResume'] : []),
    ],
    children: 'none',
  };
}
