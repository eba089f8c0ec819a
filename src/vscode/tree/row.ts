import type { StepState } from '../../protocol/wizardState';
import type { StepCounts } from '../stepCounts';

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

/** For a step that was compliant once: it needs somebody more than one that never was. */
export const DEVIATION_ICON: RowIcon = { icon: 'warning', color: 'list.warningForeground' };

/** The icon for a whole: the worst of its parts. */
export function iconForCounts(counts: StepCounts): RowIcon {
  if (counts.running > 0) return STATE_ICONS.running;
  if (counts.failing > 0) return { icon: 'warning', color: 'testing.iconFailed' };
  return counts.unknown > 0 || counts.total === 0 ? STATE_ICONS.unknown : STATE_ICONS.done;
}
