import { describe, expect, test } from 'vitest';
import { estimateSeconds, type Schedulable } from '../../../src/core/plan/schedule';

function item(
  id: string,
  typicalSeconds: number,
  dependsOn: readonly string[] = [],
  locks: readonly string[] = [id],
): Schedulable {
  return { id, typicalSeconds, dependsOn, locks };
}

describe('estimateSeconds', () => {
  test('changes that have nothing to do with each other take as long as the longest', () => {
    expect(estimateSeconds([item('a', 5), item('b', 30), item('c', 10)])).toBe(30);
  });

  test('changes that depend on each other add up along the longest way', () => {
    expect(estimateSeconds([item('a', 5), item('b', 10, ['a']), item('c', 1, ['a']), item('d', 3, ['b', 'c'])])).toBe(
      18,
    );
  });

  test('changes of one resource add up', () => {
    expect(estimateSeconds([item('a', 5, [], ['x']), item('b', 7, [], ['x', 'y']), item('c', 1, [], ['y'])])).toBe(13);
  });

  test('what is running already needs what is left of it', () => {
    expect(estimateSeconds([item('a', 60), item('b', 5, ['a'])], new Map([['a', 2]]))).toBe(7);
  });

  test('nothing takes no time, and what is done is no longer waited for', () => {
    expect(estimateSeconds([])).toBe(0);
    expect(estimateSeconds([item('b', 5, ['done before'])])).toBe(5);
  });
});
