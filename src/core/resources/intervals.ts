/** Whole numbers from the first to the last, both included. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** The part of an interval that is in another one, and the parts that are not. */
export interface Cut {
  readonly inside: readonly Interval[];
  readonly outside: readonly Interval[];
}

/** Cuts intervals at the borders of another one. */
export function cut(intervals: readonly Interval[], by: Interval): Cut {
  return {
    inside: intervals.flatMap(({ first, last }) => interval(Math.max(first, by.first), Math.min(last, by.last))),
    outside: intervals.flatMap(({ first, last }) => [
      ...interval(first, Math.min(last, by.first - 1)),
      ...interval(Math.max(first, by.last + 1), last),
    ]),
  };
}

function interval(first: number, last: number): readonly Interval[] {
  return first <= last ? [{ first, last }] : [];
}
