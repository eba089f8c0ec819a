import type { WayOn } from '../../core/apply/standing';
import { RunElsewhere } from '../../core/apply/claims';
import type { RunState } from '../../core/apply/runState';
import { summarize } from '../../core/evaluate/finding';
import type { Change } from '../../core/plan/change';
import { blockingFindings } from '../../core/preflight/report';
import { preflightReport, runReport } from '../../core/report/jsonReport';
import type { ApplyOptions } from '../../core/session/setupSession';
import { EXIT, type ExitCode } from '../exitCode';
import type { TargetOptions } from '../options';
import type { Output } from '../output';
import { elsewhereReport, waysOnFrom } from '../report/runsReport';
import { findRun, runsHere } from '../runs';
import type { CommandSession } from '../session';
import { agreed } from '../terminal';
import { printPreflight } from '../text/preflight';
import { describeElsewhere, describeProgress, printRun, printWaysOn } from '../text/run';

/** Options of every command that makes a run. */
export interface RunOptions extends TargetOptions {
  /** Begin without asking. */
  readonly yes?: boolean;
  /** Close the public way in even where this machine was not seen to reach the private one. */
  readonly acceptLosingAccess?: boolean;
  /** Begin though the preflight found something that blocks. */
  readonly despitePreflight?: boolean;
  /** Begin though somebody else seems to be at it. */
  readonly takeOver?: boolean;
}

/** What is going to be done, once it has been shown. */
export interface Intent {
  readonly changes: readonly Change[];
  readonly question: string;
  readonly start: (options: ApplyOptions) => Promise<RunState>;
}

/** Says what is in the way, asks, makes the run, and reads back what came of it. */
export async function makeRun(
  opened: CommandSession,
  { changes, question, start }: Intent,
  options: RunOptions,
  output: Output,
): Promise<ExitCode> {
  const { signal } = opened;
  const { acceptLosingAccess = false, despitePreflight = false, takeOver = false } = options;
  if (!(await mayBegin(opened, changes, options, output))) return EXIT.findings;
  if (changes.length > 0 && !(await agreed(options, output, question))) return EXIT.ok;
  try {
    const run = await watched(opened, options, output, () =>
      start({ signal, acceptLosingAccess, despitePreflight, takeOver }),
    );
    return await report(opened, options, output, run);
  } catch (error) {
    if (!(error instanceof RunElsewhere)) throw error;
    if (options.format === 'json') output.result(JSON.stringify(elsewhereReport(error.holder)));
    else output.words(describeElsewhere(error.holder));
    return EXIT.findings;
  }
}

/** Shows what is known to be in the way of changes. @returns whether a run may begin. */
async function mayBegin(
  { session, signal }: CommandSession,
  changes: readonly Change[],
  { format, despitePreflight = false }: RunOptions,
  output: Output,
): Promise<boolean> {
  if (changes.length === 0) return true;
  const preflight = await session.preflight(changes, signal);
  if (format === 'json') output.result(JSON.stringify(preflightReport(preflight, output.localize)));
  else printPreflight(preflight, output);
  if (despitePreflight || blockingFindings(preflight).length === 0) return true;
  output.words('Nothing was changed. Put right what is marked with ✗, or go on with --despite-preflight.');
  return false;
}

/** Prints each change of the run as it comes, and gives the run's end. */
async function watched(
  { session, signal }: CommandSession,
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
  const sayStopping = (): void =>
    output.words('Stopping. What Azure has begun is looked at once; press Ctrl+C again to leave without that.');
  signal.addEventListener('abort', sayStopping);
  try {
    return await start();
  } finally {
    signal.removeEventListener('abort', sayStopping);
    stop();
  }
}

async function report(
  { session, connection, signal }: CommandSession,
  options: TargetOptions,
  output: Output,
  run: RunState,
): Promise<ExitCode> {
  if (options.format === 'json') {
    const summary = summarize(session.state.findings);
    const next = await waysAfter(run, options);
    output.result(JSON.stringify({ ...runReport(run, connection.requestCount(), summary, output.localize), next }));
  } else {
    printRun(run, output);
    if (run.outcome !== 'succeeded') printWaysOn(run.runId, await waysAfter(run, options), options, output);
  }
  if (run.outcome === 'succeeded') return EXIT.ok;
  return signal.aborted ? EXIT.interrupted : EXIT.findings;
}

/** What can be done with a run from another command; nothing where its sandbox ends with this one. */
async function waysAfter({ runId }: RunState, options: TargetOptions): Promise<readonly WayOn[]> {
  const { runs } = await runsHere(options);
  const past = findRun(runs, runId);
  return past === undefined ? [] : waysOnFrom(past, runs);
}
