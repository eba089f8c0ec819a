import type { ExitCode } from '../exitCode';
import type { Output } from '../output';
import { openSession } from '../session';
import { printPlan } from '../text/plan';
import { makeRun, type Intent, type RunOptions } from './makeRun';

export interface ApplyOptions extends RunOptions {
  /** Only these steps, with what they need first. */
  readonly step?: readonly string[];
}

/** `ringfence apply`: shows the plan, asks, makes the changes, and reads back what came of them. */
export async function apply(options: ApplyOptions, output: Output, signal: AbortSignal): Promise<ExitCode> {
  const opened = await openSession(options, output, signal);
  const { session, close } = opened;
  try {
    await session.refresh(signal);
    const plan = options.step === undefined ? session.state.plan : session.planFor(options.step);
    if (options.format === 'text') printPlan(plan, output);
    const { changes } = plan;
    const start: Intent['start'] = (how) => session.apply(changes, how);
    return await makeRun(opened, { changes, question: 'Apply these changes?', start }, options, output);
  } finally {
    await close();
  }
}
