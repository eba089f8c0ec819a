import { readRun, type RunRecord } from '../core/apply/journal';
import { UsageError } from './exitCode';
import type { TargetOptions } from './options';
import { connect, journalFiles, sessionOn, type CommandSession } from './session';

/** @throws UsageError where there is no such run. */
export async function namedRun(runId: string, options: TargetOptions): Promise<RunRecord> {
  const record = await readRun(journalFiles(options), runId);
  if (record === undefined) throw new UsageError(`There is no run ${runId}.`);
  return record;
}

/** Runs that were made on the same side: Azure, or this very sandbox. The newest last. */
export async function runsHere(options: TargetOptions): Promise<readonly RunRecord[]> {
  const journal = journalFiles(options);
  const records = await Promise.all((await journal.list()).map((id) => readRun(journal, id)));
  const endpoint =
    typeof options.sandbox === 'string' && options.sandbox.startsWith('http') ? options.sandbox : undefined;
  return records.filter((record) => record !== undefined).filter(({ header }) => header.endpoint === endpoint);
}

/** A session on the setup that a past run was made for. */
export async function openRun(record: RunRecord, options: TargetOptions, signal: AbortSignal): Promise<CommandSession> {
  const { setup } = record.header;
  return sessionOn(setup, await connect(options, setup, signal), options, signal);
}
