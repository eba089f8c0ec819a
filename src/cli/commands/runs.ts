import { runsReport } from '../report/runsReport';
import { EXIT, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { runsHere, type RunsOptions } from '../runs';
import { printRuns } from '../text/runs';

/** `ringfence runs`: past runs of this machine on one side, and what can be done with each. Asks Azure nothing. */
export async function runs(options: RunsOptions & Pick<TargetOptions, 'format'>, output: Output): Promise<ExitCode> {
  const past = await runsHere(options);
  if (options.format === 'json') output.result(JSON.stringify(runsReport(past, output.localize), undefined, 2));
  else printRuns(past, output);
  return past.unreadable.length > 0 ? EXIT.unknown : EXIT.ok;
}
