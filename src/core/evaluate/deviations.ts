import type { Finding } from './finding';

/** A step that was compliant once and is not any more, though no run of ours has changed it. */
export interface Deviation {
  /** When it was found, in milliseconds since the epoch. */
  readonly since: number;
  /** Somebody has looked at it. */
  readonly seen: boolean;
}

/** What is remembered of a setup from one look at it to the next. */
export interface Watched {
  /** Steps that were compliant when they could last be judged. */
  readonly compliant: ReadonlySet<string>;
  readonly deviations: ReadonlyMap<string, Deviation>;
}

export const NOTHING_WATCHED: Watched = { compliant: new Set(), deviations: new Map() };

export interface Look {
  readonly findings: readonly Pick<Finding, 'step' | 'status'>[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Why a step is no longer compliant is known: a run of ours has changed it, or the user means something else now. */
  readonly isExplained: (step: string) => boolean;
}

/**
 * What is remembered after another look. A step deviates when it was compliant and is now known not to be; what could
 * not be read says nothing, so it neither becomes a deviation nor ends one.
 */
export function lookAgain(before: Watched, { findings, at, isExplained }: Look): Watched {
  const compliant = new Set<string>();
  const deviations = new Map<string, Deviation>();
  for (const { step, status } of findings) {
    const former = before.deviations.get(step);
    const wasCompliant = before.compliant.has(step);
    if (status === 'compliant' || (status === 'unknown' && wasCompliant)) compliant.add(step);
    if (status === 'compliant' || status === 'notApplicable' || isExplained(step)) continue;
    if (former !== undefined) deviations.set(step, former);
    else if (status !== 'unknown' && wasCompliant) deviations.set(step, { since: at, seen: false });
  }
  return { compliant, deviations };
}

/** What is remembered after somebody has looked at a step. */
export function withSeen(watched: Watched, step: string): Watched {
  const deviation = watched.deviations.get(step);
  if (deviation === undefined || deviation.seen) return watched;
  return { ...watched, deviations: new Map([...watched.deviations, [step, { ...deviation, seen: true }]]) };
}

/** Whether a step deviates, and nobody has looked at it yet. */
export function isNewDeviation({ deviations }: Watched, step: string): boolean {
  return deviations.get(step)?.seen === false;
}

/** Deviations that nobody has looked at yet, in the order of the findings. */
export function unseenDeviations({ deviations }: Watched): readonly string[] {
  return [...deviations].flatMap(([step, { seen }]) => (seen ? [] : [step]));
}
