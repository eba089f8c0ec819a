import { createInterface } from 'node:readline/promises';
import { UsageError } from './exitCode';
import { printable, type Output } from './output';

/** Asks whoever sits at the terminal. @throws where that is interrupted. */
export async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stop = new AbortController();
  // While it reads lines, the terminal gives the key instead of the signal.
  terminal.on('SIGINT', () => {
    process.emit('SIGINT');
    stop.abort();
  });
  try {
    return (await terminal.question(`${printable(question)} `, { signal: stop.signal })).trim();
  } finally {
    terminal.close();
  }
}

/** Asks on the terminal; where nobody can answer, `--yes` has to have been said. */
export async function agreed(
  options: { readonly yes?: boolean; readonly format: 'text' | 'json' },
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
