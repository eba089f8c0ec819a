import { text, type Text } from '../../src/core/text';
import type { ProofGroup, StepGroup, StepState, WizardState } from '../../src/protocol/wizardState';
import { isFolded, type PageState } from './pageState';
import { viewName, type View } from './view';

/** One line of the checklist, and what it leads to. */
export interface ListedEntry {
  readonly name: string;
  readonly view: View;
  readonly title: string;
  readonly state: StepState;
  readonly note: string;
  readonly spoken: string;
}

/** A family of steps as it is listed: with what the filter leaves of it, folded or not. */
export interface ListedGroup {
  readonly group: string;
  /** The name of its fold. */
  readonly fold: string;
  readonly folded: boolean;
  readonly label: string;
  readonly count: string;
  readonly spoken: string;
  readonly state: StepState;
  readonly entries: readonly ListedEntry[];
}

/** The checklist as the page shows it: the families of steps, then the proof. Families with nothing to list are left out. */
export function listedGroups(
  wizard: WizardState,
  page: PageState,
  t: (sentence: Text) => string,
): readonly ListedGroup[] {
  if (wizard.groups.length === 0) return [];
  const shown = page.view === null ? '' : viewName(page.view);
  const groups = [
    ...wizard.groups.map((group) => ({ ...group, entries: stepEntries(group) })),
    proofGroup(wizard.proof, t),
  ];
  return groups.flatMap(({ group, label, count, spoken, state, entries }) => {
    const left = page.onlyToDo
      ? entries.filter((entry) => needsSomebody(entry.state) || entry.name === shown)
      : entries;
    const fold = `group:${group}`;
    const holdsShown = left.some(({ name }) => name === shown);
    const folded = isFolded(page, fold, !needsSomebody(state) && !holdsShown);
    return left.length === 0 ? [] : [{ group, fold, folded, label, count, spoken, state, entries: left }];
  });
}

function needsSomebody(state: StepState): boolean {
  return state !== 'done' && state !== 'notApplicable';
}

function stepEntries({ steps }: StepGroup): readonly ListedEntry[] {
  return steps.map(({ step, title, state, note, label }) => {
    return { name: step, view: { kind: 'step', step }, title, state, note, spoken: label };
  });
}

function proofGroup(proof: ProofGroup, t: (sentence: Text) => string) {
  const { label, count, spoken, state, rows } = proof;
  const title = rows.length === 0 ? t(text('Not verified yet')) : t(text('All measurements'));
  const all: ListedEntry = {
    name: 'verify',
    view: { kind: 'verify', position: null },
    title,
    state,
    note: '',
    spoken: title,
  };
  const positions = rows.map((row): ListedEntry => {
    const view: View = { kind: 'verify', position: row.position };
    return { name: viewName(view), view, title: row.position, state: row.state, note: row.note, spoken: row.spoken };
  });
  return { group: 'proof', label, count, spoken, state, entries: [all, ...positions] };
}
