import * as vscode from 'vscode';
import { adviceFor } from '../../core/apply/advice';
import { AzureError } from '../../core/ports';
import { text } from '../../core/text';
import type { Localize } from '../localize';
import type { CommandTable } from './commandTable';

/** Registers the commands. What one of them cannot do is told: the cause first, then what to do next. */
export function registerCommands(
  table: CommandTable,
  log: vscode.LogOutputChannel,
  t: Localize,
): readonly vscode.Disposable[] {
  return Object.entries(table).map(([id, run]) =>
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await run(argument);
      } catch (error) {
        log.error(`${id}:`, error instanceof Error ? error : String(error));
        void tellFailure(error, log, t);
        return undefined;
      }
    }),
  );
}

async function tellFailure(error: unknown, log: vscode.LogOutputChannel, t: Localize): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const advice = AzureError.is(error) ? adviceFor(error.code, error.message) : undefined;
  const sentence = advice === undefined ? text('{0}', message) : text('{0} {1}', message, advice);
  const showLog = t(text('Show Log'));
  const answer = await vscode.window.showErrorMessage(t(sentence), showLog);
  if (answer === showLog) log.show();
}
