import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf, daysBetween } from '../../src/core/days';

const moment = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2400, 0, 1) });

describe('days of the calendar', () => {
  test('are those of the clock', () => {
    fc.assert(
      fc.property(moment, (milliseconds) => {
        expect(dayOf(milliseconds)).toBe(new Date(milliseconds).toISOString().slice(0, 10));
      }),
    );
  });

  test('are as far apart as their midnights', () => {
    fc.assert(
      fc.property(moment, moment, (from, to) => {
        const midnights = [dayOf(from), dayOf(to)].map((day) => Date.parse(day));
        expect(daysBetween(dayOf(from), dayOf(to))).toBe((Number(midnights[1]) - Number(midnights[0])) / 86_400_000);
      }),
    );
  });

  test.each([
    ['2026-11-22', '2026-11-22T10:00:00.1234567Z', 0],
    ['2026-11-22', 'soon', undefined],
    ['2026-11-223', '2026-11-22', undefined],
  ])('from %s to %s are %s', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});
