import type { WayOn } from '../core/apply/standing';
import { readJournal, type JournalReading } from '../core/apply/journal';
import { hasBegun } from '../core/apply/standing';
import { waysOnFrom, type PastRun, type PastRuns, type UnreadableJournal } from './report/runsReport';
import { text } from '../core/text';
import { UsageError } from './exitCode';
import type { TargetOptions } from './options';
import type { Output } from './output';
import { claimFiles, connect, journalFiles, sessionOn, type CommandSession } from './session';

/** What has to be said to find the runs of one side. */
export type RunsOptions = Pick<TargetOptions, 'sandbox' | 'state'>;

/** Runs that were made on the same side: Azure, or this very sandbox. A fresh one has none. */
export async function runsHere(options: RunsOptions): Promise<PastRuns> {
  const journal = journalFiles(options);
  const underWay = await claimFiles(options).underWay();
  const ids = [...(await journal.list())].reverse();
  const found = await Promise.all(
    ids.map(async (runId) => ({ file: journal.pathOf(runId), reading: await readingOf(runId, options) })),
  );
  return {
    runs: found.flatMap(({ reading }) => pastRun(reading, underWay)).filter((past) => isHere(past, options)),
    unreadable: found.flatMap(({ file, reading }) => unreadable(file, reading)),
  };
}

const NONE: Readonly<Record<WayOn, string>> = {
  resume: 'There is no run to continue.',
  undo: 'There is no run to take back.',
  abandon: 'There is no run to abandon.',
};

/** The named run, or the last one that can go this way. @throws UsageError where there is none. */
export async function chooseRun(
  runId: string | undefined,
  way: WayOn,
  options: RunsOptions,
  output: Output,
): Promise<PastRun> {
  const { runs, unreadable } = await runsHere(options);
  if (runId !== undefined) return findRun(runs, runId) ?? missing(runId, options, output);
  if (unreadable.length > 0) {
    output.words('Some journals cannot be read, so there may be a later run. “ringfence runs” lists them.');
  }
  const last = runs.find((past) => waysOnFrom(past, runs).includes(way));
  if (last === undefined) throw new UsageError(NONE[way]);
  return last;
}

/** One run among others. */
export function findRun(runs: readonly PastRun[], runId: string): PastRun | undefined {
  return runs.find(({ run }) => run.header.runId === runId);
}

/** A session on the setup that a past run was made for. */
export async function openRun({ run }: PastRun, options: TargetOptions, signal: AbortSignal): Promise<CommandSession> {
  const { setup } = run.header;
  return sessionOn(setup, await connect(options, setup, signal), options, signal);
}

/** A command for a run as it would be given here again. */
export function commandFor(command: string, runId: string, { sandbox, state, signIn }: TargetOptions): string {
  const words = [
    ...['ringfence', command, runId],
    ...(typeof sandbox === 'string' ? ['--sandbox', sandbox] : []),
    ...(state === undefined ? [] : ['--state', state]),
    ...(signIn === 'default' ? [] : ['--sign-in', signIn]),
  ];
  return words.map((word) => (/^[\w./:@-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}

async function readingOf(runId: string, options: RunsOptions): Promise<JournalReading> {
  return readJournal(journalFiles(options), runId).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'unreadable', reason: text('It cannot be read: {0}', reason) };
  });
}

function pastRun(reading: JournalReading, underWay: readonly string[]): readonly PastRun[] {
  if (reading.state !== 'read' || !hasBegun(reading.run)) return [];
  const { run, unclear } = reading;
  return [{ run: { ...run, isUnderWay: underWay.includes(run.header.runId) }, unclear }];
}

function unreadable(file: string, reading: JournalReading): readonly UnreadableJournal[] {
  return reading.state === 'unreadable' ? [{ file, reason: reading.reason }] : [];
}

function isHere({ run }: PastRun, { sandbox }: RunsOptions): boolean {
  const { connection, endpoint } = run.header;
  if (sandbox === undefined) return connection === 'azure';
  return connection === 'sandbox' && endpoint !== undefined && endpoint === sandbox;
}

/** @throws UsageError that says why a run that was named cannot be had. */
async function missing(runId: string, options: RunsOptions, output: Output): Promise<never> {
  const reading = await readingOf(runId, options);
  if (reading.state === 'unreadable') {
    throw new UsageError(`The journal of run ${runId} tells nothing of it. ${output.localize(reading.reason)}`);
  }
  if (reading.state === 'missing' || !hasBegun(reading.run)) throw new UsageError(`There is no run ${runId}.`);
  const { endpoint } = reading.run.header;
  const where =
    endpoint === undefined ? 'on Azure: leave --sandbox out' : `on the sandbox at ${endpoint}: name it with --sandbox`;
  throw new UsageError(`Run ${runId} was made ${where}.`);
}
