import { text, type Text } from '../../core/text';
import type { StepState } from '../../protocol/wizardState';

/** One row of a tree, as values: what VS Code is to show, and what a screen reader is to say. */
export interface Row {
  /** Stable over refreshes, so that what is expanded stays so. */
  readonly id: string;
  /** Data, from Azure or from a file: shown as it is. */
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** Paragraphs, shown as text: nothing in them is markup. */
  readonly tooltip: readonly string[];
  readonly spoken: string;
  /** What menus go by: the kind of row, then what can be done with it. */
  readonly tokens: readonly string[];
  readonly children: 'none' | 'collapsed' | 'expanded';
}

export interface RowIcon {
  /** The name of a product icon. */
  readonly icon: string;
  /** The name of a theme colour; the icon's own where it is left out. */
  readonly color?: string;
}

/** A step's state as an icon. The same is said in words beside it. */
export const STATE_ICONS: Readonly<Record<StepState, RowIcon>> = {
  done: { icon: 'pass', color: 'testing.iconPassed' },
  todo: { icon: 'circle-large-outline', color: 'testing.iconFailed' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  running: { icon: 'loading~spin' },
  unknown: { icon: 'question', color: 'disabledForeground' },
  manual: { icon: 'person', color: 'disabledForeground' },
  notApplicable: { icon: 'circle-slash', color: 'disabledForeground' },
};

/** How many of some steps hold; what does not apply does not count. */
export interface StepCounts {
  readonly total: number;
  readonly done: number;
  readonly unknown: number;
  readonly failing: number;
  readonly running: number;
}

export function countSteps(states: readonly StepState[]): StepCounts {
  const count = (...wanted: readonly StepState[]): number => states.filter((state) => wanted.includes(state)).length;
  return {
    total: states.length - count('notApplicable'),
    done: count('done'),
    unknown: count('unknown'),
    failing: count('todo', 'failed'),
    running: count('running'),
  };
}

/** Short, for the end of a row: "4 of 7 · 2 unknown". */
export function describeCounts({ total, done, unknown }: StepCounts): Text {
  return unknown > 0 ? text('{0} of {1} · {2} unknown', done, total, unknown) : text('{0} of {1}', done, total);
}

/** The same in a sentence, for a screen reader. */
export function speakCounts(name: string, { total, done, unknown }: StepCounts): Text {
  return unknown > 0
    ? text('{0}: {1} of {2} steps compliant, {3} unknown', name, done, total, unknown)
    : text('{0}: {1} of {2} steps compliant', name, done, total);
}

/** The icon for a whole: the worst of its parts. */
export function iconForCounts(counts: StepCounts): RowIcon {
  if (counts.running > 0) return STATE_ICONS.running;
  if (counts.failing > 0) return { icon: 'warning', color: 'testing.iconFailed' };
  return counts.unknown > 0 || counts.total === 0 ? STATE_ICONS.unknown : STATE_ICONS.done;
}
