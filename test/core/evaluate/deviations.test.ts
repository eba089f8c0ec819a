import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lookAgain,
  NOTHING_WATCHED,
  unseenDeviations,
  withSeen,
  type Watched,
} from '../../../src/core/evaluate/deviations';
import type { FindingStatus } from '../../../src/core/evaluate/finding';

const STATUSES: readonly FindingStatus[] = ['compliant', 'nonCompliant', 'unknown', 'notApplicable', 'manual'];

/** Looks at one step, again and again. */
function after(statuses: readonly FindingStatus[], explained: readonly number[] = []): Watched {
  return statuses.reduce(
    (watched, status, at) =>
      lookAgain(watched, { findings: [{ step: 'a', status }], at, isExplained: () => explained.includes(at) }),
    NOTHING_WATCHED,
  );
}

describe('deviations', () => {
  test('a step that was compliant and is not any more is one, from the look that found it', () => {
    expect(after(['compliant', 'nonCompliant']).deviations.get('a')).toEqual({ since: 1, seen: false });
    expect(after(['compliant', 'manual']).deviations.has('a')).toBe(true);
  });

  test('a step that never was compliant is none', () => {
    expect(after(['nonCompliant', 'nonCompliant', 'manual']).deviations.size).toBe(0);
    expect(after(['unknown', 'nonCompliant']).deviations.size).toBe(0);
  });

  test('what cannot be read is none, and does not hide one that is found later', () => {
    expect(after(['compliant', 'unknown']).deviations.size).toBe(0);
    expect(after(['compliant', 'unknown', 'nonCompliant']).deviations.get('a')?.since).toBe(2);
    expect(after(['compliant', 'nonCompliant', 'unknown']).deviations.get('a')?.since).toBe(1);
  });

  test('what a run of ours has done, or the user means by now, is none', () => {
    expect(after(['compliant', 'nonCompliant'], [1]).deviations.size).toBe(0);
    expect(after(['compliant', 'nonCompliant', 'nonCompliant'], [1]).deviations.size).toBe(0);
    expect(after(['compliant', 'nonCompliant', 'nonCompliant'], [2]).deviations.size).toBe(0);
  });

  test('it keeps its time while it lasts, goes when the step is compliant again, and may come back', () => {
    expect(after(['compliant', 'nonCompliant', 'nonCompliant']).deviations.get('a')?.since).toBe(1);
    expect(after(['compliant', 'nonCompliant', 'compliant']).deviations.size).toBe(0);
    expect(after(['compliant', 'nonCompliant', 'compliant', 'manual']).deviations.get('a')?.since).toBe(3);
  });

  test('it goes when the step no longer applies', () => {
    expect(after(['compliant', 'nonCompliant', 'notApplicable']).deviations.size).toBe(0);
  });

  test('one that somebody has looked at stays, and is no longer new', () => {
    const seen = withSeen(after(['compliant', 'nonCompliant']), 'a');
    expect(seen.deviations.get('a')).toEqual({ since: 1, seen: true });
    expect(unseenDeviations(seen)).toEqual([]);
    expect(unseenDeviations(after(['compliant', 'nonCompliant']))).toEqual(['a']);
    expect(withSeen(seen, 'a')).toBe(seen);
    expect(withSeen(NOTHING_WATCHED, 'a')).toBe(NOTHING_WATCHED);
  });

  test('whatever is seen in whatever order, a compliant step is never one, and no step is one that was not compliant', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATUSES), { minLength: 1 }), (statuses) => {
        const deviates = after(statuses).deviations.has('a');
        const lastCompliant = statuses.lastIndexOf('compliant');
        const sinceThen = statuses.slice(lastCompliant + 1);
        const known = sinceThen.some((status) => status === 'nonCompliant' || status === 'manual');
        if (lastCompliant < 0 || !known) expect(deviates).toBe(false);
        if (lastCompliant >= 0 && known && !sinceThen.includes('notApplicable')) expect(deviates).toBe(true);
      }),
    );
  });
});
