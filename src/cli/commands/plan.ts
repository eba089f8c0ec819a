import { planReport } from '../../core/report/jsonReport';
import { EXIT, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { openSession } from '../session';
import { printPlan } from '../text/plan';

/** `ringfence plan`: shows what `apply` would change, and changes nothing. */
export async function plan(options: TargetOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    const { plan: made, findings } = session.state;
    if (options.format === 'json') output.result(JSON.stringify(planReport(made, output.localize), undefined, 2));
    else printPlan(made, output);
    return findings.some(({ status }) => status === 'unknown') ? EXIT.unknown : EXIT.ok;
  } finally {
    await close();
  }
}
