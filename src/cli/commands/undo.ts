import { runsBehindSteps } from '../../core/apply/standing';
import type { UndoPlan } from '../../core/apply/undo';
import type { PastRun } from '../report/runsReport';
import { UsageError, type ExitCode } from '../exitCode';
import type { Output } from '../output';
import { chooseRun, openRun, runsHere } from '../runs';
import { printKept, printUndo } from '../text/undo';
import { makeRun, type Intent, type RunOptions } from './makeRun';

export interface UndoOptions extends RunOptions {
  /** Only these steps, with what was made on the strength of them. */
  readonly step?: readonly string[];
}

/** `ringfence undo`: takes a run back or some steps of it, the last one unless told otherwise. */
export async function undo(
  runId: string | undefined,
  options: UndoOptions,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { step: steps } = options;
  const past = await chooseRun(runId ?? (await runBehind(steps, options)), 'undo', options, output);
  requireUndoable(past, steps);
  const opened = await openRun(past, options, signal);
  const { session } = opened;
  const id = past.run.header.runId;
  try {
    const plan = await session.planUndo(id, steps);
    if (plan === undefined) throw new UsageError(`The journal of run ${id} cannot be read.`);
    show(plan, options, output);
    if (plan.changes.length === 0) throw new UsageError(`Nothing of that is left in run ${id} that can be taken back.`);
    const start: Intent['start'] = (how) => session.undo(id, plan, how);
    const question = steps === undefined ? `Take back run ${id}?` : `Take that back of run ${id}?`;
    return await makeRun(opened, { changes: plan.changes, question, start }, options, output);
  } finally {
    await opened.close();
  }
}

/** The run that made these steps last; undefined where no steps are asked for. @throws UsageError where it is not one. */
async function runBehind(steps: readonly string[] | undefined, options: UndoOptions): Promise<string | undefined> {
  if (steps === undefined) return undefined;
  const behind = runsBehindSteps((await runsHere(options)).runs.map(({ run }) => run));
  const never = steps.filter((step) => !behind.has(step));
  if (never.length > 0) throw new UsageError(`No run has made anything of ${never.join(', ')} that can be taken back.`);
  const runs = new Set(steps.map((step) => behind.get(step)));
  if (runs.size > 1) {
    const places = steps.map((step) => `  ${step}: ${behind.get(step) ?? ''}`);
    throw new UsageError(['Different runs made these steps. Name the run, and its steps only:', ...places].join('\n'));
  }
  return [...runs][0];
}

function requireUndoable({ run: { header, changes } }: PastRun, steps: readonly string[] = []): void {
  if (header.kind === 'undo') throw new UsageError(`Run ${header.runId} is itself an undo. Apply again instead.`);
  const own = new Set(changes.map(({ change }) => change.step));
  const foreign = steps.filter((step) => !own.has(step));
  if (foreign.length > 0) {
    throw new UsageError(`Run ${header.runId} has no step ${foreign.join(', ')}. It has ${[...own].join(', ')}.`);
  }
}

/** Scripts get the changes while they are made; what stays is said to whoever reads their log. */
function show(plan: UndoPlan, { format }: UndoOptions, output: Output): void {
  if (format === 'text') printUndo(plan, output);
  else printKept(plan, output.localize, (line) => output.words(line));
}
