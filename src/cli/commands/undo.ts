import type { RunRecord } from '../../core/apply/journal';
import { canTakeBack } from '../../core/apply/standing';
import { resourceName } from '../../core/resources/resourceId';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { Output } from '../output';
import { namedRun, openRun, runsHere } from '../runs';
import { agreed, insistence, mayBegin, report, watched, type ApplyOptions } from './apply';

/** `ringfence undo`: takes a run back, the last one unless told otherwise. */
export async function undo(
  runId: string | undefined,
  options: ApplyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const record = await findRun(runId, options);
  const opened = await openRun(record, options, signal);
  const { session } = opened;
  try {
    const plan = await session.planUndo(record.header.runId);
    if (plan === undefined) throw new UsageError(`The journal of run ${record.header.runId} cannot be read.`);
    const isClear = await mayBegin(opened, { changes: plan.changes, blocked: [] }, options, output);
    for (const { title, resource, reason } of plan.kept) {
      output.words(`Stays: ${output.localize(title)} · ${resourceName(resource)}: ${output.localize(reason)}`);
    }
    if (!isClear) return EXIT.findings;
    if (plan.changes.length > 0 && !(await agreed(options, output, `Take back run ${record.header.runId}?`)))
      return EXIT.ok;
    const run = await watched(opened, options, output, () =>
      session.undo(record.header.runId, plan, { signal, ...insistence(options) }),
    );
    return report(opened, options, output, run);
  } finally {
    await opened.close();
  }
}

/** The named run, or the last one that changed something and was not taken back, of the same connection. */
async function findRun(runId: string | undefined, options: ApplyOptions): Promise<RunRecord> {
  if (runId !== undefined) {
    const record = await namedRun(runId, options);
    if (record.header.kind === 'undo') throw new UsageError(`Run ${runId} is itself an undo. Apply again instead.`);
    return record;
  }
  const records = await runsHere(options);
  const last = records.findLast((record) => canTakeBack(record, records));
  if (last === undefined) throw new UsageError('There is no run to take back.');
  return last;
}
