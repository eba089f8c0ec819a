import { claimScope } from '../apply/claims';
import type { Change } from '../plan/change';
import { estimateSeconds } from '../plan/schedule';
import type { Snapshot } from '../resources/snapshot';
import type { Setup } from '../setup/setup';
import { addressFindings } from './addresses';
import { groupBy, idsOf, type PreflightCheck, type PreflightTools } from './input';
import { lockFindings } from './locks';
import { lockoutFindings } from './lockout';
import { nameFindings } from './names';
import { permissionFindings } from './permissions';
import { policyFindings } from './policies';
import { providerFindings } from './providers';
import { Questions } from './questions';
import { quotaFindings } from './quotas';
import type { PreflightCost, PreflightReport, PreflightVerdict } from './report';

const CHECKS: readonly PreflightCheck[] = [
  permissionFindings,
  providerFindings,
  lockFindings,
  policyFindings,
  quotaFindings,
  addressFindings,
  nameFindings,
  lockoutFindings,
];

const WORST_FIRST: readonly PreflightVerdict[] = ['blocks', 'warns', 'unknown'];

/**
 * Everything that can be known of changes before the first of them is made. It writes nothing, and asks for each scope
 * and each creation once.
 * @throws what the signal was aborted with.
 */
export async function preflight(
  setup: Setup,
  changes: readonly Change[],
  snapshot: Snapshot,
  tools: PreflightTools,
  lately: readonly Change[] = [],
): Promise<PreflightReport> {
  const input = { setup, changes, lately, snapshot, questions: new Questions(tools.azure, tools.signal), tools };
  const findings = (await Promise.all(CHECKS.map((check) => check(input)))).flat();
  tools.signal.throwIfAborted();
  return {
    findings: WORST_FIRST.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict)),
    seconds: Math.round(estimateSeconds(changes)),
    costs: costsOf(changes),
    marks: claimScope(setup),
  };
}

/** Changes that cost alike are named together. */
function costsOf(changes: readonly Change[]): readonly PreflightCost[] {
  const costly = changes.flatMap((change) =>
    change.risk.kind === 'cost' && change.risk.note ? [{ change, note: change.risk.note }] : [],
  );
  return [...groupBy(costly, ({ note }) => JSON.stringify(note)).values()].map((alike) => ({
    note: alike[0].note,
    changes: idsOf(alike.map(({ change }) => change)),
  }));
}
