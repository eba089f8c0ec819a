import type { NeededRole } from '../plan/builtInRoles';
import type { Text } from '../text';

/** What can be known to be in the way of a plan before the first write. */
export type PreflightKind =
  'permission' | 'provider' | 'lock' | 'policy' | 'location' | 'quota' | 'address' | 'name' | 'lockout';

/** `blocks`: Azure would refuse. `warns`: it may be meant so. `unknown`: it could not be asked, and the title says why. */
export type PreflightVerdict = 'blocks' | 'warns' | 'unknown';

/** One thing that is in the way, or that could not be told. What is as it should be is no finding. */
export interface PreflightFinding {
  readonly kind: PreflightKind;
  readonly verdict: PreflightVerdict;
  /** The cause first. */
  readonly title: Text;
  /** Azure's own words: data, to be escaped by whoever shows it. */
  readonly detail?: string;
  readonly remedy: Text;
  /** Ids of the changes that it concerns. */
  readonly changes: readonly string[];
  /** The scope or resource that it is about. */
  readonly resource?: string;
  /** For `permission`: the smallest role that has what is lacking, and what that is. */
  readonly needed?: NeededRole;
}

/** Something that costs money from the run on. */
export interface PreflightCost {
  readonly note: Text;
  /** Ids of the changes that bring it about. */
  readonly changes: readonly string[];
}

/** All that could be told before the first write. A clean one has no findings. */
export interface PreflightReport {
  readonly findings: readonly PreflightFinding[];
  /** Along the critical path, by the changes' typical durations. */
  readonly seconds: number;
  readonly costs: readonly PreflightCost[];
  /** What has a tag while the run goes on, by which other machines know of it. */
  readonly marks?: string;
}

/** Something blocks a run, so it was not begun: no journal was opened and nothing was written. */
export class PreflightRefusal extends Error {
  override readonly name = 'PreflightRefusal';

  constructor(readonly report: PreflightReport) {
    super('The preflight found something that blocks the run.');
  }

  static is(error: unknown): error is PreflightRefusal {
    return error instanceof Error && error.name === 'PreflightRefusal';
  }
}

/** What has to be put right before the run can begin. */
export function blockingFindings({ findings }: PreflightReport): readonly PreflightFinding[] {
  return findings.filter(({ verdict }) => verdict === 'blocks');
}

/** @throws PreflightRefusal where something blocks. */
export function requireClear(report: PreflightReport): void {
  if (blockingFindings(report).length > 0) throw new PreflightRefusal(report);
}
