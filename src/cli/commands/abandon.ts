import { canResume } from '../../core/apply/standing';
import { pastRunReport, waysOnFrom } from '../report/runsReport';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { chooseRun, findRun, openRun, runsHere } from '../runs';
import { printWaysOn } from '../text/run';
import { printAbandoned } from '../text/runs';

/** `ringfence abandon`: takes note that a run will not be continued, and says what stays of it. */
export async function abandon(
  runId: string | undefined,
  options: TargetOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const past = await chooseRun(runId, 'abandon', options, output);
  const { run } = past;
  const id = run.header.runId;
  if (run.isUnderWay === true) throw new UsageError(`Run ${id} is under way on this machine. Stop it there first.`);
  if (!canResume(run)) throw new UsageError(`Run ${id} has nothing left to abandon: ${run.outcome ?? ''}.`);
  const opened = await openRun(past, options, signal);
  try {
    await opened.session.abandon(id, signal);
  } finally {
    await opened.close();
  }
  const { runs } = await runsHere(options);
  if (options.format === 'json') {
    const abandoned = pastRunReport({ ...past, run: { ...run, outcome: 'abandoned' } }, runs);
    output.result(JSON.stringify({ schema: 'ringfence.runs/1', runs: [abandoned], unreadable: [] }, undefined, 2));
    return EXIT.ok;
  }
  printAbandoned(past, runs, output);
  // What of an undo stays is what the run that it takes back has left.
  const standing = findRun(runs, run.header.of ?? id);
  if (standing) printWaysOn(standing.run.header.runId, waysOnFrom(standing, runs), options, output);
  return EXIT.ok;
}
