import { canResume, openChanges } from '../../core/apply/standing';
import { UsageError, type ExitCode } from '../exitCode';
import type { Output } from '../output';
import { chooseRun, openRun } from '../runs';
import { printPlan } from '../text/plan';
import { printProgressSoFar } from '../text/runs';
import { makeRun, type Intent, type RunOptions } from './makeRun';

/** `ringfence resume`: continues a run that was interrupted, after reading again what is uncertain. */
export async function resume(
  runId: string | undefined,
  options: RunOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const past = await chooseRun(runId, 'resume', options, output);
  const { run } = past;
  const id = run.header.runId;
  if (!canResume(run)) throw new UsageError(`Run ${id} has nothing left to continue: ${run.outcome ?? ''}.`);
  const opened = await openRun(past, options, signal);
  try {
    const changes = openChanges(run);
    if (options.format === 'text') {
      printProgressSoFar(past, output);
      printPlan({ changes, blocked: [] }, output);
    }
    const start: Intent['start'] = (how) => opened.session.resume(run, how);
    return await makeRun(opened, { changes, question: `Continue run ${id}?`, start }, options, output);
  } finally {
    await opened.close();
  }
}
