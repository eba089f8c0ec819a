import { summarize } from '../../core/evaluate/finding';
import type { RunState } from '../../core/apply/runState';
import type { Plan } from '../../core/plan/change';
import { blockingFindings } from '../../core/preflight/report';
import { preflightReport, runReport } from '../../core/report/jsonReport';
import { EXIT, UsageError, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { openSession, type CommandSession } from '../session';
import { printPlan } from '../text/plan';
import { printPreflight } from '../text/preflight';
import { describeProgress, printRun } from '../text/run';
import { askOnTerminal } from '../terminal';

export interface ApplyOptions extends TargetOptions {
  /** Apply without asking. */
  readonly yes?: boolean;
  /** Close the public way in even where this machine was not seen to reach the private one. */
  readonly acceptLosingAccess?: boolean;
  /** Begin though the preflight found something that blocks. */
  readonly despitePreflight?: boolean;
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
    if (!(await mayBegin(opened, plan, options, output))) return EXIT.findings;
    if (plan.changes.length > 0 && !(await agreed(options, output, 'Apply these changes?'))) return EXIT.ok;
    const run = await watched(opened, options, output, () =>
      session.apply(plan.changes, { signal, ...insistence(options) }),
    );
    return report(opened, options, output, run);
  } finally {
    await close();
  }
}

/** What the user has said to go on in spite of. */
export function insistence({ acceptLosingAccess = false, despitePreflight = false }: ApplyOptions) {
  return { acceptLosingAccess, despitePreflight };
}

/** Shows a plan and what is known to be in its way. @returns whether its run may begin. */
export async function mayBegin(
  { session, signal }: CommandSession,
  plan: Plan,
  options: Pick<ApplyOptions, 'format' | 'despitePreflight'>,
  output: Output,
): Promise<boolean> {
  if (options.format === 'text') printPlan(plan, output);
  if (plan.changes.length === 0) return true;
  const preflight = await session.preflight(plan.changes, signal);
  if (options.format === 'json') output.result(JSON.stringify(preflightReport(preflight, output.localize)));
  else printPreflight(preflight, output);
  if (options.despitePreflight || blockingFindings(preflight).length === 0) return true;
  output.words('Nothing was changed. Put right what is marked with ✗, or go on with --despite-preflight.');
  return false;
}

/** Prints each change of the run as it comes, and gives the run's end. */
export async function watched(
  { session }: CommandSession,
  options: Pick<TargetOptions, 'format'>,
  output: Output,
  start: () => Promise<RunState>,
): Promise<RunState> {
  const seen = new Map<string, string>();
  const stop = session.onChange(({ run }) => {
    for (const progress of run?.changes ?? []) {
      const { change, status, note } = progress;
      const line = describeProgress(progress, output);
      if (status === 'pending' || seen.get(change.id) === line) continue;
      seen.set(change.id, line);
      const event = { event: 'change', change: change.id, status, ...(note && { note: output.localize(note) }) };
      if (options.format === 'json') output.result(JSON.stringify(event));
      else output.words(line);
    }
  });
  try {
    return await start();
  } finally {
    stop();
  }
}

export function report(
  { session, connection, signal }: CommandSession,
  options: Pick<TargetOptions, 'format'>,
  output: Output,
  run: RunState,
): ExitCode {
  const summary = summarize(session.state.findings);
  if (options.format === 'json') {
    output.result(JSON.stringify(runReport(run, connection.requestCount(), summary, output.localize)));
  } else {
    printRun(run, output);
  }
  if (run.outcome === 'succeeded') return EXIT.ok;
  return signal.aborted ? EXIT.interrupted : EXIT.findings;
}

/** Asks on the terminal; where nobody can answer, `--yes` has to have been said. */
export async function agreed(
  options: Pick<ApplyOptions, 'yes' | 'format'>,
  output: Output,
  question: string,
): Promise<boolean> {
  if (options.yes) return true;
  if (!process.stdin.isTTY || options.format === 'json')
    throw new UsageError('Nobody can be asked here: review the plan, then add --yes.');
  const yes = /^y(es)?$/i.test(await askOnTerminal(`${question} [y/N]`));
  if (!yes) output.words('Nothing was changed.');
  return yes;
}
