import type { Step } from './step';

/**
 * The steps as they are declared, but each after those that it needs or would rather come after, and the last ones last.
 * @throws Error where steps need each other in a circle: a mistake in their declarations.
 */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  const ids = new Set(steps.map(({ id }) => id));
  const placed: Step[] = [];
  const waiting = new Set(steps);
  while (waiting.size > 0) {
    const done = new Set(placed.map(({ id }) => id));
    const onlyLast = [...waiting].every(({ last }) => last);
    const next = [...waiting].find(
      ({ after, preferAfter = [], last }) =>
        (onlyLast || !last) && [...after, ...preferAfter].every((id) => done.has(id) || !ids.has(id)),
    );
    if (next === undefined) {
      throw new Error(`These steps need each other: ${[...waiting].map(({ id }) => id).join(', ')}.`);
    }
    placed.push(next);
    waiting.delete(next);
  }
  return placed;
}
