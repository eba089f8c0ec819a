import { planReport } from '../../core/report/jsonReport';
import { EXIT, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { openSession } from '../session';
import { printPlan } from '../text/plan';
import { printPreflight } from '../text/preflight';

/** `ringfence plan`: shows what `apply` would change, and changes nothing. */
export async function plan(options: TargetOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const { session, close } = await openSession(options, output, signal);
  try {
    await session.refresh(signal);
    const { plan: made, findings } = session.state;
    const preflight = made.changes.length === 0 ? undefined : await session.preflight(made.changes, signal);
    if (options.format === 'json') {
      output.result(JSON.stringify(planReport(made, output.localize, preflight), undefined, 2));
    } else {
      printPlan(made, output);
      if (preflight) printPreflight(preflight, output);
    }
    return findings.some(({ status }) => status === 'unknown') ? EXIT.unknown : EXIT.ok;
  } finally {
    await close();
  }
}
