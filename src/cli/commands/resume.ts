import { canResume } from '../../core/apply/standing';
import { UsageError, EXIT, type ExitCode } from '../exitCode';
import type { Output } from '../output';
import { namedRun, openRun, runsHere } from '../runs';
import { agreed, insistence, mayBegin, report, watched, type ApplyOptions } from './apply';

/** `ringfence resume`: continues a run that was interrupted, after reading again what is uncertain. */
export async function resume(
  runId: string | undefined,
  options: ApplyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const record = runId === undefined ? (await runsHere(options)).findLast(canResume) : await namedRun(runId, options);
  if (record === undefined) throw new UsageError('There is no run to continue.');
  if (!canResume(record))
    throw new UsageError(`Run ${record.header.runId} has nothing left to continue: ${record.outcome ?? ''}.`);
  const opened = await openRun(record, options, signal);
  try {
    const open = record.changes.filter(({ status }) => status !== 'succeeded' && status !== 'unchanged');
    const plan = { changes: open.map(({ change }) => change), blocked: [] };
    if (!(await mayBegin(opened, plan, options, output))) return EXIT.findings;
    if (!(await agreed(options, output, `Continue run ${record.header.runId}?`))) return EXIT.ok;
    const run = await watched(opened, options, output, () =>
      opened.session.resume(record, { signal, ...insistence(options) }),
    );
    return report(opened, options, output, run);
  } finally {
    await opened.close();
  }
}
