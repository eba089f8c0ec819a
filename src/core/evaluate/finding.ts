import type { Text } from '../text';
import type { ScenarioId } from '../setup/scenarios';
import type { Source } from '../steps/source';

/**
 * What a step's judgement can be. `unknown` is a result of its own: what could not be read is
 * neither compliant nor non-compliant.
 */
export type FindingStatus = 'compliant' | 'nonCompliant' | 'unknown' | 'notApplicable' | 'manual';

export type Severity = 'high' | 'medium' | 'low';

/** One property that was looked at: what it must be and what it is. */
export interface Evidence {
  /** The resource that holds the property, where it is not the finding's own. */
  readonly resource?: string;
  readonly property: string;
  readonly expected: Text;
  readonly actual: Text;
  readonly satisfied: boolean;
}

/** A step judged against a snapshot, for one resource. */
export interface Finding {
  readonly step: string;
  readonly title: Text;
  readonly scenarios: readonly ScenarioId[];
  /** ARM id of the resource that the step is about. */
  readonly resource: string;
  readonly status: FindingStatus;
  readonly severity: Severity;
  readonly evidence: readonly Evidence[];
  /** Why the status is `unknown`, `notApplicable` or `manual`. */
  readonly reason?: Text;
  /** What is worth knowing beside the judgement. */
  readonly notes?: readonly Text[];
  readonly sources: readonly Source[];
}

export type FindingSummary = Readonly<Record<FindingStatus, number>>;

/** Counts findings by status. */
export function summarize(findings: readonly Finding[]): FindingSummary {
  const summary = { compliant: 0, nonCompliant: 0, unknown: 0, notApplicable: 0, manual: 0 };
  for (const finding of findings) summary[finding.status] += 1;
  return summary;
}
