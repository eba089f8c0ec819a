import { createInterface } from 'node:readline/promises';
import { printable } from './output';

/** Asks whoever sits at the terminal. */
export async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${printable(question)} `)).trim();
  } finally {
    terminal.close();
  }
}
