import { text, type Text } from '../core/text';
import type { StepState } from '../protocol/wizardState';

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
