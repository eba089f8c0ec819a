import * as vscode from 'vscode';
import { adviceFor } from '../../core/apply/advice';
import { AzureError } from '../../core/ports';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import type { CommandTable } from './commandTable';

/** Runs the command of an id. What it cannot do is told to the user; it never rejects for that. */
export type CommandRunner = (id: string, argument: unknown) => Promise<unknown>;

export function commandRunner(table: CommandTable, log: vscode.LogOutputChannel, t: Localize): CommandRunner {
  const commands = new Map(Object.entries(table));
  return async (id, argument) => {
    const run = commands.get(id);
    if (run === undefined) throw new Error(`Nothing answers to the command ${id}.`);
    try {
      return await run(argument);
    } catch (error) {
      log.error(`${id}:`, error instanceof Error ? error : String(error));
      void tellFailure(error, log, t);
      return undefined;
    }
  };
}

/** The cause first, then what to do next. */
async function tellFailure(error: unknown, log: vscode.LogOutputChannel, t: Localize): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const advice = AzureError.is(error) ? adviceFor(error.code, error.message) : undefined;
  const sentence = advice === undefined ? text('{0}', message) : text('{0} {1}', message, advice);
  const showLog = t(text('Show Log'));
  const answer = await vscode.window.showErrorMessage(t(sentence), showLog);
  if (answer === showLog) log.show();
}
