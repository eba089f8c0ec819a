import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byUrgency, estimateSeconds, predecessors, type Schedulable } from '../../../src/core/plan/schedule';

function item(
  id: string,
  typicalSeconds: number,
  dependsOn: readonly string[] = [],
  locks: readonly string[] = [id],
): Schedulable {
  return { id, resource: `/resources/${id}`, typicalSeconds, dependsOn, locks };
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

  test('changes that share a lock add up', () => {
    expect(estimateSeconds([item('a', 5, [], ['x']), item('b', 7, [], ['x'])])).toBe(12);
  });

  test('who holds up two others that hold up nobody goes first', () => {
    expect(estimateSeconds([item('a', 5, [], ['x']), item('b', 7, [], ['x', 'y']), item('c', 1, [], ['y'])])).toBe(12);
  });

  test('no more than four are made at once', () => {
    expect(estimateSeconds(['a', 'b', 'c', 'd', 'e'].map((id) => item(id, 10)))).toBe(20);
  });

  test('the longest way goes first, so that it does not wait for a place', () => {
    const short = ['a', 'b', 'c', 'd'].map((id) => item(id, 10));
    expect(estimateSeconds([...short, item('e', 1), item('f', 100, ['e'])])).toBe(101);
  });

  test('changes of one resource stay in the order of the plan', () => {
    const first = item('first', 1);
    const second = { ...item('second', 50), resource: first.resource };
    expect(predecessors([first, second]).get('second')).toEqual(['first']);
    expect(byUrgency([item('other', 20), first, second]).map(({ id }) => id)).toEqual(['first', 'second', 'other']);
  });

  test('what is running already needs what is left of it', () => {
    expect(estimateSeconds([item('a', 60), item('b', 5, ['a'])], new Map([['a', 2]]))).toBe(7);
  });

  test('nothing takes no time, and what is done is no longer waited for', () => {
    expect(estimateSeconds([])).toBe(0);
    expect(estimateSeconds([item('b', 5, ['done before'])])).toBe(5);
  });

  test('is never shorter than the critical path and never longer than one after another', () => {
    fc.assert(
      fc.property(plans, (changes) => {
        const total = changes.reduce((sum, { typicalSeconds }) => sum + typicalSeconds, 0);
        const estimate = estimateSeconds(changes);
        expect(estimate).toBeGreaterThanOrEqual(Math.max(0, ...changes.map((change) => pathTo(change, changes))));
        expect(estimate).toBeLessThanOrEqual(total);
      }),
    );
  });
});

/** Plans in which a change depends on some of those before it. */
const plans = fc
  .array(fc.record({ seconds: fc.nat(100), lock: fc.nat(3), needs: fc.array(fc.nat(9), { maxLength: 3 }) }), {
    maxLength: 12,
  })
  .map((items) =>
    items.map(({ seconds, lock, needs }, at) => {
      const before = needs.filter((other) => other < at).map(String);
      return item(String(at), seconds, before, [`lock-${lock}`]);
    }),
  );

function pathTo(change: Schedulable, all: readonly Schedulable[]): number {
  const before = all.filter(({ id }) => change.dependsOn.includes(id)).map((other) => pathTo(other, all));
  return change.typicalSeconds + Math.max(0, ...before);
}
